//! Stytch's B2B OAuth API: logins with identity providers.

use std::borrow::Cow;

use declapi::{Timestamp, endpoint, resource, response};

use super::Client;
use super::models::{DiscoveredOrganization, MemberLogin};
use crate::models::MessageLocale;
use crate::oauth::ProviderValues;
use crate::{HttpStatus, JsonObject, Secret};

/// Logins with identity providers.
///
/// From [`Client::oauth`].
#[resource(on = &Client)]
pub struct Oauth;

/// Logs a member in with the token from the end of a login at a provider.
///
/// A token can be used for one login.
#[endpoint(post = "/v1/b2b/oauth/authenticate", response = AuthenticateResponse, on = Oauth)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Authenticate<'a> {
    /// The token in the query of the redirect.
    #[endpoint(secret)]
    pub oauth_token: Cow<'a, str>,
    /// The token of the session to which this login is added. Default: a new session.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The lifetime of the session in minutes from now: 5 to 527040 (366 days). Default: 60.
    pub session_duration_minutes: Option<u32>,
    /// The JWT of the session to which this login is added, as an alternative to its token.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// Claims to add to the session's JWT: at most 4 KB. A claim that is null is deleted.
    pub session_custom_claims: Option<JsonObject>,
    /// The verifier for the `pkce_code_challenge` that was sent at the start (PKCE).
    #[endpoint(secret)]
    pub pkce_code_verifier: Option<Cow<'a, str>>,
    /// The language of an SMS that is sent because a second factor is required. Default: English.
    pub locale: Option<MessageLocale>,
    /// The token of the intermediate session that this login continues.
    #[endpoint(secret)]
    pub intermediate_session_token: Option<Cow<'a, str>>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}

/// The response to [`Authenticate`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AuthenticateResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The member's id at the provider.
    pub provider_subject: String,
    /// The identity provider, for example `Google`.
    pub provider_type: String,
    /// Whether other sessions of the member were revoked. Stytch no longer uses it.
    pub reset_sessions: bool,
    /// The tokens of the provider.
    pub provider_values: Option<ProviderValues>,
    /// The login.
    #[serde(flatten)]
    pub login: MemberLogin,
}

/// Logins at a provider that start without an organization, from [`Oauth::discovery`].
#[resource(on = Oauth, name = discovery)]
pub struct OauthDiscovery;

/// Starts an intermediate session with the token from the end of a login at a provider, and lists the organizations of
/// the person.
#[endpoint(
    post = "/v1/b2b/oauth/discovery/authenticate",
    response = DiscoveryAuthenticateResponse,
    on = OauthDiscovery,
    name = authenticate
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct DiscoveryAuthenticate<'a> {
    /// The token in the query of the redirect.
    #[endpoint(secret)]
    pub discovery_oauth_token: Cow<'a, str>,
    /// The token of the session to which this login is added. Default: a new session.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The lifetime of the session in minutes from now: 5 to 527040 (366 days). Default: 60.
    pub session_duration_minutes: Option<u32>,
    /// The JWT of the session to which this login is added, as an alternative to its token.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// Claims to add to the session's JWT: at most 4 KB. A claim that is null is deleted.
    pub session_custom_claims: Option<JsonObject>,
    /// The verifier for the `pkce_code_challenge` that was sent at the start (PKCE).
    #[endpoint(secret)]
    pub pkce_code_verifier: Option<Cow<'a, str>>,
}

/// The response to [`DiscoveryAuthenticate`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DiscoveryAuthenticateResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The token of the intermediate session. Exchange it for a session.
    #[response(required)]
    pub intermediate_session_token: Secret,
    /// The verified email address.
    pub email_address: String,
    /// The organizations that the person belongs to or may join.
    pub discovered_organizations: Vec<DiscoveredOrganization>,
    /// The identity provider, for example `Google`.
    pub provider_type: String,
    /// The id of the first tenant at the provider. Empty if there is none.
    pub provider_tenant_id: String,
    /// The ids of all tenants at the provider.
    pub provider_tenant_ids: Vec<String>,
    /// The person's name at the provider.
    pub full_name: String,
    /// The time when the intermediate session ends.
    #[response(lenient)]
    pub intermediate_session_token_expires_at: Option<Timestamp>,
}
