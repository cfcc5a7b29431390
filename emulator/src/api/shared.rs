//! Parameters that several endpoints declare, and how an answer is put together.

use serde_json::{Map, Value};

use crate::{
    parameter::{Kind, Parameter, optional},
    refusal::{INVALID_EMAIL, Refusal},
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
    optional("session_token", Kind::Text)
}

pub(super) const fn session_jwt() -> Parameter {
    optional("session_jwt", Kind::Text)
}

/// Where the user is, as the caller saw it.
pub(super) const ATTRIBUTES: Parameter = optional(
    "attributes",
    Kind::Object(&[optional("ip_address", Kind::Text), optional("user_agent", Kind::Text)]),
);

pub(super) const fn telemetry_id() -> Parameter {
    optional("telemetry_id", Kind::Text)
}

/// Lets an email address through.
///
/// # Errors
///
/// `invalid_email` for anything else.
pub(super) fn require_email(text: &str) -> Result<(), Refusal> {
    if is_email(text) { Ok(()) } else { Err((&INVALID_EMAIL).into()) }
}

/// An object with these members.
pub(super) fn object<const N: usize>(members: [(&str, Value); N]) -> Map<String, Value> {
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
