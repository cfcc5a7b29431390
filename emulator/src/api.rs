//! The endpoints of Stytch's API, one a file.

pub(crate) mod authenticate;
pub(crate) mod create;
pub(crate) mod migrate;
pub(crate) mod strength_check;

use serde_json::Value;

use crate::{
    parameter::{Kind, Parameter, optional},
    refusal::{INVALID_EMAIL, Refusal},
    user::is_email,
};

/// Five minutes to 366 days.
pub(crate) const SESSION_MINUTES: Kind = Kind::Integer { least: 5, most: 527_040 };

/// `name`, with its three parts.
pub(crate) const NAME: Kind = Kind::Object(&[
    optional("first_name", Kind::Text),
    optional("middle_name", Kind::Text),
    optional("last_name", Kind::Text),
]);

pub(crate) const fn session_minutes() -> Parameter {
    optional("session_duration_minutes", SESSION_MINUTES)
}

pub(crate) const fn session_claims() -> Parameter {
    optional("session_custom_claims", Kind::Map)
}

pub(crate) const fn telemetry_id() -> Parameter {
    optional("telemetry_id", Kind::Text)
}

/// Lets an email address through.
///
/// # Errors
///
/// `invalid_email` for anything else.
pub(crate) fn require_email(text: &str) -> Result<(), Refusal> {
    if is_email(text) { Ok(()) } else { Err((&INVALID_EMAIL).into()) }
}

/// An object with these members.
pub(crate) fn object<const N: usize>(members: [(&str, Value); N]) -> serde_json::Map<String, Value> {
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
