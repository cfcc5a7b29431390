//! `POST /v1/sessions/revoke`: the end of a session.

use hyper::Method;

use super::shared::{session_jwt, session_token};
use crate::{
    app::{Answer, Call},
    parameter::{Kind, optional},
    refusal::{
        NO_SESSION_REVOKE_ARGUMENTS, Refusal, SESSION_NOT_FOUND, TOO_MANY_SESSION_REVOKE_ARGUMENTS,
        UNABLE_TO_PARSE_SESSION_JWT,
    },
    route::{Access, Route},
    session::session_of_jwt,
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/sessions/revoke",
    parameters: &[optional("session_id", Kind::Text), session_token(), session_jwt()],
    access: Access::Project,
    refusals: &[&[
        &NO_SESSION_REVOKE_ARGUMENTS,
        &TOO_MANY_SESSION_REVOKE_ARGUMENTS,
        &UNABLE_TO_PARSE_SESSION_JWT,
        &SESSION_NOT_FOUND,
    ]],
    handler: revoke,
};

fn revoke(call: &Call<'_>) -> Result<Answer, Refusal> {
    let text = |name| call.parameters.text(name);
    let mut state = call.app.state();
    let session = match (text("session_id"), text("session_token"), text("session_jwt")) {
        (None, None, None) => return Err((&NO_SESSION_REVOKE_ARGUMENTS).into()),
        (Some(id), None, None) => state.session(id),
        (None, Some(token), None) => state.session_by_token(token),
        (None, None, Some(jwt)) => state.session(&session_of_jwt(call, jwt)?),
        _ => return Err((&TOO_MANY_SESSION_REVOKE_ARGUMENTS).into()),
    };
    let session = session.filter(|session| session.is_active(call.now)).ok_or(&SESSION_NOT_FOUND)?;
    let change = Change { ended_sessions: vec![session.session_id.clone()], ..Change::default() };
    state.commit(change, call.now)?;
    Ok(Answer::new())
}
