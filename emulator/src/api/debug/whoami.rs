//! `GET /v1/debug/whoami`: the project of the credentials.

use hyper::Method;

use crate::{
    api::shared::object,
    api_error::ApiError,
    route::{Access, Call, ResponseBody, Route},
};

/// Stytch's projects have names that people choose.
const PROJECT_NAME: &str = "stytch-emulator";

pub(crate) static ROUTE: Route = Route {
    method: Method::GET,
    path: "/v1/debug/whoami",
    parameters: &[],
    access: Access::Project,
    error_types: &[],
    handler: whoami,
};

#[expect(clippy::unnecessary_wraps, reason = "the signature of every endpoint")]
fn whoami(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let project_id = call.app.settings.credentials.project_id.as_str();
    Ok(object([("project_id", project_id.into()), ("name", PROJECT_NAME.into())]))
}
