//! What is wrong with one line.

use std::borrow::Cow;

/// One reason to reject a line.
///
/// Neither part quotes a value from the input: with columns mixed up, any value may be the hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// For counting, and for the journal: Stytch's `error_type` where it has one for this.
    pub(crate) kind: Cow<'static, str>,
    /// For whoever corrects the line.
    pub(crate) text: String,
}

impl Problem {
    pub(crate) fn new(kind: &'static str, text: impl Into<String>) -> Self {
        Self { kind: kind.into(), text: text.into() }
    }

    /// A line that has not the form of its file.
    pub(crate) fn unreadable(text: impl Into<String>) -> Self {
        Self::new("unreadable", text)
    }

    /// A parameter that has to be there.
    pub(crate) fn missing(parameter: &str) -> Self {
        Self::new("missing_parameter", format!("`{parameter}` is missing"))
    }

    /// A parameter whose value is of another kind than it has to be.
    pub(crate) fn form(parameter: &str, expected: &str) -> Self {
        Self::new("bad_request", format!("`{parameter}` must be {expected}"))
    }

    /// A rejection by the API, whose words it takes over.
    pub(crate) fn from_api(error_type: &str, message: &str) -> Self {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        let is_type = (1..=64).contains(&error_type.len()) && error_type.bytes().all(plain);
        let kind = if is_type { error_type } else { "rejected" };
        Self { kind: kind.to_owned().into(), text: format!("{kind}: {}", message.replace(['\n', '\r'], " ")) }
    }
}

/// The problems of a line in one.
pub(crate) fn joined(problems: &[Problem]) -> String {
    let texts: Vec<&str> = problems.iter().map(|problem| problem.text.as_str()).collect();
    texts.join("; ")
}
