//! Whether a hash can be of its type.

use stytch_client::error_type as kind;
use stytch_client::passwords::{
    Argon2Config, HashType, Migrate, Pbkdf2Algorithm, Pbkdf2Config, ScryptConfig,
};

use super::{encoded, foreign};
use crate::encoding::{Encoding, base64_length, hex_length, is_url_safe_base64, surely_hex};
use crate::problem::Problem;

/// The digits of bcrypt's variant of base64, lowest first.
const BCRYPT_DIGITS: &[u8] = b"./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/// The digits of phpass's base64, which are the same.
const DIGITS: &[u8] = b"./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

pub(super) fn problem(request: &Migrate<'_>) -> Option<Problem> {
    let hash = &*request.hash;
    foreign::problem(hash, &request.hash_type)
        .or_else(|| encoded_twice(hash))
        .or_else(|| of_its_type(request))
}

fn of_its_type(request: &Migrate<'_>) -> Option<Problem> {
    let hash = &*request.hash;
    match &request.hash_type {
        HashType::Bcrypt => bcrypt(hash),
        HashType::Md5 => digest(hash, 16, kind::INVALID_MD_5_HASH, "an MD5 hash"),
        HashType::Sha1 => digest(hash, 20, kind::INVALID_SHA_1_HASH, "a SHA-1 hash"),
        HashType::Sha512 => digest(hash, 64, "invalid_sha_512_hash", "a SHA-512 hash"),
        HashType::Argon2i if hash.starts_with('$') => encoded::argon_2(hash, "argon2i"),
        HashType::Argon2id if hash.starts_with('$') => encoded::argon_2(hash, "argon2id"),
        HashType::Argon2i | HashType::Argon2id => argon_2(hash, request.argon_2_config.as_ref()),
        HashType::Scrypt if hash.starts_with('$') => encoded::scrypt(hash),
        HashType::Scrypt => scrypt(hash, request.scrypt_config.as_ref()),
        HashType::Pbkdf2 => pbkdf_2(hash, request.pbkdf_2_config.as_ref()),
        HashType::Phpass => phpass(hash),
        // The message does not quote the value: if the columns are mixed up, it is the hash.
        _ => Some(Problem::new(kind::INVALID_HASH_TYPE, "`hash_type` is not a known type")),
    }
}

/// A string such as `$2b$…` that was encoded again, as databases and exports do with bytes.
fn encoded_twice(hash: &str) -> Option<Problem> {
    let is_string = |encoding: Encoding| {
        encoding
            .decode(hash)
            .is_some_and(|bytes| bytes.starts_with(b"$") && bytes.is_ascii() && bytes.len() > 30)
    };
    let encoding = [Encoding::Hex, Encoding::Base64].into_iter().find(|encoding| is_string(*encoding))?;
    let name = if encoding == Encoding::Hex { "hex" } else { "base64" };
    let text = format!("`hash` is encoded in {encoding} once more: `--encoding hash={name}` decodes it");
    Some(Problem::new(kind::INVALID_HASH, text))
}

/// `$2b$10$` and 53 digits.
fn bcrypt(hash: &str) -> Option<Problem> {
    let mut parts = hash.split('$').skip(1);
    let version = parts.next().is_some_and(|version| ["2a", "2b", "2y"].contains(&version));
    let cost = parts.next().filter(|cost| cost.len() == 2).and_then(|cost| cost.parse::<u8>().ok());
    let rest =
        parts.next().is_some_and(|rest| rest.len() == 53 && rest.bytes().all(|byte| DIGITS.contains(&byte)));
    if !(hash.starts_with('$') && version && rest && parts.next().is_none()) {
        return Some(Problem::not_a_hash(
            kind::INVALID_BCRYPT_HASH,
            "a bcrypt hash: $2a$, $2b$ or $2y$, two digits, $, 53 characters",
        ));
    }
    if !is_whole(hash) {
        return Some(Problem::not_a_hash(
            kind::INVALID_BCRYPT_HASH,
            "a bcrypt hash: its last character has bits that must be zero, so that a part of it is wrong",
        ));
    }
    match cost {
        Some(4..=31) => None,
        Some(_) => {
            Some(Problem::new(kind::INVALID_BCRYPT_COST, "the cost of the bcrypt hash is not from 4 to 31"))
        }
        None => Some(Problem::not_a_hash(
            kind::INVALID_BCRYPT_HASH,
            "a bcrypt hash: its cost does not have two digits",
        )),
    }
}

/// The last character of the salt in a bcrypt hash.
const LAST_OF_SALT: usize = 28;

/// The value of a digit of bcrypt.
fn digit(byte: u8) -> Option<usize> {
    BCRYPT_DIGITS.iter().position(|digit| *digit == byte)
}

/// Whether the 31 characters of the hash are exactly 23 bytes.
fn is_whole(hash: &str) -> bool {
    hash.bytes().last().and_then(digit).is_some_and(|value| value.is_multiple_of(4))
}

/// Returns a bcrypt hash without the unused bits that some programs leave in the last character of the salt. They
/// have no meaning, but with them some programs do not verify any password.
pub(crate) fn canonical_bcrypt(hash: String) -> String {
    let value = hash.as_bytes().get(LAST_OF_SALT).copied().and_then(digit);
    match value.and_then(|value| BCRYPT_DIGITS.get(value & !15)) {
        Some(right) if hash.len() == 60 && hash.is_ascii() => {
            let (before, after) = (&hash[..LAST_OF_SALT], &hash[LAST_OF_SALT + 1..]);
            format!("{before}{}{after}", char::from(*right))
        }
        _ => hash,
    }
}

