//! `POST /v1/sessions/revoke`: ends a session.

use hyper::Method;

use crate::{
    api::{
        session_grant,
        shared::{session_jwt, session_token},
    },
    api_error::{
        ApiError, NO_SESSION_REVOKE_ARGUMENTS, SESSION_NOT_FOUND, TOO_MANY_SESSION_REVOKE_ARGUMENTS,
        UNABLE_TO_PARSE_SESSION_JWT,
    },
    parameter::{Kind, optional},
    route::{Access, Call, ResponseBody, Route},
    session::Session,
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/sessions/revoke",
    parameters: &[optional("session_id", Kind::String), session_token(), session_jwt()],
    access: Access::Project,
    error_types: &[&[
        &NO_SESSION_REVOKE_ARGUMENTS,
        &TOO_MANY_SESSION_REVOKE_ARGUMENTS,
        &UNABLE_TO_PARSE_SESSION_JWT,
        &SESSION_NOT_FOUND,
    ]],
    handler: revoke,
};

fn revoke(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let string = |name| call.parameters.string(name);
    let mut state = call.app.state();
    let session = match (string("session_id"), string("session_token"), string("session_jwt")) {
        (None, None, None) => return Err((&NO_SESSION_REVOKE_ARGUMENTS).into()),
        (Some(id), None, None) => state.session(id),
        (None, Some(token), None) => state.session_by_token(token),
        (None, None, Some(jwt)) => state.session(&session_grant::session_of_jwt(call, jwt)?),
        _ => return Err((&TOO_MANY_SESSION_REVOKE_ARGUMENTS).into()),
    };
    let is_a_users = |session: &&Session| session.is_active(call.now) && session.organization_id.is_none();
    let session = session.filter(is_a_users).ok_or(&SESSION_NOT_FOUND)?;
    let change = Change { ended_sessions: vec![session.session_id.clone()], ..Change::default() };
    state.commit(change, call.now)?;
    Ok(ResponseBody::new())
}
