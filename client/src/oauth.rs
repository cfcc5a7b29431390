//! Stytch's OAuth API: logins with identity providers.

use std::borrow::Cow;

use declapi::{Timestamp, endpoint, resource, response};

use crate::models::{Device, Session, User, unless_empty};
use crate::{Client, HttpStatus, JsonObject, Secret};

/// Logins with identity providers.
///
/// From [`Client::oauth`].
#[resource(on = &Client)]
pub struct Oauth;

/// Creates a token with which the next login at a provider is attached to an existing user instead of a sign-up.
///
/// Set exactly one of `user_id`, `session_token` and `session_jwt`.
#[endpoint(post = "/v1/oauth/attach", response = AttachResponse, on = Oauth)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Attach<'a> {
    /// The identity provider, for example `google`.
    pub provider: Cow<'a, str>,
    /// The id of the user, or your own id for the user.
    pub user_id: Option<Cow<'a, str>>,
    /// The token of a session of the user.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of a session of the user.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
}

/// The response to [`Attach`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AttachResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The token, for the start of the login at the same provider.
    #[response(required)]
    pub oauth_attach_token: Secret,
}

/// Logs a user in with the token from the end of a login at a provider.
///
/// A token can be used for one login.
#[endpoint(post = "/v1/oauth/authenticate", response = AuthenticateResponse, on = Oauth)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Authenticate<'a> {
    /// The token in the query of the redirect.
    #[endpoint(secret)]
    pub token: Cow<'a, str>,
    /// The token of a session to extend instead of starting a new one.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// Starts a session, or extends the given one. The lifetime in minutes: 5 to 527040 (366 days).
    pub session_duration_minutes: Option<u32>,
    /// The JWT of the session to extend, as an alternative to its token.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// Claims to add to the session's JWT: at most 4 KB, and only with a session. A claim that is null is deleted.
    pub session_custom_claims: Option<JsonObject>,
    /// The verifier for the `code_challenge` that was sent at the start (PKCE).
    #[endpoint(secret)]
    pub code_verifier: Option<Cow<'a, str>>,
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
    /// The id of the user who logged in.
    #[response(required)]
    pub user_id: String,
    /// The user's id at the provider.
    pub provider_subject: String,
    /// The identity provider, for example `Google`.
    pub provider_type: String,
    /// The opaque token of the session, if one was requested.
    #[serde(deserialize_with = "unless_empty")]
    pub session_token: Option<Secret>,
    /// The JWT of the session, which is valid for five minutes, if one was requested.
    #[serde(deserialize_with = "unless_empty")]
    pub session_jwt: Option<Secret>,
    /// The tokens of the provider.
    pub provider_values: Option<ProviderValues>,
    /// The user who logged in.
    pub user: Option<User>,
    /// Whether other sessions of the user were revoked. Stytch no longer uses it.
    pub reset_sessions: bool,
    /// The id of the registration.
    pub oauth_user_registration_id: String,
    /// The session, if one was requested.
    pub user_session: Option<Session>,
    /// The telemetry data of the device.
    pub user_device: Option<Device>,
}

/// The tokens of an identity provider for a user, for calls to the provider's API.
#[response]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ProviderValues {
    /// The access token.
    #[serde(deserialize_with = "unless_empty")]
    pub access_token: Option<Secret>,
    /// The refresh token, if the provider has one.
    #[serde(deserialize_with = "unless_empty")]
    pub refresh_token: Option<Secret>,
    /// The ID token. It was not verified.
    #[serde(deserialize_with = "unless_empty")]
    pub id_token: Option<Secret>,
    /// The scopes that were granted.
    pub scopes: Vec<String>,
    /// The time when the access token expires.
    #[response(lenient)]
    pub expires_at: Option<Timestamp>,
}
