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
/// Rejected with `duplicate_organization_slug` if another one has the slug.
#[endpoint(post = "/v1/b2b/organizations", response = OrganizationResponse, on = Organizations<&Client>)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Create<'a> {
    /// The name: at most 128 characters.
    pub organization_name: Cow<'a, str>,
    /// The name in URLs: 2 to 128 characters, which are ASCII letters, digits or `- . _ ~`. Default: made
    /// from the name.
    pub organization_slug: Option<Cow<'a, str>>,
    /// The URL of the logo.
    pub organization_logo_url: Option<Cow<'a, str>>,
    /// Metadata that only servers can write.
    pub trusted_metadata: Option<JsonObject>,
    /// Your own id for the organization: at most 128 characters, which are ASCII letters, digits or `. _ - |`.
    pub organization_external_id: Option<Cow<'a, str>>,
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
    /// The email domains that are the organization's alone.
    pub claimed_email_domains: Option<Vec<Cow<'a, str>>>,
    /// Which of your connected apps can be used.
    pub first_party_connected_apps_allowed_type: Option<ConnectedAppsAllowed>,
    /// The ids of your apps that can be used, if they are `RESTRICTED`.
    pub allowed_first_party_connected_apps: Option<Vec<Cow<'a, str>>>,
    /// Which connected apps of others can be used.
    pub third_party_connected_apps_allowed_type: Option<ConnectedAppsAllowed>,
    /// The ids of the apps of others that can be used, if they are `RESTRICTED`.
    pub allowed_third_party_connected_apps: Option<Vec<Cow<'a, str>>>,
}

/// Reads an organization. Rejected with `organization_not_found` if there is none.
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

/// Changes an organization. Fields that are not set keep their values. Metadata is merged, and a null in it deletes a key.
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
    /// The name in URLs: 2 to 128 characters, which are ASCII letters, digits or `- . _ ~`.
    pub organization_slug: Option<Cow<'a, str>>,
    /// The URL of the logo.
    pub organization_logo_url: Option<Cow<'a, str>>,
    /// Metadata that only servers can write.
    pub trusted_metadata: Option<JsonObject>,
    /// Your own id for the organization: at most 128 characters, which are ASCII letters, digits or `. _ - |`.
    pub organization_external_id: Option<Cow<'a, str>>,
    /// The id of the SSO connection that is the default.
    pub sso_default_connection_id: Option<Cow<'a, str>>,
    /// Whether a login by SSO creates a member: `ALL_ALLOWED`, `RESTRICTED` to some connections, or `NOT_ALLOWED`.
    pub sso_jit_provisioning: Option<Cow<'a, str>>,
    /// The ids of the SSO connections that create members, where that is `RESTRICTED`.
    pub sso_jit_provisioning_allowed_connections: Option<Vec<Cow<'a, str>>>,
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
    /// The email domains that are the organization's alone.
    pub claimed_email_domains: Option<Vec<Cow<'a, str>>>,
    /// Which of your connected apps can be used.
    pub first_party_connected_apps_allowed_type: Option<ConnectedAppsAllowed>,
    /// The ids of your apps that can be used, if they are `RESTRICTED`.
    pub allowed_first_party_connected_apps: Option<Vec<Cow<'a, str>>>,
    /// Which connected apps of others can be used.
    pub third_party_connected_apps_allowed_type: Option<ConnectedAppsAllowed>,
    /// The ids of the apps of others that can be used, if they are `RESTRICTED`.
    pub allowed_third_party_connected_apps: Option<Vec<Cow<'a, str>>>,
    /// The token of a session of the member who makes the request. Their roles must then allow it.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The JWT of that session, instead of its token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// Deletes an organization, with all of its members.
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
    /// The token of a session of the member who makes the request. Their roles must then allow it.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The JWT of that session, instead of its token.
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
    /// The filters. Default: every organization.
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

/// Counts what an organization has.
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
    /// The token of a session of the member who makes the request. Their roles must then allow it.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The JWT of that session, instead of its token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}
