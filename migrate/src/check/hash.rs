//! Whether a hash can be of its type.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use stytch_client::error_type as kind;
use stytch_client::passwords::{
    Argon2Config, HashType, Migrate, Pbkdf2Algorithm, Pbkdf2Config, ScryptConfig,
};

use super::encoded;
use crate::problem::Problem;

/// Standard base64, with or without padding: both are in use for hashes.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The digits of bcrypt's and phpass's own base64.
const DIGITS: &[u8] = b"./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
pub(super) const LEAST_ARGON_2_SALT: usize = 8;

pub(super) fn problem(request: &Migrate<'_>) -> Option<Problem> {
    let hash = &*request.hash;
    match &request.hash_type {
        HashType::Bcrypt => bcrypt(hash),
        HashType::Md5 => hex_digest(hash, 16, kind::INVALID_MD_5_HASH, "an MD5 hash: 32 hexadecimal digits"),
        HashType::Sha1 => {
            hex_digest(hash, 20, kind::INVALID_SHA_1_HASH, "a SHA-1 hash: 40 hexadecimal digits")
        }
        HashType::Sha512 => {
            hex_digest(hash, 64, "invalid_sha_512_hash", "a SHA-512 hash: 128 hexadecimal digits")
        }
        HashType::Argon2i if hash.starts_with('$') => encoded::argon_2(hash, "argon2i"),
        HashType::Argon2id if hash.starts_with('$') => encoded::argon_2(hash, "argon2id"),
        HashType::Argon2i | HashType::Argon2id => argon_2(hash, request.argon_2_config.as_ref()),
        HashType::Scrypt if hash.starts_with('$') => encoded::scrypt(hash),
        HashType::Scrypt => scrypt(hash, request.scrypt_config.as_ref()),
        HashType::Pbkdf2 => pbkdf_2(hash, request.pbkdf_2_config.as_ref()),
        HashType::Phpass => phpass(hash),
        // Not quoted: with columns mixed up, this is the hash.
        _ => Some(Problem::new(kind::INVALID_HASH_TYPE, "`hash_type` is none of the known types")),
    }
}

/// The hash is not what it should be.
pub(super) fn not(kind: &'static str, what: &str) -> Problem {
    Problem::new(kind, format!("`hash` is not {what}"))
}

/// `$2b$10$` and 53 digits.
fn bcrypt(hash: &str) -> Option<Problem> {
    let mut parts = hash.split('$').skip(1);
    let version = parts.next().is_some_and(|version| ["2a", "2b", "2y"].contains(&version));
    let cost = parts.next().filter(|cost| cost.len() == 2).and_then(|cost| cost.parse::<u8>().ok());
    let rest =
        parts.next().is_some_and(|rest| rest.len() == 53 && rest.bytes().all(|byte| DIGITS.contains(&byte)));
    if !(hash.starts_with('$') && version && rest && parts.next().is_none()) {
        return Some(not(
            kind::INVALID_BCRYPT_HASH,
            "a bcrypt hash: $2a$, $2b$ or $2y$, two digits, $, 53 characters",
        ));
    }
    match cost {
        Some(4..=31) => None,
        Some(_) => {
            Some(Problem::new(kind::INVALID_BCRYPT_COST, "the cost of the bcrypt hash is not from 4 to 31"))
        }
        None => Some(not(kind::INVALID_BCRYPT_HASH, "a bcrypt hash: its cost has not two digits")),
    }
}

fn hex_digest(hash: &str, bytes: usize, kind: &'static str, what: &str) -> Option<Problem> {
    if hex_length(hash) == Some(bytes) { None } else { Some(not(kind, what)) }
}

/// How many bytes these hexadecimal digits are.
fn hex_length(text: &str) -> Option<usize> {
    let right = text.len().is_multiple_of(2) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    right.then_some(text.len() / 2)
}

fn argon_2(hash: &str, config: Option<&Argon2Config<'_>>) -> Option<Problem> {
    // What is missing in it is a problem of its own, noticed before.
    let config = config?;
    let Some(length) = hex_length(hash) else {
        return Some(not(kind::INVALID_HASH, "an Argon2 hash, encoded or in hexadecimal digits"));
    };
    if config.salt.len() < LEAST_ARGON_2_SALT {
        let text = "`argon_2_config.salt` is shorter than the eight bytes that Argon2 takes";
        return Some(Problem::new(kind::INVALID_ARGON_2_SALT, text));
    }
    key_length(kind::ARGON_2_KEY_LENGTH_MISMATCH, "argon_2_config", config.key_length, length)
}

fn scrypt(hash: &str, config: Option<&ScryptConfig<'_>>) -> Option<Problem> {
    let config = config?;
    let Some(length) = base64_length(hash) else {
        return Some(not(kind::INVALID_BASE64_SCRYPT_HASH, "a scrypt hash, in PHC form or in base64"));
    };
    if base64_length(&config.salt).is_none() {
        return Some(Problem::form("scrypt_config.salt", "base64"));
    }
    if !config.n_parameter.is_power_of_two() || !(2..=262_144).contains(&config.n_parameter) {
        return Some(Problem::form("scrypt_config.n_parameter", "a power of two from 2 to 262144"));
    }
    key_length(kind::SCRYPT_KEY_LENGTH_MISMATCH, "scrypt_config", config.key_length, length)
}

fn pbkdf_2(hash: &str, config: Option<&Pbkdf2Config<'_>>) -> Option<Problem> {
    let config = config?;
    let Some(length) = base64_length(hash) else {
        return Some(not(kind::INVALID_PBKDF_2_HASH, "a PBKDF2 hash in base64"));
    };
    if base64_length(&config.salt).is_none() {
        return Some(Problem::new(kind::INVALID_PBKDF_2_SALT, "`pbkdf_2_config.salt` is not base64"));
    }
    if config.iteration_amount == 0 {
        let text = "`pbkdf_2_config.iteration_amount` is zero";
        return Some(Problem::new(kind::INVALID_PBKDF_2_ITERATION_AMOUNT, text));
    }
    if matches!(config.algorithm, Some(Pbkdf2Algorithm::Other(_))) {
        return Some(Problem::form("pbkdf_2_config.algorithm", "sha256 or sha512"));
    }
    key_length(kind::PBKDF_2_KEY_LENGTH_MISMATCH, "pbkdf_2_config", config.key_length, length)
}

/// How many bytes this base64 is; `None` for none at all.
fn base64_length(text: &str) -> Option<usize> {
    BASE64.decode(text).ok().map(|bytes| bytes.len()).filter(|length| *length > 0)
}

fn key_length(kind: &'static str, config: &str, stated: u32, length: usize) -> Option<Problem> {
    if usize::try_from(stated) == Ok(length) {
        return None;
    }
    Some(Problem::new(kind, format!("`{config}.key_length` is {stated}, and `hash` has {length} bytes")))
}

/// `$P$` or `$H$`, a digit for the cost, and 30 digits of salt and hash.
fn phpass(hash: &str) -> Option<Problem> {
    let Some(rest) = hash.strip_prefix("$P$").or_else(|| hash.strip_prefix("$H$")) else {
        let text = "`hash` is not a phpass hash: it begins with $P$ or $H$";
        return Some(Problem::new(kind::INVALID_PHPASS_HASH_PREFIX, text));
    };
    let right = rest.len() == 31 && rest.bytes().all(|byte| DIGITS.contains(&byte));
    if right { None } else { Some(not("invalid_phpass_hash_format", "a phpass hash: it has 34 characters")) }
}
