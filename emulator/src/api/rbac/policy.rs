//! `GET /v1/rbac/policy`: the policy. SDKs check permissions with it.

use hyper::Method;

use crate::{
    api::shared::object,
    api_error::ApiError,
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::GET,
    path: "/v1/rbac/policy",
    parameters: &[],
    access: Access::Project,
    error_types: &[],
    handler: policy,
};

#[expect(clippy::unnecessary_wraps, reason = "the signature of every endpoint")]
fn policy(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    Ok(object([("policy", call.app.settings.policy.to_json())]))
}
