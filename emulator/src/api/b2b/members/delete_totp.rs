//! `DELETE /v1/b2b/organizations/{organization_id}/members/{member_id}/totp`: removes the authenticator app of a member.

use hyper::Method;

use super::removal;
use crate::{
    api::b2b::{acting, named},
    api_error::{ApiError, TOTP_NOT_FOUND},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::DELETE,
    path: "/v1/b2b/organizations/{organization_id}/members/{member_id}/totp",
    parameters: &[],
    access: Access::Member,
    error_types: &[&[&TOTP_NOT_FOUND], named::ERROR_TYPES, acting::ERROR_TYPES],
    handler: delete,
};

fn delete(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    removal::from_named(call, "update.info.delete.mfa-totp", |member| {
        member.totp.take().ok_or(&TOTP_NOT_FOUND)?;
        if member.default_mfa_method == "totp" {
            member.default_mfa_method.clear();
        }
        Ok(())
    })
}
