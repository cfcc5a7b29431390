//! `POST /v1/passwords/session/reset`: a new password for whoever logged in just now.

use hyper::Method;
use time::Duration;

use super::{
    authenticated, new_password,
    shared::{session_claims, session_jwt, session_minutes, session_token, telemetry_id},
};
use crate::{
    app::{Answer, Call},
    parameter::{Kind, required},
    refusal::{NO_SESSION_ARGUMENTS, Refusal, SESSION_NOT_FOUND, SESSION_TOO_OLD_TO_RESET_PASSWORD},
    route::{Access, Route},
    session::{self, Session, grant, named},
    state::{Change, State},
    user::User,
};

/// How long ago a factor may have been authenticated.
const FRESH: Duration = Duration::minutes(5);

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/passwords/session/reset",
    parameters: &[
        required("password", Kind::Text),
        session_token(),
        session_jwt(),
        session_minutes(),
        session_claims(),
        telemetry_id(),
    ],
    access: Access::Project,
    refusals: &[
        &[&NO_SESSION_ARGUMENTS, &SESSION_TOO_OLD_TO_RESET_PASSWORD],
        new_password::REFUSALS,
        session::REFUSALS,
    ],
    handler: reset,
};

fn reset(call: &Call<'_>) -> Result<Answer, Refusal> {
    let (_, user) = fresh_session(call, &call.app.state())?;
    let address = user.emails.first().map_or("", |email| &email.email);
    let password = new_password::accept(call, address, call.parameters.required("password")?)?;
    let mut state = call.app.state();
    let (session, mut user) = fresh_session(call, &state)?;
    user.password = Some(password);
    let granted = grant(call, &state, &user, None)?;
    let answer = authenticated::answer(&user, &granted);
    let others = state.sessions_of(&user.user_id, call.now).map(|other| &other.session_id);
    let change = Change {
        ended_sessions: others.filter(|other| **other != session.session_id).cloned().collect(),
        users: vec![user],
        sessions: granted.into_sessions(),
        ..Change::default()
    };
    state.commit(change, call.now)?;
    Ok(answer)
}

/// The session that the request names, and its user, if a factor is as fresh as Stytch asks.
fn fresh_session(call: &Call<'_>, state: &State) -> Result<(Session, User), Refusal> {
    let session = named(call, state)?.ok_or(&NO_SESSION_ARGUMENTS)?;
    if !session.factors.iter().any(|factor| call.now - factor.last_authenticated_at <= FRESH) {
        return Err((&SESSION_TOO_OLD_TO_RESET_PASSWORD).into());
    }
    let user = state.user(&session.user_id).cloned().ok_or(&SESSION_NOT_FOUND)?;
    Ok((session, user))
}
