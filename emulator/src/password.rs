//! Stored passwords: hashed by the emulator, or taken over from elsewhere.

mod bcrypt;
mod own;

use serde::{Deserialize, Serialize};

pub(crate) use self::{bcrypt::take_over as take_over_bcrypt, own::hash};

/// A password as it is kept: never the password itself, and enough to recognise it.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Stored {
    /// Hashed here, with Argon2id, as a PHC string.
    Own {
        phc: String,
    },
    Bcrypt {
        hash: String,
    },
}

/// Whether a password is the one that was stored.
pub(crate) fn verify(password: &str, stored: &Stored) -> bool {
    match stored {
        Stored::Own { phc } => own::verify(password, phc),
        Stored::Bcrypt { hash } => bcrypt::verify(password, hash),
    }
}
