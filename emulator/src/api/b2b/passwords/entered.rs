//! The check of an address and a password in an organization.

use crate::{
    api::b2b::named,
    api_error::{
        ApiError, ErrorType, MEMBER_NOT_FOUND, MEMBER_PASSWORD_NOT_FOUND, MEMBER_RESET_PASSWORD,
        UNAUTHORIZED_CREDENTIALS,
    },
    member::Member,
    organization::Organization,
    route::Call,
    state::{Change, State},
};

/// The error types of [`member`] and [`require_no_reset`], in addition to those of the organization.
pub(super) static ERROR_TYPES: &[&ErrorType] =
    &[&MEMBER_PASSWORD_NOT_FOUND, &UNAUTHORIZED_CREDENTIALS, &MEMBER_RESET_PASSWORD];

/// Returns the member whose address and password are in the request.
///
/// # Errors
///
/// Those in [`ERROR_TYPES`] and [`named::ERROR_TYPES`].
pub(super) fn member(call: &Call<'_>, password: &str) -> Result<Member, ApiError> {
    let found = {
        let state = call.app.state();
        let organization = named::organization(call, &state)?;
        let address = call.parameters.required("email_address")?;
        state.member_with_address(&organization.organization_id, address).cloned()
    };
    let member = found.ok_or(&MEMBER_NOT_FOUND)?;
    let stored = &member.password.as_ref().ok_or(&MEMBER_PASSWORD_NOT_FOUND)?.stored;
    if stored.verify(password) { Ok(member) } else { Err(wrong()) }
}

/// Reads a member again after their password was verified. The verification takes time, in which the password may have
/// changed.
///
/// # Errors
///
/// `unauthorized_credentials` if the password has changed.
pub(super) fn unchanged(state: &State, verified: &Member) -> Result<(Organization, Member), ApiError> {
    let id = |member: &Member| member.password.as_ref().map(|password| password.password_id.clone());
    let member = state.member(&verified.member_id).filter(|member| !member.is_deleted());
    let member = member.filter(|member| id(member) == id(verified)).ok_or_else(wrong)?;
    let organization = state.organization(&member.organization_id).ok_or_else(wrong)?;
    Ok((organization.clone(), member.clone()))
}

/// Rejects a password that was breached after it was set, or that must be reset for another reason.
///
/// # Errors
///
/// `member_reset_password`.
pub(super) fn require_no_reset(call: &Call<'_>, member: &Member, password: &str) -> Result<(), ApiError> {
    let marked = member.password.as_ref().is_some_and(|password| password.requires_reset);
    if marked {
        return Err((&MEMBER_RESET_PASSWORD).into());
    }
    if !call.app.strength().is_breached(password, Some(&member.email_address)) {
        return Ok(());
    }
    let mut state = call.app.state();
    if let Some(mut member) = state.member(&member.member_id).cloned() {
        if let Some(password) = &mut member.password {
            password.requires_reset = true;
        }
        state.commit(Change { members: vec![member], ..Change::default() }, call.now)?;
    }
    Err((&MEMBER_RESET_PASSWORD).into())
}

pub(super) fn wrong() -> ApiError {
    ApiError::new(&UNAUTHORIZED_CREDENTIALS, "The email address or the password is wrong.")
}
