//! `GET /v1/users/{user_id}/connected_apps`: the apps that act for a user. The emulator has none.

use hyper::Method;
use serde_json::Value;

use crate::{
    api::{identity, shared::object},
    api_error::{ApiError, USER_NOT_FOUND},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::GET,
    path: "/v1/users/{user_id}/connected_apps",
    parameters: &[],
    access: Access::Project,
    error_types: &[&[&USER_NOT_FOUND]],
    handler: list,
};

fn list(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    identity::named(call, &call.app.state())?;
    Ok(object([("connected_apps", Value::Array(Vec::new()))]))
}
