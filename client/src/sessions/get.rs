//! `GET /v1/sessions`

use std::borrow::Cow;

use super::Sessions;
use crate::passwords::Session;
use crate::status;
use declapi::{endpoint, response};

/// Lists the active sessions of a user.
#[endpoint(get = "/v1/sessions", response = GetResponse, on = Sessions, idempotent)]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Get<'a> {
    /// The id of the user.
    pub user_id: Cow<'a, str>,
}

/// The response to [`Get`].
#[response]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct GetResponse {
    /// The id of the call, which Stytch's support asks for.
    pub request_id: String,
    /// The HTTP status: the one in the body, or that of the response where the body has none.
    #[serde(default = "status::of_response", deserialize_with = "status::or_of_response")]
    pub status_code: u16,
    /// The sessions.
    pub sessions: Vec<Session>,
}
