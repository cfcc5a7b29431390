//! `POST /v1/sessions/revoke`

use std::borrow::Cow;

use super::Sessions;
use crate::status;
use declapi::{endpoint, response};

/// Ends a session, named by one of its id, its token and its JWT.
///
/// A JWT that was issued before stays valid for local checks until it expires.
#[endpoint(post = "/v1/sessions/revoke", response = RevokeResponse, on = Sessions, idempotent)]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Revoke<'a> {
    /// The id of the session.
    pub session_id: Option<Cow<'a, str>>,
    /// The token of the session.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of the session.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
}

/// The response to [`Revoke`].
#[response]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RevokeResponse {
    /// The id of the call, which Stytch's support asks for.
    pub request_id: String,
    /// The HTTP status: the one in the body, or that of the response where the body has none.
    #[serde(default = "status::of_response", deserialize_with = "status::or_of_response")]
    pub status_code: u16,
}
