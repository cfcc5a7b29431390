//! PKCE: the challenge with which a flow starts, and the verifier with which it ends.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::api_error::{
    ApiError, ErrorType, INVALID_PKCE_CODE_CHALLENGE, PKCE_DID_NOT_EXPECT_CODE_VERIFIER,
    PKCE_EXPECTED_CODE_VERIFIER, PKCE_MISMATCH,
};

/// The error types of endpoints that end a flow.
pub(crate) static VERIFIER_ERROR_TYPES: &[&ErrorType] =
    &[&PKCE_EXPECTED_CODE_VERIFIER, &PKCE_DID_NOT_EXPECT_CODE_VERIFIER, &PKCE_MISMATCH];

/// Returns a valid challenge without its padding.
///
/// # Errors
///
/// `invalid_pkce_code_challenge` if it is not the base64url form of a SHA-256 hash.
pub(crate) fn check_challenge(challenge: &str) -> Result<String, ApiError> {
    let challenge = challenge.trim_end_matches('=');
    match URL_SAFE_NO_PAD.decode(challenge) {
        Ok(hash) if hash.len() == 32 => Ok(challenge.to_owned()),
        _ => Err((&INVALID_PKCE_CODE_CHALLENGE).into()),
    }
}

/// Checks the verifier against the challenge with which the flow was started.
///
/// # Errors
///
/// Those in [`VERIFIER_ERROR_TYPES`].
pub(crate) fn check_verifier(challenge: Option<&str>, verifier: Option<&str>) -> Result<(), ApiError> {
    match (challenge, verifier) {
        (None, None) => Ok(()),
        (Some(_), None) => Err((&PKCE_EXPECTED_CODE_VERIFIER).into()),
        (None, Some(_)) => Err((&PKCE_DID_NOT_EXPECT_CODE_VERIFIER).into()),
        (Some(challenge), Some(verifier)) => {
            let hashed = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
            if bool::from(hashed.as_bytes().ct_eq(challenge.as_bytes())) {
                Ok(())
            } else {
                Err((&PKCE_MISMATCH).into())
            }
        }
    }
}
