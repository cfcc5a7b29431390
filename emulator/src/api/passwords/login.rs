//! The check of an address and a password, for logins and for resets with the old password.

use crate::{
    api_error::{ApiError, EMAIL_NOT_FOUND, ErrorType, NO_USER_PASSWORD, UNAUTHORIZED_CREDENTIALS},
    route::Call,
    state::State,
    user::User,
};

/// The error types of endpoints that check an address and a password.
pub(super) static ERROR_TYPES: &[&ErrorType] =
    &[&EMAIL_NOT_FOUND, &NO_USER_PASSWORD, &UNAUTHORIZED_CREDENTIALS];

/// Returns the user with this address and this password.
///
/// # Errors
///
/// Those in [`ERROR_TYPES`].
pub(super) fn user(call: &Call<'_>, address: &str, password: &str) -> Result<User, ApiError> {
    let user = call.app.state().user_by_email(address).cloned().ok_or(&EMAIL_NOT_FOUND)?;
    let stored = user.password.as_ref().ok_or(&NO_USER_PASSWORD)?.stored.clone();
    if stored.verify(password) { Ok(user) } else { Err(wrong()) }
}

/// Reads the user again after the password was verified. The verification takes time, and the password may have
/// changed.
///
/// # Errors
///
/// `unauthorized_credentials` if the password has changed.
pub(super) fn unchanged(state: &State, verified: &User) -> Result<User, ApiError> {
    let id = |user: &User| user.password.as_ref().map(|password| password.password_id.clone());
    match state.user(&verified.user_id) {
        Some(user) if id(user) == id(verified) => Ok(user.clone()),
        _ => Err(wrong()),
    }
}

fn wrong() -> ApiError {
    ApiError::new(&UNAUTHORIZED_CREDENTIALS, "The email or the password is wrong.")
}
