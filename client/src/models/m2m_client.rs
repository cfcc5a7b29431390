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
    /// The description.
    pub client_description: String,
    /// Whether the client gets access tokens.
    pub status: M2mClientStatus,
    /// The scopes that it may request.
    pub scopes: Vec<String>,
    /// The last four characters of the secret.
    pub client_secret_last_four: String,
    /// Metadata that can only be written by a backend.
    pub trusted_metadata: Option<JsonObject>,
    /// The last four characters of the next secret.
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
    /// The next secret, which will replace the current one.
    pub next_client_secret: Secret,
    /// The client.
    #[serde(flatten)]
    pub client: M2mClient,
}

open_enum! {
    /// Whether a client gets access tokens.
    pub enum M2mClientStatus {
        /// The client gets access tokens.
        Active = "active",
        /// The client gets no access tokens. Issued tokens stay valid until they expire.
        Inactive = "inactive",
    }
}
