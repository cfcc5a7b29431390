//! An authenticator app: a new one, and the use of its codes and of its recovery codes.

use time::Duration;

use crate::{
    api::identity,
    api_error::{
        ApiError, EXPIRED_TOTP, ErrorType, INVALID_TOTP_CODE, RECOVERY_CODE_USED_AS_TOTP_CODE,
        TOTP_CODE_ALREADY_AUTHENTICATED, TOTP_CODE_USED_AS_RECOVERY_CODE, TOTPS_NOT_FOUND_FOR_USER,
        UNABLE_TO_AUTHENTICATE_RECOVERY_CODE, UNABLE_TO_AUTHENTICATE_TOTP, USER_NOT_FOUND,
    },
    clock::Moment,
    parameter::{Kind, Parameter, optional},
    route::Call,
    state::State,
    totp,
    user::{Totp, User},
};

const RECOVERY_CODES: usize = 10;

/// How long there is to verify a new app.
pub(in crate::api) const MINUTES: Parameter =
    optional("expiration_minutes", Kind::Integer { least: 5, most: 1440 });

/// The error types of [`accept`].
pub(in crate::api) static CODE_ERROR_TYPES: &[&ErrorType] = &[
    &INVALID_TOTP_CODE,
    &RECOVERY_CODE_USED_AS_TOTP_CODE,
    &TOTP_CODE_ALREADY_AUTHENTICATED,
    &UNABLE_TO_AUTHENTICATE_TOTP,
];

/// The error types of [`recover`].
pub(in crate::api) static RECOVERY_ERROR_TYPES: &[&ErrorType] =
    &[&UNABLE_TO_AUTHENTICATE_RECOVERY_CODE, &TOTP_CODE_USED_AS_RECOVERY_CODE];

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

/// Returns a new app, which is not verified yet. Without `expiration_minutes`, there are `default_minutes` to verify it.
pub(in crate::api) fn new(call: &Call<'_>, default_minutes: i64) -> Totp {
    let minutes = call.parameters.integer("expiration_minutes").unwrap_or(default_minutes);
    Totp {
        totp_id: call.app.ids.id("totp"),
        secret: totp::secret(call.app.ids.bytes()),
        verified: false,
        expires_at: call.now + Duration::minutes(minutes),
        last_step: None,
        recovery_codes: recovery_codes(call),
    }
}

/// Returns new recovery codes.
pub(in crate::api) fn recovery_codes(call: &Call<'_>) -> Vec<String> {
    (0..RECOVERY_CODES).map(|_| call.app.ids.recovery_code()).collect()
}

/// Accepts a code of an app, which is verified by that.
///
/// # Errors
///
/// Those in [`CODE_ERROR_TYPES`].
pub(in crate::api) fn accept(totp: &mut Totp, code: &str, now: Moment) -> Result<(), ApiError> {
    if !is_app_code(code) {
        let is_recovery_code = totp.recovery_codes.iter().any(|known| known == code);
        let error = if is_recovery_code { &RECOVERY_CODE_USED_AS_TOTP_CODE } else { &INVALID_TOTP_CODE };
        return Err(error.into());
    }
    let step = totp::step_of(&totp.secret, code, now).ok_or(&UNABLE_TO_AUTHENTICATE_TOTP)?;
    // A later step than that of the newest valid code is from before the clock moved back.
    if totp.last_step.is_some_and(|last| (step..=step + 2).contains(&last)) {
        return Err((&TOTP_CODE_ALREADY_AUTHENTICATED).into());
    }
    totp.last_step = Some(step);
    totp.verified = true;
    Ok(())
}

/// Accepts a recovery code of an app, which cannot be used again.
///
/// # Errors
///
/// Those in [`RECOVERY_ERROR_TYPES`].
pub(in crate::api) fn recover(totp: &mut Totp, code: &str) -> Result<(), ApiError> {
    if is_app_code(code) {
        return Err((&TOTP_CODE_USED_AS_RECOVERY_CODE).into());
    }
    let known = totp.recovery_codes.iter().position(|known| known == code);
    totp.recovery_codes.remove(known.ok_or(&UNABLE_TO_AUTHENTICATE_RECOVERY_CODE)?);
    Ok(())
}

/// Whether a code has the form of those that an app shows.
fn is_app_code(code: &str) -> bool {
    code.len() == 6 && code.bytes().all(|digit| digit.is_ascii_digit())
}
