//! `DELETE /v1/b2b/organizations/{organization_id}/members/mfa_phone_numbers/{member_id}`: removes the phone number of a
//! member.

use hyper::Method;

use super::removal;
use crate::{
    api::b2b::{acting, named},
    api_error::{ApiError, MEMBER_PHONE_NUMBER_NOT_FOUND},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::DELETE,
    path: "/v1/b2b/organizations/{organization_id}/members/mfa_phone_numbers/{member_id}",
    parameters: &[],
    access: Access::Member,
    error_types: &[&[&MEMBER_PHONE_NUMBER_NOT_FOUND], named::ERROR_TYPES, acting::ERROR_TYPES],
    handler: delete,
};

fn delete(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    removal::from_named(call, "update.info.delete.mfa-phone", |member| {
        member.mfa_phone.take().ok_or(&MEMBER_PHONE_NUMBER_NOT_FOUND)?;
        if member.default_mfa_method == "sms_otp" {
            member.default_mfa_method.clear();
        }
        Ok(())
    })
}
