//! Stytch's Connected Apps API: applications that users connect with their accounts.

use std::borrow::Cow;

use declapi::{endpoint, resource, response};

use crate::models::{
    ClientType, ConnectedApp, ConnectedAppWithNextSecret, ConnectedAppWithSecret, ResultsMetadata,
};
use crate::{Client, HttpStatus};

/// Applications that users connect with their accounts.
///
/// From [`Client::connected_app`].
#[resource(on = &Client, name = connected_app)]
pub struct ConnectedApps;

/// The applications, from [`ConnectedApps::clients`].
#[resource(on = ConnectedApps)]
pub struct Clients;

/// Reads a connected app.
#[endpoint(get = "/v1/connected_apps/clients/{client_id}", response = ConnectedAppResponse, on = Clients, idempotent)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Get<'a> {
    /// The id of the client.
    pub client_id: Cow<'a, str>,
}

/// A connected app.
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ConnectedAppResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The app.
    #[response(required)]
    pub connected_app: ConnectedApp,
}

/// Lists the connected apps of the project.
#[endpoint(
    post = "/v1/connected_apps/clients/search",
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
    /// The apps of this page.
    #[response(items)]
    pub connected_apps: Vec<ConnectedApp>,
    /// The total number of results, and the start of the next page.
    #[response(required, next = next_cursor)]
    pub results_metadata: ResultsMetadata,
}

/// Creates a connected app. No later response shows its secret.
#[endpoint(post = "/v1/connected_apps/clients", response = CreateResponse, on = Clients)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Create<'a> {
    /// The owner of the app, and whether it can keep a secret. It cannot be changed later.
    pub client_type: ClientType,
    /// The name that users see.
    pub client_name: Option<Cow<'a, str>>,
    /// The description of the app.
    pub client_description: Option<Cow<'a, str>>,
    /// The redirect URLs to which users may be sent back.
    pub redirect_urls: Option<Vec<Cow<'a, str>>>,
    /// Whether its access tokens can be exchanged for sessions. Only for first-party apps.
    pub full_access_allowed: Option<bool>,
    /// The lifetime of an access token, in minutes. Default: 60.
    pub access_token_expiry_minutes: Option<u32>,
    /// The audience of access tokens, in addition to the project.
    pub access_token_custom_audience: Option<Cow<'a, str>>,
    /// The template for the claims of access tokens, a JSON object.
    pub access_token_template_content: Option<Cow<'a, str>>,
    /// The redirect URLs to which users may be sent after a logout.
    pub post_logout_redirect_urls: Option<Vec<Cow<'a, str>>>,
    /// The URL of the logo.
    pub logo_url: Option<Cow<'a, str>>,
    /// Whether `offline_access` does not require the consent of users. Only for first-party apps.
    pub bypass_consent_for_offline_access: Option<bool>,
    /// The template for the claims of ID tokens, a JSON object.
    pub id_token_template_content: Option<Cow<'a, str>>,
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
    /// The app, with its secret if it can keep one.
    #[response(required)]
    pub connected_app: ConnectedAppWithSecret,
}

/// Changes a connected app. Fields that are not set keep their values.
#[endpoint(
    put = "/v1/connected_apps/clients/{client_id}",
    response = ConnectedAppResponse,
    on = Clients,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Update<'a> {
    /// The id of the client.
    pub client_id: Cow<'a, str>,
    /// The name that users see.
    pub client_name: Option<Cow<'a, str>>,
    /// The description of the app.
    pub client_description: Option<Cow<'a, str>>,
    /// The redirect URLs to which users may be sent back.
    pub redirect_urls: Option<Vec<Cow<'a, str>>>,
    /// Whether its access tokens can be exchanged for sessions. Only for first-party apps.
    pub full_access_allowed: Option<bool>,
    /// The lifetime of an access token, in minutes.
    pub access_token_expiry_minutes: Option<u32>,
    /// The audience of access tokens, in addition to the project.
    pub access_token_custom_audience: Option<Cow<'a, str>>,
    /// The template for the claims of access tokens, a JSON object.
    pub access_token_template_content: Option<Cow<'a, str>>,
    /// The redirect URLs to which users may be sent after a logout.
    pub post_logout_redirect_urls: Option<Vec<Cow<'a, str>>>,
    /// The URL of the logo.
    pub logo_url: Option<Cow<'a, str>>,
    /// Whether `offline_access` does not require the consent of users. Only for first-party apps.
    pub bypass_consent_for_offline_access: Option<bool>,
    /// The template for the claims of ID tokens, a JSON object.
    pub id_token_template_content: Option<Cow<'a, str>>,
}

/// Deletes a connected app.
#[endpoint(
    delete = "/v1/connected_apps/clients/{client_id}",
    response = DeleteResponse,
    on = Clients,
    idempotent
)]
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

/// The secrets of the applications, from [`Clients::secrets`].
#[resource(on = Clients)]
pub struct Secrets;

/// Creates a second secret for a connected app. Both secrets are valid until the rotation is completed or cancelled.
#[endpoint(
    post = "/v1/connected_apps/clients/{client_id}/secrets/rotate/start",
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
    /// The app, with its next secret, which no later response shows.
    #[response(required)]
    pub connected_app: ConnectedAppWithNextSecret,
}

/// Cancels a rotation. The next secret becomes invalid.
#[endpoint(
    post = "/v1/connected_apps/clients/{client_id}/secrets/rotate/cancel",
    response = ConnectedAppResponse,
    on = Secrets
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct RotateCancel<'a> {
    /// The id of the client.
    pub client_id: Cow<'a, str>,
}

/// Completes a rotation. The next secret replaces the current one.
#[endpoint(
    post = "/v1/connected_apps/clients/{client_id}/secrets/rotate",
    response = ConnectedAppResponse,
    on = Secrets
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Rotate<'a> {
    /// The id of the client.
    pub client_id: Cow<'a, str>,
}
