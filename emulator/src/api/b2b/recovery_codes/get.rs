//! `GET /v1/b2b/recovery_codes/{organization_id}/{member_id}`: the unused recovery codes of a member.

use hyper::Method;

use crate::{
    api::b2b::named,
    api_error::{ApiError, RECOVERY_CODES_NOT_FOUND},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::GET,
    path: "/v1/b2b/recovery_codes/{organization_id}/{member_id}",
    parameters: &[],
    access: Access::Project,
    error_types: &[&[&RECOVERY_CODES_NOT_FOUND], named::ERROR_TYPES],
    handler: get,
};

fn get(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let (organization, member) = named::member(call, &call.app.state())?;
    let totp = member.verified_totp().ok_or(&RECOVERY_CODES_NOT_FOUND)?;
    let mut body = named::body(&organization, &member);
    body.insert("recovery_codes".to_owned(), totp.recovery_codes.clone().into());
    Ok(body)
}
