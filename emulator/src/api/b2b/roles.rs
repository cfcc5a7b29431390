//! The roles that a request assigns.

use super::acting::policy;
use crate::{
    api_error::{ApiError, CANNOT_ASSIGN_DEFAULT_RBAC_ROLE_ID, ErrorType, INVALID_RBAC_ROLE_ASSIGNMENT},
    organization::Organization,
    rbac::MEMBER_ROLE,
    route::Call,
};

/// The error types of [`check`].
pub(super) static ERROR_TYPES: &[&ErrorType] =
    &[&INVALID_RBAC_ROLE_ASSIGNMENT, &CANNOT_ASSIGN_DEFAULT_RBAC_ROLE_ID];

/// Checks that roles exist, in the project or in the organization.
///
/// # Errors
///
/// Those in [`ERROR_TYPES`].
pub(super) fn check<'a>(
    call: &Call<'_>,
    organization: &Organization,
    role_ids: impl IntoIterator<Item = &'a String>,
) -> Result<(), ApiError> {
    let policy = policy(call, organization);
    for role_id in role_ids {
        if role_id == MEMBER_ROLE {
            return Err((&CANNOT_ASSIGN_DEFAULT_RBAC_ROLE_ID).into());
        }
        if !policy.has_role(role_id) {
            let shown: String = role_id.chars().take(64).collect();
            let message = format!("The policy has no role `{shown}`.");
            return Err(ApiError::new(&INVALID_RBAC_ROLE_ASSIGNMENT, message));
        }
    }
    Ok(())
}
