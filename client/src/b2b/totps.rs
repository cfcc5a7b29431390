//! Stytch's B2B TOTP API: authenticator apps.

use std::borrow::Cow;

use declapi::{endpoint, resource, response};

use super::Client;
use super::models::{Member, Organization, SessionResponse};
use crate::{HttpStatus, JsonObject, Secret};

/// Passcodes of authenticator apps.
///
/// From [`Client::totps`].
#[resource(on = &Client)]
pub struct Totps;

/// Starts the registration of an authenticator app. The member's first passcode completes it.
#[endpoint(post = "/v1/b2b/totp", response = CreateResponse, on = Totps)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Create<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the member, or your own id for the member.
    pub member_id: Cow<'a, str>,
    /// The time to complete the registration, in minutes: 5 to 1440 (a day). Default: 60.
    pub expiration_minutes: Option<u32>,
    /// The token of the intermediate session of the member who logs in.
    #[endpoint(secret)]
    pub intermediate_session_token: Option<Cow<'a, str>>,
    /// The token of a session of the member, as an alternative to the intermediate session.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of a session of the member, as an alternative to the intermediate session.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
}

/// The response to [`Create`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CreateResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the member.
    pub member_id: String,
    /// The id of the registration.
    #[response(required)]
    pub totp_registration_id: String,
    /// The secret, for members who type it into the app.
    #[response(required)]
    pub secret: Secret,
    /// The secret as a QR code: an image in a `data:` URL.
    pub qr_code: Secret,
    /// The recovery codes. Each can be used for one login.
    pub recovery_codes: Vec<Secret>,
    /// The member.
    pub member: Option<Member>,
    /// The organization.
    pub organization: Option<Organization>,
}

/// Verifies a passcode of an authenticator app as the second factor, and logs the member in. The first passcode
/// completes the registration of the app.
///
/// Set one of `intermediate_session_token`, `session_token` and `session_jwt` to identify the login.
#[endpoint(post = "/v1/b2b/totp/authenticate", response = SessionResponse, on = Totps)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Authenticate<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the member, or your own id for the member.
    pub member_id: Cow<'a, str>,
    /// The passcode: six digits.
    #[endpoint(secret)]
    pub code: Cow<'a, str>,
    /// The token of the intermediate session of the member who logs in.
    #[endpoint(secret)]
    pub intermediate_session_token: Option<Cow<'a, str>>,
    /// The token of a session of the member, as an alternative to the intermediate session.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of a session of the member, as an alternative to the intermediate session.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// The lifetime of the session in minutes from now: 5 to 527040 (366 days). Default: 60.
    pub session_duration_minutes: Option<u32>,
    /// Claims to add to the session's JWT: at most 4 KB. A claim that is null is deleted.
    pub session_custom_claims: Option<JsonObject>,
    /// Whether logins of the member need a second factor from now on: `enroll` or `unenroll`.
    pub set_mfa_enrollment: Option<Cow<'a, str>>,
    /// Whether this second factor becomes the default of the member.
    pub set_default_mfa: Option<bool>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}

/// Migrates an authenticator app of another system to a member.
#[endpoint(post = "/v1/b2b/totp/migrate", response = MigrateResponse, on = Totps)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Migrate<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the member, or your own id for the member.
    pub member_id: Cow<'a, str>,
    /// The secret of the app, in base32.
    #[endpoint(secret)]
    pub secret: Cow<'a, str>,
    /// The recovery codes of the other system.
    #[endpoint(secret)]
    pub recovery_codes: Vec<Cow<'a, str>>,
}

/// The response to [`Migrate`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct MigrateResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the member.
    pub member_id: String,
    /// The member.
    pub member: Option<Member>,
    /// The organization.
    pub organization: Option<Organization>,
    /// The id of the registration.
    #[response(required)]
    pub totp_registration_id: String,
    /// The recovery codes. Each can be used for one login.
    pub recovery_codes: Vec<Secret>,
}
