//! Stytch's Passwords API.

mod email;
mod existing_password;
mod hash;
mod sessions;
mod strength;

use std::borrow::Cow;

use declapi::{endpoint, resource, response};

// Re-exports all items, so that the type in the compile error for a missing field can be reached.
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
use crate::{Client, HttpStatus, JsonObject, Secret};

/// Passwords: sign-up, login, migration of hashes, and strength.
///
/// From [`Client::passwords`].
#[resource(on = &Client)]
pub struct Passwords;

/// Creates a user with a password, and logs the user in if a session is requested.
///
/// Possible errors are `duplicate_email`, `invalid_email`, `weak_password` and `breached_password`, among others.
#[endpoint(post = "/v1/passwords", response = CreateResponse, on = Passwords)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Create<'a> {
    /// The email address of the end user.
    pub email: Cow<'a, str>,
    /// The password in plain text. Stytch hashes it.
    #[endpoint(secret)]
    pub password: Cow<'a, str>,
    /// Starts a session with this lifetime in minutes: 5 to 527040 (366 days). Default: no session.
    pub session_duration_minutes: Option<u32>,
    /// Claims to add to the session's JWT: at most 4 KB, and only with a session. A claim that is null is deleted. The
    /// reserved claims (`iss`, `sub`, `aud`, `exp`, `nbf`, `iat`, `jti`) are ignored.
    pub session_custom_claims: Option<JsonObject>,
    /// Metadata that can only be written by a backend.
    pub trusted_metadata: Option<JsonObject>,
    /// Metadata that the end user can edit. Do not trust it.
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
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the new user.
    #[response(required)]
    pub user_id: String,
    /// The id of the email address.
    pub email_id: String,
    /// The opaque token of the session, if one was requested.
    #[serde(deserialize_with = "unless_empty")]
    pub session_token: Option<Secret>,
    /// The JWT of the session, which is valid for five minutes, if one was requested.
    #[serde(deserialize_with = "unless_empty")]
    pub session_jwt: Option<Secret>,
    /// The new user.
    pub user: Option<User>,
    /// The session, if one was requested.
    pub session: Option<Session>,
    /// The telemetry data of the device.
    pub user_device: Option<Device>,
}

/// Logs a user in with email address and password.
///
/// The error is `unauthorized_credentials` for a wrong password, `email_not_found` for an unknown address, or
/// `reset_password` if the user must change the password first.
#[endpoint(post = "/v1/passwords/authenticate", response = AuthenticateResponse, on = Passwords)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Authenticate<'a> {
    /// The email address of the end user.
    pub email: Cow<'a, str>,
    /// The password in plain text.
    #[endpoint(secret)]
    pub password: Cow<'a, str>,
    /// The token of a session to extend instead of starting a new one.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// Starts a session, or extends the given one. The lifetime in minutes: 5 to 527040 (366 days).
    pub session_duration_minutes: Option<u32>,
    /// The JWT of the session to extend, as an alternative to its token.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// Claims to add to the session's JWT: at most 4 KB, and only with a session. A claim that is null is deleted.
    pub session_custom_claims: Option<JsonObject>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}

/// Migrates a password hash of another system to a user.
///
/// The address must not have a password. If it has one, the error is `password_already_exists`. Stytch accepts up to
/// 100 calls per second, and recommends at most 65.
#[endpoint(post = "/v1/passwords/migrate", response = MigrateResponse, on = Passwords)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Migrate<'a> {
    /// The email address of the end user.
    pub email: Cow<'a, str>,
    /// The hash, in the form in which the other system stored it.
    #[endpoint(secret)]
    pub hash: Cow<'a, str>,
    /// The algorithm that made the hash.
    pub hash_type: HashType,
    /// The salts of an MD5 hash.
    #[endpoint(secret)]
    pub md_5_config: Option<SaltConfig<'a>>,
    /// The parameters of an Argon2 hash in hex. The encoded form contains them.
    #[endpoint(secret)]
    pub argon_2_config: Option<Argon2Config<'a>>,
    /// The salts of a SHA-1 hash.
    #[endpoint(secret)]
    pub sha_1_config: Option<SaltConfig<'a>>,
    /// The salts of a SHA-512 hash.
    #[endpoint(secret)]
    pub sha_512_config: Option<SaltConfig<'a>>,
    /// The parameters of a scrypt hash in base64. The PHC form contains them.
    #[endpoint(secret)]
    pub scrypt_config: Option<ScryptConfig<'a>>,
    /// The parameters of a PBKDF2 hash.
    #[endpoint(secret)]
    pub pbkdf_2_config: Option<Pbkdf2Config<'a>>,
    /// Metadata that can only be written by a backend.
    pub trusted_metadata: Option<JsonObject>,
    /// Metadata that the end user can edit. Do not trust it.
    pub untrusted_metadata: Option<JsonObject>,
    /// Marks the address as verified. Dangerous: use it only for addresses whose owner was verified, and only if Stytch
    /// has enabled it for the project.
    pub set_email_verified: Option<bool>,
    /// The name of the end user.
    pub name: Option<Name<'a>>,
    /// The phone number of the end user, in E.164 form: `+12025550162`.
    pub phone_number: Option<Cow<'a, str>>,
    /// Marks the phone number as verified. Dangerous: use it only for numbers whose owner was verified.
    pub set_phone_number_verified: Option<bool>,
    /// Your own id for the user: at most 128 ASCII letters, digits or `. _ - |`.
    pub external_id: Option<Cow<'a, str>>,
    /// The roles of the user.
    pub roles: Option<Vec<Cow<'a, str>>>,
}

/// The response to [`Migrate`].
#[response]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct MigrateResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the user with the password.
    #[response(required)]
    pub user_id: String,
    /// The id of the email address.
    pub email_id: String,
    /// Whether a new user was created for the address.
    pub user_created: bool,
    /// The user.
    pub user: Option<User>,
}

/// Returns the strength of a password, and how to improve it. The password is not stored.
#[endpoint(post = "/v1/passwords/strength_check", response = StrengthCheckResponse, on = Passwords, idempotent)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct StrengthCheck<'a> {
    /// The password in plain text.
    #[endpoint(secret)]
    pub password: Cow<'a, str>,
    /// The email address, for the breach detection.
    pub email: Option<Cow<'a, str>>,
}

/// The response to [`StrengthCheck`].
#[response]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct StrengthCheckResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// Whether the password would be accepted.
    #[response(required)]
    pub valid_password: bool,
    /// zxcvbn's score from 0 to 4; 3 passes.
    pub score: u8,
    /// Whether the password is in a list of breached passwords.
    pub breached_password: bool,
    /// The strength policy of the project.
    pub strength_policy: StrengthPolicy,
    /// Whether breached passwords are rejected when a user is created.
    pub breach_detection_on_create: bool,
    /// Suggestions for a stronger password.
    pub feedback: Option<Feedback>,
}
