//! `POST /v1/passwords/authenticate`: a login.

use hyper::Method;

use super::login;
use crate::{
    api::{
        authenticated, session_grant,
        shared::{session_claims, session_jwt, session_minutes, session_token, telemetry_id},
    },
    api_error::{ApiError, RESET_PASSWORD},
    parameter::{Kind, required},
    route::{Access, Call, ResponseBody, Route},
    session::{Factor, Method as FactorMethod},
    state::Change,
    user::User,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/passwords/authenticate",
    parameters: &[
        required("email", Kind::String),
        required("password", Kind::Secret),
        session_token(),
        session_minutes(),
        session_jwt(),
        session_claims(),
        telemetry_id(),
    ],
    access: Access::Project,
    error_types: &[login::ERROR_TYPES, &[&RESET_PASSWORD], session_grant::ERROR_TYPES],
    handler: authenticate,
};

fn authenticate(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let (address, password) = (call.parameters.required("email")?, call.parameters.required("password")?);
    let user = login::user(call, address, password)?;
    require_no_reset(call, &user, address, password)?;
    let mut state = call.app.state();
    let user = login::unchanged(&state, &user)?;
    let granted =
        session_grant::grant(call, &state, &user, Some(Factor::new(FactorMethod::Password, call.now)))?;
    let body = authenticated::body(&user, &granted);
    state.commit(Change { sessions: granted.into_sessions(), ..Change::default() }, call.now)?;
    Ok(body)
}

/// Rejects a password that was breached after it was set. The user must reset it.
fn require_no_reset(call: &Call<'_>, user: &User, address: &str, password: &str) -> Result<(), ApiError> {
    let marked = user.password.as_ref().is_some_and(|password| password.requires_reset);
    if !marked && !call.app.strength().is_breached(password, Some(address)) {
        return Ok(());
    }
    if !marked {
        mark(call, &user.user_id)?;
    }
    Err((&RESET_PASSWORD).into())
}

fn mark(call: &Call<'_>, user_id: &str) -> Result<(), ApiError> {
    let mut state = call.app.state();
    let Some(mut user) = state.user(user_id).cloned() else { return Ok(()) };
    if let Some(password) = &mut user.password {
        password.requires_reset = true;
    }
    state.commit(Change { users: vec![user], ..Change::default() }, call.now)
}
