//! Hashes of Argon2i and Argon2id: encoded, or hexadecimal with a configuration.

use argon2::{Algorithm, Argon2, Params, PasswordHash, Version};
use serde::{Deserialize, Serialize};

use super::{
    blob::Blob,
    cost::{MAX_ARGON_2_WORK, MAX_MEMORY_BYTES},
};
use crate::{
    api_error::{
        ARGON_2_KEY_LENGTH_MISMATCH, ApiError, ErrorType, INVALID_ARGON_2_ITERATION_AMOUNT,
        INVALID_ARGON_2_MEMORY, INVALID_ARGON_2_SALT, INVALID_ARGON_2_THREADS, INVALID_HASH,
    },
    parameter::Parameters,
};

const MIN_SALT_BYTES: usize = 8;
const MAX_LANES: u32 = 255;

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Hash {
    /// `argon2i` or `argon2id`.
    algorithm: String,
    version: u32,
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    salt: Blob,
    output: Blob,
}

/// Imports a hash such as `$argon2id$v=19$m=65536,t=3,p=4$…$…`.
pub(super) fn encoded(text: &str, hash_type: &str) -> Result<Hash, ApiError> {
    let phc = PasswordHash::new(text).map_err(|_| &INVALID_HASH)?;
    let algorithm = phc.algorithm.as_str();
    if algorithm != identifier(hash_type) {
        let message = format!("`hash` is not the encoded form of an {hash_type} hash.");
        return Err(ApiError::new(&INVALID_HASH, message));
    }
    let number = |name| phc.params.get_decimal(name).ok_or(&INVALID_HASH);
    let (Some(salt), Some(output)) = (&phc.salt, &phc.hash) else { return Err((&INVALID_HASH).into()) };
    check(Hash {
        algorithm: algorithm.to_owned(),
        // The reference implementation leaves the version out of hashes of its first version.
        version: phc.version.unwrap_or(Version::V0x10.into()),
        memory_kib: number("m")?,
        passes: number("t")?,
        lanes: number("p")?,
        salt: Blob(salt.as_ref().to_vec()),
        output: Blob(output.as_bytes().to_vec()),
    })
}

/// Imports hexadecimal digits with their configuration.
pub(super) fn hexadecimal(text: &str, hash_type: &str, config: &Parameters) -> Result<Hash, ApiError> {
    let output = Blob::from_hex(text).ok_or(&INVALID_HASH)?;
    if config.integer("key_length") != i64::try_from(output.len()).ok() {
        return Err((&ARGON_2_KEY_LENGTH_MISMATCH).into());
    }
    let number =
        |name, error| config.integer(name).and_then(|number| u32::try_from(number).ok()).ok_or(error);
    check(Hash {
        algorithm: identifier(hash_type).to_owned(),
        version: Version::V0x13.into(),
        memory_kib: number("memory", &INVALID_ARGON_2_MEMORY)?,
        passes: number("iteration_amount", &INVALID_ARGON_2_ITERATION_AMOUNT)?,
        lanes: number("threads", &INVALID_ARGON_2_THREADS)?,
        salt: Blob(config.required("salt")?.as_bytes().to_vec()),
        output,
    })
}

fn identifier(hash_type: &str) -> &'static str {
    if hash_type == "argon_2i" { "argon2i" } else { "argon2id" }
}

/// Accepts a hash whose parameters are valid and whose cost is within the limits.
fn check(hash: Hash) -> Result<Hash, ApiError> {
    if hash.salt.len() < MIN_SALT_BYTES {
        return Err((&INVALID_ARGON_2_SALT).into());
    }
    if !(1..=MAX_LANES).contains(&hash.lanes) {
        return Err(out_of_range(&INVALID_ARGON_2_THREADS, &format!("1 to {MAX_LANES}")));
    }
    let (least, most) = (u64::from(8 * hash.lanes), MAX_MEMORY_BYTES >> 10);
    if !(least..=most).contains(&u64::from(hash.memory_kib)) {
        return Err(out_of_range(
            &INVALID_ARGON_2_MEMORY,
            &format!("{least} to {most} KiB for this many threads"),
        ));
    }
    let most_passes = MAX_ARGON_2_WORK / u64::from(hash.memory_kib);
    if !(1..=most_passes).contains(&u64::from(hash.passes)) {
        let range = format!("1 to {most_passes} for this much memory");
        return Err(out_of_range(&INVALID_ARGON_2_ITERATION_AMOUNT, &range));
    }
    if hash.context().is_none() {
        return Err((&INVALID_HASH).into());
    }
    Ok(hash)
}

fn out_of_range(error_type: &'static ErrorType, range: &str) -> ApiError {
    ApiError::new(error_type, format!("{} This emulator accepts {range}.", error_type.message))
}

impl Hash {
    fn context(&self) -> Option<Argon2<'static>> {
        let algorithm = Algorithm::new(&self.algorithm).ok()?;
        let version = Version::try_from(self.version).ok()?;
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(self.output.len())).ok()?;
        Some(Argon2::new(algorithm, version, params))
    }

    pub(super) fn verify(&self, password: &str) -> bool {
        let Some(context) = self.context() else { return false };
        let mut output = vec![0; self.output.len()];
        context.hash_password_into(password.as_bytes(), &self.salt.0, &mut output).is_ok()
            && self.output.equals(&output)
    }
}
