//! The common part of a login with a code of the app and a login with a recovery code.

use crate::{
    api::identity,
    api_error::{ApiError, EXPIRED_TOTP, ErrorType, TOTPS_NOT_FOUND_FOR_USER, USER_NOT_FOUND},
    route::Call,
    state::State,
    user::User,
};

/// The error types of [`user`].
pub(super) static ERROR_TYPES: &[&ErrorType] = &[&USER_NOT_FOUND, &TOTPS_NOT_FOUND_FOR_USER, &EXPIRED_TOTP];

/// Returns the user whom the request names, and the index of their app. It is verified, or there is still time for it.
///
/// # Errors
///
/// Those in [`ERROR_TYPES`].
pub(super) fn user(call: &Call<'_>, state: &State) -> Result<(User, usize), ApiError> {
    let user = identity::named(call, state)?;
    let totps = &user.factors.totps;
    match totps.iter().position(|totp| totp.is_usable(call.now)) {
        Some(index) => Ok((user.clone(), index)),
        None if totps.is_empty() => Err((&TOTPS_NOT_FOUND_FOR_USER).into()),
        None => Err((&EXPIRED_TOTP).into()),
    }
}

/// Whether a code has the form of those that an app shows.
pub(super) fn is_app_code(code: &str) -> bool {
    code.len() == 6 && code.bytes().all(|digit| digit.is_ascii_digit())
}
