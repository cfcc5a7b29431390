//! `GET /v1/sessions`: the living sessions of a user.

use hyper::Method;

use super::shared::object;
use crate::{
    app::{Answer, Call},
    parameter::{Kind, required},
    refusal::{Refusal, USER_NOT_FOUND},
    route::{Access, Route},
    session::Session,
    user::Identity,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::GET,
    path: "/v1/sessions",
    parameters: &[required("user_id", Kind::Text)],
    access: Access::Project,
    refusals: &[&[&USER_NOT_FOUND]],
    handler: get,
};

fn get(call: &Call<'_>) -> Result<Answer, Refusal> {
    let id = call.parameters.required("user_id")?;
    let state = call.app.state();
    // The caller's own id for the user will do as well.
    let user = state.user(id).or_else(|| state.user_by(&Identity::ExternalId(id.to_owned())));
    let user = user.ok_or(&USER_NOT_FOUND)?;
    let sessions: Vec<_> = state.sessions_of(&user.user_id, call.now).map(Session::to_json).collect();
    Ok(object([("sessions", sessions.into())]))
}
