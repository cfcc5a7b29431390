//! Stytch's Magic Links API: links that log a user in.

use std::borrow::Cow;

use declapi::{endpoint, resource, response};

use crate::models::{
    Attributes, EmptyResponse, Locale, LoginOrCreateByEmailResponse, MatchOptions, MethodLoginResponse, Name,
    SendByEmailResponse,
};
use crate::{Client, HttpStatus, JsonObject, Secret};

/// Links that log a user in.
///
/// From [`Client::magic_links`].
#[resource(on = &Client)]
pub struct MagicLinks;

/// Logs a user in with the token of a link, which can be used for one login.
///
/// The error is `unable_to_auth_magic_link` if the token was used, has expired or never existed.
#[endpoint(post = "/v1/magic_links/authenticate", response = MethodLoginResponse, on = MagicLinks)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Authenticate<'a> {
    /// The token in the query of the link.
    #[endpoint(secret)]
    pub token: Cow<'a, str>,
    /// The origin of the user's request.
    pub attributes: Option<Attributes<'a>>,
    /// The attributes that must not have changed since the link or passcode was sent.
    pub options: Option<MatchOptions>,
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
    /// The verifier for the `code_challenge` that was sent at the start (PKCE).
    #[endpoint(secret)]
    pub code_verifier: Option<Cow<'a, str>>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}

/// Creates a token for a link that you send yourself.
///
/// Its use does not verify an email address or a phone number.
#[endpoint(post = "/v1/magic_links", response = CreateResponse, on = MagicLinks)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Create<'a> {
    /// The id of the user, or your own id for the user.
    pub user_id: Cow<'a, str>,
    /// The validity of the token, in minutes: 5 to 10080 (7 days). Default: 60.
    pub expiration_minutes: Option<u32>,
    /// The origin of the user's request.
    pub attributes: Option<Attributes<'a>>,
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
    /// The id of the user.
    pub user_id: String,
    /// The token. Anyone who has it can log in as the user.
    #[response(required)]
    pub token: Secret,
}

/// Links in mails, from [`MagicLinks::email`].
#[resource(on = MagicLinks, name = email)]
pub struct ByEmail;

/// Mails a link to a user.
///
/// The error is `email_not_found` if no user has the address and no user is given.
#[endpoint(post = "/v1/magic_links/email/send", response = SendByEmailResponse, on = ByEmail)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Send<'a> {
    /// The email address of the end user.
    pub email: Cow<'a, str>,
    /// The id of a mail template of the project for logins.
    pub login_template_id: Option<Cow<'a, str>>,
    /// The origin of the user's request.
    pub attributes: Option<Attributes<'a>>,
    /// The URL of a login link. Default: the setting of the project.
    pub login_magic_link_url: Option<Cow<'a, str>>,
    /// The URL of a sign-up link. Default: the setting of the project.
    pub signup_magic_link_url: Option<Cow<'a, str>>,
    /// The validity of a login link, in minutes: 5 to 10080 (7 days). Default: 60.
    pub login_expiration_minutes: Option<u32>,
    /// The validity of a sign-up link, in minutes: 5 to 10080 (7 days). Default: 10080.
    pub signup_expiration_minutes: Option<u32>,
    /// The base64url SHA-256 hash of a verifier (PKCE). The authentication must then send the verifier.
    pub code_challenge: Option<Cow<'a, str>>,
    /// The id of a user to whom the address is added, or your own id for the user.
    pub user_id: Option<Cow<'a, str>>,
    /// The token of a session of that user, as an alternative to the id.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of a session of that user, as an alternative to the id.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// The language. Default: English.
    pub locale: Option<Locale>,
    /// The id of a mail template of the project for sign-ups.
    pub signup_template_id: Option<Cow<'a, str>>,
}

/// Mails a link, and creates a user if no user has the address.
#[endpoint(
    post = "/v1/magic_links/email/login_or_create",
    response = LoginOrCreateByEmailResponse,
    on = ByEmail
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct LoginOrCreate<'a> {
    /// The email address of the end user.
    pub email: Cow<'a, str>,
    /// The URL of a login link. Default: the setting of the project.
    pub login_magic_link_url: Option<Cow<'a, str>>,
    /// The URL of a sign-up link. Default: the setting of the project.
    pub signup_magic_link_url: Option<Cow<'a, str>>,
    /// The validity of a login link, in minutes: 5 to 10080 (7 days). Default: 60.
    pub login_expiration_minutes: Option<u32>,
    /// The validity of a sign-up link, in minutes: 5 to 10080 (7 days). Default: 10080.
    pub signup_expiration_minutes: Option<u32>,
    /// The id of a mail template of the project for logins.
    pub login_template_id: Option<Cow<'a, str>>,
    /// The id of a mail template of the project for sign-ups.
    pub signup_template_id: Option<Cow<'a, str>>,
    /// The origin of the user's request.
    pub attributes: Option<Attributes<'a>>,
    /// Whether a new user is `pending` until the first authentication. Default: `active` from the start.
    pub create_user_as_pending: Option<bool>,
    /// The base64url SHA-256 hash of a verifier (PKCE). The authentication must then send the verifier.
    pub code_challenge: Option<Cow<'a, str>>,
    /// The language. Default: English.
    pub locale: Option<Locale>,
}

/// Creates a user who is `pending`, and mails them a link with which they become active.
///
/// The error is `duplicate_email` if another user has the address.
#[endpoint(post = "/v1/magic_links/email/invite", response = SendByEmailResponse, on = ByEmail)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Invite<'a> {
    /// The email address of the end user.
    pub email: Cow<'a, str>,
    /// The id of a mail template of the project for invitations.
    pub invite_template_id: Option<Cow<'a, str>>,
    /// The origin of the user's request.
    pub attributes: Option<Attributes<'a>>,
    /// The name of the end user.
    pub name: Option<Name<'a>>,
    /// The URL of the link. Default: the setting of the project.
    pub invite_magic_link_url: Option<Cow<'a, str>>,
    /// The validity of the link, in minutes: 5 to 10080 (7 days). Default: 60.
    pub invite_expiration_minutes: Option<u32>,
    /// The language. Default: English.
    pub locale: Option<Locale>,
    /// Metadata that can only be written by a backend.
    pub trusted_metadata: Option<JsonObject>,
    /// Metadata that the end user can edit. Do not trust it.
    pub untrusted_metadata: Option<JsonObject>,
}

/// Revokes an invitation that was not accepted yet.
#[endpoint(post = "/v1/magic_links/email/revoke_invite", response = EmptyResponse, on = ByEmail)]
#[derive(Clone)]
#[non_exhaustive]
pub struct RevokeInvite<'a> {
    /// The email address of the end user.
    pub email: Cow<'a, str>,
}
