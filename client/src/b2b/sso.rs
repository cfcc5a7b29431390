//! Stytch's SSO API: logins with the identity provider of an organization.

pub mod external;
pub mod oidc;
pub mod saml;

use std::borrow::Cow;

use declapi::{endpoint, open_enum, resource, response};

use self::external::ExternalConnection;
use self::oidc::OidcConnection;
use self::saml::SamlConnection;
use super::models::MemberLogin;
use super::{ActingToken, Client};
use crate::models::MessageLocale;
use crate::{HttpStatus, JsonObject};

/// Logins with the identity provider of an organization.
///
/// From [`Client::sso`].
#[resource(on = &Client)]
pub struct Sso;

/// Logs a member in with the token from the end of a login at the identity provider.
///
/// A token can be used for one login.
#[endpoint(post = "/v1/b2b/sso/authenticate", response = AuthenticateResponse, on = Sso<&Client>)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Authenticate<'a> {
    /// The token in the query of the redirect.
    #[endpoint(secret)]
    pub sso_token: Cow<'a, str>,
    /// The verifier for the `pkce_code_challenge` that was sent at the start (PKCE).
    #[endpoint(secret)]
    pub pkce_code_verifier: Option<Cow<'a, str>>,
    /// The token of the session to which this login is added. Default: a new session.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of the session to which this login is added, as an alternative to its token.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// The lifetime of the session in minutes from now: 5 to 527040 (366 days). Default: 60.
    pub session_duration_minutes: Option<u32>,
    /// Claims to add to the session's JWT: at most 4 KB. A claim that is null is deleted.
    pub session_custom_claims: Option<JsonObject>,
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
    /// Whether other sessions of the member were revoked. Stytch no longer uses it.
    pub reset_session: bool,
    /// The login.
    #[serde(flatten)]
    pub login: MemberLogin,
}

/// Lists the SSO connections of an organization.
#[endpoint(get = "/v1/b2b/sso/{organization_id}", response = GetConnectionsResponse, on = Sso, idempotent)]
#[derive(Clone)]
#[non_exhaustive]
pub struct GetConnections<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// The response to [`GetConnections`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GetConnectionsResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The SAML connections.
    pub saml_connections: Vec<SamlConnection>,
    /// The OIDC connections.
    pub oidc_connections: Vec<OidcConnection>,
    /// The external connections, which belong to other organizations.
    pub external_connections: Vec<ExternalConnection>,
}

/// Deletes an SSO connection of any kind. Members can no longer log in with it.
#[endpoint(
    delete = "/v1/b2b/sso/{organization_id}/connections/{connection_id}",
    response = DeleteConnectionResponse,
    on = Sso,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct DeleteConnection<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the connection.
    pub connection_id: Cow<'a, str>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// The response to [`DeleteConnection`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DeleteConnectionResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the connection.
    #[response(required)]
    pub connection_id: String,
}

/// A role for members who log in with a connection.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConnectionRoleAssignment {
    /// The id of the role.
    pub role_id: String,
}

/// A role for members who are in a group at the identity provider.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct GroupRoleAssignment {
    /// The id of the role.
    pub role_id: String,
    /// The name of the group at the identity provider.
    pub group: String,
}

open_enum! {
    /// The identity provider of an SSO connection.
    pub enum IdentityProvider {
        /// `ClassLink`.
        Classlink = "classlink",
        /// `CyberArk`.
        Cyberark = "cyberark",
        /// Duo.
        Duo = "duo",
        /// Any other provider.
        Generic = "generic",
        /// Google Workspace.
        GoogleWorkspace = "google-workspace",
        /// `JumpCloud`.
        Jumpcloud = "jumpcloud",
        /// Keycloak.
        Keycloak = "keycloak",
        /// `miniOrange`.
        Miniorange = "miniorange",
        /// Microsoft Entra ID.
        MicrosoftEntra = "microsoft-entra",
        /// Okta.
        Okta = "okta",
        /// `OneLogin`.
        Onelogin = "onelogin",
        /// `PingFederate`.
        Pingfederate = "pingfederate",
        /// Rippling.
        Rippling = "rippling",
        /// Salesforce.
        Salesforce = "salesforce",
        /// Shibboleth.
        Shibboleth = "shibboleth",
    }
}
