//! `GET /v1/b2b/organizations/members/dangerously_get/{member_id}`: a member of any organization.

use hyper::Method;

use crate::{
    api::b2b::named,
    api_error::{ApiError, MEMBER_NOT_FOUND},
    parameter::{Kind, optional},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::GET,
    path: "/v1/b2b/organizations/members/dangerously_get/{member_id}",
    parameters: &[optional("include_deleted", Kind::Bool)],
    access: Access::Project,
    error_types: &[named::ERROR_TYPES],
    handler: get,
};

fn get(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let state = call.app.state();
    let with_deleted = call.parameters.bool("include_deleted").unwrap_or(false);
    let found = state.member(call.parameters.required("member_id")?);
    let member = found.filter(|member| with_deleted || !member.is_deleted()).ok_or(&MEMBER_NOT_FOUND)?;
    let organization = state.organization(&member.organization_id).ok_or(&MEMBER_NOT_FOUND)?;
    Ok(named::body(organization, member))
}
