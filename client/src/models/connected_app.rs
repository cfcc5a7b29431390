//! Applications of others that users connect with their accounts.

use declapi::{open_enum, response};

use crate::Secret;

/// A connected app: an OAuth client of the project.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConnectedApp {
    /// The id of the client.
    pub client_id: String,
    /// The name that users see.
    pub client_name: String,
    /// What the app does.
    pub client_description: String,
    /// Whether the app may be used: `active` or `inactive`.
    pub status: String,
    /// Whether its access tokens can be exchanged for sessions; for first-party apps only.
    pub full_access_allowed: bool,
    /// Whose app it is, and whether it can keep a secret.
    pub client_type: ClientType,
    /// Where users may be sent back to.
    pub redirect_urls: Vec<String>,
    /// How many minutes an access token lives.
    pub access_token_expiry_minutes: u32,
    /// The template of the claims of access tokens: a JSON object.
    pub access_token_template_content: String,
    /// Where users may be sent to after a logout.
    pub post_logout_redirect_urls: Vec<String>,
    /// Whether users are not asked for their consent to `offline_access`; for first-party apps only.
    pub bypass_consent_for_offline_access: bool,
    /// How the app came into being; `None` beside a new secret.
    pub creation_method: Option<String>,
    /// The template of the claims of ID tokens: a JSON object.
    pub id_token_template_content: String,
    /// The last four characters of the secret.
    pub client_secret_last_four: Option<String>,
    /// The last four characters of the secret that will replace it.
    pub next_client_secret_last_four: Option<String>,
    /// The audience of access tokens, beside the project.
    pub access_token_custom_audience: Option<String>,
    /// Where the logo is.
    pub logo_url: Option<String>,
    /// Where the app describes itself, if its id is a URL.
    pub client_id_metadata_url: Option<String>,
}

/// A connected app with its secret, which no other response shows.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConnectedAppWithSecret {
    /// The secret; `None` for an app that cannot keep one.
    pub client_secret: Option<Secret>,
    /// The app.
    #[serde(flatten)]
    pub app: ConnectedApp,
}

/// A connected app with its next secret, which no other response shows.
#[response]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConnectedAppWithNextSecret {
    /// The secret that will replace the present one.
    pub next_client_secret: Secret,
    /// The app.
    #[serde(flatten)]
    pub app: ConnectedApp,
}

/// What users may know of a connected app.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConnectedAppPublic {
    /// The id of the client.
    pub client_id: String,
    /// The name.
    pub client_name: String,
    /// What the app does.
    pub client_description: String,
    /// Whose app it is, and whether it can keep a secret.
    pub client_type: ClientType,
    /// Where the logo is.
    pub logo_url: Option<String>,
}

/// An application that a user has connected.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct UserConnectedApp {
    /// The id of the application.
    pub connected_app_id: String,
    /// The name.
    pub name: String,
    /// What the application does.
    pub description: String,
    /// Whose app it is, and whether it can keep a secret.
    pub client_type: ClientType,
    /// The scopes that the user has granted, with spaces between them.
    pub scopes_granted: String,
    /// Where the logo is.
    pub logo_url: Option<String>,
}

open_enum! {
    /// Whose app a connected app is, and whether it can keep a secret.
    pub enum ClientType {
        /// An app of your own, on a server.
        FirstParty = "first_party",
        /// An app of your own that cannot keep a secret, such as one in a browser.
        FirstPartyPublic = "first_party_public",
        /// An app of somebody else, on a server.
        ThirdParty = "third_party",
        /// An app of somebody else that cannot keep a secret.
        ThirdPartyPublic = "third_party_public",
    }
}
