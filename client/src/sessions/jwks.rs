//! `GET /v1/sessions/jwks/{project_id}`

use std::borrow::Cow;

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::Sessions;
use crate::status;
use declapi::{endpoint, response};

/// The public keys that a project's session JWTs are signed with.
#[endpoint(get = "/v1/sessions/jwks/{project_id}", response = JwksResponse, on = Sessions, idempotent)]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Jwks<'a> {
    /// The id of the project.
    pub project_id: Cow<'a, str>,
}

/// The response to [`Jwks`].
#[response]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct JwksResponse {
    /// The id of the call, which Stytch's support asks for.
    pub request_id: String,
    /// The HTTP status: the one in the body, or that of the response where the body has none.
    #[serde(default = "status::of_response", deserialize_with = "status::or_of_response")]
    pub status_code: u16,
    /// The keys. Entries that are none are left out.
    #[response(required)]
    #[serde(deserialize_with = "readable")]
    pub keys: Vec<Jwk>,
}

/// One entry that cannot be read is no reason to do without the others.
fn readable<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Jwk>, D::Error> {
    let entries = Vec::<Value>::deserialize(deserializer)?;
    Ok(entries.into_iter().filter_map(|entry| Jwk::deserialize(entry).ok()).collect())
}

/// A public key, as RFC 7517 writes it.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Jwk {
    /// The id of the key, which the header of a JWT names.
    pub kid: String,
    /// The kind of key: `RSA`.
    pub kty: String,
    /// What the key is for: `sig`.
    #[serde(rename = "use")]
    pub usage: String,
    /// The algorithm: `RS256`.
    pub alg: String,
    /// The modulus, in base64url.
    pub n: String,
    /// The exponent, in base64url.
    pub e: String,
}
