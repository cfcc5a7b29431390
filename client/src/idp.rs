//! Stytch's IDP API: your project as an identity provider for connected apps.

use std::borrow::Cow;

use declapi::{Form, endpoint, resource, response};

use crate::models::{ConnectedAppPublic, TokenOrganization, User};
use crate::project_state::InProject;
use crate::{Client, JsonObject, Secret, status};

/// Your project as an identity provider.
///
/// From [`Client::idp`].
#[resource(on = &Client, name = idp)]
pub struct Idp;

impl<'c, C: InProject> Idp<&'c C> {
    /// Asks the API about a token that the project of the client has issued to a connected app.
    pub fn introspect_token_network(self) -> IntrospectTokenNetworkBuilder<'c, &'c C, true> {
        self.introspect_token_of_project().project_id(self.client.project_id())
    }
}

/// Asks the API about a token that a project has issued to a connected app: an access token or a refresh token.
///
/// It is sent as by the SDKs for Node and Go: as a form, with the credentials of the app and without those of the project.
/// A token that is not valid is no error: its [`active`](IntrospectTokenNetworkResponse::active) is `false`. What a valid
/// one allows is for [`RbacPolicy::scopes_allow`](crate::rbac::RbacPolicy::scopes_allow) to say.
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
    /// The secret of the app, if it can keep one.
    #[endpoint(secret)]
    pub client_secret: Option<Cow<'a, str>>,
    /// What the token is: `access_token` or `refresh_token`. Stytch finds out when unset.
    pub token_type_hint: Option<Cow<'a, str>>,
}

/// The response to [`IntrospectTokenNetwork`]. A token that is not valid has nothing but its `active`.
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct IntrospectTokenNetworkResponse {
    /// The id of the call, which Stytch's support asks for.
    pub request_id: String,
    /// The HTTP status: the one in the body, or that of the response where the body has none.
    #[serde(default = "status::of_response", deserialize_with = "status::or_of_response")]
    pub status_code: u16,
    /// Whether the token is valid.
    #[response(required)]
    pub active: bool,
    /// The id of the user.
    pub sub: Option<String>,
    /// The scopes that the user has granted, with spaces between them.
    pub scope: Option<String>,
    /// Whom the token is for: the project, and what the app has set.
    pub aud: Option<Vec<String>>,
    /// When it expires, in seconds since 1970.
    pub exp: Option<i64>,
    /// When it was issued, in seconds since 1970.
    pub iat: Option<i64>,
    /// Who has issued it.
    pub iss: Option<String>,
    /// When it becomes valid, in seconds since 1970.
    pub nbf: Option<i64>,
    /// What the token is: `access_token` or `refresh_token`.
    pub token_type: Option<String>,
    /// The id of the connected app.
    pub client_id: Option<String>,
    /// The organization of the member; for a token of the B2B API.
    #[serde(rename = "https://stytch.com/organization")]
    pub organization: Option<TokenOrganization>,
    /// The claims that the project has added to it.
    #[serde(flatten)]
    pub custom_claims: JsonObject,
}

#[cfg(feature = "rustls")]
impl<C> Idp<C> {
    /// Checks an access token that the project has issued to a connected app, without a call if its key is known.
    ///
    /// [`TokenCheck`](crate::TokenCheck) says what is checked. A token that was revoked since is accepted until it
    /// expires: only the API knows.
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

/// Checks what a connected app asks for, and says what the user has to be shown.
#[endpoint(post = "/v1/idp/oauth/authorize/start", response = AuthorizeStartResponse, on = IdpOauth)]
#[derive(Clone)]
#[non_exhaustive]
pub struct AuthorizeStart<'a> {
    /// The id of the connected app.
    pub client_id: Cow<'a, str>,
    /// Where the user is sent back to: one of those of the app.
    pub redirect_uri: Cow<'a, str>,
    /// What the app asks for: `code`.
    pub response_type: Cow<'a, str>,
    /// The scopes that the app asks for.
    pub scopes: Vec<Cow<'a, str>>,
    /// The id of the user, or your own id for the user.
    pub user_id: Option<Cow<'a, str>>,
    /// The token of a session of the user, instead of the id.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of a session of the user, instead of the id.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// What the user has to be asked for: `consent`.
    pub prompt: Option<Cow<'a, str>>,
}

/// The response to [`AuthorizeStart`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AuthorizeStartResponse {
    /// The id of the call, which Stytch's support asks for.
    pub request_id: String,
    /// The HTTP status: the one in the body, or that of the response where the body has none.
    #[serde(default = "status::of_response", deserialize_with = "status::or_of_response")]
    pub status_code: u16,
    /// The id of the user.
    pub user_id: String,
    /// The user.
    pub user: Option<User>,
    /// The app.
    pub client: Option<ConnectedAppPublic>,
    /// Whether the user has to agree.
    pub consent_required: bool,
    /// The scopes that were asked for.
    pub scope_results: Vec<ScopeResult>,
}

/// A scope that a connected app has asked for.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScopeResult {
    /// The scope.
    pub scope: String,
    /// What it allows, for the user to read.
    pub description: String,
    /// Whether the user can grant it.
    pub is_grantable: bool,
}

/// Ends the authorization of a connected app: the user is to be sent to the URI of the response.
#[endpoint(post = "/v1/idp/oauth/authorize", response = AuthorizeResponse, on = IdpOauth)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Authorize<'a> {
    /// Whether the user has agreed.
    pub consent_granted: bool,
    /// The scopes that the app asks for.
    pub scopes: Vec<Cow<'a, str>>,
    /// The id of the connected app.
    pub client_id: Cow<'a, str>,
    /// Where the user is sent back to: one of those of the app.
    pub redirect_uri: Cow<'a, str>,
    /// What the app asks for: `code`.
    pub response_type: Cow<'a, str>,
    /// The id of the user, or your own id for the user.
    pub user_id: Option<Cow<'a, str>>,
    /// The token of a session of the user, instead of the id.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of a session of the user, instead of the id.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// What the user has to be asked for: `consent`.
    pub prompt: Option<Cow<'a, str>>,
    /// What the app has sent along, which is sent back to it.
    pub state: Option<Cow<'a, str>>,
    /// What the ID token repeats, so that it cannot be used twice.
    pub nonce: Option<Cow<'a, str>>,
    /// The base64url SHA-256 of the app's verifier (PKCE).
    pub code_challenge: Option<Cow<'a, str>>,
    /// The resources that the access token is for.
    pub resources: Option<Vec<Cow<'a, str>>>,
}

/// The response to [`Authorize`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AuthorizeResponse {
    /// The id of the call, which Stytch's support asks for.
    pub request_id: String,
    /// The HTTP status: the one in the body, or that of the response where the body has none.
    #[serde(default = "status::of_response", deserialize_with = "status::or_of_response")]
    pub status_code: u16,
    /// Where the user has to be sent: with a code if the app was authorized, and with an error if not.
    #[response(required)]
    pub redirect_uri: String,
    /// The code that the app exchanges for tokens.
    pub authorization_code: Option<Secret>,
}
