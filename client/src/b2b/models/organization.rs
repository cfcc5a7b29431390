//! Organizations, as responses show them.

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
    /// Whether a login by SSO creates a member: `ALL_ALLOWED`, `RESTRICTED` to some connections, or `NOT_ALLOWED`.
    pub sso_jit_provisioning: String,
    /// The ids of the SSO connections that create members, where that is `RESTRICTED`.
    pub sso_jit_provisioning_allowed_connections: Vec<String>,
    /// The SSO connections that can be used.
    pub sso_active_connections: Vec<ActiveSsoConnection>,
    /// The email domains that invitations and new members are `RESTRICTED` to.
    pub email_allowed_domains: Vec<String>,
    /// Whether a login with an email address of an allowed domain creates a member: `RESTRICTED` to these domains, or
    /// `NOT_ALLOWED`.
    pub email_jit_provisioning: String,
    /// The rule for invitations: `ALL_ALLOWED`, `RESTRICTED` to the allowed domains, or `NOT_ALLOWED`.
    pub email_invites: String,
    /// The rule for login methods: `ALL_ALLOWED`, or `RESTRICTED` to the allowed methods.
    pub auth_methods: String,
    /// The methods that logins are `RESTRICTED` to, for example `sso` and `magic_link`.
    pub allowed_auth_methods: Vec<String>,
    /// Whether every member needs a second factor: `REQUIRED_FOR_ALL` or `OPTIONAL`.
    pub mfa_policy: String,
    /// Roles for members with an email address of a domain.
    pub rbac_email_implicit_role_assignments: Vec<EmailRoleAssignment>,
    /// Which second factors members can have: `ALL_ALLOWED`, or `RESTRICTED` to the allowed ones.
    pub mfa_methods: String,
    /// The second factors that members are `RESTRICTED` to: `sms_otp`, `totp`.
    pub allowed_mfa_methods: Vec<String>,
    /// Whether an OAuth login from an allowed tenant creates a member: `RESTRICTED` to these tenants, or `NOT_ALLOWED`.
    pub oauth_tenant_jit_provisioning: String,
    /// The email domains that are the organization's alone.
    pub claimed_email_domains: Vec<String>,
    /// Which of your connected apps can be used.
    pub first_party_connected_apps_allowed_type: ConnectedAppsAllowed,
    /// The ids of your apps that can be used, if they are `RESTRICTED`.
    pub allowed_first_party_connected_apps: Vec<String>,
    /// Which connected apps of others can be used.
    pub third_party_connected_apps_allowed_type: ConnectedAppsAllowed,
    /// The ids of the apps of others that can be used, if they are `RESTRICTED`.
    pub allowed_third_party_connected_apps: Vec<String>,
    /// The organization's own roles.
    pub custom_roles: Vec<PolicyRole>,
    /// Metadata that only servers can write.
    pub trusted_metadata: Option<JsonObject>,
    /// When it was created.
    #[response(lenient)]
    pub created_at: Option<Timestamp>,
    /// When it was last changed.
    #[response(lenient)]
    pub updated_at: Option<Timestamp>,
    /// The id that you have given the organization.
    pub organization_external_id: Option<String>,
    /// The id of the SSO connection that is the default.
    pub sso_default_connection_id: Option<String>,
    /// The SCIM connection that can be used.
    pub scim_active_connection: Option<ActiveScimConnection>,
    /// The tenants whose OAuth logins create members: a list of ids under each of `slack`, `hubspot` and `github`.
    pub allowed_oauth_tenants: Option<JsonObject>,
}

open_enum! {
    /// Which connected apps the members of an organization can use.
    pub enum ConnectedAppsAllowed {
        /// Every app of the project.
        All = "ALL_ALLOWED",
        /// Those that the organization lists.
        Restricted = "RESTRICTED",
        /// None.
        None = "NOT_ALLOWED",
    }
}

/// A role for members with an email address of a domain.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct EmailRoleAssignment {
    /// The domain.
    pub domain: String,
    /// The id of the role.
    pub role_id: String,
}

/// An SSO connection that can be used.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ActiveSsoConnection {
    /// The id of the connection.
    pub connection_id: String,
    /// The name that people see.
    pub display_name: String,
    /// The identity provider.
    pub identity_provider: String,
}

/// A SCIM connection that can be used.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ActiveScimConnection {
    /// The id of the connection.
    pub connection_id: String,
    /// The name that people see.
    pub display_name: String,
    /// The last four characters of the bearer token.
    pub bearer_token_last_four: String,
    /// When the bearer token expires.
    #[response(lenient)]
    pub bearer_token_expires_at: Option<Timestamp>,
}
