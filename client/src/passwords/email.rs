//! Resets by a link in a mail.

use std::borrow::Cow;

use declapi::{endpoint, resource};

use super::Passwords;
use crate::JsonObject;
use crate::models::{Attributes, Locale, LoginResponse, MatchOptions, SendByEmailResponse};

/// Resets by a link in a mail, from [`Passwords::email`].
#[resource(on = Passwords, name = email)]
pub struct ByEmail;

/// Mails a link with which the user can choose a new password.
///
/// Rejected with `email_not_found` when no user has the address.
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
    /// Where the link leads; the project's default when unset. Stytch adds the token to its query.
    pub reset_password_redirect_url: Option<Cow<'a, str>>,
    /// How long the link is good for: 5 to 10080 minutes (7 days), 30 when unset.
    pub reset_password_expiration_minutes: Option<u32>,
    /// The base64url SHA-256 of a verifier, which the reset then has to show (PKCE).
    pub code_challenge: Option<Cow<'a, str>>,
    /// Where the user asks from.
    pub attributes: Option<Attributes<'a>>,
    /// Where the mail's link to log in without a reset leads.
    pub login_redirect_url: Option<Cow<'a, str>>,
    /// The language of the mail; English when unset.
    pub locale: Option<Locale>,
    /// The id of a mail template of the project's own.
    pub reset_password_template_id: Option<Cow<'a, str>>,
}

/// Sets a new password with the token from a mail, and logs the user in if a session is asked for.
///
/// A token is good for one reset.
#[endpoint(post = "/v1/passwords/email/reset", response = LoginResponse, on = ByEmail, name = reset)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct EmailReset<'a> {
    /// The token from the link in the mail.
    #[endpoint(secret)]
    pub token: Cow<'a, str>,
    /// The new password, in the clear.
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
    /// The verifier behind the `code_challenge` that started the reset (PKCE).
    #[endpoint(secret)]
    pub code_verifier: Option<Cow<'a, str>>,
    /// Claims to add to the session's JWT: at most 4 KB, and only with a session. A null deletes a claim.
    pub session_custom_claims: Option<JsonObject>,
    /// Where the user resets from.
    pub attributes: Option<Attributes<'a>>,
    /// What has to be the same as when the reset was started.
    pub options: Option<MatchOptions>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}
