//! Portable hashes of phpass, as `WordPress` and phpBB stored them.
//!
//! The only crate for them depends on rand 0.7 and base64 0.12, which are long outdated. The format is MD5 in a loop
//! and a variant of base64. It is read here, with the MD5 of the `md-5` crate.

use md5::{Digest, Md5};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

use super::cost::PHPASS_COSTS;
use crate::api_error::{ApiError, INVALID_PHPASS_HASH_FORMAT, INVALID_PHPASS_HASH_PREFIX};

/// The digits of phpass's base64, in the order of their values.
const DIGITS: &[u8; 64] = b"./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const HASH_CHARACTERS: usize = 34;

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Hash {
    cost: u32,
    salt: String,
    /// The 22 characters after the salt.
    output: String,
}

/// Imports a hash such as `$P$B12345678…`, 34 characters long.
pub(super) fn import(text: &str) -> Result<Hash, ApiError> {
    let Some(rest) = text.strip_prefix("$P$").or_else(|| text.strip_prefix("$H$")) else {
        return Err((&INVALID_PHPASS_HASH_PREFIX).into());
    };
    parse(text, rest).ok_or_else(|| (&INVALID_PHPASS_HASH_FORMAT).into())
}

fn parse(text: &str, rest: &str) -> Option<Hash> {
    let is_digit = |byte: u8| DIGITS.contains(&byte);
    if text.len() != HASH_CHARACTERS || !rest.bytes().all(is_digit) {
        return None;
    }
    let (cost, rest) = rest.split_at_checked(1)?;
    let (salt, output) = rest.split_at_checked(8)?;
    let cost = DIGITS.iter().position(|digit| cost.as_bytes() == [*digit])?;
    let cost = PHPASS_COSTS.contains(&cost).then(|| u32::try_from(cost).ok())??;
    Some(Hash { cost, salt: salt.to_owned(), output: output.to_owned() })
}

impl Hash {
    pub(super) fn verify(&self, password: &str) -> bool {
        let mut digest = Md5::new_with_prefix(&self.salt).chain_update(password).finalize();
        for _ in 0..1_u64 << self.cost {
            digest = Md5::new_with_prefix(digest).chain_update(password).finalize();
        }
        encode(&digest).as_bytes().ct_eq(self.output.as_bytes()).into()
    }
}

/// Three bytes become four digits, the lowest bits first. One or two bytes at the end become two or three digits.
fn encode(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let number = chunk.iter().rev().fold(0_usize, |number, byte| number << 8 | usize::from(*byte));
        for index in 0..=chunk.len() {
            text.push(char::from(DIGITS[number >> (6 * index) & 63]));
        }
    }
    text
}
