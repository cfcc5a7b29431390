//! The session that an authentication starts or extends.

use serde_json::{Map, Value};
use time::Duration;

use super::{Attributes, Factor, Session, jwt::RESERVED_CLAIMS};
use crate::{
    app::Call,
    parameter::Parameters,
    refusal::{INTERNAL_SERVER_ERROR, Refusal, SESSION_NOT_FOUND, TOO_MANY_SESSION_ARGUMENTS},
    state::State,
    user::{User, merge},
};

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
}

/// Starts a session for a user who has just proven a factor, or extends the one that the request names.
///
/// Without `session_duration_minutes` there is no session in the answer, but a session that was named must exist.
///
/// # Errors
///
/// `session_not_found`, `too_many_session_arguments`, and `bad_request` for a session of somebody else and for
/// claims that are too large.
pub(crate) fn grant(call: &Call<'_>, state: &State, user: &User, factor: Factor) -> Result<Granted, Refusal> {
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
    session.prove(factor);
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
/// `session_not_found` and `too_many_session_arguments`.
pub(crate) fn named(call: &Call<'_>, state: &State) -> Result<Option<Session>, Refusal> {
    let session = match (call.parameters.text("session_token"), call.parameters.text("session_jwt")) {
        (None, None) => return Ok(None),
        (Some(_), Some(_)) => return Err((&TOO_MANY_SESSION_ARGUMENTS).into()),
        (Some(token), None) => state.session_by_token(token),
        (None, Some(jwt)) => call.app.signer.read(jwt).and_then(|claims| state.session(&claims.session_id)),
    };
    match session.filter(|session| session.is_active(call.now)) {
        Some(session) => Ok(Some(session.clone())),
        None => Err((&SESSION_NOT_FOUND).into()),
    }
}

/// Merges custom claims into a session: a null deletes a claim, and the reserved ones are ignored.
///
/// # Errors
///
/// `bad_request` when the claims weigh more than four kilobytes.
pub(crate) fn claim(session: &mut Session, claims: Option<&Map<String, Value>>) -> Result<(), Refusal> {
    let Some(claims) = claims else { return Ok(()) };
    let mut update = claims.clone();
    update.retain(|name, _| !RESERVED_CLAIMS.contains(&name.as_str()));
    merge(&mut session.custom_claims, &update);
    let weight = Value::Object(session.custom_claims.clone()).to_string().len();
    if weight > MOST_CLAIM_BYTES {
        let complaint = format!("would make {weight} bytes of claims; {MOST_CLAIM_BYTES} are allowed.");
        return Err(Refusal::parameter("session_custom_claims", complaint));
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
        attributes: attributes(call),
        custom_claims: Map::new(),
    }
}

fn attributes(call: &Call<'_>) -> Attributes {
    let given = call.parameters.object("attributes").unwrap_or_default();
    let text = |name| given.text(name).unwrap_or_default().to_owned();
    Attributes { ip_address: text("ip_address"), user_agent: text("user_agent") }
}

fn name_of_argument(parameters: &Parameters) -> &'static str {
    if parameters.text("session_jwt").is_some() { "session_jwt" } else { "session_token" }
}
