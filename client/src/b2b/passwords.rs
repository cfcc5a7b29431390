//! Stytch's B2B Passwords API.

mod discovery;
mod email;
mod existing_password;
mod sessions;

use std::borrow::Cow;

use declapi::{endpoint, resource, response};

// Re-exports all items, so that the type in the compile error for a missing field can be reached.
pub use self::discovery::*;
pub use self::email::*;
pub use self::existing_password::*;
pub use self::sessions::*;
use super::Client;
use super::models::{LoginResponse, MemberCreatedResponse};
use crate::models::Locale;
use crate::passwords::{
    Argon2Config, HashType, LudsRequirements, Pbkdf2Config, SaltConfig, ScryptConfig, StrengthPolicy,
};
use crate::{HttpStatus, JsonObject};

/// Passwords: login, migration of hashes, and strength.
///
/// From [`Client::passwords`].
#[resource(on = &Client)]
pub struct Passwords;

/// Logs a member in with email address and password.
///
/// The error is `unauthorized_credentials` for a wrong password, `member_not_found` for an unknown address, or
/// `member_reset_password` if the member must change the password first.
#[endpoint(post = "/v1/b2b/passwords/authenticate", response = LoginResponse, on = Passwords<&Client>)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Authenticate<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The email address of the member.
    pub email_address: Cow<'a, str>,
    /// The password in plain text.
    #[endpoint(secret)]
    pub password: Cow<'a, str>,
    /// The token of the session to which this login is added. Default: a new session.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The lifetime of the session in minutes from now: 5 to 527040 (366 days). Default: 60.
    pub session_duration_minutes: Option<u32>,
    /// The JWT of the session to which this login is added, as an alternative to its token.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// Claims to add to the session's JWT: at most 4 KB. A claim that is null is deleted.
    pub session_custom_claims: Option<JsonObject>,
    /// The language of an SMS that is sent because a second factor is required. Default: English.
    pub locale: Option<Locale>,
    /// The token of the intermediate session that this login continues.
    #[endpoint(secret)]
    pub intermediate_session_token: Option<Cow<'a, str>>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}

/// Migrates a password hash of another system to a member. If nobody in the organization has the address, this creates
/// a member.
#[endpoint(post = "/v1/b2b/passwords/migrate", response = MemberCreatedResponse, on = Passwords<&Client>)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Migrate<'a> {
    /// The email address of the member.
    pub email_address: Cow<'a, str>,
    /// The hash, in the form in which the other system stored it.
    #[endpoint(secret)]
    pub hash: Cow<'a, str>,
    /// The algorithm that made the hash.
    pub hash_type: HashType,
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// Salts of an MD5 hash.
    #[endpoint(secret)]
    pub md_5_config: Option<SaltConfig<'a>>,
    /// Parameters of an Argon2 hash in hex. The encoded form contains them.
    #[endpoint(secret)]
    pub argon_2_config: Option<Argon2Config<'a>>,
    /// Salts of a SHA-1 hash.
    #[endpoint(secret)]
    pub sha_1_config: Option<SaltConfig<'a>>,
    /// Salts of a SHA-512 hash.
    #[endpoint(secret)]
    pub sha_512_config: Option<SaltConfig<'a>>,
    /// Parameters of a scrypt hash in base64. The PHC form contains them.
    #[endpoint(secret)]
    pub scrypt_config: Option<ScryptConfig<'a>>,
    /// Parameters of a PBKDF2 hash.
    #[endpoint(secret)]
    pub pbkdf_2_config: Option<Pbkdf2Config<'a>>,
    /// The full name of the member.
    pub name: Option<Cow<'a, str>>,
    /// Metadata that can only be written by a backend.
    pub trusted_metadata: Option<JsonObject>,
    /// Metadata that the member can edit. Do not trust it.
    pub untrusted_metadata: Option<JsonObject>,
    /// The roles of the member. They replace the previous roles.
    pub roles: Option<Vec<Cow<'a, str>>>,
    /// Whether the sessions of the member stay active when the roles change. Default: they are revoked.
    pub preserve_existing_sessions: Option<bool>,
    /// The phone number for passcodes, in E.164 form: `+12025550162`.
    pub mfa_phone_number: Option<Cow<'a, str>>,
    /// Marks the phone number as verified. Dangerous: use it only for numbers whose owner was verified.
    pub set_phone_number_verified: Option<bool>,
    /// Your own id for the member: at most 128 ASCII letters, digits or `. _ - |`. Unique in the organization.
    pub external_id: Option<Cow<'a, str>>,
}

/// Returns the strength of a password, and how to improve it. The password is not stored.
#[endpoint(
    post = "/v1/b2b/passwords/strength_check",
    response = StrengthCheckResponse,
    on = Passwords<&Client>,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct StrengthCheck<'a> {
    /// The password in plain text.
    #[endpoint(secret)]
    pub password: Cow<'a, str>,
    /// The email address, for the breach detection.
    pub email_address: Option<Cow<'a, str>>,
}

/// The response to [`StrengthCheck`].
#[response]
#[derive(Clone, Debug)]
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
    /// Whether breached passwords are rejected when a password is set.
    pub breach_detection_on_create: bool,
    /// The requirements of the LUDS policy, and whether the password meets them.
    pub luds_feedback: Option<LudsRequirements>,
    /// Suggestions for a stronger password, under the zxcvbn policy.
    pub zxcvbn_feedback: Option<ZxcvbnFeedback>,
}

/// Suggestions for a stronger password.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ZxcvbnFeedback {
    /// The problem of the password. Empty if there is none.
    pub warning: String,
    /// Suggestions for a stronger password.
    pub suggestions: Vec<String>,
}
