//! The check of a passcode.

use crate::{
    api_error::{ApiError, ErrorType, OTP_CODE_NOT_FOUND, UNABLE_TO_AUTH_OTP_CODE},
    proof::{Passcode, Proof, Purpose},
    route::Call,
    state::State,
};

/// The error types of [`passcode`].
pub(in crate::api) static ERROR_TYPES: &[&ErrorType] = &[&OTP_CODE_NOT_FOUND, &UNABLE_TO_AUTH_OTP_CODE];

/// Returns the passcode that was sent under a key, if it is the given one.
///
/// # Errors
///
/// Those in [`ERROR_TYPES`].
pub(in crate::api) fn passcode<'a>(
    call: &Call<'_>,
    state: &'a State,
    key: &str,
    code: &str,
) -> Result<(&'a Proof, &'a Passcode), ApiError> {
    let proof = state.proof(key).filter(|proof| proof.is_valid(call.now));
    let Some((proof, Purpose::Passcode(passcode))) = proof.map(|proof| (proof, &proof.purpose)) else {
        return Err((&UNABLE_TO_AUTH_OTP_CODE).into());
    };
    if passcode.code == code { Ok((proof, passcode)) } else { Err((&OTP_CODE_NOT_FOUND).into()) }
}
