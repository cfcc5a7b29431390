//! Tokens in responses, and their organizations.

use declapi::response;
use serde::Deserializer;

use crate::Secret;

/// The organization of a member's token.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TokenOrganization {
    /// The id of the organization.
    #[response(required)]
    pub organization_id: String,
    /// The name of the organization in URLs.
    #[serde(rename = "slug")]
    pub organization_slug: String,
}

/// Reads a token. Stytch sends an empty string if there is none.
pub(crate) fn unless_empty<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Secret>, D::Error> {
    let token: Option<Secret> = declapi::if_readable(from)?;
    Ok(token.filter(|token| !token.is_empty()))
}
