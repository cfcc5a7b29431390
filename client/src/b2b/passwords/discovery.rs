//! Passwords for logins that start without an organization.

use std::borrow::Cow;

use declapi::{endpoint, resource};

use super::Passwords;
use crate::b2b::Client;
use crate::b2b::models::DiscoveryResponse;
use crate::models::EmptyResponse;

/// Passwords that are valid in all organizations of a person, from [`Passwords::discovery`].
#[resource(on = Passwords<&Client>)]
pub struct Discovery;

/// Starts an intermediate session with email address and password, and lists the organizations of the person.
#[endpoint(
    post = "/v1/b2b/passwords/discovery/authenticate",
    response = DiscoveryResponse,
    on = Discovery,
    name = authenticate
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct DiscoveryAuthenticate<'a> {
    /// The email address.
    pub email_address: Cow<'a, str>,
    /// The password in plain text.
    #[endpoint(secret)]
    pub password: Cow<'a, str>,
}

/// Resets of these passwords with a link in a mail, from [`Discovery::email`].
#[resource(on = Discovery, name = email)]
pub struct DiscoveryByEmail;

/// Mails a link with which a person can choose a new password for all of their organizations.
#[endpoint(
    post = "/v1/b2b/passwords/discovery/email/reset/start",
    response = EmptyResponse,
    on = DiscoveryByEmail,
    name = reset_start
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct DiscoveryEmailResetStart<'a> {
    /// The email address.
    pub email_address: Cow<'a, str>,
    /// The URL of the link. Default: the setting of the project. Stytch adds the token to its query.
    pub reset_password_redirect_url: Option<Cow<'a, str>>,
    /// The URL of the link in the mail for a login without a reset.
    pub discovery_redirect_url: Option<Cow<'a, str>>,
    /// The id of a mail template of the project for resets.
    pub reset_password_template_id: Option<Cow<'a, str>>,
    /// The validity of the link, in minutes: 5 to 10080 (7 days). Default: 30.
    pub reset_password_expiration_minutes: Option<u32>,
    /// The base64url SHA-256 hash of a verifier (PKCE). The authentication must then send the verifier.
    pub pkce_code_challenge: Option<Cow<'a, str>>,
    /// The language: `en`, `es`, `pt-br` or `fr`. Default: English.
    pub locale: Option<Cow<'a, str>>,
    /// The id of a mail template of the project for addresses that must be verified first.
    pub verify_email_template_id: Option<Cow<'a, str>>,
}

/// Sets a new password with the token from a mail, starts an intermediate session, and lists the organizations of the
/// person.
///
/// A token can be used for one reset.
#[endpoint(
    post = "/v1/b2b/passwords/discovery/email/reset",
    response = DiscoveryResponse,
    on = DiscoveryByEmail,
    name = reset
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct DiscoveryEmailReset<'a> {
    /// The token from the link in the mail.
    #[endpoint(secret)]
    pub password_reset_token: Cow<'a, str>,
    /// The new password in plain text.
    #[endpoint(secret)]
    pub password: Cow<'a, str>,
    /// The verifier for the `pkce_code_challenge` that was sent at the start (PKCE).
    #[endpoint(secret)]
    pub pkce_code_verifier: Option<Cow<'a, str>>,
}
