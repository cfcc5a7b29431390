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

/// Returns the organization that the request names, by `organization_id`, or by the slug or external id instead.
///
/// # Errors
///
/// `organization_not_found`.
pub(super) fn organization(call: &Call<'_>, state: &State) -> Result<Organization, ApiError> {
    let found = state.organization(call.parameters.required("organization_id")?);
    Ok(found.ok_or(&ORGANIZATION_NOT_FOUND)?.clone())
}

/// Returns the member that the request names, by `member_id` or the external id instead, and the organization.
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

/// Returns `member_id`, `member` and `organization`.
pub(super) fn body(organization: &Organization, member: &Member) -> ResponseBody {
    object([
        ("member_id", member.member_id.as_str().into()),
        ("member", member.to_json(organization)),
        ("organization", organization.to_json()),
    ])
}

/// Returns `organization`.
pub(super) fn organization_body(organization: &Organization) -> ResponseBody {
    object([("organization", organization.to_json())])
}

/// Returns an empty list under a name.
pub(super) fn none(name: &str) -> ResponseBody {
    object([(name, Value::Array(Vec::new()))])
}
