//! Stytch's Debug API.

use declapi::{endpoint, resource, response};

use crate::{Client, HttpStatus};

/// Checks the credentials.
///
/// From [`Client::debug`].
#[resource(on = &Client)]
pub struct Debug;

/// Returns the project of the credentials.
///
/// Call it when a program starts: if the secret is wrong, it fails with an error that has no other cause.
#[endpoint(get = "/v1/debug/whoami", response = WhoamiResponse, on = Debug, idempotent)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Whoami;

/// The response to [`Whoami`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct WhoamiResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the project.
    #[response(required)]
    pub project_id: String,
    /// The name of the project.
    pub name: String,
}
