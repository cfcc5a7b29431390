//! One-time passcodes by mail.

use std::borrow::Cow;

use declapi::{endpoint, resource, response};

use super::Otps;
use crate::b2b::models::{DiscoveryResponse, MemberCreatedResponse, MemberLogin};
use crate::models::{EmptyResponse, Locale};
use crate::{HttpStatus, JsonObject};

/// One-time passcodes by mail, from [`Otps::email`].
#[resource(on = Otps, name = email)]
pub struct ByEmail;

/// Mails a passcode to a member. If nobody in the organization has the address and its owner may join, this creates a
/// `pending` member.
///
/// Earlier passcodes become invalid.
#[endpoint(post = "/v1/b2b/otps/email/login_or_signup", response = MemberCreatedResponse, on = ByEmail)]
#[derive(Clone)]
#[non_exhaustive]
pub struct LoginOrSignup<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The email address.
    pub email_address: Cow<'a, str>,
    /// The id of a mail template of the project for logins.
    pub login_template_id: Option<Cow<'a, str>>,
    /// The id of a mail template of the project for sign-ups.
    pub signup_template_id: Option<Cow<'a, str>>,
    /// The language. Default: English.
    pub locale: Option<Locale>,
    /// The validity of a login passcode, in minutes: 2 to 15. Default: 10.
    pub login_expiration_minutes: Option<u32>,
    /// The validity of a sign-up passcode, in minutes: 2 to 15. Default: 10.
    pub signup_expiration_minutes: Option<u32>,
}

/// Logs a member in with a passcode from a mail. The passcode can be used for one login.
///
/// Only the last passcode is valid. For an earlier one, the error is `otp_code_not_found`.
#[endpoint(post = "/v1/b2b/otps/email/authenticate", response = AuthenticateResponse, on = ByEmail)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Authenticate<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The email address of the member.
    pub email_address: Cow<'a, str>,
    /// The passcode: six digits.
    #[endpoint(secret)]
    pub code: Cow<'a, str>,
    /// The token of the session to which this login is added. Default: a new session.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of the session to which this login is added, as an alternative to its token.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// The token of the intermediate session that this login continues.
    #[endpoint(secret)]
    pub intermediate_session_token: Option<Cow<'a, str>>,
    /// The lifetime of the session in minutes from now: 5 to 527040 (366 days). Default: 60.
    pub session_duration_minutes: Option<u32>,
    /// Claims to add to the session's JWT: at most 4 KB. A claim that is null is deleted.
    pub session_custom_claims: Option<JsonObject>,
    /// The language of an SMS that is sent because a second factor is required. Default: English.
    pub locale: Option<Locale>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}

/// The response to [`Authenticate`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AuthenticateResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the email address to which the passcode was sent.
    pub method_id: String,
    /// The login.
    #[serde(flatten)]
    pub login: MemberLogin,
}

/// Passcodes by mail for logins that start without an organization, from [`ByEmail::discovery`].
#[resource(on = ByEmail, name = discovery)]
pub struct EmailDiscovery;

/// Mails a passcode that starts a login without an organization.
#[endpoint(
    post = "/v1/b2b/otps/email/discovery/send",
    response = EmptyResponse,
    on = EmailDiscovery,
    name = send
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct DiscoverySend<'a> {
    /// The email address.
    pub email_address: Cow<'a, str>,
    /// The id of a mail template of the project for logins.
    pub login_template_id: Option<Cow<'a, str>>,
    /// The language. Default: English.
    pub locale: Option<Locale>,
    /// The validity of the passcode, in minutes: 2 to 15. Default: 10.
    pub discovery_expiration_minutes: Option<u32>,
}

/// Starts an intermediate session with a passcode from a mail, and lists the organizations of the person.
#[endpoint(
    post = "/v1/b2b/otps/email/discovery/authenticate",
    response = DiscoveryResponse,
    on = EmailDiscovery,
    name = authenticate
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct DiscoveryAuthenticate<'a> {
    /// The email address to which the passcode was sent.
    pub email_address: Cow<'a, str>,
    /// The passcode: six digits.
    #[endpoint(secret)]
    pub code: Cow<'a, str>,
}
