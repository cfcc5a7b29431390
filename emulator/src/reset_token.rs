//! The tokens in emails that reset a password.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::{
    api_error::{
        ApiError, INVALID_PKCE_CODE_CHALLENGE, PKCE_DID_NOT_EXPECT_CODE_VERIFIER,
        PKCE_EXPECTED_CODE_VERIFIER, PKCE_MISMATCH,
    },
    clock::Moment,
    session::Attributes,
};

/// A token that was sent by email and is not used yet.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct ResetToken {
    pub(crate) token: String,
    pub(crate) user_id: String,
    pub(crate) email_id: String,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) expires_at: Moment,
    pub(crate) code_challenge: Option<String>,
    pub(crate) attributes: Attributes,
}

impl ResetToken {
    /// Checks the verifier against the challenge with which the reset was started.
    ///
    /// # Errors
    ///
    /// The `pkce_…` error types.
    pub(crate) fn check_verifier(&self, verifier: Option<&str>) -> Result<(), ApiError> {
        match (&self.code_challenge, verifier) {
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
}

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
