//! Stytch's Impersonation API.

use std::borrow::Cow;

use declapi::{endpoint, resource, response};

use crate::models::{Session, User, unless_empty};
use crate::{Client, HttpStatus, Secret};

/// Sessions in which administrators act as a user.
///
/// From [`Client::impersonation`].
#[resource(on = &Client)]
pub struct Impersonation;

/// Starts a session of a user for an administrator, with a token from the dashboard.
///
/// The session lasts 60 minutes and cannot be extended. A token can be used for one login, within five minutes.
#[endpoint(post = "/v1/impersonation/authenticate", response = AuthenticateResponse, on = Impersonation)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Authenticate<'a> {
    /// The token from the dashboard.
    #[endpoint(secret)]
    pub impersonation_token: Cow<'a, str>,
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
    /// The id of the user.
    #[response(required)]
    pub user_id: String,
    /// The user.
    pub user: Option<User>,
    /// The opaque token of the session.
    #[serde(deserialize_with = "unless_empty")]
    pub session_token: Option<Secret>,
    /// The JWT of the session, which is valid for five minutes.
    #[serde(deserialize_with = "unless_empty")]
    pub session_jwt: Option<Secret>,
    /// The session.
    pub session: Option<Session>,
}
