//! The common parts of creating and updating a member.

use crate::{
    api::{b2b::roles, identity},
    api_error::{
        ApiError, DUPLICATE_MEMBER_EMAIL, DUPLICATE_MEMBER_EXTERNAL_ID, ErrorType, INVALID_EMAIL,
        INVALID_PHONE_NUMBER, METADATA_TOO_LARGE, METADATA_TOO_MANY_KEYS, RETIRED_MEMBER_EMAIL,
    },
    member::Member,
    organization::Organization,
    route::Call,
    session::Session,
    state::State,
    user::{PhoneNumber, merge_metadata},
};

/// The error types of [`free_address`].
pub(in crate::api::b2b) static ADDRESS_ERROR_TYPES: &[&ErrorType] =
    &[&INVALID_EMAIL, &DUPLICATE_MEMBER_EMAIL, &RETIRED_MEMBER_EMAIL];

/// The error types of [`set`] and [`set_external_id`], in addition to those of roles.
pub(in crate::api::b2b) static ERROR_TYPES: &[&ErrorType] =
    &[&INVALID_PHONE_NUMBER, &DUPLICATE_MEMBER_EXTERNAL_ID, &METADATA_TOO_LARGE, &METADATA_TOO_MANY_KEYS];

/// Returns a new, active member of an organization.
///
/// # Errors
///
/// Those in [`ADDRESS_ERROR_TYPES`].
pub(in crate::api::b2b) fn member(
    call: &Call<'_>,
    state: &State,
    organization: &Organization,
    address: &str,
) -> Result<Member, ApiError> {
    free_address(state, organization, address, None)?;
    let (member_id, email_id) = (call.app.ids.id("member"), call.app.ids.id("member-email"));
    let organization_id = organization.organization_id.clone();
    Ok(Member::new(member_id, organization_id, email_id, address.to_owned(), call.now))
}

/// Checks that a member of an organization can have an address: no other member has or had it.
///
/// # Errors
///
/// Those in [`ADDRESS_ERROR_TYPES`].
pub(in crate::api::b2b) fn free_address(
    state: &State,
    organization: &Organization,
    address: &str,
    member: Option<&Member>,
) -> Result<(), ApiError> {
    identity::require_email(address)?;
    let is_other = |other: &&Member| member.is_none_or(|member| member.member_id != other.member_id);
    let owner = state.member_with_address(&organization.organization_id, address);
    if owner.as_ref().is_some_and(is_other) {
        return Err((&DUPLICATE_MEMBER_EMAIL).into());
    }
    let mut others = state.members().filter(|other| !other.is_deleted()).filter(is_other);
    if others.any(|other| other.organization_id == organization.organization_id && other.holds(address)) {
        return Err((&RETIRED_MEMBER_EMAIL).into());
    }
    Ok(())
}

/// Sets the fields of the request except the external id, and keeps the others.
///
/// # Errors
///
/// Those in [`ERROR_TYPES`] and [`roles::ERROR_TYPES`].
pub(in crate::api::b2b) fn set(
    call: &Call<'_>,
    organization: &Organization,
    member: &mut Member,
) -> Result<(), ApiError> {
    let given = &call.parameters;
    if let Some(name) = given.string("name") {
        name.clone_into(&mut member.name);
    }
    merge_metadata(&mut member.trusted_metadata, given, "trusted_metadata")?;
    merge_metadata(&mut member.untrusted_metadata, given, "untrusted_metadata")?;
    if let Some(is_breakglass) = given.bool("is_breakglass") {
        member.is_breakglass = is_breakglass;
    }
    if let Some(enrolled) = given.bool("mfa_enrolled") {
        member.mfa_enrolled = enrolled;
    }
    if let Some(number) = given.string("mfa_phone_number") {
        member.mfa_phone = Some(phone(call, number)?);
    }
    if let Some(role_ids) = given.strings("roles") {
        roles::check(call, organization, &role_ids)?;
        member.roles = role_ids;
    }
    member.updated_at = call.now;
    Ok(())
}

/// Sets the external id of the request, if it has one.
///
/// # Errors
///
/// `duplicate_member_external_id`, and `bad_request` if it has another form.
pub(in crate::api::b2b) fn set_external_id(
    call: &Call<'_>,
    state: &State,
    member: &mut Member,
) -> Result<(), ApiError> {
    if let Some(id) = identity::external_id(call)? {
        let is_taken = |other: &Member| {
            let is_here = other.organization_id == member.organization_id;
            other.member_id != member.member_id
                && (other.member_id == id || (is_here && other.external_id.as_deref() == Some(id)))
        };
        if state.members().any(is_taken) {
            return Err((&DUPLICATE_MEMBER_EXTERNAL_ID).into());
        }
        member.external_id = Some(id.to_owned());
    }
    Ok(())
}

/// Returns the ids of the sessions that end because roles were taken from a member: in these sessions, an SSO connection
/// still gives one of the roles. `before` are the roles that were assigned before.
pub(in crate::api::b2b) fn ended_sessions(
    call: &Call<'_>,
    state: &State,
    organization: &Organization,
    member: &Member,
    before: &[String],
) -> Vec<String> {
    if call.parameters.bool("preserve_existing_sessions").unwrap_or(false) {
        return Vec::new();
    }
    let without_sso = member.roles_in(organization, &[]);
    let keeps_role = |session: &&Session| {
        let roles = member.roles_in(organization, &session.factors);
        before.iter().any(|role| roles.contains(role) && !without_sso.contains(role))
    };
    let sessions = state.sessions_of(&member.member_id, call.now).filter(keeps_role);
    sessions.map(|session| session.session_id.clone()).collect()
}

/// Returns a phone number that is not verified.
///
/// # Errors
///
/// `invalid_phone_number`.
pub(in crate::api::b2b) fn phone(call: &Call<'_>, number: &str) -> Result<PhoneNumber, ApiError> {
    identity::require_phone_number(number)?;
    let phone_id = call.app.ids.id("member-phone");
    Ok(PhoneNumber { phone_id, phone_number: number.to_owned(), verified: false })
}
