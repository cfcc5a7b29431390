//! `POST /v1/passwords/authenticate`

use std::borrow::Cow;

use super::{Device, Passwords, Session, User};
use crate::{JsonObject, Secret, status};
use declapi::{endpoint, response};

/// Logs a user in with address and password.
///
/// Refused with `unauthorized_credentials` for a wrong password, `email_not_found`, or `reset_password` when the
/// password has to be changed first.
#[endpoint(post = "/v1/passwords/authenticate", response = AuthenticateResponse, on = Passwords)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Authenticate<'a> {
    /// The email address of the end user.
    pub email: Cow<'a, str>,
    /// The password, in the clear.
    #[endpoint(secret)]
    pub password: Cow<'a, str>,
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
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}

/// The answer to [`Authenticate`].
#[response]
#[derive(Clone, Debug, PartialEq)]
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
    /// The opaque token of the session, if one was asked for.
    #[serde(deserialize_with = "crate::passwords::unless_empty")]
    pub session_token: Option<Secret>,
    /// The JWT of the session, which lives five minutes, if one was asked for.
    #[serde(deserialize_with = "crate::passwords::unless_empty")]
    pub session_jwt: Option<Secret>,
    /// The user who logged in.
    pub user: Option<User>,
    /// The session, if one was asked for.
    pub session: Option<Session>,
    /// What telemetry knows of the device.
    pub user_device: Option<Device>,
}
