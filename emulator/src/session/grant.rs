//! The session that an authentication starts or extends.

use serde_json::{Map, Value};
use time::Duration;

use super::{Attributes, Factor, Session, jwt::RESERVED_CLAIMS};
use crate::{
    app::Call,
    clock::Moment,
    parameter::Parameters,
    refusal::{
        CUSTOM_CLAIMS_TOO_LARGE, ErrorType, INTERNAL_SERVER_ERROR, Refusal, SESSION_NOT_FOUND,
        TOO_MANY_SESSION_ARGUMENTS, UNABLE_TO_PARSE_SESSION_JWT,
    },
    state::State,
    user::{User, merge},
};

/// What an endpoint that grants sessions may refuse.
pub(crate) static REFUSALS: &[&ErrorType] = &[
    &SESSION_NOT_FOUND,
    &TOO_MANY_SESSION_ARGUMENTS,
    &UNABLE_TO_PARSE_SESSION_JWT,
    &CUSTOM_CLAIMS_TOO_LARGE,
];

/// The role that everybody has.
const DEFAULT_ROLE: &str = "stytch_user";
/// What the custom claims of a session may weigh, as JSON.
const MOST_CLAIM_BYTES: usize = 4096;

/// What an answer says about a session.
pub(crate) struct Granted {
    pub(crate) session: Option<Session>,
    pub(crate) jwt: String,
}

impl Granted {
    /// Adds `session`, `session_token` and `session_jwt` to an answer: null and empty when there is no session.
    pub(crate) fn describe(&self, answer: &mut Map<String, Value>) {
        let token = self.session.as_ref().map_or("", |session| &session.token);
        answer.insert("session_token".into(), token.into());
        answer.insert("session_jwt".into(), self.jwt.as_str().into());
        answer.insert("session".into(), self.session.as_ref().map_or(Value::Null, Session::to_json));
    }

    /// The ids of the user's living sessions but for this one.
    pub(crate) fn others_of(&self, state: &State, user_id: &str, now: Moment) -> Vec<String> {
        let own = self.session.as_ref().map(|session| &session.session_id);
        let others = state.sessions_of(user_id, now).map(|session| &session.session_id);
        others.filter(|id| Some(*id) != own).cloned().collect()
    }

    /// What there is to store: one session or none.
    pub(crate) fn into_sessions(self) -> Vec<Session> {
        self.session.into_iter().collect()
    }
}

/// Starts a session for a user who has just proven a factor, or extends the one that the request names.
///
/// Without `session_duration_minutes` there is no session in the answer, but a session that was named must exist.
///
/// # Errors
///
/// Those in [`REFUSALS`], and `bad_request` for a session of somebody else.
pub(crate) fn grant(
    call: &Call<'_>,
    state: &State,
    user: &User,
    factor: Option<Factor>,
) -> Result<Granted, Refusal> {
    let named = named(call, state)?;
    if named.as_ref().is_some_and(|session| session.user_id != user.user_id) {
        return Err(Refusal::parameter(
            name_of_argument(&call.parameters),
            "names a session of another user.",
        ));
    }
    let Some(minutes) = call.parameters.integer("session_duration_minutes") else {
        return Ok(Granted { session: None, jwt: String::new() });
    };
    let mut session = named.unwrap_or_else(|| start(call, user));
    if let Some(factor) = factor {
        session.prove(factor);
    }
    session.last_accessed_at = call.now;
    session.expires_at = call.now + Duration::minutes(minutes);
    claim(&mut session, call.parameters.map("session_custom_claims"))?;
    let jwt = sign(call, &session)?;
    Ok(Granted { session: Some(session), jwt })
}

/// The living session that `session_token` or `session_jwt` names; none if the request names none.
///
/// # Errors
///
/// `session_not_found`, `too_many_session_arguments` and `unable_to_parse_session_jwt`.
pub(crate) fn named(call: &Call<'_>, state: &State) -> Result<Option<Session>, Refusal> {
    let session = match (call.parameters.text("session_token"), call.parameters.text("session_jwt")) {
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

/// The session that a JWT of this project speaks for, which need not live any more.
///
/// # Errors
///
/// `unable_to_parse_session_jwt` for anything else.
pub(crate) fn session_of_jwt(call: &Call<'_>, jwt: &str) -> Result<String, Refusal> {
    match call.app.signer.read(jwt) {
        Some(claims) => Ok(claims.session_id),
        None => Err((&UNABLE_TO_PARSE_SESSION_JWT).into()),
    }
}

/// Merges custom claims into a session: a null deletes a claim, and the reserved ones are ignored.
///
/// # Errors
///
/// `custom_claims_too_large` when they weigh more than four kilobytes.
pub(crate) fn claim(session: &mut Session, claims: Option<&Map<String, Value>>) -> Result<(), Refusal> {
    let Some(claims) = claims else { return Ok(()) };
    let mut update = claims.clone();
    update.retain(|name, _| !RESERVED_CLAIMS.contains(&name.as_str()));
    merge(&mut session.custom_claims, &update);
    let weight = Value::Object(session.custom_claims.clone()).to_string().len();
    if weight > MOST_CLAIM_BYTES {
        let message = format!(
            "`session_custom_claims` makes {weight} bytes of claims; {MOST_CLAIM_BYTES} are allowed."
        );
        return Err(Refusal::new(&CUSTOM_CLAIMS_TOO_LARGE, message));
    }
    Ok(())
}

/// The JWT of a session.
///
/// # Errors
///
/// `internal_server_error` when the system has no random numbers.
pub(crate) fn sign(call: &Call<'_>, session: &Session) -> Result<String, Refusal> {
    let jwt = call.app.signer.sign(session, call.now);
    jwt.ok_or_else(|| Refusal::new(&INTERNAL_SERVER_ERROR, "The session JWT could not be signed."))
}

fn start(call: &Call<'_>, user: &User) -> Session {
    let mut roles = vec![DEFAULT_ROLE.to_owned()];
    roles.extend(user.roles.iter().filter(|role| *role != DEFAULT_ROLE).cloned());
    Session {
        session_id: call.app.ids.id("session"),
        user_id: user.user_id.clone(),
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
    if parameters.text("session_jwt").is_some() { "session_jwt" } else { "session_token" }
}
