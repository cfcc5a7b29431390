//! Stytch's Magic Links API: links that log a user in.

use std::borrow::Cow;

use declapi::{endpoint, resource, response};

use crate::models::{
    Attributes, EmptyResponse, Locale, LoginOrCreateByEmailResponse, MatchOptions, MethodLoginResponse, Name,
    SendByEmailResponse,
};
use crate::{Client, JsonObject, Secret, status};

/// Links that log a user in.
///
/// From [`Client::magic_links`].
#[resource(on = &Client)]
pub struct MagicLinks;

/// Logs a user in with the token of a link, which is good for one login.
///
/// Rejected with `unable_to_auth_magic_link` if it was used, has expired or never existed.
#[endpoint(post = "/v1/magic_links/authenticate", response = MethodLoginResponse, on = MagicLinks)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Authenticate<'a> {
    /// The token in the query of the link.
    #[endpoint(secret)]
    pub token: Cow<'a, str>,
    /// Where the user asks from.
    pub attributes: Option<Attributes<'a>>,
    /// What has to be the same as when it was sent.
    pub options: Option<MatchOptions>,
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
    /// The verifier behind the `code_challenge` that was sent at the start (PKCE).
    #[endpoint(secret)]
    pub code_verifier: Option<Cow<'a, str>>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}

/// Makes a token for a link that you send yourself.
///
/// Its use verifies no email address and no phone number.
#[endpoint(post = "/v1/magic_links", response = CreateResponse, on = MagicLinks)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Create<'a> {
    /// The id of the user, or your own id for the user.
    pub user_id: Cow<'a, str>,
    /// How long the token is good for: 5 to 10080 minutes (7 days), 60 when unset.
    pub expiration_minutes: Option<u32>,
    /// Where the user asks from.
    pub attributes: Option<Attributes<'a>>,
}

/// The response to [`Create`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CreateResponse {
    /// The id of the call, which Stytch's support asks for.
    pub request_id: String,
    /// The HTTP status: the one in the body, or that of the response where the body has none.
    #[serde(default = "status::of_response", deserialize_with = "status::or_of_response")]
    pub status_code: u16,
    /// The id of the user.
    pub user_id: String,
    /// The token: whoever has it can log in as the user.
    #[response(required)]
    pub token: Secret,
}

/// Links in mails, from [`MagicLinks::email`].
#[resource(on = MagicLinks, name = email)]
pub struct ByEmail;

/// Mails a link to a user.
///
/// Rejected with `email_not_found` if no user has the address and none is named.
#[endpoint(post = "/v1/magic_links/email/send", response = SendByEmailResponse, on = ByEmail)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Send<'a> {
    /// The email address of the end user.
    pub email: Cow<'a, str>,
    /// The id of a mail template of the project for logins.
    pub login_template_id: Option<Cow<'a, str>>,
    /// Where the user asks from.
    pub attributes: Option<Attributes<'a>>,
    /// Where the link of a login leads; the project's default when unset.
    pub login_magic_link_url: Option<Cow<'a, str>>,
    /// Where the link of a sign-up leads; the project's default when unset.
    pub signup_magic_link_url: Option<Cow<'a, str>>,
    /// How long the link of a login is good for: 5 to 10080 minutes (7 days), 60 when unset.
    pub login_expiration_minutes: Option<u32>,
    /// How long the link of a sign-up is good for: 5 to 10080 minutes (7 days), which it is when unset.
    pub signup_expiration_minutes: Option<u32>,
    /// The base64url SHA-256 of a verifier, which the authentication then has to show (PKCE).
    pub code_challenge: Option<Cow<'a, str>>,
    /// The id of a user who gets the address as another one, or your own id for the user.
    pub user_id: Option<Cow<'a, str>>,
    /// The token of a session of that user, instead of the id.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of a session of that user, instead of the id.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// The language; English when unset.
    pub locale: Option<Locale>,
    /// The id of a mail template of the project for sign-ups.
    pub signup_template_id: Option<Cow<'a, str>>,
}

/// Mails a link, to a new user if nobody has the address.
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
    /// Where the link of a login leads; the project's default when unset.
    pub login_magic_link_url: Option<Cow<'a, str>>,
    /// Where the link of a sign-up leads; the project's default when unset.
    pub signup_magic_link_url: Option<Cow<'a, str>>,
    /// How long the link of a login is good for: 5 to 10080 minutes (7 days), 60 when unset.
    pub login_expiration_minutes: Option<u32>,
    /// How long the link of a sign-up is good for: 5 to 10080 minutes (7 days), which it is when unset.
    pub signup_expiration_minutes: Option<u32>,
    /// The id of a mail template of the project for logins.
    pub login_template_id: Option<Cow<'a, str>>,
    /// The id of a mail template of the project for sign-ups.
    pub signup_template_id: Option<Cow<'a, str>>,
    /// Where the user asks from.
    pub attributes: Option<Attributes<'a>>,
    /// Whether a new user is `pending` until the first authentication; `active` at once when unset.
    pub create_user_as_pending: Option<bool>,
    /// The base64url SHA-256 of a verifier, which the authentication then has to show (PKCE).
    pub code_challenge: Option<Cow<'a, str>>,
    /// The language; English when unset.
    pub locale: Option<Locale>,
}

/// Creates a user who is `pending`, and mails them a link with which they become active.
///
/// Rejected with `duplicate_email` if somebody has the address already.
#[endpoint(post = "/v1/magic_links/email/invite", response = SendByEmailResponse, on = ByEmail)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Invite<'a> {
    /// The email address of the end user.
    pub email: Cow<'a, str>,
    /// The id of a mail template of the project for invitations.
    pub invite_template_id: Option<Cow<'a, str>>,
    /// Where the user asks from.
    pub attributes: Option<Attributes<'a>>,
    /// The name of the end user.
    pub name: Option<Name<'a>>,
    /// Where the link leads; the project's default when unset.
    pub invite_magic_link_url: Option<Cow<'a, str>>,
    /// How long the link is good for: 5 to 10080 minutes (7 days), 60 when unset.
    pub invite_expiration_minutes: Option<u32>,
    /// The language; English when unset.
    pub locale: Option<Locale>,
    /// Metadata that only servers can write.
    pub trusted_metadata: Option<JsonObject>,
    /// Metadata that the end user can edit: no place for anything that matters.
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
