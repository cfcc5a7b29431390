//! What one attempt can end with.

use http::{HeaderMap, StatusCode};

use crate::Error;
use crate::retry::Cause;

/// Status and headers of a response.
pub(super) struct Head {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
}

/// An attempt without success.
pub(super) struct Failed {
    pub(super) error: Error,
    /// What a retry policy has to know; `None` if a retry could not help.
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
