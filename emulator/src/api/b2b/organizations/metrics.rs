//! `GET /v1/b2b/organizations/{organization_id}/metrics`: the number of members of an organization.

use hyper::Method;

use crate::{
    api::{b2b::named, shared::object},
    api_error::{ApiError, ORGANIZATION_NOT_FOUND},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::GET,
    path: "/v1/b2b/organizations/{organization_id}/metrics",
    parameters: &[],
    access: Access::Project,
    error_types: &[&[&ORGANIZATION_NOT_FOUND]],
    handler: metrics,
};

fn metrics(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let state = call.app.state();
    let organization = named::organization(call, &state)?;
    let members = state.members().filter(|member| !member.is_deleted());
    let count = members.filter(|member| member.organization_id == organization.organization_id).count();
    Ok(object([("member_count", count.into())]))
}
