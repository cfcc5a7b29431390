//! The emulator's own hashes: Argon2id.

use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version};
use serde::{Deserialize, Serialize};

use crate::api_error::{ApiError, INTERNAL_SERVER_ERROR};

/// 1 MiB, one pass, one lane: too weak to protect real people, and fast enough for test suites that create hundreds of
/// users. A login reads the parameters from the stored hash, so they can change.
const MEMORY_KIB: u32 = 1024;
const PASSES: u32 = 1;
const LANES: u32 = 1;

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Hash {
    /// In PHC form.
    phc: String,
}

pub(super) fn hash(password: &str, salt: [u8; 16]) -> Result<Hash, ApiError> {
    let hashed: Result<PasswordHash, _> =
        Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(Into::into).and_then(|params| {
            Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
                .hash_password_with_salt(password.as_bytes(), &salt)
        });
    match hashed {
        Ok(phc) => Ok(Hash { phc: phc.to_string() }),
        Err(_) => Err(ApiError::new(&INTERNAL_SERVER_ERROR, "The password could not be hashed.")),
    }
}

impl Hash {
    pub(super) fn verify(&self, password: &str) -> bool {
        PasswordHash::new(&self.phc)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_password_is_accepted() {
        let hash = hash("correct horse battery staple", [7; 16]).expect("a hash");
        assert!(hash.phc.starts_with("$argon2id$v=19$m=1024,t=1,p=1$"));
        assert!(hash.verify("correct horse battery staple"));
        assert!(!hash.verify("correct horse battery stapler"));
    }
}
