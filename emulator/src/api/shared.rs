//! What several endpoints use: parameters, and the construction of a response.

use serde_json::{Map, Value};

use crate::{
    api_error::{ApiError, INVALID_EMAIL},
    parameter::{Kind, Parameter, optional},
    user::is_email,
};

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

/// Where the user is, according to the caller.
pub(super) const ATTRIBUTES: Parameter = optional(
    "attributes",
    Kind::Object(&[optional("ip_address", Kind::String), optional("user_agent", Kind::String)]),
);

pub(super) const fn telemetry_id() -> Parameter {
    optional("telemetry_id", Kind::String)
}

/// Checks an email address.
///
/// # Errors
///
/// `invalid_email`.
pub(super) fn require_email(text: &str) -> Result<(), ApiError> {
    if is_email(text) { Ok(()) } else { Err((&INVALID_EMAIL).into()) }
}

/// Returns an object with these fields.
pub(super) fn object<const N: usize>(fields: [(&str, Value); N]) -> Map<String, Value> {
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
