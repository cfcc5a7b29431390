//! Hashes that contain their parameters: `$argon2id$v=19$m=65536,t=3,p=4$salt$hash`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use stytch_client::error_type as kind;

use crate::encoding::surely_hex;
use crate::problem::Problem;

/// The least number of bytes in a salt of Argon2.
pub(super) const LEAST_ARGON_2_SALT: usize = 8;

struct Encoded<'a> {
    algorithm: &'a str,
    parameters: Vec<(&'a str, u64)>,
    salt_bytes: usize,
}

impl<'a> Encoded<'a> {
    /// Splits a hash into its parts. The version is treated like a parameter, because old hashes have none.
    fn read(text: &'a str) -> Option<Self> {
        let mut parts: Vec<&str> = text.strip_prefix('$')?.split('$').collect();
        let (output, salt) = (parts.pop()?, parts.pop()?);
        let (algorithm, parameters) = parts.split_first()?;
        let bytes = |text| STANDARD_NO_PAD.decode(text).ok().map(|bytes: Vec<u8>| bytes.len());
        bytes(output).filter(|length| *length > 0)?;
        let parameters = parameters.iter().flat_map(|part| part.split(','));
        let pair =
            |text: &'a str| text.split_once('=').and_then(|(name, value)| Some((name, value.parse().ok()?)));
        Some(Self {
            algorithm,
            parameters: parameters.map(pair).collect::<Option<_>>()?,
            salt_bytes: bytes(salt)?,
        })
    }

    fn has(&self, names: [&str; 3]) -> bool {
        names.iter().all(|name| self.parameters.iter().any(|(known, _)| known == name))
    }
}

/// Returns the problem with the encoding of the salt or the hash.
fn written(text: &str, kind: &'static str) -> Option<Problem> {
    let mut parts = text.rsplit('$').take(2);
    let (output, salt) = (parts.next()?, parts.next()?);
    let wrong = |what: &str, is: &str| {
        let text = format!("the {what} inside `hash` {is}, and this form has base64 without padding");
        Some(Problem::new(kind, text))
    };
    for (what, part) in [("salt", salt), ("hash", output)] {
        if surely_hex(part).is_some() {
            return wrong(what, "is hexadecimal");
        }
        if part.ends_with('=') {
            return wrong(what, "has padding");
        }
    }
    None
}

pub(super) fn argon_2(hash: &str, algorithm: &str) -> Option<Problem> {
    match Encoded::read(hash) {
        _ if written(hash, kind::INVALID_HASH).is_some() => written(hash, kind::INVALID_HASH),
        Some(read) if read.algorithm == algorithm && read.has(["m", "t", "p"]) => {
            let text = "the salt of the Argon2 hash is shorter than eight bytes";
            (read.salt_bytes < LEAST_ARGON_2_SALT).then(|| Problem::new(kind::INVALID_ARGON_2_SALT, text))
        }
        _ => Some(Problem::not_a_hash(kind::INVALID_HASH, &format!("the encoded form of {algorithm}"))),
    }
}

pub(super) fn scrypt(hash: &str) -> Option<Problem> {
    let kind = kind::INVALID_BASE64_SCRYPT_HASH;
    match Encoded::read(hash) {
        _ if written(hash, kind).is_some() => written(hash, kind),
        Some(read) if read.algorithm == "scrypt" && read.has(["ln", "r", "p"]) => None,
        _ => Some(Problem::not_a_hash(kind, "the PHC form of scrypt")),
    }
}
