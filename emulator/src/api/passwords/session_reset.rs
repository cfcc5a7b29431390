//! `POST /v1/passwords/session/reset`: sets a new password within five minutes of a login.

use hyper::Method;
use time::Duration;

use super::new_password;
use crate::{
    api::{
        authenticated, session_grant,
        shared::{session_claims, session_jwt, session_minutes, session_token, telemetry_id},
    },
    api_error::{ApiError, NO_SESSION_ARGUMENTS, SESSION_NOT_FOUND, SESSION_TOO_OLD_TO_RESET_PASSWORD},
    parameter::{Kind, required},
    route::{Access, Call, ResponseBody, Route},
    session::Session,
    state::{Change, State},
    user::User,
};

/// How long ago a factor may have been authenticated.
pub(in crate::api) const MAX_AGE: Duration = Duration::minutes(5);

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/passwords/session/reset",
    parameters: &[
        required("password", Kind::Secret),
        session_token(),
        session_jwt(),
        session_minutes(),
        session_claims(),
        telemetry_id(),
    ],
    access: Access::Project,
    error_types: &[
        &[&NO_SESSION_ARGUMENTS, &SESSION_TOO_OLD_TO_RESET_PASSWORD],
        new_password::ERROR_TYPES,
        session_grant::ERROR_TYPES,
    ],
    handler: reset,
};

fn reset(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let (_, user) = recent_session(call, &call.app.state())?;
    let address = user.emails.first().map_or("", |email| &email.email);
    let password = new_password::accept(call, address, call.parameters.required("password")?)?;
    let mut state = call.app.state();
    let (session, mut user) = recent_session(call, &state)?;
    user.password = Some(password);
    let granted = session_grant::grant(call, &state, &user, None)?;
    let body = authenticated::body(&user, &granted);
    let others = state.sessions_of(&user.user_id, call.now).map(|other| &other.session_id);
    let change = Change {
        ended_sessions: others.filter(|other| **other != session.session_id).cloned().collect(),
        users: vec![user],
        sessions: granted.into_sessions(),
        ..Change::default()
    };
    state.commit(change, call.now)?;
    Ok(body)
}

/// Returns the session of the request and its user, if a factor is recent enough.
fn recent_session(call: &Call<'_>, state: &State) -> Result<(Session, User), ApiError> {
    let session = session_grant::named(call, state)?.ok_or(&NO_SESSION_ARGUMENTS)?;
    if !session.factors.iter().any(|factor| call.now - factor.last_authenticated_at <= MAX_AGE) {
        return Err((&SESSION_TOO_OLD_TO_RESET_PASSWORD).into());
    }
    let user = state.user(&session.user_id).cloned().ok_or(&SESSION_NOT_FOUND)?;
    Ok((session, user))
}
