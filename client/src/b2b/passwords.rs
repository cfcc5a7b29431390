//! Stytch's B2B Passwords API.

mod discovery;
mod email;
mod existing_password;
mod sessions;

use std::borrow::Cow;

use declapi::{endpoint, resource, response};

// Whole, so that what a compile error calls a forgotten field by can be reached too.
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

/// Logs a member in with address and password.
///
/// Rejected with `unauthorized_credentials` for a wrong password, `member_not_found`, or `member_reset_password` if
/// the password must be changed first.
#[endpoint(post = "/v1/b2b/passwords/authenticate", response = LoginResponse, on = Passwords<&Client>)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Authenticate<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The email address of the member.
    pub email_address: Cow<'a, str>,
    /// The password, in the clear.
    #[endpoint(secret)]
    pub password: Cow<'a, str>,
    /// The token of a session to add this login to, instead of starting one.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The lifetime of the session in minutes from now: 5 to 527040 (366 days). Default: 60.
    pub session_duration_minutes: Option<u32>,
    /// The JWT of that session, instead of its token.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// Claims to add to the session's JWT: at most 4 KB. A null deletes a claim.
    pub session_custom_claims: Option<JsonObject>,
    /// The language of an SMS that is sent because a second factor is required. Default: English.
    pub locale: Option<Locale>,
    /// The token of an intermediate session, which this login continues.
    #[endpoint(secret)]
    pub intermediate_session_token: Option<Cow<'a, str>>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}

/// Gives a member a password that another system has hashed. Somebody who is no member becomes one.
#[endpoint(post = "/v1/b2b/passwords/migrate", response = MemberCreatedResponse, on = Passwords<&Client>)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Migrate<'a> {
    /// The email address of the member.
    pub email_address: Cow<'a, str>,
    /// The hash, as the other system stored it.
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
    /// Metadata that only servers can write.
    pub trusted_metadata: Option<JsonObject>,
    /// Metadata that the member can edit, so do not trust it.
    pub untrusted_metadata: Option<JsonObject>,
    /// Roles to give the member. They replace the previous ones.
    pub roles: Option<Vec<Cow<'a, str>>>,
    /// Whether the sessions of the member stay active when the roles change. Default: they are revoked.
    pub preserve_existing_sessions: Option<bool>,
    /// The phone number for passcodes, in E.164 form: `+12025550162`.
    pub mfa_phone_number: Option<Cow<'a, str>>,
    /// Marks the phone number as verified. Dangerous: only for numbers whose owner is proven.
    pub set_phone_number_verified: Option<bool>,
    /// Your own id for the member: at most 128 characters, which are ASCII letters, digits or `. _ - |`. Unique in the
    /// organization.
    pub external_id: Option<Cow<'a, str>>,
}

/// Says how strong a password is, and how it could be stronger. Nothing is stored.
#[endpoint(
    post = "/v1/b2b/passwords/strength_check",
    response = StrengthCheckResponse,
    on = Passwords<&Client>,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct StrengthCheck<'a> {
    /// The password, in the clear.
    #[endpoint(secret)]
    pub password: Cow<'a, str>,
    /// The email address, so that breach detection can look at the pair.
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
    /// zxcvbn's score from 0 to 4. The minimum is 3.
    pub score: u8,
    /// Whether the password is in a list of breached ones.
    pub breached_password: bool,
    /// The policy that the project measures by.
    pub strength_policy: StrengthPolicy,
    /// Whether breached passwords are rejected when one is set.
    pub breach_detection_on_create: bool,
    /// The kinds of characters that the password has and lacks, under the LUDS policy.
    pub luds_feedback: Option<LudsRequirements>,
    /// Suggestions for a stronger password, under the zxcvbn policy.
    pub zxcvbn_feedback: Option<ZxcvbnFeedback>,
}

/// Suggestions for a stronger password.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ZxcvbnFeedback {
    /// The weakness of the password. Empty if there is none.
    pub warning: String,
    /// Ways to make it stronger.
    pub suggestions: Vec<String>,
}
