//! `POST /v1/passwords/authenticate`: a login.

use hyper::Method;

use super::{
    authenticated, login,
    shared::{session_claims, session_jwt, session_minutes, session_token, telemetry_id},
};
use crate::{
    app::{Answer, Call},
    parameter::{Kind, required},
    refusal::{RESET_PASSWORD, Refusal},
    route::{Access, Route},
    session::{self, Factor, grant},
    state::Change,
    user::User,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/passwords/authenticate",
    parameters: &[
        required("email", Kind::Text),
        required("password", Kind::Text),
        session_token(),
        session_minutes(),
        session_jwt(),
        session_claims(),
        telemetry_id(),
    ],
    access: Access::Project,
    refusals: &[login::REFUSALS, &[&RESET_PASSWORD], session::REFUSALS],
    handler: authenticate,
};

fn authenticate(call: &Call<'_>) -> Result<Answer, Refusal> {
    let (address, password) = (call.parameters.required("email")?, call.parameters.required("password")?);
    let user = login::user(call, address, password)?;
    require_no_reset(call, &user, address, password)?;
    let mut state = call.app.state();
    let user = login::unchanged(&state, &user)?;
    let granted = grant(call, &state, &user, Some(Factor::new(session::Method::Password, call.now)))?;
    let answer = authenticated::answer(&user, &granted);
    state.commit(Change { sessions: granted.into_sessions(), ..Change::default() }, call.now)?;
    Ok(answer)
}

/// Stops a user whose password became known to be breached after it was chosen, until they reset it.
fn require_no_reset(call: &Call<'_>, user: &User, address: &str, password: &str) -> Result<(), Refusal> {
    let marked = user.password.as_ref().is_some_and(|password| password.requires_reset);
    if !marked && !call.app.strength().is_breached(password, Some(address)) {
        return Ok(());
    }
    if !marked {
        mark(call, &user.user_id)?;
    }
    Err((&RESET_PASSWORD).into())
}

fn mark(call: &Call<'_>, user_id: &str) -> Result<(), Refusal> {
    let mut state = call.app.state();
    let Some(mut user) = state.user(user_id).cloned() else { return Ok(()) };
    if let Some(password) = &mut user.password {
        password.requires_reset = true;
    }
    state.commit(Change { users: vec![user], ..Change::default() }, call.now)
}
