//! Stytch's OAuth API: logins with identity providers.

use std::borrow::Cow;

use declapi::{Timestamp, endpoint, resource, response};

use crate::models::{Device, Session, User, unless_empty};
use crate::{Client, JsonObject, Secret, status};

/// Logins with identity providers.
///
/// From [`Client::oauth`].
#[resource(on = &Client)]
pub struct Oauth;

/// Makes a token with which the next login at a provider is for a known user, and not a sign-up.
///
/// Exactly one of `user_id`, `session_token` and `session_jwt` names the user.
#[endpoint(post = "/v1/oauth/attach", response = AttachResponse, on = Oauth)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Attach<'a> {
    /// The identity provider, such as `google`.
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
    /// The id of the call, which Stytch's support asks for.
    pub request_id: String,
    /// The HTTP status: the one in the body, or that of the response where the body has none.
    #[serde(default = "status::of_response", deserialize_with = "status::or_of_response")]
    pub status_code: u16,
    /// The token, for the start of the login at the same provider.
    #[response(required)]
    pub oauth_attach_token: Secret,
}

/// Logs a user in with the token that the login at a provider has ended with.
///
/// A token is good for one login.
#[endpoint(post = "/v1/oauth/authenticate", response = AuthenticateResponse, on = Oauth)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Authenticate<'a> {
    /// The token in the query of the redirect.
    #[endpoint(secret)]
    pub token: Cow<'a, str>,
    /// The token of a session to extend, instead of starting one.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// Starts a session, or extends the one named, to live this long: 5 to 527040 minutes (366 days).
    pub session_duration_minutes: Option<u32>,
    /// The JWT of a session to extend, instead of its token.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// Claims to add to the session's JWT: at most 4 KB, and only with a session. A null deletes a claim.
    pub session_custom_claims: Option<JsonObject>,
    /// The verifier behind the `code_challenge` that was sent at the start (PKCE).
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
    /// The id of the call, which Stytch's support asks for.
    pub request_id: String,
    /// The HTTP status: the one in the body, or that of the response where the body has none.
    #[serde(default = "status::of_response", deserialize_with = "status::or_of_response")]
    pub status_code: u16,
    /// The id of the user who logged in.
    #[response(required)]
    pub user_id: String,
    /// The user's id at the provider.
    pub provider_subject: String,
    /// The identity provider, such as `Google`.
    pub provider_type: String,
    /// The opaque token of the session, if one was asked for.
    #[serde(deserialize_with = "unless_empty")]
    pub session_token: Option<Secret>,
    /// The JWT of the session, which lives five minutes, if one was asked for.
    #[serde(deserialize_with = "unless_empty")]
    pub session_jwt: Option<Secret>,
    /// What the provider has given.
    pub provider_values: Option<ProviderValues>,
    /// The user who logged in.
    pub user: Option<User>,
    /// Whether other sessions of the user were revoked; no longer in use.
    pub reset_sessions: bool,
    /// The id of the registration.
    pub oauth_user_registration_id: String,
    /// The session, if one was asked for.
    pub user_session: Option<Session>,
    /// What telemetry knows of the device.
    pub user_device: Option<Device>,
}

/// What an identity provider has given for a user, for calls to its own API.
#[response]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ProviderValues {
    /// The access token.
    #[serde(deserialize_with = "unless_empty")]
    pub access_token: Option<Secret>,
    /// The refresh token, from providers that have them.
    #[serde(deserialize_with = "unless_empty")]
    pub refresh_token: Option<Secret>,
    /// The ID token, which was not verified.
    #[serde(deserialize_with = "unless_empty")]
    pub id_token: Option<Secret>,
    /// The scopes that were granted.
    pub scopes: Vec<String>,
    /// When the access token expires.
    #[response(lenient)]
    pub expires_at: Option<Timestamp>,
}
