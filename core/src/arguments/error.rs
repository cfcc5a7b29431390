//! The error of a request that could not be built from arguments.

use std::fmt::{self, Display, Formatter};

use serde::de::{self, Expected, Unexpected};

/// An argument is missing, is unknown, or has a value that its field does not accept.
///
/// The error names the argument by its path, for example `author.name` or `roles[1]`. It never contains the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArgumentsError {
    path: String,
    problem: Problem,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Problem {
    Missing,
    Unknown,
    Wrong {
        found: &'static str,
        expected: String,
    },
    /// The type's own error message is not kept because it may contain the value.
    Unreadable,
}

impl ArgumentsError {
    /// Returns the path of the argument, for example `author.name`.
    pub fn path(&self) -> &str {
        &self.path
    }

    pub(super) fn missing(name: &str) -> Self {
        Self { path: name.to_owned(), problem: Problem::Missing }
    }

    pub(super) fn unknown(name: &str) -> Self {
        Self { path: name.to_owned(), problem: Problem::Unknown }
    }

    /// Returns the same error for a value inside the argument `name`.
    pub(super) fn inside(mut self, name: &str) -> Self {
        let separator = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = format!("{name}{separator}{}", self.path);
        self
    }

    /// Returns the same error for a value inside an element of a list.
    pub(super) fn at(self, index: usize) -> Self {
        self.inside(&format!("[{index}]"))
    }

    fn wrong(found: &'static str, expected: &dyn Expected) -> Self {
        Self { path: String::new(), problem: Problem::Wrong { found, expected: expected.to_string() } }
    }
}

impl Display for ArgumentsError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let path = &self.path;
        match &self.problem {
            Problem::Missing => write!(f, "argument `{path}` is missing"),
            Problem::Unknown => write!(f, "argument `{path}` belongs to no field"),
            Problem::Wrong { found, expected } => {
                write!(f, "argument `{path}` is {found}, but it must be {expected}")
            }
            Problem::Unreadable => write!(f, "argument `{path}` has a value that its field does not accept"),
        }
    }
}

impl std::error::Error for ArgumentsError {}

impl de::Error for ArgumentsError {
    fn custom<T: Display>(_: T) -> Self {
        Self { path: String::new(), problem: Problem::Unreadable }
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::wrong(kind(&found), expected)
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::wrong("another value", expected)
    }

    fn invalid_length(_: usize, expected: &dyn Expected) -> Self {
        Self::wrong("of another length", expected)
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        let expected = format!("one of {}", expected.join(", "));
        Self { path: String::new(), problem: Problem::Wrong { found: "another string", expected } }
    }

    fn unknown_field(field: &str, _: &'static [&'static str]) -> Self {
        Self::unknown(field)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::missing(field)
    }
}

/// Returns the JSON name for the kind of a value.
fn kind(value: &Unexpected<'_>) -> &'static str {
    match value {
        Unexpected::Bool(_) => "a boolean",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_) => "a number",
        Unexpected::Str(_) | Unexpected::Char(_) | Unexpected::Bytes(_) => "a string",
        Unexpected::Unit | Unexpected::Option => "null",
        Unexpected::Seq => "a list",
        Unexpected::Map => "an object",
        _ => "another value",
    }
}
