//! Discovery: logins that start without an organization. The person chooses one of their organizations later.

use std::borrow::Cow;

use declapi::{endpoint, resource, response};

use super::Client;
use super::models::{ConnectedAppsAllowed, DiscoveredOrganization, EmailRole, LoginResponse};
use crate::models::MessageLocale;
use crate::{HttpStatus, JsonObject};

/// Discovery: logins that start without an organization. The person chooses one of their organizations later.
///
/// From [`Client::discovery`].
#[resource(on = &Client)]
pub struct Discovery;

/// Intermediate sessions, from [`Discovery::intermediate_sessions`].
#[resource(on = Discovery)]
pub struct IntermediateSessions;

/// Exchanges an intermediate session for a session in an organization.
///
/// A person who is not a member but may join the organization becomes a member.
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
    /// Claims to add to the session's JWT: at most 4 KB. A claim that is null is deleted.
    pub session_custom_claims: Option<JsonObject>,
    /// The language of an SMS that is sent because a second factor is required. Default: English.
    pub locale: Option<MessageLocale>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}

/// The organizations of a person who logs in, from [`Discovery::organizations`].
#[resource(on = Discovery)]
pub struct Organizations;

/// Creates an organization. The person of the intermediate session becomes its first member, with the role
/// `stytch_admin`.
///
/// The error is `organization_slug_already_used` if another organization has the slug.
#[endpoint(post = "/v1/b2b/discovery/organizations/create", response = LoginResponse, on = Organizations)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Create<'a> {
    /// The token of the intermediate session.
    #[endpoint(secret)]
    pub intermediate_session_token: Cow<'a, str>,
    /// The lifetime of the session in minutes from now: 5 to 527040 (366 days). Default: 60.
    pub session_duration_minutes: Option<u32>,
    /// Claims to add to the session's JWT: at most 4 KB. A claim that is null is deleted.
    pub session_custom_claims: Option<JsonObject>,
    /// The name: at most 128 characters. Default: Stytch derives it from the email address.
    pub organization_name: Option<Cow<'a, str>>,
    /// The name in URLs: 2 to 128 ASCII letters, digits or `- . _ ~`. Default: Stytch derives it from the name.
    pub organization_slug: Option<Cow<'a, str>>,
    /// Your own id for the organization: at most 128 ASCII letters, digits or `. _ - |`.
    pub organization_external_id: Option<Cow<'a, str>>,
    /// The URL of the logo.
    pub organization_logo_url: Option<Cow<'a, str>>,
    /// Metadata that can only be written by a backend.
    pub trusted_metadata: Option<JsonObject>,
    /// Whether an SSO login creates a member: `ALL_ALLOWED`, `RESTRICTED` to some connections, or `NOT_ALLOWED`.
    pub sso_jit_provisioning: Option<Cow<'a, str>>,
    /// The allowed email domains for invitations and new members, if these are `RESTRICTED`. Public domains, for
    /// example `gmail.com`, are rejected.
    pub email_allowed_domains: Option<Vec<Cow<'a, str>>>,
    /// Whether a login with an email address of an allowed domain creates a member: `RESTRICTED` to these domains, or
    /// `NOT_ALLOWED`.
    pub email_jit_provisioning: Option<Cow<'a, str>>,
    /// The rule for invitations: `ALL_ALLOWED`, `RESTRICTED` to the allowed domains, or `NOT_ALLOWED`.
    pub email_invites: Option<Cow<'a, str>>,
    /// The rule for login methods: `ALL_ALLOWED`, or `RESTRICTED` to the allowed methods.
    pub auth_methods: Option<Cow<'a, str>>,
    /// The allowed login methods, if they are `RESTRICTED`: `sso`, `magic_link`, `email_otp`, `password`,
    /// `google_oauth`, `microsoft_oauth`, `slack_oauth`, `github_oauth`, `hubspot_oauth`.
    pub allowed_auth_methods: Option<Vec<Cow<'a, str>>>,
    /// Whether every member needs a second factor: `REQUIRED_FOR_ALL` or `OPTIONAL`.
    pub mfa_policy: Option<Cow<'a, str>>,
    /// Roles for members, by the domain of their email address.
    pub rbac_email_implicit_role_assignments: Option<Vec<EmailRole<'a>>>,
    /// The rule for second factors: `ALL_ALLOWED`, or `RESTRICTED` to the allowed ones.
    pub mfa_methods: Option<Cow<'a, str>>,
    /// The allowed second factors, if they are `RESTRICTED`: `sms_otp`, `totp`.
    pub allowed_mfa_methods: Option<Vec<Cow<'a, str>>>,
    /// Whether an OAuth login from an allowed tenant creates a member: `RESTRICTED` to these tenants, or `NOT_ALLOWED`.
    pub oauth_tenant_jit_provisioning: Option<Cow<'a, str>>,
    /// The OAuth tenants whose logins create members: lists of ids in the fields `slack`, `hubspot` and `github`.
    pub allowed_oauth_tenants: Option<JsonObject>,
    /// The rule for first-party connected apps.
    pub first_party_connected_apps_allowed_type: Option<ConnectedAppsAllowed>,
    /// The ids of the allowed first-party apps, if they are `RESTRICTED`.
    pub allowed_first_party_connected_apps: Option<Vec<Cow<'a, str>>>,
    /// The rule for third-party connected apps.
    pub third_party_connected_apps_allowed_type: Option<ConnectedAppsAllowed>,
    /// The ids of the allowed third-party apps, if they are `RESTRICTED`.
    pub allowed_third_party_connected_apps: Option<Vec<Cow<'a, str>>>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}

/// Lists the organizations that a person belongs to or may join.
///
/// Set exactly one of `intermediate_session_token`, `session_token` and `session_jwt`.
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
    /// The email address of the person.
    pub email_address: String,
    /// The organizations that the person belongs to or may join.
    pub discovered_organizations: Vec<DiscoveredOrganization>,
    /// The id of the organization for which the login was started, if there is one.
    pub organization_id_hint: Option<String>,
}
