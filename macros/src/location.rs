//! The locations of fields in a request.

use syn::LitStr;

/// The location of a field in a request.
#[derive(Clone)]
pub(crate) enum Location {
    Path,
    Query,
    Header(LitStr),
    /// A field of the body.
    Body,
    /// The field is the whole body.
    WholeBody,
}

impl Location {
    /// Returns the word for the location in the metadata of a field and in the names of the runtime's functions.
    pub(crate) fn as_str(&self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header(_) => "header",
            Self::Body => "body",
            Self::WholeBody => "whole_body",
        }
    }
}

impl PartialEq for Location {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Header(one), Self::Header(other)) => one.value().eq_ignore_ascii_case(&other.value()),
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
}
