//! Logins before it is known into which organization.

use std::borrow::Cow;

use declapi::{endpoint, resource, response};

use super::Client;
use super::models::{ConnectedAppsAllowed, DiscoveredOrganization, EmailRole, LoginResponse};
use crate::models::MessageLocale;
use crate::{HttpStatus, JsonObject};

/// Logins before it is known into which organization.
///
/// From [`Client::discovery`].
#[resource(on = &Client)]
pub struct Discovery;

/// Intermediate sessions, from [`Discovery::intermediate_sessions`].
#[resource(on = Discovery)]
pub struct IntermediateSessions;

/// Exchanges an intermediate session for a session in an organization that it opens.
///
/// Somebody who is not a member yet, and may join, becomes one.
#[endpoint(
    post = "/v1/b2b/discovery/intermediate_sessions/exchange",
    response = LoginResponse,
    on = IntermediateSessions
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Exchange<'a> {
    /// The token of the intermediate session.
    #[endpoint(secret)]
    pub intermediate_session_token: Cow<'a, str>,
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The lifetime of the session in minutes from now: 5 to 527040 (366 days). Default: 60.
    pub session_duration_minutes: Option<u32>,
    /// Claims to add to the session's JWT: at most 4 KB. A null deletes a claim.
    pub session_custom_claims: Option<JsonObject>,
    /// The language of an SMS that is sent because a second factor is required. Default: English.
    pub locale: Option<MessageLocale>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}

/// The organizations that an intermediate session opens, from [`Discovery::organizations`].
#[resource(on = Discovery)]
pub struct Organizations;

/// Creates an organization, and makes the owner of an intermediate session its first member, who gets the role
/// `stytch_admin`.
///
/// Rejected with `duplicate_organization_slug` if another organization has the slug.
#[endpoint(post = "/v1/b2b/discovery/organizations/create", response = LoginResponse, on = Organizations)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Create<'a> {
    /// The token of the intermediate session.
    #[endpoint(secret)]
    pub intermediate_session_token: Cow<'a, str>,
    /// The lifetime of the session in minutes from now: 5 to 527040 (366 days). Default: 60.
    pub session_duration_minutes: Option<u32>,
    /// Claims to add to the session's JWT: at most 4 KB. A null deletes a claim.
    pub session_custom_claims: Option<JsonObject>,
    /// The name: at most 128 characters. Default: made from the email address.
    pub organization_name: Option<Cow<'a, str>>,
    /// The name in URLs: 2 to 128 characters, which are ASCII letters, digits or `- . _ ~`. Default: made
    /// from the name.
    pub organization_slug: Option<Cow<'a, str>>,
    /// Your own id for the organization: at most 128 characters, which are ASCII letters, digits or `. _ - |`.
    pub organization_external_id: Option<Cow<'a, str>>,
    /// The URL of the logo.
    pub organization_logo_url: Option<Cow<'a, str>>,
    /// Metadata that only servers can write.
    pub trusted_metadata: Option<JsonObject>,
    /// Whether a login by SSO creates a member: `ALL_ALLOWED`, `RESTRICTED` to some connections, or `NOT_ALLOWED`.
    pub sso_jit_provisioning: Option<Cow<'a, str>>,
    /// The email domains that invitations and new members are `RESTRICTED` to. Domains of everybody, such as
    /// `gmail.com`, are rejected.
    pub email_allowed_domains: Option<Vec<Cow<'a, str>>>,
    /// Whether a login with an email address of an allowed domain creates a member: `RESTRICTED` to these domains, or
    /// `NOT_ALLOWED`.
    pub email_jit_provisioning: Option<Cow<'a, str>>,
    /// The rule for invitations: `ALL_ALLOWED`, `RESTRICTED` to the allowed domains, or `NOT_ALLOWED`.
    pub email_invites: Option<Cow<'a, str>>,
    /// The rule for login methods: `ALL_ALLOWED`, or `RESTRICTED` to the allowed methods.
    pub auth_methods: Option<Cow<'a, str>>,
    /// The methods that logins are `RESTRICTED` to: `sso`, `magic_link`, `email_otp`, `password`, `google_oauth`,
    /// `microsoft_oauth`, `slack_oauth`, `github_oauth`, `hubspot_oauth`.
    pub allowed_auth_methods: Option<Vec<Cow<'a, str>>>,
    /// Whether every member needs a second factor: `REQUIRED_FOR_ALL` or `OPTIONAL`.
    pub mfa_policy: Option<Cow<'a, str>>,
    /// Roles for members with an email address of a domain.
    pub rbac_email_implicit_role_assignments: Option<Vec<EmailRole<'a>>>,
    /// Which second factors members can have: `ALL_ALLOWED`, or `RESTRICTED` to the allowed ones.
    pub mfa_methods: Option<Cow<'a, str>>,
    /// The second factors that members are `RESTRICTED` to: `sms_otp`, `totp`.
    pub allowed_mfa_methods: Option<Vec<Cow<'a, str>>>,
    /// Whether an OAuth login from an allowed tenant creates a member: `RESTRICTED` to these tenants, or `NOT_ALLOWED`.
    pub oauth_tenant_jit_provisioning: Option<Cow<'a, str>>,
    /// The tenants whose OAuth logins create members: a list of ids under each of `slack`, `hubspot` and `github`.
    pub allowed_oauth_tenants: Option<JsonObject>,
    /// Which of your connected apps can be used.
    pub first_party_connected_apps_allowed_type: Option<ConnectedAppsAllowed>,
    /// The ids of your apps that can be used, if they are `RESTRICTED`.
    pub allowed_first_party_connected_apps: Option<Vec<Cow<'a, str>>>,
    /// Which connected apps of others can be used.
    pub third_party_connected_apps_allowed_type: Option<ConnectedAppsAllowed>,
    /// The ids of the apps of others that can be used, if they are `RESTRICTED`.
    pub allowed_third_party_connected_apps: Option<Vec<Cow<'a, str>>>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}

/// Lists the organizations that somebody belongs to or may join.
///
/// Exactly one of `intermediate_session_token`, `session_token` and `session_jwt` says who asks.
#[endpoint(post = "/v1/b2b/discovery/organizations", response = ListResponse, on = Organizations, idempotent)]
#[derive(Clone)]
#[non_exhaustive]
pub struct List<'a> {
    /// The token of an intermediate session.
    #[endpoint(secret)]
    pub intermediate_session_token: Option<Cow<'a, str>>,
    /// The token of a session of a member.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of a session of a member.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
}

/// The response to [`List`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ListResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The email address of who asks.
    pub email_address: String,
    /// The organizations that the address belongs to or may join.
    pub discovered_organizations: Vec<DiscoveredOrganization>,
    /// The id of the organization that the login was begun for, if it was for one.
    pub organization_id_hint: Option<String>,
}
