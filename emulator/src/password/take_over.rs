//! Hashes from elsewhere: which kinds there are, and what their configurations hold.

use super::{Stored, argon2, bcrypt, pbkdf2, phpass, salted, scrypt};
use crate::{
    parameter::{INTEGER, Kind, Parameters, optional, required},
    refusal::{
        ARGON_2_KEY_LENGTH_MISMATCH, ErrorType, INVALID_ARGON_2_ITERATION_AMOUNT, INVALID_ARGON_2_MEMORY,
        INVALID_ARGON_2_SALT, INVALID_ARGON_2_THREADS, INVALID_BASE64_SCRYPT_HASH,
        INVALID_BASE64_SCRYPT_SALT, INVALID_BCRYPT_COST, INVALID_BCRYPT_HASH, INVALID_HASH,
        INVALID_HASH_TYPE, INVALID_MD_5_HASH, INVALID_PBKDF_2_ALGORITHM, INVALID_PBKDF_2_HASH,
        INVALID_PBKDF_2_ITERATION_AMOUNT, INVALID_PBKDF_2_SALT, INVALID_PHPASS_HASH_FORMAT,
        INVALID_PHPASS_HASH_PREFIX, INVALID_SCRYPT_N_PARAMETER, INVALID_SCRYPT_PARAMETERS,
        INVALID_SCRYPT_SALT_LENGTH, INVALID_SHA_1_HASH, INVALID_SHA_512_HASH, PBKDF_2_KEY_LENGTH_MISMATCH,
        Refusal, SCRYPT_KEY_LENGTH_MISMATCH,
    },
};

/// `md_5_config`, `sha_1_config` and `sha_512_config`.
pub(crate) const SALTS: Kind =
    Kind::Object(&[optional("prepend_salt", Kind::Text), optional("append_salt", Kind::Text)]);

/// `argon_2_config`, which only the hexadecimal form needs.
pub(crate) const ARGON_2: Kind = Kind::Object(&[
    required("salt", Kind::Text),
    required("iteration_amount", INTEGER),
    required("memory", INTEGER),
    required("threads", INTEGER),
    required("key_length", INTEGER),
]);

/// `scrypt_config`, which only the base64 form needs.
pub(crate) const SCRYPT: Kind = Kind::Object(&[
    required("salt", Kind::Text),
    required("n_parameter", INTEGER),
    required("r_parameter", INTEGER),
    required("p_parameter", INTEGER),
    required("key_length", INTEGER),
]);

/// `pbkdf_2_config`.
pub(crate) const PBKDF_2: Kind = Kind::Object(&[
    required("salt", Kind::Text),
    required("iteration_amount", INTEGER),
    required("key_length", INTEGER),
    optional("algorithm", Kind::Text),
]);

/// What taking over a hash may refuse.
pub(crate) static REFUSALS: &[&ErrorType] = &[
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

/// Takes over a hash of the given type, with the configuration that its type has among the parameters.
///
/// # Errors
///
/// Those in [`REFUSALS`], and `bad_request` for a configuration that is missing.
pub(crate) fn take_over(hash: &str, hash_type: &str, parameters: &Parameters) -> Result<Stored, Refusal> {
    let config = |name| parameters.object(name);
    let salts = |name| config(name).unwrap_or_default();
    let needed = |name| {
        config(name)
            .ok_or_else(|| Refusal::parameter(name, "is required for this `hash_type` and form of `hash`."))
    };
    if hash.is_empty() {
        return Err(Refusal::new(&INVALID_HASH, "`hash` is empty."));
    }
    match hash_type {
        "bcrypt" => bcrypt::take_over(hash),
        "argon_2i" | "argon_2id" if hash.starts_with('$') => argon2::encoded(hash, hash_type),
        "argon_2i" | "argon_2id" => argon2::hexadecimal(hash, hash_type, &needed("argon_2_config")?),
        "md_5" => salted::take_over(hash, salted::Algorithm::Md5, &salts("md_5_config")),
        "sha_1" => salted::take_over(hash, salted::Algorithm::Sha1, &salts("sha_1_config")),
        "sha_512" => salted::take_over(hash, salted::Algorithm::Sha512, &salts("sha_512_config")),
        "scrypt" if hash.starts_with('$') => scrypt::encoded(hash),
        "scrypt" => scrypt::base64(hash, &needed("scrypt_config")?),
        "pbkdf_2" => pbkdf2::take_over(hash, &needed("pbkdf_2_config")?),
        "phpass" => phpass::take_over(hash),
        _ => Err((&INVALID_HASH_TYPE).into()),
    }
}
