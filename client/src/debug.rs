//! Stytch's Debug API.

use declapi::{endpoint, resource, response};

use crate::{Client, status};

/// Whether the credentials are right.
///
/// From [`Client::debug`].
#[resource(on = &Client)]
pub struct Debug;

/// Says which project the credentials are for.
///
/// A call to make when a program starts: it tells a wrong secret from everything else.
#[endpoint(get = "/v1/debug/whoami", response = WhoamiResponse, on = Debug, idempotent)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Whoami;

/// The response to [`Whoami`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct WhoamiResponse {
    /// The id of the call, which Stytch's support asks for.
    pub request_id: String,
    /// The HTTP status: the one in the body, or that of the response where the body has none.
    #[serde(default = "status::of_response", deserialize_with = "status::or_of_response")]
    pub status_code: u16,
    /// The id of the project.
    #[response(required)]
    pub project_id: String,
    /// The name of the project.
    pub name: String,
}
