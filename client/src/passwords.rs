//! Stytch's Passwords API: declarations only.

mod email;
mod existing_password;
mod hash;
mod sessions;
mod strength;

use std::borrow::Cow;

use declapi::{endpoint, resource, response};

// Whole, so that what a compile error calls a forgotten field by can be reached too.
pub use self::email::*;
pub use self::existing_password::*;
pub use self::hash::*;
pub use self::sessions::*;
pub use self::strength::*;
use crate::models::unless_empty;
#[doc(no_inline)]
pub use crate::models::{
    Attributes, AuthenticationFactor as Factor, DeliveryMethod, Device, FactorType, Locale,
    LoginResponse as AuthenticateResponse, MatchOptions as ResetOptions, Name, Session, User,
};
use crate::{Client, JsonObject, Secret, status};

/// Passwords: sign-up, login, migration of hashes, and strength.
///
/// From [`Client::passwords`].
#[resource(on = &Client)]
pub struct Passwords;

/// Creates a user with a password, and logs the user in if a session is asked for.
///
/// Rejected with `duplicate_email`, `invalid_email`, `weak_password` or `breached_password`, among others.
#[endpoint(post = "/v1/passwords", response = CreateResponse, on = Passwords)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Create<'a> {
    /// The email address of the end user.
    pub email: Cow<'a, str>,
    /// The password, in the clear; Stytch hashes it.
    #[endpoint(secret)]
    pub password: Cow<'a, str>,
    /// Starts a session that lives this long: 5 to 527040 minutes (366 days). No session when unset.
    pub session_duration_minutes: Option<u32>,
    /// Claims to add to the session's JWT: at most 4 KB, and only with a session. A null deletes a claim; the
    /// reserved ones (`iss`, `sub`, `aud`, `exp`, `nbf`, `iat`, `jti`) are ignored.
    pub session_custom_claims: Option<JsonObject>,
    /// Metadata that only servers can write.
    pub trusted_metadata: Option<JsonObject>,
    /// Metadata that the end user can edit: no place for anything that matters.
    pub untrusted_metadata: Option<JsonObject>,
    /// The name of the end user.
    pub name: Option<Name<'a>>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}

/// The response to [`Create`].
#[response]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CreateResponse {
    /// The id of the call, which Stytch's support asks for.
    pub request_id: String,
    /// The HTTP status: the one in the body, or that of the response where the body has none.
    #[serde(default = "status::of_response", deserialize_with = "status::or_of_response")]
    pub status_code: u16,
    /// The id of the new user.
    #[response(required)]
    pub user_id: String,
    /// The id of the email address.
    pub email_id: String,
    /// The opaque token of the session, if one was asked for.
    #[serde(deserialize_with = "unless_empty")]
    pub session_token: Option<Secret>,
    /// The JWT of the session, which lives five minutes, if one was asked for.
    #[serde(deserialize_with = "unless_empty")]
    pub session_jwt: Option<Secret>,
    /// The new user.
    pub user: Option<User>,
    /// The session, if one was asked for.
    pub session: Option<Session>,
    /// What telemetry knows of the device.
    pub user_device: Option<Device>,
}

/// Logs a user in with address and password.
///
/// Rejected with `unauthorized_credentials` for a wrong password, `email_not_found`, or `reset_password` when the
/// password has to be changed first.
#[endpoint(post = "/v1/passwords/authenticate", response = AuthenticateResponse, on = Passwords)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Authenticate<'a> {
    /// The email address of the end user.
    pub email: Cow<'a, str>,
    /// The password, in the clear.
    #[endpoint(secret)]
    pub password: Cow<'a, str>,
    /// The token of a session to extend, instead of starting one.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// Starts a session, or extends the one named, to live this long: 5 to 527040 minutes (366 days).
    pub session_duration_minutes: Option<u32>,
    /// The JWT of a session to extend, instead of its token.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// Claims to add to the session's JWT: at most 4 KB, and only with a session. A null deletes a claim.
    pub session_custom_claims: Option<JsonObject>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}

/// Gives an address a password that another system has hashed.
///
/// For addresses without a password: one that has a password is rejected with `password_already_exists`. Stytch
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
    /// Your own id for the user: at most 128 characters, which are ASCII letters, digits or `. _ - |`.
    pub external_id: Option<Cow<'a, str>>,
    /// Roles to give the user.
    pub roles: Option<Vec<Cow<'a, str>>>,
}

/// The response to [`Migrate`].
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

/// Says how strong a password is, and how it could be stronger. Nothing is stored.
#[endpoint(post = "/v1/passwords/strength_check", response = StrengthCheckResponse, on = Passwords, idempotent)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct StrengthCheck<'a> {
    /// The password, in the clear.
    #[endpoint(secret)]
    pub password: Cow<'a, str>,
    /// The email address, so that breach detection can look at the pair.
    pub email: Option<Cow<'a, str>>,
}

/// The response to [`StrengthCheck`].
#[response]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct StrengthCheckResponse {
    /// The id of the call, which Stytch's support asks for.
    pub request_id: String,
    /// The HTTP status: the one in the body, or that of the response where the body has none.
    #[serde(default = "status::of_response", deserialize_with = "status::or_of_response")]
    pub status_code: u16,
    /// Whether the password would be accepted.
    #[response(required)]
    pub valid_password: bool,
    /// zxcvbn's score from 0 to 4; 3 passes.
    pub score: u8,
    /// Whether the password is in a list of breached ones.
    pub breached_password: bool,
    /// The policy that the project measures by.
    pub strength_policy: StrengthPolicy,
    /// Whether breached passwords are rejected when a user is created.
    pub breach_detection_on_create: bool,
    /// How the password could be stronger.
    pub feedback: Option<Feedback>,
}
