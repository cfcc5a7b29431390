//! `POST /v1/b2b/organizations/{organization_id}/members/{member_id}/unlink_retired_email`: unlinks a previous address
//! of a member, so that other members of the organization can have it.

use hyper::Method;

use super::removal;
use crate::{
    api::b2b::{acting, named},
    api_error::{ApiError, EMAIL_NOT_FOUND, RETIRED_EMAIL_MISSING_EMAIL_IDENTIFIERS},
    member::{Member, RetiredEmail},
    parameter::{Kind, optional},
    route::{Access, Call, ResponseBody, Route},
    user::same_address,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/organizations/{organization_id}/members/{member_id}/unlink_retired_email",
    parameters: &[optional("email_id", Kind::String), optional("email_address", Kind::String)],
    access: Access::Member,
    error_types: &[
        &[&RETIRED_EMAIL_MISSING_EMAIL_IDENTIFIERS, &EMAIL_NOT_FOUND],
        named::ERROR_TYPES,
        acting::ERROR_TYPES,
    ],
    handler: unlink,
};

fn unlink(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let (id, address) = (call.parameters.string("email_id"), call.parameters.string("email_address"));
    if id.is_none() && address.is_none() {
        return Err((&RETIRED_EMAIL_MISSING_EMAIL_IDENTIFIERS).into());
    }
    let is_meant = |retired: &RetiredEmail| {
        id.is_none_or(|id| retired.email_id == id)
            && address.is_none_or(|address| same_address(&retired.email_address, address))
    };
    let remove = |member: &mut Member| {
        let known = member.retired_emails.iter().position(is_meant).ok_or(&EMAIL_NOT_FOUND)?;
        member.retired_emails.remove(known);
        Ok(())
    };
    let mut body = removal::from_named(call, "update.info.email", remove)?;
    let organization_id = body["organization"]["organization_id"].clone();
    body.insert("organization_id".to_owned(), organization_id);
    Ok(body)
}
