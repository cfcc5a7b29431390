//! Stytch's WebAuthn API: passkeys and hardware keys.

use std::borrow::Cow;

use declapi::{endpoint, resource, response};

use crate::models::{AuthenticatorType, Device, Session, User, WebauthnRegistration, unless_empty};
use crate::{Client, HttpStatus, JsonObject, Secret};

/// Passkeys and hardware keys.
///
/// From [`Client::webauthn`].
#[resource(on = &Client)]
pub struct Webauthn;

/// Starts a registration. The response contains the options for the browser.
#[endpoint(post = "/v1/webauthn/register/start", response = RegisterStartResponse, on = Webauthn)]
#[derive(Clone)]
#[non_exhaustive]
pub struct RegisterStart<'a> {
    /// The id of the user, or your own id for the user.
    pub user_id: Cow<'a, str>,
    /// The domain of the page, without scheme and path.
    pub domain: Cow<'a, str>,
    /// The user's browser.
    pub user_agent: Option<Cow<'a, str>>,
    /// The type of the authenticator. Default: any.
    pub authenticator_type: Option<AuthenticatorType>,
    /// Whether the options are those for passkeys.
    pub return_passkey_credential_options: Option<bool>,
    /// The id that the authenticator stores instead of the user's id.
    pub override_id: Option<Cow<'a, str>>,
    /// The name that the authenticator stores instead of the email address or phone number.
    pub override_name: Option<Cow<'a, str>>,
    /// The name that the authenticator shows.
    pub override_display_name: Option<Cow<'a, str>>,
    /// Whether binary values in the options are base64url, which browsers expect. Default: standard base64.
    pub use_base64_url_encoding: Option<bool>,
}

/// The response to [`RegisterStart`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RegisterStartResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the user.
    pub user_id: String,
    /// The options for `navigator.credentials.create()`, as JSON.
    #[response(required)]
    pub public_key_credential_creation_options: String,
}

/// Completes a registration with the result of the browser, and logs the user in if a session is requested.
#[endpoint(post = "/v1/webauthn/register", response = AuthenticateResponse, on = Webauthn)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Register<'a> {
    /// The id of the user, or your own id for the user.
    pub user_id: Cow<'a, str>,
    /// The result of `navigator.credentials.create()`, as JSON.
    #[endpoint(secret)]
    pub public_key_credential: Cow<'a, str>,
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
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}

/// Starts a login. The response contains the options for the browser.
#[endpoint(post = "/v1/webauthn/authenticate/start", response = AuthenticateStartResponse, on = Webauthn)]
#[derive(Clone)]
#[non_exhaustive]
pub struct AuthenticateStart<'a> {
    /// The domain of the page, without scheme and path.
    pub domain: Cow<'a, str>,
    /// The id of the user, or your own id for the user. Default: any passkey of the domain.
    pub user_id: Option<Cow<'a, str>>,
    /// Whether the options are those for passkeys.
    pub return_passkey_credential_options: Option<bool>,
    /// Whether binary values in the options are base64url, which browsers expect. Default: standard base64.
    pub use_base64_url_encoding: Option<bool>,
}

/// The response to [`AuthenticateStart`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AuthenticateStartResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the user; empty if no user was given.
    pub user_id: String,
    /// The options for `navigator.credentials.get()`, as JSON.
    #[response(required)]
    pub public_key_credential_request_options: String,
}

/// Logs a user in with the result of the browser.
#[endpoint(post = "/v1/webauthn/authenticate", response = AuthenticateResponse, on = Webauthn)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Authenticate<'a> {
    /// The result of `navigator.credentials.get()`, as JSON.
    #[endpoint(secret)]
    pub public_key_credential: Cow<'a, str>,
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
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}

/// A login with a registration: the response to [`Register`] and [`Authenticate`].
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
    /// The id of the registration.
    pub webauthn_registration_id: String,
    /// The opaque token of the session, if one was requested.
    #[serde(deserialize_with = "unless_empty")]
    pub session_token: Option<Secret>,
    /// The JWT of the session, which is valid for five minutes, if one was requested.
    #[serde(deserialize_with = "unless_empty")]
    pub session_jwt: Option<Secret>,
    /// The user who logged in.
    pub user: Option<User>,
    /// The session, if one was requested.
    pub session: Option<Session>,
    /// The telemetry data of the device.
    pub user_device: Option<Device>,
}

/// Renames a registration.
#[endpoint(
    put = "/v1/webauthn/{webauthn_registration_id}",
    response = UpdateResponse,
    on = Webauthn,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Update<'a> {
    /// The id of the registration.
    pub webauthn_registration_id: Cow<'a, str>,
    /// The new name, which the user sees.
    pub name: Cow<'a, str>,
}

/// The response to [`Update`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct UpdateResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The registration after the change.
    pub webauthn_registration: Option<WebauthnRegistration>,
}

/// Lists the public keys of a user's registrations.
#[endpoint(
    get = "/v1/webauthn/credentials/{user_id}/{domain}",
    response = ListCredentialsResponse,
    on = Webauthn,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct ListCredentials<'a> {
    /// The id of the user.
    pub user_id: Cow<'a, str>,
    /// The domain of the registrations.
    pub domain: Cow<'a, str>,
}

/// The response to [`ListCredentials`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ListCredentialsResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The credentials.
    pub credentials: Vec<WebauthnCredential>,
}

/// A public key of a user.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct WebauthnCredential {
    /// The id of the key at the authenticator.
    pub credential_id: String,
    /// The id of the registration.
    pub webauthn_registration_id: String,
    /// The type: `public-key`.
    #[serde(rename = "type")]
    pub credential_type: String,
    /// The key.
    pub public_key: String,
}
