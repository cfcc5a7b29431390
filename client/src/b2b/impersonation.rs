//! Stytch's B2B Impersonation API.

use std::borrow::Cow;

use declapi::{endpoint, resource};

use super::Client;
use super::models::LoginResponse;

/// Sessions in which administrators act as a member.
///
/// From [`Client::impersonation`].
#[resource(on = &Client)]
pub struct Impersonation;

/// Starts a session of a member for an administrator, with a token from the dashboard.
///
/// The session lasts 60 minutes and cannot be extended. A token can be used for one login, within five minutes.
#[endpoint(post = "/v1/b2b/impersonation/authenticate", response = LoginResponse, on = Impersonation)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Authenticate<'a> {
    /// The token from the dashboard.
    #[endpoint(secret)]
    pub impersonation_token: Cow<'a, str>,
}
