//! Stytch's IDP API: your project as an identity provider for connected apps.

use std::borrow::Cow;

use declapi::{Form, endpoint, resource, response};

use crate::models::{ConnectedAppPublic, TokenOrganization, User};
use crate::project_state::InProject;
use crate::{Client, HttpStatus, JsonObject, Secret};

/// Your project as an identity provider.
///
/// From [`Client::idp`].
#[resource(on = &Client, name = idp)]
pub struct Idp;

impl<'c, C: InProject> Idp<&'c C> {
    /// Introspects a token that the project of the client has issued to a connected app, with a call of the API.
    pub fn introspect_token_network(self) -> IntrospectTokenNetworkBuilder<'c, &'c C, true> {
        self.introspect_token_of_project().project_id(self.client.project_id())
    }
}

/// Introspects a token that a project has issued to a connected app, with a call of the API: an access token or a
/// refresh token.
///
/// The request is the same as that of the SDKs for Node and Go: a form with the credentials of the app and without
/// those of the project. For an invalid token, the response has [`active`](IntrospectTokenNetworkResponse::active)
/// `false`; it is not an error. Use [`RbacPolicy::scopes_allow`](crate::rbac::RbacPolicy::scopes_allow) to find out
/// what a valid token allows.
#[endpoint(
    post = "/v1/public/{project_id}/oauth2/introspect",
    response = IntrospectTokenNetworkResponse,
    on = Idp,
    name = introspect_token_of_project,
    body = Form,
    auth = none,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct IntrospectTokenNetwork<'a> {
    /// The id of the project.
    pub project_id: Cow<'a, str>,
    /// The token.
    #[endpoint(secret)]
    pub token: Cow<'a, str>,
    /// The id of the connected app.
    pub client_id: Cow<'a, str>,
    /// The secret of the app, unless it is a public client.
    #[endpoint(secret)]
    pub client_secret: Option<Cow<'a, str>>,
    /// The type of the token: `access_token` or `refresh_token`. Default: Stytch detects it.
    pub token_type_hint: Option<Cow<'a, str>>,
}

/// The response to [`IntrospectTokenNetwork`]. For an invalid token, only `active` is set.
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct IntrospectTokenNetworkResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// Whether the token is valid.
    #[response(required)]
    pub active: bool,
    /// The id of the user.
    pub sub: Option<String>,
    /// The scopes that the user has granted, separated by spaces.
    pub scope: Option<String>,
    /// The audience of the token: the project, and the audience of the app.
    pub aud: Option<Vec<String>>,
    /// The time when it expires, in seconds since 1970.
    pub exp: Option<i64>,
    /// The time when it was issued, in seconds since 1970.
    pub iat: Option<i64>,
    /// The issuer.
    pub iss: Option<String>,
    /// The start of its validity, in seconds since 1970.
    pub nbf: Option<i64>,
    /// The type of the token: `access_token` or `refresh_token`.
    pub token_type: Option<String>,
    /// The id of the connected app.
    pub client_id: Option<String>,
    /// The organization of the member, for a token of the B2B API.
    #[serde(rename = "https://stytch.com/organization")]
    pub organization: Option<TokenOrganization>,
    /// The claims that the project has added.
    #[serde(flatten)]
    pub custom_claims: JsonObject,
}

#[cfg(feature = "rustls")]
impl<C> Idp<C> {
    /// Checks an access token that the project has issued to a connected app. It makes no API call if the key is known.
    ///
    /// See [`TokenCheck`](crate::TokenCheck) for the checks. A revoked token is accepted until it expires, because only
    /// the API knows that it was revoked.
    ///
    /// ```no_run
    /// # async fn example(client: stytch_client::Client, bearer: &str) -> Result<(), stytch_client::JwtError> {
    /// let check = client.idp().introspect_token_local(bearer).authorization_check("documents", "read");
    /// println!("{}", check.send().await?.subject);
    /// # Ok(())
    /// # }
    /// ```
    pub fn introspect_token_local(
        self,
        access_token: impl Into<Secret>,
    ) -> crate::TokenCheck<C, crate::IdpAccessToken> {
        crate::TokenCheck::new(self.client, access_token.into())
    }
}

/// The authorization of connected apps, from [`Idp::oauth`].
#[resource(on = Idp, name = oauth)]
pub struct IdpOauth;

/// Checks the request of a connected app, and returns the data that the user must see.
#[endpoint(post = "/v1/idp/oauth/authorize/start", response = AuthorizeStartResponse, on = IdpOauth)]
#[derive(Clone)]
#[non_exhaustive]
pub struct AuthorizeStart<'a> {
    /// The id of the connected app.
    pub client_id: Cow<'a, str>,
    /// The URL to which the user is sent back: one of the redirect URLs of the app.
    pub redirect_uri: Cow<'a, str>,
    /// The response type: `code`.
    pub response_type: Cow<'a, str>,
    /// The scopes that the app requests.
    pub scopes: Vec<Cow<'a, str>>,
    /// The id of the user, or your own id for the user.
    pub user_id: Option<Cow<'a, str>>,
    /// The token of a session of the user, as an alternative to the id.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of a session of the user, as an alternative to the id.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// The prompt that the user must see: `consent`.
    pub prompt: Option<Cow<'a, str>>,
}

/// The response to [`AuthorizeStart`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AuthorizeStartResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the user.
    pub user_id: String,
    /// The user.
    pub user: Option<User>,
    /// The app.
    pub client: Option<ConnectedAppPublic>,
    /// Whether the user must give consent.
    pub consent_required: bool,
    /// The requested scopes.
    pub scope_results: Vec<ScopeResult>,
}

/// A scope that a connected app has requested.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScopeResult {
    /// The scope.
    pub scope: String,
    /// The description for users.
    pub description: String,
    /// Whether the user can grant it.
    pub is_grantable: bool,
}

/// Completes the authorization of a connected app. Then send the user to the URI in the response.
#[endpoint(post = "/v1/idp/oauth/authorize", response = AuthorizeResponse, on = IdpOauth)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Authorize<'a> {
    /// Whether the user has given consent.
    pub consent_granted: bool,
    /// The scopes that the app requests.
    pub scopes: Vec<Cow<'a, str>>,
    /// The id of the connected app.
    pub client_id: Cow<'a, str>,
    /// The URL to which the user is sent back: one of the redirect URLs of the app.
    pub redirect_uri: Cow<'a, str>,
    /// The response type: `code`.
    pub response_type: Cow<'a, str>,
    /// The id of the user, or your own id for the user.
    pub user_id: Option<Cow<'a, str>>,
    /// The token of a session of the user, as an alternative to the id.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of a session of the user, as an alternative to the id.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// The prompt that the user must see: `consent`.
    pub prompt: Option<Cow<'a, str>>,
    /// The state that the app has sent. It is sent back to the app.
    pub state: Option<Cow<'a, str>>,
    /// A value that the ID token contains, so that it cannot be used twice.
    pub nonce: Option<Cow<'a, str>>,
    /// The base64url SHA-256 hash of the app's verifier (PKCE).
    pub code_challenge: Option<Cow<'a, str>>,
    /// The resources for which the access token is valid.
    pub resources: Option<Vec<Cow<'a, str>>>,
}

/// The response to [`Authorize`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AuthorizeResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The URI to which the user must be sent. It contains a code if the app was authorized, and an error otherwise.
    #[response(required)]
    pub redirect_uri: String,
    /// The code that the app exchanges for tokens.
    pub authorization_code: Option<Secret>,
}
