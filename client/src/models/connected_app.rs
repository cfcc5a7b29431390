//! Connected apps: OAuth clients that users connect with their accounts.

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
    /// The description of the app.
    pub client_description: String,
    /// Whether the app can be used: `active` or `inactive`.
    pub status: String,
    /// Whether its access tokens can be exchanged for sessions. Only for first-party apps.
    pub full_access_allowed: bool,
    /// The owner of the app, and whether it can keep a secret.
    pub client_type: ClientType,
    /// The redirect URLs to which users may be sent back.
    pub redirect_urls: Vec<String>,
    /// The lifetime of an access token, in minutes.
    pub access_token_expiry_minutes: u32,
    /// The template for the claims of access tokens, a JSON object.
    pub access_token_template_content: String,
    /// The redirect URLs to which users may be sent after a logout.
    pub post_logout_redirect_urls: Vec<String>,
    /// Whether `offline_access` does not require the consent of users. Only for first-party apps.
    pub bypass_consent_for_offline_access: bool,
    /// How the app was created. `None` in a response with a new secret.
    pub creation_method: Option<String>,
    /// The template for the claims of ID tokens, a JSON object.
    pub id_token_template_content: String,
    /// The last four characters of the secret.
    pub client_secret_last_four: Option<String>,
    /// The last four characters of the next secret.
    pub next_client_secret_last_four: Option<String>,
    /// The audience of access tokens, in addition to the project.
    pub access_token_custom_audience: Option<String>,
    /// The URL of the logo.
    pub logo_url: Option<String>,
    /// The URL of the app's metadata, if its id is a URL.
    pub client_id_metadata_url: Option<String>,
}

/// A connected app with its secret, which no other response shows.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConnectedAppWithSecret {
    /// The secret; `None` for a public client.
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
    /// The next secret, which will replace the current one.
    pub next_client_secret: Secret,
    /// The app.
    #[serde(flatten)]
    pub app: ConnectedApp,
}

/// The public data of a connected app.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConnectedAppPublic {
    /// The id of the client.
    pub client_id: String,
    /// The name.
    pub client_name: String,
    /// The description of the app.
    pub client_description: String,
    /// The owner of the app, and whether it can keep a secret.
    pub client_type: ClientType,
    /// The URL of the logo.
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
    /// The description of the application.
    pub description: String,
    /// The owner of the app, and whether it can keep a secret.
    pub client_type: ClientType,
    /// The scopes that the user has granted, separated by spaces.
    pub scopes_granted: String,
    /// The URL of the logo.
    pub logo_url: Option<String>,
}

open_enum! {
    /// The owner of a connected app, and whether the app can keep a secret.
    pub enum ClientType {
        /// Your own app, on a server.
        FirstParty = "first_party",
        /// Your own app that cannot keep a secret, for example one in a browser.
        FirstPartyPublic = "first_party_public",
        /// An app of another owner, on a server.
        ThirdParty = "third_party",
        /// An app of another owner that cannot keep a secret.
        ThirdPartyPublic = "third_party_public",
    }
}
