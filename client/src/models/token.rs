//! Tokens of a response.

use serde::Deserializer;

use crate::Secret;

/// Reads a token; Stytch writes an empty one if there is none.
pub(crate) fn unless_empty<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Secret>, D::Error> {
    let token: Option<Secret> = declapi::if_readable(from)?;
    Ok(token.filter(|token| !token.is_empty()))
}
