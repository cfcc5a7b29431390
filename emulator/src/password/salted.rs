//! Plain digests, with salts before and after the password: MD5, SHA-1, SHA-512.

use md5::Md5;
use serde::{Deserialize, Serialize};
use sha1::Sha1;
use sha2::{Digest, Sha512};

use super::blob::Blob;
use crate::{
    api_error::{ApiError, ErrorType, INVALID_MD_5_HASH, INVALID_SHA_1_HASH, INVALID_SHA_512_HASH},
    parameter::Parameters,
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

/// Imports hexadecimal digits; the algorithm defines their number.
pub(super) fn import(text: &str, algorithm: Algorithm, config: &Parameters) -> Result<Hash, ApiError> {
    let (bytes, error_type): (usize, &'static ErrorType) = match algorithm {
        Algorithm::Md5 => (16, &INVALID_MD_5_HASH),
        Algorithm::Sha1 => (20, &INVALID_SHA_1_HASH),
        Algorithm::Sha512 => (64, &INVALID_SHA_512_HASH),
    };
    let output = Blob::from_hex(text).filter(|output| output.len() == bytes).ok_or(error_type)?;
    let salt = |name| config.string(name).unwrap_or_default().to_owned();
    let (prepend_salt, append_salt) = (salt("prepend_salt"), salt("append_salt"));
    Ok(Hash { algorithm, prepend_salt, append_salt, output })
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
