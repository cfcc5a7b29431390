//! `POST /v1/b2b/sessions/revoke`: ends a session, or all sessions of a member.

use hyper::Method;

use crate::{
    api::{
        b2b::acting::{self, Actor},
        session_grant,
        shared::{session_jwt, session_token},
    },
    api_error::{
        ApiError, MEMBER_NOT_FOUND, NO_SESSION_REVOKE_ARGUMENTS, SESSION_NOT_FOUND,
        TOO_MANY_SESSION_REVOKE_ARGUMENTS,
    },
    parameter::{Kind, optional},
    route::{Access, Call, ResponseBody, Route},
    session::Session,
    state::{Change, State},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/sessions/revoke",
    parameters: &[
        optional("member_session_id", Kind::String),
        session_token(),
        session_jwt(),
        optional("member_id", Kind::String),
    ],
    access: Access::Member,
    error_types: &[
        &[&NO_SESSION_REVOKE_ARGUMENTS, &TOO_MANY_SESSION_REVOKE_ARGUMENTS, &MEMBER_NOT_FOUND],
        acting::ERROR_TYPES,
    ],
    handler: revoke,
};

fn revoke(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let (member_id, ended_sessions) = ended(call, &state)?;
    let member = state.member(&member_id).filter(|member| !member.is_deleted()).ok_or(&MEMBER_NOT_FOUND)?;
    let organization = state.organization(&member.organization_id).ok_or(&MEMBER_NOT_FOUND)?;
    Actor::of(call, &state, organization)?.may_with(member, "revoke-sessions")?;
    state.commit(Change { ended_sessions, ..Change::default() }, call.now)?;
    Ok(ResponseBody::new())
}

/// Returns the ids of the sessions that the request ends, and their member.
fn ended(call: &Call<'_>, state: &State) -> Result<(String, Vec<String>), ApiError> {
    let string = |name| call.parameters.string(name);
    let (id, token, jwt) = (string("member_session_id"), string("session_token"), string("session_jwt"));
    let session = match (id, token, jwt, string("member_id")) {
        (None, None, None, None) => return Err((&NO_SESSION_REVOKE_ARGUMENTS).into()),
        (None, None, None, Some(member_id)) => {
            // An external id is not enough: two organizations can have members with the same one.
            let sessions = state.sessions_of(member_id, call.now).map(|session| session.session_id.clone());
            return Ok((member_id.to_owned(), sessions.collect()));
        }
        (Some(id), None, None, None) => state.session(id),
        (None, Some(token), None, None) => state.session_by_token(token),
        (None, None, Some(jwt), None) => state.session(&session_grant::session_of_jwt(call, jwt)?),
        _ => return Err((&TOO_MANY_SESSION_REVOKE_ARGUMENTS).into()),
    };
    let is_a_members = |session: &&Session| session.is_active(call.now) && session.organization_id.is_some();
    let session = session.filter(is_a_members).ok_or(&SESSION_NOT_FOUND)?;
    Ok((session.user_id.clone(), vec![session.session_id.clone()]))
}
