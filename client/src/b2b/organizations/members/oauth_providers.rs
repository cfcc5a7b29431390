//! Tokens of members for OAuth providers.

use std::borrow::Cow;

use declapi::{endpoint, resource, response};

use super::Members;
use crate::b2b::Client;
use crate::{HttpStatus, Secret};

/// Tokens of members for OAuth providers, from [`Members::oauth_providers`].
#[resource(on = Members<&Client>)]
pub struct OauthProviders;

/// Returns the tokens of a member for Google. An expired access token is refreshed if there is a refresh token.
#[endpoint(
    get = "/v1/b2b/organizations/{organization_id}/members/{member_id}/oauth_providers/google",
    response = GoogleResponse,
    on = OauthProviders,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Google<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the member, or your own id for the member.
    pub member_id: Cow<'a, str>,
    /// Whether the response contains refresh tokens.
    pub include_refresh_token: Option<bool>,
}

/// The response to [`Google`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GoogleResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The identity provider.
    pub provider_type: String,
    /// The member's id at the provider.
    pub provider_subject: String,
    /// The ID token. It was not verified.
    pub id_token: Secret,
    /// The scopes that were granted.
    pub scopes: Vec<String>,
    /// The access token.
    pub access_token: Option<Secret>,
    /// The lifetime of the access token, in seconds.
    pub access_token_expires_in: Option<u32>,
    /// The refresh token, if it was requested and there is one.
    pub refresh_token: Option<Secret>,
}

/// Returns the tokens of a member for Microsoft. An expired access token is refreshed if there is a refresh token.
#[endpoint(
    get = "/v1/b2b/organizations/{organization_id}/members/{member_id}/oauth_providers/microsoft",
    response = MicrosoftResponse,
    on = OauthProviders,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Microsoft<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the member, or your own id for the member.
    pub member_id: Cow<'a, str>,
    /// Whether the response contains refresh tokens.
    pub include_refresh_token: Option<bool>,
}

/// The response to [`Microsoft`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct MicrosoftResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The identity provider.
    pub provider_type: String,
    /// The member's id at the provider.
    pub provider_subject: String,
    /// The access token.
    pub access_token: Secret,
    /// The lifetime of the access token, in seconds.
    pub access_token_expires_in: u32,
    /// The ID token. It was not verified.
    pub id_token: Secret,
    /// The scopes that were granted.
    pub scopes: Vec<String>,
    /// The refresh token, if it was requested and there is one.
    pub refresh_token: Option<Secret>,
}

/// Returns the tokens of a member for Slack.
#[endpoint(
    get = "/v1/b2b/organizations/{organization_id}/members/{member_id}/oauth_providers/slack",
    response = SlackResponse,
    on = OauthProviders,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Slack<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the member, or your own id for the member.
    pub member_id: Cow<'a, str>,
}

/// The response to [`Slack`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SlackResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The identity provider.
    pub provider_type: String,
    /// The registrations, one for each workspace.
    pub registrations: Vec<SlackRegistration>,
}

/// A registration at Slack, with its tokens.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SlackRegistration {
    /// The member's id at the provider.
    pub provider_subject: String,
    /// The id of the workspace.
    pub provider_tenant_id: String,
    /// The access token.
    pub access_token: Secret,
    /// The scopes that were granted.
    pub scopes: Vec<String>,
    /// The access token of the bot.
    pub bot_access_token: Secret,
    /// The scopes that were granted to the bot.
    pub bot_scopes: Vec<String>,
}

/// Returns the tokens of a member for `HubSpot`. An expired access token is refreshed if there is a refresh token.
#[endpoint(
    get = "/v1/b2b/organizations/{organization_id}/members/{member_id}/oauth_providers/hubspot",
    response = HubspotResponse,
    on = OauthProviders,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Hubspot<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the member, or your own id for the member.
    pub member_id: Cow<'a, str>,
    /// Whether the response contains refresh tokens.
    pub include_refresh_token: Option<bool>,
}

/// The response to [`Hubspot`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct HubspotResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The identity provider.
    pub provider_type: String,
    /// The registrations, one for each account.
    pub registrations: Vec<HubspotRegistration>,
}

/// A registration at `HubSpot`, with its tokens.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct HubspotRegistration {
    /// The member's id at the provider.
    pub provider_subject: String,
    /// The id of the account.
    pub provider_tenant_id: String,
    /// The access token.
    pub access_token: Secret,
    /// The lifetime of the access token, in seconds.
    pub access_token_expires_in: u32,
    /// The scopes that were granted.
    pub scopes: Vec<String>,
    /// The refresh token, if it was requested and there is one.
    pub refresh_token: Option<Secret>,
}

/// Returns the tokens of a member for `GitHub`.
#[endpoint(
    get = "/v1/b2b/organizations/{organization_id}/members/{member_id}/oauth_providers/github",
    response = GithubResponse,
    on = OauthProviders,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Github<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the member, or your own id for the member.
    pub member_id: Cow<'a, str>,
    /// Whether the response contains refresh tokens.
    pub include_refresh_token: Option<bool>,
}

/// The response to [`Github`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GithubResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The identity provider.
    pub provider_type: String,
    /// The registrations.
    pub registrations: Vec<GithubRegistration>,
}

/// A registration at `GitHub`, with its tokens.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct GithubRegistration {
    /// The member's id at the provider.
    pub provider_subject: String,
    /// The ids of the organizations at `GitHub`.
    pub provider_tenant_ids: Vec<String>,
    /// The access token.
    pub access_token: Secret,
    /// The scopes that were granted.
    pub scopes: Vec<String>,
}
