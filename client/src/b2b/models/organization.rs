//! Organizations in responses.

use declapi::{Timestamp, open_enum, response};

use crate::JsonObject;
use crate::rbac::PolicyRole;

/// An organization, with its settings.
#[response]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Organization {
    /// The id of the organization.
    pub organization_id: String,
    /// The name.
    pub organization_name: String,
    /// The URL of the logo. Empty if there is none.
    pub organization_logo_url: String,
    /// The name in URLs.
    pub organization_slug: String,
    /// Whether an SSO login creates a member: `ALL_ALLOWED`, `RESTRICTED` to some connections, or `NOT_ALLOWED`.
    pub sso_jit_provisioning: String,
    /// The ids of the SSO connections whose logins create members, if this is `RESTRICTED`.
    pub sso_jit_provisioning_allowed_connections: Vec<String>,
    /// The active SSO connections.
    pub sso_active_connections: Vec<ActiveSsoConnection>,
    /// The allowed email domains for invitations and new members, if these are `RESTRICTED`.
    pub email_allowed_domains: Vec<String>,
    /// Whether a login with an email address of an allowed domain creates a member: `RESTRICTED` to these domains, or
    /// `NOT_ALLOWED`.
    pub email_jit_provisioning: String,
    /// The rule for invitations: `ALL_ALLOWED`, `RESTRICTED` to the allowed domains, or `NOT_ALLOWED`.
    pub email_invites: String,
    /// The rule for login methods: `ALL_ALLOWED`, or `RESTRICTED` to the allowed methods.
    pub auth_methods: String,
    /// The allowed login methods, if they are `RESTRICTED`, for example `sso` and `magic_link`.
    pub allowed_auth_methods: Vec<String>,
    /// Whether every member needs a second factor: `REQUIRED_FOR_ALL` or `OPTIONAL`.
    pub mfa_policy: String,
    /// Roles for members, by the domain of their email address.
    pub rbac_email_implicit_role_assignments: Vec<EmailRoleAssignment>,
    /// The rule for second factors: `ALL_ALLOWED`, or `RESTRICTED` to the allowed ones.
    pub mfa_methods: String,
    /// The allowed second factors, if they are `RESTRICTED`: `sms_otp`, `totp`.
    pub allowed_mfa_methods: Vec<String>,
    /// Whether an OAuth login from an allowed tenant creates a member: `RESTRICTED` to these tenants, or `NOT_ALLOWED`.
    pub oauth_tenant_jit_provisioning: String,
    /// The email domains that the organization has claimed.
    pub claimed_email_domains: Vec<String>,
    /// The rule for first-party connected apps.
    pub first_party_connected_apps_allowed_type: ConnectedAppsAllowed,
    /// The ids of the allowed first-party apps, if they are `RESTRICTED`.
    pub allowed_first_party_connected_apps: Vec<String>,
    /// The rule for third-party connected apps.
    pub third_party_connected_apps_allowed_type: ConnectedAppsAllowed,
    /// The ids of the allowed third-party apps, if they are `RESTRICTED`.
    pub allowed_third_party_connected_apps: Vec<String>,
    /// The custom roles of the organization.
    pub custom_roles: Vec<PolicyRole>,
    /// Metadata that can only be written by a backend.
    pub trusted_metadata: Option<JsonObject>,
    /// The time when it was created.
    #[response(lenient)]
    pub created_at: Option<Timestamp>,
    /// The time of the last change.
    #[response(lenient)]
    pub updated_at: Option<Timestamp>,
    /// Your own id for the organization.
    pub organization_external_id: Option<String>,
    /// The id of the default SSO connection.
    pub sso_default_connection_id: Option<String>,
    /// The active SCIM connection.
    pub scim_active_connection: Option<ActiveScimConnection>,
    /// The OAuth tenants whose logins create members: lists of ids in the fields `slack`, `hubspot` and `github`.
    pub allowed_oauth_tenants: Option<JsonObject>,
}

open_enum! {
    /// The rule for the connected apps that members of an organization can use.
    pub enum ConnectedAppsAllowed {
        /// All apps of the project.
        All = "ALL_ALLOWED",
        /// The apps in the list of the organization.
        Restricted = "RESTRICTED",
        /// None.
        None = "NOT_ALLOWED",
    }
}

/// A role for members whose email address has this domain.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct EmailRoleAssignment {
    /// The domain.
    pub domain: String,
    /// The id of the role.
    pub role_id: String,
}

/// An active SSO connection.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ActiveSsoConnection {
    /// The id of the connection.
    pub connection_id: String,
    /// The name that users see.
    pub display_name: String,
    /// The identity provider.
    pub identity_provider: String,
}

/// An active SCIM connection.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ActiveScimConnection {
    /// The id of the connection.
    pub connection_id: String,
    /// The name that users see.
    pub display_name: String,
    /// The last four characters of the bearer token.
    pub bearer_token_last_four: String,
    /// The time when the bearer token expires.
    #[response(lenient)]
    pub bearer_token_expires_at: Option<Timestamp>,
}
