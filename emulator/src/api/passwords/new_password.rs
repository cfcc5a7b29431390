//! The check of a new password, and the password object that is stored.

use crate::{
    api_error::{ApiError, BREACHED_PASSWORD, ErrorType, WEAK_PASSWORD},
    password::Stored,
    route::Call,
    user::Password,
};

/// The error types of endpoints that set a password.
pub(in crate::api) static ERROR_TYPES: &[&ErrorType] = &[&WEAK_PASSWORD, &BREACHED_PASSWORD];

/// Hashes a password that is strong enough and not breached.
///
/// # Errors
///
/// Those in [`ERROR_TYPES`].
pub(in crate::api) fn accept(call: &Call<'_>, address: &str, password: &str) -> Result<Password, ApiError> {
    let verdict = call.app.strength().assess(password, Some(address));
    if !verdict.is_strong() {
        return Err((&WEAK_PASSWORD).into());
    }
    if verdict.is_breached() {
        return Err((&BREACHED_PASSWORD).into());
    }
    let stored = Stored::hash(password, call.app.ids.bytes())?;
    Ok(Password { password_id: call.app.ids.id("password"), requires_reset: false, stored })
}
