//! Hashes from other systems: their types, and the configuration that each type needs.

use super::{argon2, bcrypt, pbkdf2, phpass, salted, scrypt, stored::Stored};
use crate::{
    api_error::{
        ARGON_2_KEY_LENGTH_MISMATCH, ApiError, ErrorType, INVALID_ARGON_2_ITERATION_AMOUNT,
        INVALID_ARGON_2_MEMORY, INVALID_ARGON_2_SALT, INVALID_ARGON_2_THREADS, INVALID_BASE64_SCRYPT_HASH,
        INVALID_BASE64_SCRYPT_SALT, INVALID_BCRYPT_COST, INVALID_BCRYPT_HASH, INVALID_HASH,
        INVALID_HASH_TYPE, INVALID_MD_5_HASH, INVALID_PBKDF_2_ALGORITHM, INVALID_PBKDF_2_HASH,
        INVALID_PBKDF_2_ITERATION_AMOUNT, INVALID_PBKDF_2_SALT, INVALID_PHPASS_HASH_FORMAT,
        INVALID_PHPASS_HASH_PREFIX, INVALID_SCRYPT_N_PARAMETER, INVALID_SCRYPT_PARAMETERS,
        INVALID_SCRYPT_SALT_LENGTH, INVALID_SHA_1_HASH, INVALID_SHA_512_HASH, PBKDF_2_KEY_LENGTH_MISMATCH,
        SCRYPT_KEY_LENGTH_MISMATCH,
    },
    parameter::{INTEGER, Kind, Parameters, optional, required},
};

/// `md_5_config`, `sha_1_config` and `sha_512_config`.
pub(crate) const SALTS: Kind =
    Kind::Object(&[optional("prepend_salt", Kind::Secret), optional("append_salt", Kind::Secret)]);

/// `argon_2_config`. Only the hexadecimal form needs it.
pub(crate) const ARGON_2: Kind = Kind::Object(&[
    required("salt", Kind::Secret),
    required("iteration_amount", INTEGER),
    required("memory", INTEGER),
    required("threads", INTEGER),
    required("key_length", INTEGER),
]);

/// `scrypt_config`. Only the base64 form needs it.
pub(crate) const SCRYPT: Kind = Kind::Object(&[
    required("salt", Kind::Secret),
    required("n_parameter", INTEGER),
    required("r_parameter", INTEGER),
    required("p_parameter", INTEGER),
    required("key_length", INTEGER),
]);

/// `pbkdf_2_config`.
pub(crate) const PBKDF_2: Kind = Kind::Object(&[
    required("salt", Kind::Secret),
    required("iteration_amount", INTEGER),
    required("key_length", INTEGER),
    optional("algorithm", Kind::String),
]);

/// The error types of [`import`].
pub(crate) static ERROR_TYPES: &[&ErrorType] = &[
    &INVALID_HASH,
    &INVALID_HASH_TYPE,
    &INVALID_BCRYPT_HASH,
    &INVALID_BCRYPT_COST,
    &INVALID_ARGON_2_SALT,
    &INVALID_ARGON_2_MEMORY,
    &INVALID_ARGON_2_ITERATION_AMOUNT,
    &INVALID_ARGON_2_THREADS,
    &ARGON_2_KEY_LENGTH_MISMATCH,
    &INVALID_MD_5_HASH,
    &INVALID_SHA_1_HASH,
    &INVALID_SHA_512_HASH,
    &INVALID_BASE64_SCRYPT_HASH,
    &INVALID_BASE64_SCRYPT_SALT,
    &INVALID_SCRYPT_SALT_LENGTH,
    &INVALID_SCRYPT_N_PARAMETER,
    &INVALID_SCRYPT_PARAMETERS,
    &SCRYPT_KEY_LENGTH_MISMATCH,
    &INVALID_PBKDF_2_HASH,
    &INVALID_PBKDF_2_SALT,
    &INVALID_PBKDF_2_ALGORITHM,
    &INVALID_PBKDF_2_ITERATION_AMOUNT,
    &PBKDF_2_KEY_LENGTH_MISMATCH,
    &INVALID_PHPASS_HASH_PREFIX,
    &INVALID_PHPASS_HASH_FORMAT,
];

/// Imports a hash of the given type, with the configuration from the parameters.
///
/// # Errors
///
/// Those in [`ERROR_TYPES`], and `bad_request` if a configuration is missing.
pub(crate) fn import(hash: &str, hash_type: &str, parameters: &Parameters) -> Result<Stored, ApiError> {
    let config = |name| parameters.object(name);
    let salts = |name| config(name).unwrap_or_default();
    let needed = |name| {
        config(name)
            .ok_or_else(|| ApiError::parameter(name, "is required for this `hash_type` and form of `hash`."))
    };
    if hash.is_empty() {
        return Err(ApiError::new(&INVALID_HASH, "`hash` is empty."));
    }
    Ok(match hash_type {
        "bcrypt" => Stored::Bcrypt(bcrypt::import(hash)?),
        "argon_2i" | "argon_2id" if hash.starts_with('$') => {
            Stored::Argon2(argon2::encoded(hash, hash_type)?)
        }
        "argon_2i" | "argon_2id" => {
            Stored::Argon2(argon2::hexadecimal(hash, hash_type, &needed("argon_2_config")?)?)
        }
        "md_5" => Stored::Salted(salted::import(hash, salted::Algorithm::Md5, &salts("md_5_config"))?),
        "sha_1" => Stored::Salted(salted::import(hash, salted::Algorithm::Sha1, &salts("sha_1_config"))?),
        "sha_512" => {
            Stored::Salted(salted::import(hash, salted::Algorithm::Sha512, &salts("sha_512_config"))?)
        }
        "scrypt" if hash.starts_with('$') => Stored::Scrypt(scrypt::encoded(hash)?),
        "scrypt" => Stored::Scrypt(scrypt::base64(hash, &needed("scrypt_config")?)?),
        "pbkdf_2" => Stored::Pbkdf2(pbkdf2::import(hash, &needed("pbkdf_2_config")?)?),
        "phpass" => Stored::Phpass(phpass::import(hash)?),
        _ => return Err((&INVALID_HASH_TYPE).into()),
    })
}
