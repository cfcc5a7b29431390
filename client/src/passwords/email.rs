//! Resets with a link in a mail.

use std::borrow::Cow;

use declapi::{endpoint, resource};

use super::Passwords;
use crate::JsonObject;
use crate::models::{Attributes, Locale, LoginResponse, MatchOptions, SendByEmailResponse};

/// Resets with a link in a mail, from [`Passwords::email`].
#[resource(on = Passwords, name = email)]
pub struct ByEmail;

/// Mails a link with which the user can choose a new password.
///
/// The error is `email_not_found` if no user has the address.
#[endpoint(
    post = "/v1/passwords/email/reset/start",
    response = SendByEmailResponse,
    on = ByEmail,
    name = reset_start
)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct EmailResetStart<'a> {
    /// The email address of the end user.
    pub email: Cow<'a, str>,
    /// The URL of the link. Default: the setting of the project. Stytch adds the token to its query.
    pub reset_password_redirect_url: Option<Cow<'a, str>>,
    /// The validity of the link, in minutes: 5 to 10080 (7 days). Default: 30.
    pub reset_password_expiration_minutes: Option<u32>,
    /// The base64url SHA-256 hash of a verifier (PKCE). The reset must then send the verifier.
    pub code_challenge: Option<Cow<'a, str>>,
    /// The origin of the user's request.
    pub attributes: Option<Attributes<'a>>,
    /// The URL of the link in the mail for a login without a reset.
    pub login_redirect_url: Option<Cow<'a, str>>,
    /// The language of the mail. Default: English.
    pub locale: Option<Locale>,
    /// The id of a custom mail template of the project.
    pub reset_password_template_id: Option<Cow<'a, str>>,
}

/// Sets a new password with the token from a mail, and logs the user in if a session is requested.
///
/// A token can be used for one reset.
#[endpoint(post = "/v1/passwords/email/reset", response = LoginResponse, on = ByEmail, name = reset)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct EmailReset<'a> {
    /// The token from the link in the mail.
    #[endpoint(secret)]
    pub token: Cow<'a, str>,
    /// The new password in plain text.
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
    /// The verifier for the `code_challenge` that was sent when the reset was started (PKCE).
    #[endpoint(secret)]
    pub code_verifier: Option<Cow<'a, str>>,
    /// Claims to add to the session's JWT: at most 4 KB, and only with a session. A claim that is null is deleted.
    pub session_custom_claims: Option<JsonObject>,
    /// The origin of the user's request.
    pub attributes: Option<Attributes<'a>>,
    /// The attributes that must not have changed since the reset was started.
    pub options: Option<MatchOptions>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}
