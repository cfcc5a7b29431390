//! The organization and the member of a request, and their fields in responses.

use serde_json::Value;

use crate::{
    api::shared::object,
    api_error::{ApiError, ErrorType, MEMBER_NOT_FOUND, ORGANIZATION_NOT_FOUND},
    member::Member,
    organization::Organization,
    parameter::{Kind, Parameter, required},
    route::{Call, ResponseBody},
    state::State,
};

pub(super) const ORGANIZATION_ID: Parameter = required("organization_id", Kind::String);
pub(super) const MEMBER_ID: Parameter = required("member_id", Kind::String);
pub(super) const EMAIL_ADDRESS: Parameter = required("email_address", Kind::String);

/// The error types of [`member`].
pub(super) static ERROR_TYPES: &[&ErrorType] = &[&ORGANIZATION_NOT_FOUND, &MEMBER_NOT_FOUND];

/// Returns the organization of the request. Its `organization_id` can also be the slug or the external id.
///
/// # Errors
///
/// `organization_not_found`.
pub(super) fn organization(call: &Call<'_>, state: &State) -> Result<Organization, ApiError> {
    let found = state.organization(call.parameters.required("organization_id")?);
    Ok(found.ok_or(&ORGANIZATION_NOT_FOUND)?.clone())
}

/// Returns the member of the request, whose `member_id` can also be the external id, and the organization.
///
/// # Errors
///
/// Those in [`ERROR_TYPES`].
pub(super) fn member(call: &Call<'_>, state: &State) -> Result<(Organization, Member), ApiError> {
    let organization = organization(call, state)?;
    let found = state.member_called(&organization.organization_id, call.parameters.required("member_id")?);
    let member = found.filter(|member| !member.is_deleted()).ok_or(&MEMBER_NOT_FOUND)?.clone();
    Ok((organization, member))
}

/// Returns a body with `member_id`, `member` and `organization`.
pub(super) fn body(organization: &Organization, member: &Member) -> ResponseBody {
    object([
        ("member_id", member.member_id.as_str().into()),
        ("member", member.to_json(organization)),
        ("organization", organization.to_json()),
    ])
}

/// Returns a body with `organization`.
pub(super) fn organization_body(organization: &Organization) -> ResponseBody {
    object([("organization", organization.to_json())])
}

/// Returns a body with an empty list in one field.
pub(super) fn none(name: &str) -> ResponseBody {
    object([(name, Value::Array(Vec::new()))])
}
