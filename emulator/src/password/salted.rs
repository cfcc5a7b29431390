//! Plain digests, with salts before and after the password: MD5, SHA-1, SHA-512.

use md5::Md5;
use serde::{Deserialize, Serialize};
use sha1::Sha1;
use sha2::{Digest, Sha512};

use super::{Stored, blob::Blob};
use crate::{
    parameter::Parameters,
    refusal::{ErrorType, INVALID_MD_5_HASH, INVALID_SHA_1_HASH, INVALID_SHA_512_HASH, Refusal},
};

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Hash {
    algorithm: Algorithm,
    prepend_salt: String,
    append_salt: String,
    output: Blob,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Algorithm {
    Md5,
    Sha1,
    Sha512,
}

/// Takes over hexadecimal digits of the right number.
pub(super) fn take_over(text: &str, algorithm: Algorithm, config: &Parameters) -> Result<Stored, Refusal> {
    let (bytes, refusal): (usize, &'static ErrorType) = match algorithm {
        Algorithm::Md5 => (16, &INVALID_MD_5_HASH),
        Algorithm::Sha1 => (20, &INVALID_SHA_1_HASH),
        Algorithm::Sha512 => (64, &INVALID_SHA_512_HASH),
    };
    let output = Blob::from_hex(text).filter(|output| output.len() == bytes).ok_or(refusal)?;
    let salt = |name| config.text(name).unwrap_or_default().to_owned();
    let (prepend_salt, append_salt) = (salt("prepend_salt"), salt("append_salt"));
    Ok(Stored::Salted(Hash { algorithm, prepend_salt, append_salt, output }))
}

impl Hash {
    pub(super) fn verify(&self, password: &str) -> bool {
        let salted = [self.prepend_salt.as_str(), password, &self.append_salt].concat();
        match self.algorithm {
            Algorithm::Md5 => self.output.equals(&Md5::digest(salted)),
            Algorithm::Sha1 => self.output.equals(&Sha1::digest(salted)),
            Algorithm::Sha512 => self.output.equals(&Sha512::digest(salted)),
        }
    }
}
