//! Hashes that carry their parameters: `$argon2id$v=19$m=65536,t=3,p=4$salt$hash`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use stytch_client::error_type as kind;

use super::hash::not;
use crate::problem::Problem;

struct Encoded<'a> {
    algorithm: &'a str,
    parameters: Vec<(&'a str, u64)>,
    salt_bytes: usize,
}

impl<'a> Encoded<'a> {
    /// Takes a hash apart. A version is a parameter like others here: old hashes have none.
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

pub(super) fn argon_2(hash: &str, algorithm: &str) -> Option<Problem> {
    match Encoded::read(hash) {
        Some(read) if read.algorithm == algorithm && read.has(["m", "t", "p"]) => {
            let text = "the salt of the Argon2 hash is shorter than eight bytes";
            (read.salt_bytes < super::hash::LEAST_ARGON_2_SALT)
                .then(|| Problem::new(kind::INVALID_ARGON_2_SALT, text))
        }
        _ => Some(not(kind::INVALID_HASH, &format!("the encoded form of {algorithm}"))),
    }
}

pub(super) fn scrypt(hash: &str) -> Option<Problem> {
    let right =
        Encoded::read(hash).is_some_and(|read| read.algorithm == "scrypt" && read.has(["ln", "r", "p"]));
    if right { None } else { Some(not(kind::INVALID_BASE64_SCRYPT_HASH, "the PHC form of scrypt")) }
}