fn digest(hash: &str, bytes: usize, kind: &'static str, what: &str) -> Option<Problem> {
    match hex_length(hash) {
        Some(length) if length == bytes => None,
        _ if base64_length(hash) == Some(bytes) => Some(not_hex(kind, what)),
        Some(32) => {
            let text = "has the length of a SHA-256 hash, for which the API has no type";
            Some(Problem::new(kind, format!("`hash` is not {what}: it {text}")))
        }
        _ => Some(Problem::not_a_hash(kind, &format!("{what}: {} hexadecimal digits", 2 * bytes))),
    }
}

fn not_hex(kind: &'static str, what: &str) -> Problem {
    let text = format!(
        "`hash` is base64, and {what} has to be in hexadecimal digits: `--encoding hash=base64` converts it"
    );
    Problem::new(kind, text)
}

/// Checks a hash that has to be base64.
fn base64_hash(hash: &str, kind: &'static str, config: &str, key_length: u32) -> Option<Problem> {
    let convert = "the API takes base64: `--encoding hash=hex` converts it";
    if let Some(length) = surely_hex(hash) {
        let stated = format!("`{config}.key_length`");
        let text = if u32::try_from(length) == Ok(key_length) {
            format!("its {} digits are the {length} bytes of {stated}", 2 * length)
        } else {
            format!("its {} digits are {length} bytes, and {stated} has to say that", 2 * length)
        };
        return Some(Problem::new(kind, format!("`hash` is hexadecimal: {text}; {convert}")));
    }
    if base64_length(hash).is_some() {
        return None;
    }
    let text = if is_url_safe_base64(hash) {
        "`hash` is URL-safe base64, and the API takes `+` and `/`: `--encoding hash=base64` converts it"
    } else {
        "`hash` is not base64"
    };
    Some(Problem::new(kind, text))
}

/// Checks a salt that has to be base64.
fn base64_salt(salt: &str, kind: &'static str, name: &str) -> Option<Problem> {
    let text = if surely_hex(salt).is_some() {
        format!("`{name}` is hexadecimal, and the API takes base64: `--encoding {name}=hex` converts it")
    } else if base64_length(salt).is_some() {
        return None;
    } else if is_url_safe_base64(salt) {
        format!(
            "`{name}` is not base64 with `+` and `/`: if it is URL-safe base64, `--encoding {name}=base64` converts it"
        )
    } else {
        format!("`{name}` is not base64: if it is plain text, `--encoding {name}=text` converts it")
    };
    Some(Problem::new(kind, text))
}

fn argon_2(hash: &str, config: Option<&Argon2Config<'_>>) -> Option<Problem> {
    // A missing parameter is a separate problem, which was reported before.
    let config = config?;
    let Some(length) = hex_length(hash) else {
        let is_base64 =
            base64_length(hash).and_then(|length| u32::try_from(length).ok()) == Some(config.key_length);
        let what = "an Argon2 hash";
        return Some(if is_base64 {
            not_hex(kind::INVALID_HASH, what)
        } else {
            Problem::not_a_hash(kind::INVALID_HASH, &format!("{what}, encoded or in hexadecimal digits"))
        });
    };
    if config.salt.len() < encoded::LEAST_ARGON_2_SALT {
        let text = "`argon_2_config.salt` is shorter than the eight bytes that Argon2 takes";
        return Some(Problem::new(kind::INVALID_ARGON_2_SALT, text));
    }
    key_length(kind::ARGON_2_KEY_LENGTH_MISMATCH, "argon_2_config", config.key_length, length)
}

fn scrypt(hash: &str, config: Option<&ScryptConfig<'_>>) -> Option<Problem> {
    let config = config?;
    let wrong = base64_hash(hash, kind::INVALID_BASE64_SCRYPT_HASH, "scrypt_config", config.key_length)
        .or_else(|| base64_salt(&config.salt, "invalid_base64_scrypt_salt", "scrypt_config.salt"));
    if wrong.is_some() {
        return wrong;
    }
    if !config.n_parameter.is_power_of_two() || !(2..=262_144).contains(&config.n_parameter) {
        return Some(Problem::form("scrypt_config.n_parameter", "a power of two from 2 to 262144"));
    }
    key_length(kind::SCRYPT_KEY_LENGTH_MISMATCH, "scrypt_config", config.key_length, base64_length(hash)?)
}

fn pbkdf_2(hash: &str, config: Option<&Pbkdf2Config<'_>>) -> Option<Problem> {
    let config = config?;
    let wrong = base64_hash(hash, kind::INVALID_PBKDF_2_HASH, "pbkdf_2_config", config.key_length)
        .or_else(|| base64_salt(&config.salt, kind::INVALID_PBKDF_2_SALT, "pbkdf_2_config.salt"));
    if wrong.is_some() {
        return wrong;
    }
    if config.iteration_amount == 0 {
        let text = "`pbkdf_2_config.iteration_amount` is zero";
        return Some(Problem::new(kind::INVALID_PBKDF_2_ITERATION_AMOUNT, text));
    }
    if matches!(config.algorithm, Some(Pbkdf2Algorithm::Other(_))) {
        return Some(Problem::form("pbkdf_2_config.algorithm", "sha256 or sha512"));
    }
    key_length(kind::PBKDF_2_KEY_LENGTH_MISMATCH, "pbkdf_2_config", config.key_length, base64_length(hash)?)
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
    if right {
        None
    } else {
        Some(Problem::not_a_hash("invalid_phpass_hash_format", "a phpass hash: it has 34 characters"))
    }
}
