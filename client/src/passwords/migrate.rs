//! `POST /v1/passwords/migrate`

use std::borrow::Cow;

use super::{Argon2Config, HashType, Name, Passwords, Pbkdf2Config, SaltConfig, ScryptConfig, User};
use crate::{JsonObject, status};
use declapi::{endpoint, response};

/// Gives an address a password that another system has hashed.
///
/// For addresses without a password: one that has a password is refused with `password_already_exists`. Stytch
/// takes up to 100 of these a second and asks for at most 65.
#[endpoint(post = "/v1/passwords/migrate", response = MigrateResponse, on = Passwords)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Migrate<'a> {
    /// The email address of the end user.
    pub email: Cow<'a, str>,
    /// The hash, as the other system stored it.
    #[endpoint(secret)]
    pub hash: Cow<'a, str>,
    /// The algorithm that made the hash.
    pub hash_type: HashType,
    /// Salts of an MD5 hash.
    #[endpoint(secret)]
    pub md_5_config: Option<SaltConfig<'a>>,
    /// Parameters of an Argon2 hash that is given in hex; the encoded form carries its own.
    #[endpoint(secret)]
    pub argon_2_config: Option<Argon2Config<'a>>,
    /// Salts of a SHA-1 hash.
    #[endpoint(secret)]
    pub sha_1_config: Option<SaltConfig<'a>>,
    /// Salts of a SHA-512 hash.
    #[endpoint(secret)]
    pub sha_512_config: Option<SaltConfig<'a>>,
    /// Parameters of a scrypt hash that is given in base64; the PHC form carries its own.
    #[endpoint(secret)]
    pub scrypt_config: Option<ScryptConfig<'a>>,
    /// Parameters of a PBKDF2 hash.
    #[endpoint(secret)]
    pub pbkdf_2_config: Option<Pbkdf2Config<'a>>,
    /// Metadata that only servers can write.
    pub trusted_metadata: Option<JsonObject>,
    /// Metadata that the end user can edit: no place for anything that matters.
    pub untrusted_metadata: Option<JsonObject>,
    /// Marks the address as verified. Dangerous: only for addresses whose owner is proven, and only after
    /// Stytch has allowed it for the project.
    pub set_email_verified: Option<bool>,
    /// The name of the end user.
    pub name: Option<Name<'a>>,
    /// The phone number of the end user, in E.164 form: `+12025550162`.
    pub phone_number: Option<Cow<'a, str>>,
    /// Marks the phone number as verified. Dangerous: only for numbers whose owner is proven.
    pub set_phone_number_verified: Option<bool>,
    /// An id of your own for the user: up to 128 of letters, digits and `. _ - |`.
    pub external_id: Option<Cow<'a, str>>,
    /// Roles to give the user.
    pub roles: Option<Vec<Cow<'a, str>>>,
}

/// The answer to [`Migrate`].
#[response]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct MigrateResponse {
    /// The id of the call, which Stytch's support asks for.
    pub request_id: String,
    /// The HTTP status: the one in the body, or that of the response where the body has none.
    #[serde(default = "status::of_response", deserialize_with = "status::or_of_response")]
    pub status_code: u16,
    /// The id of the user who now has the password.
    #[response(required)]
    pub user_id: String,
    /// The id of the email address.
    pub email_id: String,
    /// Whether there was no user with the address before.
    pub user_created: bool,
    /// The user.
    pub user: Option<User>,
}
