//! Hash types, and the parameters of hashes that do not contain them.

use std::borrow::Cow;

use declapi::object;
use declapi::open_enum;

open_enum! {
    /// The algorithm that made a hash.
    pub enum HashType {
        /// bcrypt, with its usual `$2a$`, `$2b$` or `$2y$` prefix.
        Bcrypt = "bcrypt",
        /// MD5 in hex, with salts in [`SaltConfig`].
        Md5 = "md_5",
        /// Argon2i, encoded, or in hex with [`Argon2Config`].
        Argon2i = "argon_2i",
        /// Argon2id, encoded, or in hex with [`Argon2Config`].
        Argon2id = "argon_2id",
        /// SHA-1 in hex, with salts in [`SaltConfig`].
        Sha1 = "sha_1",
        /// SHA-512 in hex, with salts in [`SaltConfig`].
        Sha512 = "sha_512",
        /// scrypt in PHC form, or in base64 with [`ScryptConfig`].
        Scrypt = "scrypt",
        /// phpass, the format of WordPress.
        Phpass = "phpass",
        /// PBKDF2 in base64, with [`Pbkdf2Config`].
        Pbkdf2 = "pbkdf_2",
    }
}

/// The salts that were added to a password before it was hashed with MD5, SHA-1 or SHA-512.
#[object]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SaltConfig<'a> {
    /// The salt before the password.
    #[object(secret)]
    pub prepend_salt: Option<Cow<'a, str>>,
    /// The salt after the password.
    #[object(secret)]
    pub append_salt: Option<Cow<'a, str>>,
}

/// The parameters of an Argon2 hash in hex.
#[object]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Argon2Config<'a> {
    /// The salt.
    #[object(secret)]
    pub salt: Cow<'a, str>,
    /// The number of passes.
    pub iteration_amount: u32,
    /// The memory, in KiB.
    pub memory: u32,
    /// The number of lanes.
    pub threads: u32,
    /// The length of the hash, in bytes.
    pub key_length: u32,
}

/// The parameters of a scrypt hash in base64.
#[object]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScryptConfig<'a> {
    /// The salt, in base64.
    #[object(secret)]
    pub salt: Cow<'a, str>,
    /// The cost: a power of two from 2 to 262144.
    pub n_parameter: u32,
    /// The block size.
    pub r_parameter: u32,
    /// The parallelism.
    pub p_parameter: u32,
    /// The length of the hash, in bytes.
    pub key_length: u32,
}

/// The parameters of a PBKDF2 hash.
#[object]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pbkdf2Config<'a> {
    /// The salt, in base64.
    #[object(secret)]
    pub salt: Cow<'a, str>,
    /// The number of rounds.
    pub iteration_amount: u32,
    /// The length of the hash, in bytes.
    pub key_length: u32,
    /// The hash function inside. Default: SHA-256.
    pub algorithm: Option<Pbkdf2Algorithm>,
}

open_enum! {
    /// The hash function inside PBKDF2.
    pub enum Pbkdf2Algorithm {
        /// SHA-256, the default.
        Sha256 = "sha256",
        /// SHA-512.
        Sha512 = "sha512",
    }
}
