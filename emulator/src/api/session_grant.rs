//! The session that an authentication starts or extends.

use serde_json::{Map, Value};
use time::Duration;

use crate::{
    api_error::{
        ApiError, CUSTOM_CLAIMS_TOO_LARGE, ErrorType, INTERNAL_SERVER_ERROR, SESSION_NOT_FOUND,
        TOO_MANY_SESSION_ARGUMENTS, UNABLE_TO_PARSE_SESSION_JWT,
    },
    clock::Moment,
    jwt::RESERVED_CLAIMS,
    organization::Organization,
    parameter::Parameters,
    rbac::DEFAULT_ROLE,
    route::Call,
    session::{Attributes, Factor, Session, add_factor},
    state::State,
    user::{User, merge},
};

/// The error types of endpoints that grant sessions.
pub(super) static ERROR_TYPES: &[&ErrorType] = &[
    &SESSION_NOT_FOUND,
    &TOO_MANY_SESSION_ARGUMENTS,
    &UNABLE_TO_PARSE_SESSION_JWT,
    &CUSTOM_CLAIMS_TOO_LARGE,
];

/// The size limit of the custom claims of a session, as JSON.
const MAX_CLAIM_BYTES: usize = 4096;

/// The session in a response.
pub(super) struct Granted {
    pub(super) session: Option<Session>,
    pub(super) jwt: String,
}

impl Granted {
    /// Adds `session`, `session_token` and `session_jwt` to a response: null and empty strings without a session.
    pub(super) fn describe(&self, body: &mut Map<String, Value>) {
        let token = self.session.as_ref().map_or("", |session| &session.token);
        body.insert("session_token".into(), token.into());
        body.insert("session_jwt".into(), self.jwt.as_str().into());
        body.insert("session".into(), self.session.as_ref().map_or(Value::Null, Session::to_json));
    }

    /// Returns the ids of the user's other active sessions.
    pub(super) fn others_of(&self, state: &State, user_id: &str, now: Moment) -> Vec<String> {
        let own = self.session.as_ref().map(|session| &session.session_id);
        let others = state.sessions_of(user_id, now).map(|session| &session.session_id);
        others.filter(|id| Some(*id) != own).cloned().collect()
    }

    /// Returns the changes to store: one session or none.
    pub(super) fn into_sessions(self) -> Vec<Session> {
        self.session.into_iter().collect()
    }
}

/// Starts a session for a user who has just authenticated, or extends the session in the request.
///
/// Without `session_duration_minutes`, the response has no session, but a session in the request must exist.
///
/// # Errors
///
/// Those in [`ERROR_TYPES`], and `bad_request` for a session of another user.
pub(super) fn grant(
    call: &Call<'_>,
    state: &State,
    user: &User,
    factor: Option<Factor>,
) -> Result<Granted, ApiError> {
    let named = named(call, state)?;
    if named.as_ref().is_some_and(|session| session.user_id != user.user_id) {
        return Err(ApiError::parameter(name_of_argument(&call.parameters), "belongs to another user."));
    }
    let Some(minutes) = call.parameters.integer("session_duration_minutes") else {
        return Ok(Granted { session: None, jwt: String::new() });
    };
    let session = named.unwrap_or_else(|| new_session(call, user));
    extend(call, session, factor, minutes)
}

/// Starts a session of a given duration, for endpoints that always start one.
///
/// # Errors
///
/// `internal_server_error` if the system has no random numbers.
pub(super) fn start(call: &Call<'_>, user: &User, factor: Factor, minutes: i64) -> Result<Granted, ApiError> {
    extend(call, new_session(call, user), Some(factor), minutes)
}

fn extend(
    call: &Call<'_>,
    mut session: Session,
    factor: Option<Factor>,
    minutes: i64,
) -> Result<Granted, ApiError> {
    if let Some(factor) = factor {
        add_factor(&mut session.factors, factor);
    }
    renew(call, &mut session, minutes)?;
    let jwt = sign(call, &session, None)?;
    Ok(Granted { session: Some(session), jwt })
}

/// Extends a session to some minutes from now, and merges the custom claims of the request into it.
///
/// # Errors
///
/// `custom_claims_too_large`.
pub(super) fn renew(call: &Call<'_>, session: &mut Session, minutes: i64) -> Result<(), ApiError> {
    session.last_accessed_at = call.now;
    session.expires_at = call.now + Duration::minutes(minutes);
    claim(session, call.parameters.map("session_custom_claims"))
}

