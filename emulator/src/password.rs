//! Stored passwords: hashed by the emulator, or taken over from elsewhere.
//!
//! A hash that is taken over keeps its own algorithm, and every login runs it. What one login may cost is bounded
//! here, because a migration chooses the cost: at most [`MOST_MEMORY_BYTES`], and some seconds of one processor.

mod argon2;
mod bcrypt;
mod blob;
mod own;
mod pbkdf2;
mod phpass;
mod salted;
mod scrypt;
mod take_over;

use serde::{Deserialize, Serialize};

pub(crate) use self::{
    own::hash,
    take_over::{ARGON_2, PBKDF_2, REFUSALS, SALTS, SCRYPT, take_over},
};

/// The memory that verifying one password may take.
const MOST_MEMORY_BYTES: u64 = 256 << 20;

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
    Argon2(argon2::Hash),
    Scrypt(scrypt::Hash),
    Pbkdf2(pbkdf2::Hash),
    Salted(salted::Hash),
    Phpass(phpass::Hash),
}

/// Whether a password is the one that was stored.
pub(crate) fn verify(password: &str, stored: &Stored) -> bool {
    match stored {
        Stored::Own { phc } => own::verify(password, phc),
        Stored::Bcrypt { hash } => bcrypt::verify(password, hash),
        Stored::Argon2(hash) => hash.verify(password),
        Stored::Scrypt(hash) => hash.verify(password),
        Stored::Pbkdf2(hash) => hash.verify(password),
        Stored::Salted(hash) => hash.verify(password),
        Stored::Phpass(hash) => hash.verify(password),
    }
}
