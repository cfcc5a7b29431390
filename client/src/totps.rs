//! Stytch's TOTP API: authenticator apps.

use std::borrow::Cow;

use declapi::{endpoint, resource, response};

use crate::models::{Device, Session, User, unless_empty};
use crate::{Client, HttpStatus, JsonObject, Secret};

/// Passcodes of authenticator apps.
///
/// From [`Client::totps`].
#[resource(on = &Client)]
pub struct Totps;

/// Starts the registration of an authenticator app. The user's first passcode completes it.
#[endpoint(post = "/v1/totps", response = CreateResponse, on = Totps)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Create<'a> {
    /// The id of the user, or your own id for the user.
    pub user_id: Cow<'a, str>,
    /// The time to complete the registration, in minutes: 5 to 1440 (a day). Default: 1440.
    pub expiration_minutes: Option<u32>,
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
    /// The id of the registration.
    #[response(required)]
    pub totp_id: String,
    /// The secret, for users who type it into the app.
    #[response(required)]
    pub secret: Secret,
    /// The secret as a QR code: an image in a `data:` URL.
    pub qr_code: Secret,
    /// The recovery codes for users who have lost the app. Each can be used for one login.
    pub recovery_codes: Vec<Secret>,
    /// The user.
    pub user: Option<User>,
    /// The id of the user.
    pub user_id: String,
}

/// Logs a user in with a passcode of their authenticator app, and completes its registration.
///
/// A passcode can be used for one login.
#[endpoint(post = "/v1/totps/authenticate", response = AuthenticateResponse, on = Totps)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Authenticate<'a> {
    /// The id of the user, or your own id for the user.
    pub user_id: Cow<'a, str>,
    /// The passcode: six digits.
    #[endpoint(secret)]
    pub totp_code: Cow<'a, str>,
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

/// A login with an authenticator app: the response to [`Authenticate`] and [`Recover`].
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
    /// The opaque token of the session, if one was requested.
    #[serde(deserialize_with = "unless_empty")]
    pub session_token: Option<Secret>,
    /// The id of the registration.
    pub totp_id: String,
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

/// Returns the unused recovery codes of a user.
#[endpoint(post = "/v1/totps/recovery_codes", response = RecoveryCodesResponse, on = Totps)]
#[derive(Clone)]
#[non_exhaustive]
pub struct RecoveryCodes<'a> {
    /// The id of the user, or your own id for the user.
    pub user_id: Cow<'a, str>,
}

/// The response to [`RecoveryCodes`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RecoveryCodesResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the user.
    pub user_id: String,
    /// The authenticator apps, with their codes.
    pub totps: Vec<TotpWithRecoveryCodes>,
}

/// An authenticator app with its recovery codes.
#[response]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct TotpWithRecoveryCodes {
    /// The id of the registration.
    pub totp_id: String,
    /// Whether it was completed.
    pub verified: bool,
    /// The codes, each of which can be used for one login.
    pub recovery_codes: Vec<Secret>,
}

/// Logs a user in with a recovery code. The code becomes invalid.
#[endpoint(post = "/v1/totps/recover", response = AuthenticateResponse, on = Totps)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Recover<'a> {
    /// The id of the user, or your own id for the user.
    pub user_id: Cow<'a, str>,
    /// The recovery code.
    #[endpoint(secret)]
    pub recovery_code: Cow<'a, str>,
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