/// Returns the active session of a user in `session_token` or `session_jwt`; `None` if the request has neither.
///
/// # Errors
///
/// `session_not_found`, `too_many_session_arguments` and `unable_to_parse_session_jwt`.
pub(super) fn named(call: &Call<'_>, state: &State) -> Result<Option<Session>, ApiError> {
    let session =
        find(call, state, call.parameters.string("session_token"), call.parameters.string("session_jwt"))?;
    match session {
        Some(session) if session.organization_id.is_some() => Err((&SESSION_NOT_FOUND).into()),
        session => Ok(session),
    }
}

/// Returns the active session of a token or a JWT; `None` without both. It can be the session of a member.
///
/// # Errors
///
/// `session_not_found`, `too_many_session_arguments` and `unable_to_parse_session_jwt`.
pub(super) fn find(
    call: &Call<'_>,
    state: &State,
    token: Option<&str>,
    jwt: Option<&str>,
) -> Result<Option<Session>, ApiError> {
    let session = match (token, jwt) {
        (None, None) => return Ok(None),
        (Some(_), Some(_)) => return Err((&TOO_MANY_SESSION_ARGUMENTS).into()),
        (Some(token), None) => state.session_by_token(token),
        (None, Some(jwt)) => state.session(&session_of_jwt(call, jwt)?),
    };
    match session.filter(|session| session.is_active(call.now)) {
        Some(session) => Ok(Some(session.clone())),
        None => Err((&SESSION_NOT_FOUND).into()),
    }
}

/// Returns the session id in a JWT of this project. The session may have ended.
///
/// # Errors
///
/// `unable_to_parse_session_jwt` for any other string.
pub(super) fn session_of_jwt(call: &Call<'_>, jwt: &str) -> Result<String, ApiError> {
    match call.app.signer.read(jwt) {
        Some(claims) => Ok(claims.session_id),
        None => Err((&UNABLE_TO_PARSE_SESSION_JWT).into()),
    }
}

/// Merges custom claims into a session. A claim that is null is deleted; reserved claims are ignored.
///
/// # Errors
///
/// `custom_claims_too_large` if the claims exceed 4 KB.
pub(super) fn claim(session: &mut Session, claims: Option<&Map<String, Value>>) -> Result<(), ApiError> {
    let Some(claims) = claims else { return Ok(()) };
    let mut update = claims.clone();
    update.retain(|name, _| !RESERVED_CLAIMS.contains(&name.as_str()));
    merge(&mut session.custom_claims, &update);
    let bytes = Value::Object(session.custom_claims.clone()).to_string().len();
    if bytes > MAX_CLAIM_BYTES {
        let message = format!(
            "The claims of the session would have {bytes} bytes of JSON. The limit is {MAX_CLAIM_BYTES}."
        );
        return Err(ApiError::new(&CUSTOM_CLAIMS_TOO_LARGE, message));
    }
    Ok(())
}

/// Returns the JWT of a session, which may be in an organization.
///
/// # Errors
///
/// `internal_server_error` if the system has no random numbers.
pub(super) fn sign(
    call: &Call<'_>,
    session: &Session,
    organization: Option<&Organization>,
) -> Result<String, ApiError> {
    let jwt = call.app.signer.sign_session(session, organization, call.now);
    jwt.ok_or_else(|| ApiError::new(&INTERNAL_SERVER_ERROR, "The session JWT could not be signed."))
}

fn new_session(call: &Call<'_>, user: &User) -> Session {
    let mut roles = vec![DEFAULT_ROLE.to_owned()];
    roles.extend(user.roles.iter().filter(|role| *role != DEFAULT_ROLE).cloned());
    Session {
        session_id: call.app.ids.id("session"),
        user_id: user.user_id.clone(),
        organization_id: None,
        token: call.app.ids.token(),
        started_at: call.now,
        last_accessed_at: call.now,
        expires_at: call.now,
        factors: Vec::new(),
        roles,
        attributes: Attributes::of(&call.parameters),
        custom_claims: Map::new(),
    }
}

fn name_of_argument(parameters: &Parameters) -> &'static str {
    if parameters.string("session_jwt").is_some() { "session_jwt" } else { "session_token" }
}
