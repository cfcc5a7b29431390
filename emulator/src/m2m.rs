//! Clients of the machine-to-machine kind, in storage and in responses.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// A program that gets access tokens for itself.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct M2mClient {
    pub(crate) client_id: String,
    pub(crate) client_name: String,
    pub(crate) client_description: String,
    pub(crate) status: ClientStatus,
    pub(crate) scopes: Vec<String>,
    pub(crate) trusted_metadata: Map<String, Value>,
    pub(crate) secret: ClientSecret,
    /// The secret that will replace the other one. Until then, both are valid.
    pub(crate) next_secret: Option<ClientSecret>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ClientStatus {
    Active,
    Inactive,
}

impl ClientStatus {
    /// Returns the status of this name.
    pub(crate) fn of(name: &str) -> Option<Self> {
        match name {
            "active" => Some(Self::Active),
            "inactive" => Some(Self::Inactive),
            _ => None,
        }
    }
}

/// A secret that is stored as a hash. It has enough random bits, so that a fast hash is sufficient.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct ClientSecret {
    sha_256: [u8; 32],
    last_four: String,
}

impl ClientSecret {
    pub(crate) fn of(secret: &str) -> Self {
        let last_four = secret.chars().skip(secret.chars().count().saturating_sub(4)).collect();
        Self { sha_256: Sha256::digest(secret).into(), last_four }
    }

    fn is(&self, secret: &str) -> bool {
        Sha256::digest(secret).as_slice().ct_eq(&self.sha_256).into()
    }
}

impl M2mClient {
    /// Whether a secret is the current one or the next one.
    pub(crate) fn accepts(&self, secret: &str) -> bool {
        self.secret.is(secret) || self.next_secret.as_ref().is_some_and(|next| next.is(secret))
    }

    /// Returns the fields of the client of a response.
    pub(crate) fn fields(&self) -> Map<String, Value> {
        let fields = json!({
            "client_id": self.client_id,
            "client_name": self.client_name,
            "client_description": self.client_description,
            "status": self.status,
            "scopes": self.scopes,
            "client_secret_last_four": self.secret.last_four,
            "next_client_secret_last_four": self.next_secret.as_ref().map(|next| &next.last_four),
            "trusted_metadata": self.trusted_metadata,
        });
        match fields {
            Value::Object(fields) => fields,
            _ => Map::new(),
        }
    }
}
