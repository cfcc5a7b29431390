//! Stytch's Organizations API.

mod connected_apps;
pub mod members;

use std::borrow::Cow;

use declapi::{endpoint, resource, response};

pub use self::connected_apps::*;
use super::models::{ConnectedAppsAllowed, EmailRole, Organization, OrganizationResponse};
use super::{ActingToken, Client};
use crate::models::{ResultsMetadata, SearchQuery};
use crate::{HttpStatus, JsonObject};

/// Organizations.
///
/// From [`Client::organizations`].
#[resource(on = &Client)]
pub struct Organizations;

/// Creates an organization.
///
/// The error is `organization_slug_already_used` if another organization has the slug.
#[endpoint(post = "/v1/b2b/organizations", response = OrganizationResponse, on = Organizations<&Client>)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Create<'a> {
    /// The name: at most 128 characters.
    pub organization_name: Cow<'a, str>,
    /// The name in URLs: 2 to 128 ASCII letters, digits or `- . _ ~`. Default: Stytch derives it from the name.
    pub organization_slug: Option<Cow<'a, str>>,
    /// The URL of the logo.
    pub organization_logo_url: Option<Cow<'a, str>>,
    /// Metadata that can only be written by a backend.
    pub trusted_metadata: Option<JsonObject>,
    /// Your own id for the organization: at most 128 ASCII letters, digits or `. _ - |`.
    pub organization_external_id: Option<Cow<'a, str>>,
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
    /// The email domains that the organization has claimed.
    pub claimed_email_domains: Option<Vec<Cow<'a, str>>>,
    /// The rule for first-party connected apps.
    pub first_party_connected_apps_allowed_type: Option<ConnectedAppsAllowed>,
    /// The ids of the allowed first-party apps, if they are `RESTRICTED`.
    pub allowed_first_party_connected_apps: Option<Vec<Cow<'a, str>>>,
    /// The rule for third-party connected apps.
    pub third_party_connected_apps_allowed_type: Option<ConnectedAppsAllowed>,
    /// The ids of the allowed third-party apps, if they are `RESTRICTED`.
    pub allowed_third_party_connected_apps: Option<Vec<Cow<'a, str>>>,
}

/// Reads an organization. The error is `organization_not_found` if it does not exist.
#[endpoint(
    get = "/v1/b2b/organizations/{organization_id}",
    response = OrganizationResponse,
    on = Organizations<&Client>,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Get<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
}

/// Changes an organization. Fields that are not set keep their values. Metadata is merged, and a key that is null is
/// deleted.
#[endpoint(
    put = "/v1/b2b/organizations/{organization_id}",
    response = OrganizationResponse,
    on = Organizations,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Update<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The name: at most 128 characters.
    pub organization_name: Option<Cow<'a, str>>,
    /// The name in URLs: 2 to 128 ASCII letters, digits or `- . _ ~`.
    pub organization_slug: Option<Cow<'a, str>>,
    /// The URL of the logo.
    pub organization_logo_url: Option<Cow<'a, str>>,
    /// Metadata that can only be written by a backend.
    pub trusted_metadata: Option<JsonObject>,
    /// Your own id for the organization: at most 128 ASCII letters, digits or `. _ - |`.
    pub organization_external_id: Option<Cow<'a, str>>,
    /// The id of the default SSO connection.
    pub sso_default_connection_id: Option<Cow<'a, str>>,
    /// Whether an SSO login creates a member: `ALL_ALLOWED`, `RESTRICTED` to some connections, or `NOT_ALLOWED`.
    pub sso_jit_provisioning: Option<Cow<'a, str>>,
    /// The ids of the SSO connections whose logins create members, if this is `RESTRICTED`.
    pub sso_jit_provisioning_allowed_connections: Option<Vec<Cow<'a, str>>>,
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
    /// The email domains that the organization has claimed.
    pub claimed_email_domains: Option<Vec<Cow<'a, str>>>,
    /// The rule for first-party connected apps.
    pub first_party_connected_apps_allowed_type: Option<ConnectedAppsAllowed>,
    /// The ids of the allowed first-party apps, if they are `RESTRICTED`.
    pub allowed_first_party_connected_apps: Option<Vec<Cow<'a, str>>>,
    /// The rule for third-party connected apps.
    pub third_party_connected_apps_allowed_type: Option<ConnectedAppsAllowed>,
    /// The ids of the allowed third-party apps, if they are `RESTRICTED`.
    pub allowed_third_party_connected_apps: Option<Vec<Cow<'a, str>>>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// Deletes an organization and all of its members.
#[endpoint(
    delete = "/v1/b2b/organizations/{organization_id}",
    response = DeleteResponse,
    on = Organizations,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Delete<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// The response to [`Delete`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DeleteResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the organization that was deleted.
    #[response(required)]
    pub organization_id: String,
}

/// Searches the organizations of the project.
#[endpoint(
    post = "/v1/b2b/organizations/search",
    response = SearchResponse,
    on = Organizations<&Client>,
    page(cursor = cursor),
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Search<'a> {
    /// The start of the page: the `next_cursor` of the previous page. Default: the first page.
    pub cursor: Option<Cow<'a, str>>,
    /// The maximum number of results: at most 1000. Default: 100.
    pub limit: Option<u32>,
    /// The filters of the search. Default: all organizations.
    pub query: Option<SearchQuery<Organization>>,
}

/// The response to [`Search`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SearchResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The organizations of this page.
    #[response(items)]
    pub organizations: Vec<Organization>,
    /// The total number of results, and the start of the next page.
    #[response(required, next = next_cursor)]
    pub results_metadata: ResultsMetadata,
}

/// Returns statistics of an organization.
#[endpoint(
    get = "/v1/b2b/organizations/{organization_id}/metrics",
    response = MetricsResponse,
    on = Organizations<&Client>,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Metrics<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
}

/// The response to [`Metrics`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct MetricsResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The number of members, without deleted ones.
    pub member_count: u32,
}

/// Deletes your own id for an organization.
#[endpoint(
    delete = "/v1/b2b/organizations/{organization_id}/external_id",
    response = OrganizationResponse,
    on = Organizations,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct DeleteExternalId<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}
