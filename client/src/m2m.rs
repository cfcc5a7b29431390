//! Stytch's M2M API: access tokens of machines.

use std::borrow::Cow;

use declapi::{Form, endpoint, resource, response};

use crate::models::{
    M2mClient, M2mClientStatus, M2mClientWithNextSecret, M2mClientWithSecret, ResultsMetadata, Scopes,
    SearchQuery,
};
use crate::project_state::InProject;
use crate::{Client, HttpStatus, JsonObject, Secret};

/// Machines that call your API.
///
/// From [`Client::m2m`].
#[resource(on = &Client, name = m2m)]
pub struct M2m;

impl<'c, C: InProject> M2m<&'c C> {
    /// Exchanges the credentials of a machine for an access token, in the project of the client.
    pub fn token(self) -> TokenBuilder<'c, &'c C, true> {
        self.token_for_project().project_id(self.client.project_id())
    }
}

/// Exchanges the credentials of a machine for an access token, which is valid for one hour.
///
/// The request is the same as that of the SDKs for Node and Go: a form with the credentials of the machine and without
/// those of the project, which are not needed. The error codes are those of OAuth, for example `invalid_client`.
#[endpoint(
    post = "/v1/public/{project_id}/oauth2/token",
    response = TokenResponse,
    on = M2m,
    name = token_for_project,
    body = Form,
    body("grant_type" = "client_credentials"),
    auth = none
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Token<'a> {
    /// The id of the project.
    pub project_id: Cow<'a, str>,
    /// The id of the client.
    pub client_id: Cow<'a, str>,
    /// The secret of the client.
    #[endpoint(secret)]
    pub client_secret: Cow<'a, str>,
    /// The requested scopes: `["read:documents"]`. Default (or if empty): all scopes of the client.
    #[serde(skip_serializing_if = "Scopes::are_none")]
    pub scope: Option<Scopes>,
}

/// The response to [`Token`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TokenResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The access token.
    #[response(required)]
    pub access_token: Secret,
    /// The type of the token: `bearer`.
    pub token_type: String,
    /// The validity of the token, in seconds.
    pub expires_in: u32,
}

#[cfg(feature = "rustls")]
impl<C> M2m<C> {
    /// Checks an access token of a machine. It makes no API call if the key is known.
    ///
    /// See [`TokenCheck`](crate::TokenCheck) for the checks. If a client is deleted or deactivated, its token is
    /// accepted until it expires, for at most one hour. Set [`max_age`](crate::TokenCheck::max_age) for a shorter time.
    ///
    /// ```no_run
    /// # async fn example(client: stytch_client::Client, bearer: &str) -> Result<(), stytch_client::JwtError> {
    /// let token = client.m2m().authenticate_token(bearer).required_scopes(["read:documents"]).send().await?;
    /// println!("{}", token.client_id);
    /// # Ok(())
    /// # }
    /// ```
    pub fn authenticate_token(
        self,
        access_token: impl Into<Secret>,
    ) -> crate::TokenCheck<C, crate::M2mAccessToken> {
        crate::TokenCheck::new(self.client, access_token.into())
    }
}

/// The machines, from [`M2m::clients`].
#[resource(on = M2m)]
pub struct Clients;

/// Reads a client.
#[endpoint(get = "/v1/m2m/clients/{client_id}", response = ClientResponse, on = Clients, idempotent)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Get<'a> {
    /// The id of the client.
    pub client_id: Cow<'a, str>,
}

/// A client.
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ClientResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The client.
    #[response(required)]
    pub m2m_client: M2mClient,
}

/// Searches the clients of the project.
#[endpoint(
    post = "/v1/m2m/clients/search",
    response = SearchResponse,
    on = Clients,
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
    /// The filters of the search. Default: all clients.
    pub query: Option<SearchQuery<M2mClient>>,
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
    /// The clients of this page.
    #[response(items)]
    pub m2m_clients: Vec<M2mClient>,
    /// The total number of results, and the start of the next page.
    #[response(required, next = next_cursor)]
    pub results_metadata: ResultsMetadata,
}

/// Creates a client. No later response shows its secret.
#[endpoint(post = "/v1/m2m/clients", response = CreateResponse, on = Clients)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Create<'a> {
    /// The scopes that it may request.
    pub scopes: Vec<Cow<'a, str>>,
    /// The id of the client, for example one from another system. Default: Stytch creates one.
    pub client_id: Option<Cow<'a, str>>,
    /// The secret of the client: at least 8 characters that cannot be guessed. Default: Stytch creates one.
    #[endpoint(secret)]
    pub client_secret: Option<Cow<'a, str>>,
    /// The name.
    pub client_name: Option<Cow<'a, str>>,
    /// The description.
    pub client_description: Option<Cow<'a, str>>,
    /// Metadata that can only be written by a backend.
    pub trusted_metadata: Option<JsonObject>,
}

/// The response to [`Create`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CreateResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The client, with its secret.
    #[response(required)]
    pub m2m_client: M2mClientWithSecret,
}

/// Changes a client. Fields that are not set keep their values. Issued tokens do not change.
#[endpoint(put = "/v1/m2m/clients/{client_id}", response = ClientResponse, on = Clients, idempotent)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Update<'a> {
    /// The id of the client.
    pub client_id: Cow<'a, str>,
    /// The name.
    pub client_name: Option<Cow<'a, str>>,
    /// The description.
    pub client_description: Option<Cow<'a, str>>,
    /// Whether the client gets access tokens.
    pub status: Option<M2mClientStatus>,
    /// The scopes that it may request.
    pub scopes: Option<Vec<Cow<'a, str>>>,
    /// Metadata that can only be written by a backend.
    pub trusted_metadata: Option<JsonObject>,
}

/// Deletes a client. Issued tokens stay valid until they expire.
#[endpoint(delete = "/v1/m2m/clients/{client_id}", response = DeleteResponse, on = Clients, idempotent)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Delete<'a> {
    /// The id of the client.
    pub client_id: Cow<'a, str>,
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
    /// The id of the client.
    #[response(required)]
    pub client_id: String,
}

/// The secrets of the machines, from [`Clients::secrets`].
#[resource(on = Clients)]
pub struct Secrets;

/// Creates a second secret for a client. Both secrets are valid until the rotation is completed or cancelled.
#[endpoint(
    post = "/v1/m2m/clients/{client_id}/secrets/rotate/start",
    response = RotateStartResponse,
    on = Secrets
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct RotateStart<'a> {
    /// The id of the client.
    pub client_id: Cow<'a, str>,
}

/// The response to [`RotateStart`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RotateStartResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The client, with its next secret, which no later response shows.
    #[response(required)]
    pub m2m_client: M2mClientWithNextSecret,
}

/// Cancels a rotation. The next secret becomes invalid.
#[endpoint(
    post = "/v1/m2m/clients/{client_id}/secrets/rotate/cancel",
    response = ClientResponse,
    on = Secrets
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct RotateCancel<'a> {
    /// The id of the client.
    pub client_id: Cow<'a, str>,
}

/// Completes a rotation. The next secret replaces the current one.
#[endpoint(post = "/v1/m2m/clients/{client_id}/secrets/rotate", response = ClientResponse, on = Secrets)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Rotate<'a> {
    /// The id of the client.
    pub client_id: Cow<'a, str>,
}
