//! `GET /v1/b2b/organizations/{organization_id}/member`: a member, by id or by address.

use hyper::Method;

use crate::{
    api::b2b::named,
    api_error::{ApiError, INVALID_MEMBER_GET_FIELDS, MEMBER_NOT_FOUND},
    parameter::{Kind, optional},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::GET,
    path: "/v1/b2b/organizations/{organization_id}/member",
    parameters: &[optional("member_id", Kind::String), optional("email_address", Kind::String)],
    access: Access::Project,
    error_types: &[&[&INVALID_MEMBER_GET_FIELDS], named::ERROR_TYPES],
    handler: get,
};

fn get(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let state = call.app.state();
    let organization = named::organization(call, &state)?;
    let id = &organization.organization_id;
    let found = match (call.parameters.string("member_id"), call.parameters.string("email_address")) {
        (Some(member_id), None) => state.member_called(id, member_id),
        (None, Some(address)) => state.member_with_address(id, address),
        _ => return Err((&INVALID_MEMBER_GET_FIELDS).into()),
    };
    let member = found.filter(|member| !member.is_deleted()).ok_or(&MEMBER_NOT_FOUND)?;
    Ok(named::body(&organization, member))
}
