//! Hashes of scrypt: in PHC form, or base64 with a configuration.

use argon2::PasswordHash;
use serde::{Deserialize, Serialize};

use super::{
    blob::Blob,
    cost::{MAX_MEMORY_BYTES, MAX_SCRYPT_WORK_BYTES},
};
use crate::{
    api_error::{
        ApiError, INVALID_BASE64_SCRYPT_HASH, INVALID_BASE64_SCRYPT_SALT, INVALID_SCRYPT_N_PARAMETER,
        INVALID_SCRYPT_PARAMETERS, INVALID_SCRYPT_SALT_LENGTH, SCRYPT_KEY_LENGTH_MISMATCH,
    },
    parameter::Parameters,
};

const SALT_BYTES: std::ops::RangeInclusive<usize> = 8..=1024;
/// N is 2 to 262144.
const LOG_N: std::ops::RangeInclusive<u8> = 1..=18;

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Hash {
    log_n: u8,
    r: u32,
    p: u32,
    salt: Blob,
    output: Blob,
}

/// Imports a hash such as `$scrypt$ln=16,r=8,p=1$…$…`.
pub(super) fn encoded(text: &str) -> Result<Hash, ApiError> {
    let phc = PasswordHash::new(text).map_err(|_| &INVALID_BASE64_SCRYPT_HASH)?;
    if phc.algorithm.as_str() != "scrypt" {
        return Err((&INVALID_BASE64_SCRYPT_HASH).into());
    }
    let number = |name| phc.params.get_decimal(name).ok_or(&INVALID_SCRYPT_PARAMETERS);
    let log_n = phc.params.get_decimal("ln").and_then(|log_n| u8::try_from(log_n).ok());
    let (Some(salt), Some(output)) = (&phc.salt, &phc.hash) else {
        return Err((&INVALID_BASE64_SCRYPT_HASH).into());
    };
    check(Hash {
        log_n: log_n.ok_or(&INVALID_SCRYPT_N_PARAMETER)?,
        r: number("r")?,
        p: number("p")?,
        salt: Blob(salt.as_ref().to_vec()),
        output: Blob(output.as_bytes().to_vec()),
    })
}

/// Imports base64 with its configuration.
pub(super) fn base64(text: &str, config: &Parameters) -> Result<Hash, ApiError> {
    let output =
        Blob::from_base64(text).filter(|output| output.len() > 0).ok_or(&INVALID_BASE64_SCRYPT_HASH)?;
    if config.integer("key_length") != i64::try_from(output.len()).ok() {
        return Err((&SCRYPT_KEY_LENGTH_MISMATCH).into());
    }
    let number = |name| {
        let number = config.integer(name).and_then(|number| u32::try_from(number).ok());
        number.ok_or(&INVALID_SCRYPT_PARAMETERS)
    };
    let n = config.integer("n_parameter").and_then(|n| u64::try_from(n).ok()).filter(|n| n.is_power_of_two());
    check(Hash {
        log_n: n.and_then(|n| u8::try_from(n.trailing_zeros()).ok()).ok_or(&INVALID_SCRYPT_N_PARAMETER)?,
        r: number("r_parameter")?,
        p: number("p_parameter")?,
        salt: Blob::from_base64(config.required("salt")?).ok_or(&INVALID_BASE64_SCRYPT_SALT)?,
        output,
    })
}

/// Accepts a hash whose parameters are valid and whose cost is within the limits.
fn check(hash: Hash) -> Result<Hash, ApiError> {
    if !SALT_BYTES.contains(&hash.salt.len()) {
        return Err((&INVALID_SCRYPT_SALT_LENGTH).into());
    }
    if !LOG_N.contains(&hash.log_n) {
        return Err((&INVALID_SCRYPT_N_PARAMETER).into());
    }
    let memory = (128_u64 << hash.log_n).saturating_mul(hash.r.into());
    let work = memory.saturating_mul(hash.p.into());
    if memory > MAX_MEMORY_BYTES || work > MAX_SCRYPT_WORK_BYTES || hash.parameters().is_none() {
        return Err((&INVALID_SCRYPT_PARAMETERS).into());
    }
    Ok(hash)
}

impl Hash {
    fn parameters(&self) -> Option<scrypt::Params> {
        scrypt::Params::new(self.log_n, self.r, self.p).ok()
    }

    pub(super) fn verify(&self, password: &str) -> bool {
        let Some(parameters) = self.parameters() else { return false };
        let mut output = vec![0; self.output.len()];
        scrypt::scrypt(password.as_bytes(), &self.salt.0, &parameters, &mut output).is_ok()
            && self.output.equals(&output)
    }
}
