//! Resets with a link in a mail.

use std::borrow::Cow;

use declapi::{endpoint, resource, response};

use super::Passwords;
use crate::b2b::models::{Member, MemberLogin, Organization};
use crate::b2b::{ActingToken, Client};
use crate::models::Locale;
use crate::{HttpStatus, JsonObject};

/// Resets with a link in a mail, from [`Passwords::email`].
#[resource(on = Passwords, name = email)]
pub struct ByEmail;

/// Mails a link with which the member can choose a new password.
#[endpoint(
    post = "/v1/b2b/passwords/email/reset/start",
    response = EmailResetStartResponse,
    on = ByEmail<&Client>,
    name = reset_start
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct EmailResetStart<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The email address of the member.
    pub email_address: Cow<'a, str>,
    /// The URL of the link. Default: the setting of the project. Stytch adds the token to its query.
    pub reset_password_redirect_url: Option<Cow<'a, str>>,
    /// The validity of the link, in minutes: 5 to 10080 (7 days). Default: 30.
    pub reset_password_expiration_minutes: Option<u32>,
    /// The base64url SHA-256 hash of a verifier (PKCE). The reset must then send the verifier.
    pub code_challenge: Option<Cow<'a, str>>,
    /// The URL of the link in the mail for a login without a reset.
    pub login_redirect_url: Option<Cow<'a, str>>,
    /// The language. Default: English.
    pub locale: Option<Locale>,
    /// The id of a mail template of the project for resets.
    pub reset_password_template_id: Option<Cow<'a, str>>,
    /// The id of a mail template of the project for addresses that must be verified first.
    pub verify_email_template_id: Option<Cow<'a, str>>,
}

/// The response to [`EmailResetStart`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct EmailResetStartResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the member.
    #[response(required)]
    pub member_id: String,
    /// The id of the email address.
    pub member_email_id: String,
    /// The member.
    pub member: Option<Member>,
}

/// Sets a new password with the token from a mail, and logs the member in.
///
/// A token can be used for one reset.
#[endpoint(
    post = "/v1/b2b/passwords/email/reset",
    response = EmailResetResponse,
    on = ByEmail<&Client>,
    name = reset
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct EmailReset<'a> {
    /// The token from the link in the mail.
    #[endpoint(secret)]
    pub password_reset_token: Cow<'a, str>,
    /// The new password in plain text.
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
    /// The verifier for the `code_challenge` that was sent when the reset was started (PKCE).
    #[endpoint(secret)]
    pub code_verifier: Option<Cow<'a, str>>,
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

/// The response to [`EmailReset`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct EmailResetResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the email address.
    pub member_email_id: String,
    /// The login.
    #[serde(flatten)]
    pub login: MemberLogin,
}

/// Requires a new password before the next login with a password.
///
/// With `organization_id` or `member_id`, it affects one member. Without them, it affects the members with this address
/// in all organizations.
#[endpoint(post = "/v1/b2b/passwords/email/require_reset", response = RequireResetResponse, on = ByEmail)]
#[derive(Clone)]
#[non_exhaustive]
pub struct RequireReset<'a> {
    /// The email address.
    pub email_address: Cow<'a, str>,
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Option<Cow<'a, str>>,
    /// The id of the member, or your own id for the member.
    pub member_id: Option<Cow<'a, str>>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// The response to [`RequireReset`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RequireResetResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the member, if the request was for one member.
    pub member_id: Option<String>,
    /// The member, if the request was for one member.
    pub member: Option<Member>,
    /// The organization, if the request was for one member.
    pub organization: Option<Organization>,
}
