//! The error for a document that cannot be read.

use std::fmt;

/// A mistake in a document, with its location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentError {
    location: String,
    problem: String,
}

impl DocumentError {
    pub(super) fn new(location: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { location: location.into(), problem: problem.into() }
    }

    /// Returns the JSON pointer of the mistake, for example `#/paths/~1notes/get`. `#` is the document as a whole.
    pub fn location(&self) -> &str {
        &self.location
    }
}

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.location.as_str() {
            "#" => write!(f, "the OpenAPI document cannot be read: {}", self.problem),
            location => write!(f, "the OpenAPI document cannot be read at `{location}`: {}", self.problem),
        }
    }
}

impl std::error::Error for DocumentError {}
