//! SSO connections with OIDC.

use std::borrow::Cow;

use declapi::{endpoint, resource, response};

use super::{IdentityProvider, Sso};
use crate::b2b::ActingToken;
use crate::{HttpStatus, JsonObject, Secret};

/// SSO connections with OIDC, from [`Sso::oidc`].
#[resource(on = Sso)]
pub struct Oidc;

/// Creates an OIDC connection. It is `pending` until an update has set all data of the identity provider.
#[endpoint(post = "/v1/b2b/sso/oidc/{organization_id}", response = ConnectionResponse, on = Oidc)]
#[derive(Clone)]
#[non_exhaustive]
pub struct CreateConnection<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The name that users see.
    pub display_name: Option<Cow<'a, str>>,
    /// The identity provider, for setup instructions. Default: `generic`.
    pub identity_provider: Option<IdentityProvider>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// Changes an OIDC connection. Fields that are not set keep their values.
///
/// If `issuer` is set, Stytch looks up the URLs that are not set. The `warning` of the response names the URLs that it
/// has not found.
#[endpoint(
    put = "/v1/b2b/sso/oidc/{organization_id}/connections/{connection_id}",
    response = ConnectionResponse,
    on = Oidc,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct UpdateConnection<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the connection.
    pub connection_id: Cow<'a, str>,
    /// The name that users see.
    pub display_name: Option<Cow<'a, str>>,
    /// The id of your client at the identity provider.
    pub client_id: Option<Cow<'a, str>>,
    /// The secret of that client.
    #[endpoint(secret)]
    pub client_secret: Option<Cow<'a, str>>,
    /// The issuer: a URL that identifies the identity provider.
    pub issuer: Option<Cow<'a, str>>,
    /// The URL to which members are sent.
    pub authorization_url: Option<Cow<'a, str>>,
    /// The URL at which codes are exchanged for tokens.
    pub token_url: Option<Cow<'a, str>>,
    /// The URL of the identity provider's user data.
    pub userinfo_url: Option<Cow<'a, str>>,
    /// The URL of the identity provider's public keys.
    pub jwks_url: Option<Cow<'a, str>>,
    /// The identity provider, for setup instructions.
    pub identity_provider: Option<IdentityProvider>,
    /// The requested scopes, separated by spaces. Default: `openid email profile`.
    pub custom_scopes: Option<Cow<'a, str>>,
    /// The attributes of the identity provider that contain the data of a member. The keys are `email`, and either
    /// `full_name` or `first_name` and `last_name`.
    pub attribute_mapping: Option<JsonObject>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// An OIDC connection: the response to [`CreateConnection`] and [`UpdateConnection`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ConnectionResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The connection.
    pub connection: Option<OidcConnection>,
    /// A warning about missing data, if there is any.
    pub warning: Option<String>,
}

/// An SSO connection with OIDC.
#[response]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct OidcConnection {
    /// The id of the organization.
    pub organization_id: String,
    /// The id of the connection.
    pub connection_id: String,
    /// The status, for example `pending` or `active`.
    pub status: String,
    /// The name that users see.
    pub display_name: String,
    /// The URL to which the identity provider must send members back.
    pub redirect_url: String,
    /// The id of your client at the identity provider.
    pub client_id: String,
    /// The secret of that client.
    pub client_secret: Secret,
    /// The issuer: a URL that identifies the identity provider.
    pub issuer: String,
    /// The URL to which members are sent.
    pub authorization_url: String,
    /// The URL at which codes are exchanged for tokens.
    pub token_url: String,
    /// The URL of the identity provider's user data.
    pub userinfo_url: String,
    /// The URL of the identity provider's public keys.
    pub jwks_url: String,
    /// The identity provider.
    pub identity_provider: IdentityProvider,
    /// The requested scopes. Empty for the default scopes.
    pub custom_scopes: String,
    /// The attributes of the identity provider that contain the data of a member.
    pub attribute_mapping: Option<JsonObject>,
}
