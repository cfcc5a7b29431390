//! `GET /v1/sessions`: the active sessions of a user.

use hyper::Method;

use crate::{
    api::{identity, shared::object},
    api_error::{ApiError, USER_NOT_FOUND},
    parameter::{Kind, required},
    route::{Access, Call, ResponseBody, Route},
    session::Session,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::GET,
    path: "/v1/sessions",
    parameters: &[required("user_id", Kind::String)],
    access: Access::Project,
    error_types: &[&[&USER_NOT_FOUND]],
    handler: get,
};

fn get(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let state = call.app.state();
    let user = identity::named(call, &state)?;
    let sessions: Vec<_> = state.sessions_of(&user.user_id, call.now).map(Session::to_json).collect();
    Ok(object([("sessions", sessions.into())]))
}
