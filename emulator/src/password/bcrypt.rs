//! Hashes of bcrypt.

use std::str::FromStr;

use super::Stored;
use crate::refusal::{INVALID_BCRYPT_COST, INVALID_BCRYPT_HASH, Refusal};

/// The costs that bcrypt defines begin at 4. They end at 31, but every step doubles the time of a login:
/// past 16 it is many seconds, which would let one request keep a processor busy for hours.
const COSTS: std::ops::RangeInclusive<u32> = 4..=16;

/// Takes over a hash such as `$2b$10$…`, 60 characters long.
///
/// # Errors
///
/// `invalid_bcrypt_cost` and `invalid_bcrypt_hash`.
pub(super) fn take_over(hash: &str) -> Result<Stored, Refusal> {
    let cost = cost_of(hash).ok_or(&INVALID_BCRYPT_HASH)?;
    if !COSTS.contains(&cost) {
        let message = format!(
            "The cost of the bcrypt hash must be from {} to {}, not {cost}.",
            COSTS.start(),
            COSTS.end()
        );
        return Err(Refusal::new(&INVALID_BCRYPT_COST, message));
    }
    bcrypt::HashParts::from_str(hash).map_err(|_| &INVALID_BCRYPT_HASH)?;
    Ok(Stored::Bcrypt { hash: hash.to_owned() })
}

/// The cost, read from a hash whose form is right as far as the salt.
fn cost_of(hash: &str) -> Option<u32> {
    let ["", "2a" | "2b" | "2y", cost, rest] = hash.split('$').collect::<Vec<_>>()[..] else { return None };
    let digits = cost.len() == 2 && cost.bytes().all(|b| b.is_ascii_digit());
    (digits && rest.len() == 53).then(|| cost.parse().ok())?
}

pub(super) fn verify(password: &str, hash: &str) -> bool {
    bcrypt::verify(password, hash).unwrap_or(false)
}
