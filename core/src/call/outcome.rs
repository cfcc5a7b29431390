//! The results of an attempt.

use http::{HeaderMap, StatusCode};

use crate::Error;
use crate::retry::Cause;

/// The status and headers of a response.
pub(super) struct StatusAndHeaders {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
}

/// The failure of an attempt.
pub(super) struct Failed {
    pub(super) error: Error,
    /// The cause for the retry policy. `None` if a retry cannot help.
    pub(super) cause: Option<Cause>,
}

impl Failed {
    pub(super) fn finally(error: Error) -> Self {
        Self { error, cause: None }
    }

    pub(super) fn because(cause: Cause, error: Error) -> Self {
        Self { error, cause: Some(cause) }
    }
}
