//! `GET /v1/b2b/sessions`: the active sessions of a member.

use hyper::Method;
use serde_json::Value;

use crate::{
    api::{
        b2b::named::{self, MEMBER_ID, ORGANIZATION_ID},
        shared::object,
    },
    api_error::ApiError,
    route::{Access, Call, ResponseBody, Route},
    session::Session,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::GET,
    path: "/v1/b2b/sessions",
    parameters: &[ORGANIZATION_ID, MEMBER_ID],
    access: Access::Project,
    error_types: &[named::ERROR_TYPES],
    handler: get,
};

fn get(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let state = call.app.state();
    let (organization, member) = named::member(call, &state)?;
    let current = |session: &Session| {
        // The roles may have changed since the session was last used.
        let roles = member.roles_in(&organization, &session.factors);
        Session { roles, ..session.clone() }.member_json(&organization)
    };
    let sessions: Vec<Value> = state.sessions_of(&member.member_id, call.now).map(current).collect();
    Ok(object([("member_sessions", sessions.into())]))
}
