//! `GET /v1/b2b/scim/{organization_id}/connection`: the SCIM connection of an organization.

use hyper::Method;

use super::known;
use crate::{
    api::{b2b::acting, shared::object},
    api_error::{ApiError, NO_ACTIVE_SCIM_CONNECTION, ORGANIZATION_NOT_FOUND},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::GET,
    path: "/v1/b2b/scim/{organization_id}/connection",
    parameters: &[],
    access: Access::Member,
    error_types: &[&[&ORGANIZATION_NOT_FOUND, &NO_ACTIVE_SCIM_CONNECTION], acting::ERROR_TYPES],
    handler: get,
};

fn get(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let state = call.app.state();
    let (organization, _) = known::organization(call, &state, "get")?;
    let connection = organization.scim_connection.as_ref().ok_or(&NO_ACTIVE_SCIM_CONNECTION)?;
    Ok(object([("connection", connection.to_json(&organization.organization_id))]))
}
