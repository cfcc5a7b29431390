//! The tokens with which a mail lets its reader set a new password.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::{
    clock::Moment,
    refusal::{
        INVALID_PKCE_CODE_CHALLENGE, PKCE_DID_NOT_EXPECT_CODE_VERIFIER, PKCE_EXPECTED_CODE_VERIFIER,
        PKCE_MISMATCH, Refusal,
    },
    session::Attributes,
};

/// A token that was mailed and not used yet.
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
    /// Lets the one through who knows the verifier of the challenge; anybody, if there was no challenge.
    ///
    /// # Errors
    ///
    /// The `pkce_…` refusals.
    pub(crate) fn check_verifier(&self, verifier: Option<&str>) -> Result<(), Refusal> {
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

/// Lets a challenge through that some verifier could meet, without its padding.
///
/// # Errors
///
/// `invalid_pkce_code_challenge`.
pub(crate) fn check_challenge(challenge: &str) -> Result<String, Refusal> {
    let challenge = challenge.trim_end_matches('=');
    match URL_SAFE_NO_PAD.decode(challenge) {
        Ok(hash) if hash.len() == 32 => Ok(challenge.to_owned()),
        _ => Err((&INVALID_PKCE_CODE_CHALLENGE).into()),
    }
}
