//! `GET /v1/b2b/rbac/organizations/{organization_id}`: the custom roles of an organization.

use hyper::Method;
use serde_json::json;

use crate::{
    api::{b2b::named, shared::object},
    api_error::{ApiError, ORGANIZATION_NOT_FOUND},
    organization::Organization,
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::GET,
    path: "/v1/b2b/rbac/organizations/{organization_id}",
    parameters: &[],
    access: Access::Project,
    error_types: &[&[&ORGANIZATION_NOT_FOUND]],
    handler: get,
};

fn get(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    Ok(body(&named::organization(call, &call.app.state())?))
}

/// Returns a body with `org_policy`.
pub(super) fn body(organization: &Organization) -> ResponseBody {
    object([("org_policy", json!({ "roles": organization.custom_roles }))])
}
