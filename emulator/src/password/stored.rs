//! A password as it is stored.

use serde::{Deserialize, Serialize};

use super::{argon2, bcrypt, own, pbkdf2, phpass, salted, scrypt};
use crate::api_error::ApiError;

/// A hash, with everything that its algorithm needs to check a password. An imported hash keeps its own algorithm, and
/// every login runs it.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Stored {
    Own(own::Hash),
    Bcrypt(bcrypt::Hash),
    Argon2(argon2::Hash),
    Scrypt(scrypt::Hash),
    Pbkdf2(pbkdf2::Hash),
    Salted(salted::Hash),
    Phpass(phpass::Hash),
}

impl Stored {
    /// Hashes a password with the given salt.
    ///
    /// # Errors
    ///
    /// `internal_server_error` if the password is longer than Argon2 allows. The size limit of a body excludes that.
    pub(crate) fn hash(password: &str, salt: [u8; 16]) -> Result<Self, ApiError> {
        own::hash(password, salt).map(Self::Own)
    }

    /// Whether this is the hash of a password.
    pub(crate) fn verify(&self, password: &str) -> bool {
        match self {
            Self::Own(hash) => hash.verify(password),
            Self::Bcrypt(hash) => hash.verify(password),
            Self::Argon2(hash) => hash.verify(password),
            Self::Scrypt(hash) => hash.verify(password),
            Self::Pbkdf2(hash) => hash.verify(password),
            Self::Salted(hash) => hash.verify(password),
            Self::Phpass(hash) => hash.verify(password),
        }
    }
}
