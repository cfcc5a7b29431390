//! Stytch's B2B Magic Links API: links that log a member in.

use std::borrow::Cow;

use declapi::{endpoint, resource, response};

use super::models::{DiscoveryResponse, MemberCreatedResponse, MemberLogin, MemberResponse};
use super::{ActingToken, Client};
use crate::models::{EmptyResponse, Locale};
use crate::{HttpStatus, JsonObject};

/// Links that log a member in.
///
/// From [`Client::magic_links`].
#[resource(on = &Client)]
pub struct MagicLinks;

/// Logs a member in with the token of a link. The token can be used for one login.
///
/// A member who is `invited` or `pending` becomes `active`. The error is `unable_to_auth_magic_link` if the token was
/// used, has expired or never existed.
#[endpoint(
    post = "/v1/b2b/magic_links/authenticate",
    response = AuthenticateResponse,
    on = MagicLinks<&Client>
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Authenticate<'a> {
    /// The token in the query of the link.
    #[endpoint(secret)]
    pub magic_links_token: Cow<'a, str>,
    /// The verifier for the `pkce_code_challenge` that was sent at the start (PKCE).
    #[endpoint(secret)]
    pub pkce_code_verifier: Option<Cow<'a, str>>,
    /// The token of the session to which this login is added. Default: a new session.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of the session to which this login is added, as an alternative to its token.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// The lifetime of the session in minutes from now: 5 to 527040 (366 days). Default: 60.
    pub session_duration_minutes: Option<u32>,
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

/// The response to [`Authenticate`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AuthenticateResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the email address to which the link was sent.
    pub method_id: String,
    /// Whether other sessions of the member were revoked. Stytch no longer uses it.
    pub reset_sessions: bool,
    /// The login.
    #[serde(flatten)]
    pub login: MemberLogin,
}

/// Links in mails, from [`MagicLinks::email`].
#[resource(on = MagicLinks, name = email)]
pub struct ByEmail;

/// Mails a link to a member. If nobody in the organization has the address and its owner may join, this creates a
/// `pending` member.
#[endpoint(
    post = "/v1/b2b/magic_links/email/login_or_signup",
    response = MemberCreatedResponse,
    on = ByEmail<&Client>
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct LoginOrSignup<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The email address.
    pub email_address: Cow<'a, str>,
    /// The URL of a login link. Default: the setting of the project.
    pub login_redirect_url: Option<Cow<'a, str>>,
    /// The URL of a sign-up link. Default: the setting of the project.
    pub signup_redirect_url: Option<Cow<'a, str>>,
    /// The base64url SHA-256 hash of a verifier (PKCE). The authentication must then send the verifier.
    pub pkce_code_challenge: Option<Cow<'a, str>>,
    /// The id of a mail template of the project for logins.
    pub login_template_id: Option<Cow<'a, str>>,
    /// The id of a mail template of the project for sign-ups.
    pub signup_template_id: Option<Cow<'a, str>>,
    /// The language. Default: English.
    pub locale: Option<Locale>,
    /// The validity of a login link, in minutes: 5 to 10080 (7 days). Default: 60.
    pub login_expiration_minutes: Option<u32>,
    /// The validity of a sign-up link, in minutes: 5 to 10080 (7 days). Default: 60.
    pub signup_expiration_minutes: Option<u32>,
}

/// Creates a member who is `invited`, and mails them a link with which they become active.
///
/// The API rejects the request if the organization does not allow invitations to the address.
#[endpoint(post = "/v1/b2b/magic_links/email/invite", response = MemberResponse, on = ByEmail)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Invite<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The email address.
    pub email_address: Cow<'a, str>,
    /// The URL of the link. Default: the setting of the project.
    pub invite_redirect_url: Option<Cow<'a, str>>,
    /// The id of the member who sends the invitation.
    pub invited_by_member_id: Option<Cow<'a, str>>,
    /// The full name of the new member.
    pub name: Option<Cow<'a, str>>,
    /// Metadata that can only be written by a backend.
    pub trusted_metadata: Option<JsonObject>,
    /// Metadata that the member can edit. Do not trust it.
    pub untrusted_metadata: Option<JsonObject>,
    /// The id of a mail template of the project for invitations.
    pub invite_template_id: Option<Cow<'a, str>>,
    /// The language. Default: English.
    pub locale: Option<Locale>,
    /// The roles of the new member.
    pub roles: Option<Vec<Cow<'a, str>>>,
    /// The validity of the link, in minutes: 5 to 10080 (7 days). Default: 10080.
    pub invite_expiration_minutes: Option<u32>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// Links in mails for logins that start without an organization, from [`ByEmail::discovery`].
#[resource(on = ByEmail<&Client>, name = discovery)]
pub struct EmailDiscovery;

/// Mails a link that starts a login without an organization.
#[endpoint(
    post = "/v1/b2b/magic_links/email/discovery/send",
    response = EmptyResponse,
    on = EmailDiscovery,
    name = send
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct DiscoverySend<'a> {
    /// The email address.
    pub email_address: Cow<'a, str>,
    /// The URL of the link. Default: the setting of the project.
    pub discovery_redirect_url: Option<Cow<'a, str>>,
    /// The base64url SHA-256 hash of a verifier (PKCE). The authentication must then send the verifier.
    pub pkce_code_challenge: Option<Cow<'a, str>>,
    /// The id of a mail template of the project for logins.
    pub login_template_id: Option<Cow<'a, str>>,
    /// The language. Default: English.
    pub locale: Option<Locale>,
    /// The validity of the link, in minutes: 5 to 10080 (7 days). Default: 60.
    pub discovery_expiration_minutes: Option<u32>,
}

/// Logins with a link that start without an organization, from [`MagicLinks::discovery`].
#[resource(on = MagicLinks<&Client>, name = discovery)]
pub struct LinkDiscovery;

/// Starts an intermediate session with the token of a link, and lists the organizations of the person.
#[endpoint(
    post = "/v1/b2b/magic_links/discovery/authenticate",
    response = DiscoveryResponse,
    on = LinkDiscovery,
    name = authenticate
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct DiscoveryAuthenticate<'a> {
    /// The token in the query of the link.
    #[endpoint(secret)]
    pub discovery_magic_links_token: Cow<'a, str>,
    /// The verifier for the `pkce_code_challenge` that was sent at the start (PKCE).
    #[endpoint(secret)]
    pub pkce_code_verifier: Option<Cow<'a, str>>,
}
