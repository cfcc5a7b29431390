//! Shared by several endpoints: parameters, and the construction of a response.

use serde_json::{Map, Value};

use crate::parameter::{Kind, Parameter, optional};

/// Five minutes to 366 days.
pub(super) const fn session_minutes() -> Parameter {
    optional("session_duration_minutes", Kind::Integer { least: 5, most: 527_040 })
}

pub(super) const fn session_claims() -> Parameter {
    optional("session_custom_claims", Kind::Map)
}

pub(super) const fn session_token() -> Parameter {
    optional("session_token", Kind::Secret)
}

pub(super) const fn session_jwt() -> Parameter {
    optional("session_jwt", Kind::Secret)
}

/// What is said about an external id of another form.
pub(super) const EXTERNAL_ID_FORM: &str = "must be 1 to 128 letters, digits and `.`, `_`, `-`, `|`.";

/// The languages of emails.
pub(super) const LOCALE: Parameter = optional("locale", Kind::OneOf(&["en", "es", "pt-br", "fr"]));

pub(super) const fn telemetry_id() -> Parameter {
    optional("telemetry_id", Kind::String)
}

/// Returns an object with these fields.
pub(super) fn object<const N: usize>(fields: [(&str, Value); N]) -> Map<String, Value> {
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
