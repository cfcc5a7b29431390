//! The problem with one line.

use std::borrow::Cow;

/// One reason to reject a line.
///
/// The message and the kind do not quote a value from the input: if columns are mixed up, any value may be the hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// For counts and for the journal: Stytch's `error_type` if there is one.
    pub(crate) kind: Cow<'static, str>,
    /// For the person who corrects the line.
    pub(crate) text: String,
}

impl Problem {
    pub(crate) fn new(kind: &'static str, text: impl Into<String>) -> Self {
        Self { kind: kind.into(), text: text.into() }
    }

    /// A line that does not have the form of its file.
    pub(crate) fn unreadable(text: impl Into<String>) -> Self {
        Self::new("unreadable", text)
    }

    /// A required parameter is missing.
    pub(crate) fn missing(parameter: &str) -> Self {
        Self::new("missing_parameter", format!("`{parameter}` is missing"))
    }

    /// The value of a parameter has the wrong type.
    pub(crate) fn form(parameter: &str, expected: &str) -> Self {
        Self::new("bad_request", format!("`{parameter}` must be {expected}"))
    }

    /// The hash does not have the form of its type.
    pub(crate) fn not_a_hash(kind: &'static str, expected: &str) -> Self {
        Self::new(kind, format!("`hash` is not {expected}"))
    }

    /// A rejection by the API, with the message of the API.
    pub(crate) fn from_api(error_type: &str, message: &str) -> Self {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        let is_type = (1..=64).contains(&error_type.len()) && error_type.bytes().all(plain);
        let kind = if is_type { error_type } else { "rejected" };
        Self { kind: kind.to_owned().into(), text: format!("{kind}: {}", message.replace(['\n', '\r'], " ")) }
    }
}

/// Combines the problems of a line.
pub(crate) fn joined(problems: &[Problem]) -> String {
    let texts: Vec<&str> = problems.iter().map(|problem| problem.text.as_str()).collect();
    texts.join("; ")
}
