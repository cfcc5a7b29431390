//! The project's credentials, and the check of the `Authorization` header.

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};
use hyper::header::AUTHORIZATION;
use subtle::ConstantTimeEq;

use crate::{
    api_error::{ApiError, UNAUTHORIZED_CREDENTIALS},
    error::StartError,
    http::Request,
};

/// The default project id.
pub(crate) const DEFAULT_PROJECT_ID: &str = "project-test-11111111-1111-1111-1111-111111111111";
/// The default secret.
pub(crate) const DEFAULT_SECRET: &str = "secret-test-22222222222222222222222222222222=";

#[derive(Clone)]
pub(crate) struct Credentials {
    pub(crate) project_id: String,
    pub(crate) secret: String,
}

impl Credentials {
    /// # Errors
    ///
    /// If no client can send them with HTTP Basic authentication.
    pub(crate) fn new(project_id: String, secret: String) -> Result<Self, StartError> {
        let invalid = |text: &str| text.is_empty() || text.chars().any(char::is_control);
        if invalid(&project_id) || project_id.contains(':') {
            let reason = "it must not be empty, and must not contain a colon or a control character";
            return Err(StartError::setting("project_id", reason));
        }
        if invalid(&secret) {
            let reason = "it must not be empty, and must not contain a control character";
            return Err(StartError::setting("secret", reason));
        }
        Ok(Self { project_id, secret })
    }

    /// Accepts a request with these credentials.
    ///
    /// # Errors
    ///
    /// `unauthorized_credentials` for any other request.
    pub(crate) fn check(&self, request: &Request) -> Result<(), ApiError> {
        let Some(header) = request.header(AUTHORIZATION) else {
            let message = "Unauthorized credentials. The request has none: send the project id and the secret \
                           with HTTP Basic authentication.";
            return Err(ApiError::new(&UNAUTHORIZED_CREDENTIALS, message));
        };
        let expected = format!("{}:{}", self.project_id, self.secret);
        match decode(header) {
            Some(given) if bool::from(given.ct_eq(expected.as_bytes())) => Ok(()),
            _ => Err((&UNAUTHORIZED_CREDENTIALS).into()),
        }
    }
}

fn decode(header: &str) -> Option<Vec<u8>> {
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    STANDARD.decode(encoded.trim()).ok()
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("project_id", &self.project_id).finish_non_exhaustive()
    }
}
