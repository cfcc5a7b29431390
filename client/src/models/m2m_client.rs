//! Machines that call your API.

use declapi::{open_enum, response};

use crate::{JsonObject, Secret};

/// A machine that calls your API: an OAuth client without a user.
#[response]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct M2mClient {
    /// The id of the client.
    pub client_id: String,
    /// The name.
    pub client_name: String,
    /// What it is for.
    pub client_description: String,
    /// Whether it gets access tokens.
    pub status: M2mClientStatus,
    /// The scopes that it may ask for.
    pub scopes: Vec<String>,
    /// The last four characters of the secret.
    pub client_secret_last_four: String,
    /// Metadata that only servers can write.
    pub trusted_metadata: Option<JsonObject>,
    /// The last four characters of the secret that will replace it.
    pub next_client_secret_last_four: Option<String>,
}

/// A client with its secret, which no other response shows.
#[response]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct M2mClientWithSecret {
    /// The secret.
    pub client_secret: Secret,
    /// The client.
    #[serde(flatten)]
    pub client: M2mClient,
}

/// A client with its next secret, which no other response shows.
#[response]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct M2mClientWithNextSecret {
    /// The secret that will replace the present one.
    pub next_client_secret: Secret,
    /// The client.
    #[serde(flatten)]
    pub client: M2mClient,
}

open_enum! {
    /// Whether a client gets access tokens.
    pub enum M2mClientStatus {
        /// It does.
        Active = "active",
        /// It does not. Tokens that it has already stay valid until they expire.
        Inactive = "inactive",
    }
}
