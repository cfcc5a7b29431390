//! The emulator's own hashes: Argon2id.

use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version};

use super::Stored;
use crate::refusal::{INTERNAL_SERVER_ERROR, Refusal};

/// 1 MiB, one pass, one lane: far below what protects real people, and what lets a test suite create
/// users by the hundred. A login reads the parameters from the stored hash, so that they can change.
const MEMORY_KIB: u32 = 1024;
const PASSES: u32 = 1;
const LANES: u32 = 1;

/// Hashes a password with the given salt.
///
/// # Errors
///
/// When the password is longer than Argon2 can take, which the limit of a body makes impossible.
pub(crate) fn hash(password: &str, salt: [u8; 16]) -> Result<Stored, Refusal> {
    let hashed: Result<PasswordHash, _> =
        Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(Into::into).and_then(|params| {
            Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
                .hash_password_with_salt(password.as_bytes(), &salt)
        });
    match hashed {
        Ok(phc) => Ok(Stored::Own { phc: phc.to_string() }),
        Err(_) => Err(Refusal::new(&INTERNAL_SERVER_ERROR, "The password could not be hashed.")),
    }
}

pub(super) fn verify(password: &str, phc: &str) -> bool {
    PasswordHash::new(phc)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_recognised_and_another_is_not() {
        let Ok(Stored::Own { phc }) = hash("correct horse battery staple", [7; 16]) else {
            panic!("no hash")
        };
        assert!(phc.starts_with("$argon2id$v=19$m=1024,t=1,p=1$"));
        assert!(verify("correct horse battery staple", &phc));
        assert!(!verify("correct horse battery stapler", &phc));
    }
}
