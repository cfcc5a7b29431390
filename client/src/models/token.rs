//! Tokens in responses.

use serde::Deserializer;

use crate::Secret;

/// Reads a token. Stytch sends an empty string if there is none.
pub(crate) fn unless_empty<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Secret>, D::Error> {
    let token: Option<Secret> = declapi::if_readable(from)?;
    Ok(token.filter(|token| !token.is_empty()))
}
