//! SCIM connections in responses.

use declapi::{Timestamp, open_enum, response};

use crate::Secret;

/// A group of a SCIM connection.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScimGroup {
    /// The id of the group.
    pub group_id: String,
    /// The name of the group.
    pub group_name: String,
    /// The id of the organization.
    pub organization_id: String,
    /// The id of the connection.
    pub connection_id: String,
}

/// A SCIM connection.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScimConnection {
    /// The id of the organization.
    pub organization_id: String,
    /// The id of the connection.
    pub connection_id: String,
    /// The status, for example `pending` or `active`.
    pub status: String,
    /// The name that users see.
    pub display_name: String,
    /// The identity provider.
    pub identity_provider: ScimIdentityProvider,
    /// The URL to which the identity provider sends its requests.
    pub base_url: String,
    /// The last four characters of the bearer token. `None` together with a new token.
    pub bearer_token_last_four: Option<String>,
    /// Roles for members who are in a group.
    pub scim_group_implicit_role_assignments: Vec<ScimGroupRoleAssignment>,
    /// The last four characters of the next bearer token. `None` together with a new token.
    pub next_bearer_token_last_four: Option<String>,
    /// The time when the bearer token expires.
    #[response(lenient)]
    pub bearer_token_expires_at: Option<Timestamp>,
    /// The time when the next bearer token expires.
    #[response(lenient)]
    pub next_bearer_token_expires_at: Option<Timestamp>,
}

/// A SCIM connection with its bearer token, which no other response shows.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScimConnectionWithToken {
    /// The bearer token.
    pub bearer_token: Secret,
    /// The connection.
    #[serde(flatten)]
    pub connection: ScimConnection,
}

/// A SCIM connection with its next bearer token, which no other response shows.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScimConnectionWithNextToken {
    /// The next bearer token, which will replace the current one.
    pub next_bearer_token: Secret,
    /// The connection.
    #[serde(flatten)]
    pub connection: ScimConnection,
}

/// A role for members who are in a group.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScimGroupRoleAssignment {
    /// The id of the role.
    pub role_id: String,
    /// The id of the group.
    pub group_id: String,
    /// The name of the group.
    pub group_name: String,
}

open_enum! {
    /// The identity provider of a SCIM connection.
    pub enum ScimIdentityProvider {
        /// Any other provider.
        Generic = "generic",
        /// Okta.
        Okta = "okta",
        /// Microsoft Entra ID.
        MicrosoftEntra = "microsoft-entra",
        /// `CyberArk`.
        Cyberark = "cyberark",
        /// `JumpCloud`.
        Jumpcloud = "jumpcloud",
        /// `OneLogin`.
        Onelogin = "onelogin",
        /// `PingFederate`.
        Pingfederate = "pingfederate",
        /// Rippling.
        Rippling = "rippling",
    }
}
