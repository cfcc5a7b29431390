//! Hashes of bcrypt.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::cost::BCRYPT_COSTS;
use crate::api_error::{ApiError, INVALID_BCRYPT_COST, INVALID_BCRYPT_HASH};

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Hash {
    hash: String,
}

/// Imports a hash such as `$2b$10$…`, 60 characters long.
///
/// # Errors
///
/// `invalid_bcrypt_cost` and `invalid_bcrypt_hash`.
pub(super) fn import(hash: &str) -> Result<Hash, ApiError> {
    let cost = cost_of(hash).ok_or(&INVALID_BCRYPT_HASH)?;
    if !BCRYPT_COSTS.contains(&cost) {
        let (least, most) = (BCRYPT_COSTS.start(), BCRYPT_COSTS.end());
        let message = format!("The cost of the bcrypt hash must be from {least} to {most}, not {cost}.");
        return Err(ApiError::new(&INVALID_BCRYPT_COST, message));
    }
    bcrypt::HashParts::from_str(hash).map_err(|_| &INVALID_BCRYPT_HASH)?;
    Ok(Hash { hash: hash.to_owned() })
}

/// Reads the cost of a hash that is well formed up to its salt.
fn cost_of(hash: &str) -> Option<u32> {
    let ["", "2a" | "2b" | "2y", cost, rest] = hash.split('$').collect::<Vec<_>>()[..] else { return None };
    let digits = cost.len() == 2 && cost.bytes().all(|b| b.is_ascii_digit());
    (digits && rest.len() == 53).then(|| cost.parse().ok())?
}

impl Hash {
    pub(super) fn verify(&self, password: &str) -> bool {
        bcrypt::verify(password, &self.hash).unwrap_or(false)
    }
}
