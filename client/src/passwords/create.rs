//! `POST /v1/passwords`

use std::borrow::Cow;

use super::{Device, Name, Passwords, Session, User};
use crate::{JsonObject, Secret, status};
use declapi::{endpoint, response};

/// Creates a user with a password, and logs the user in if a session is asked for.
///
/// Refused with `duplicate_email`, `invalid_email`, `weak_password` or `breached_password`, among others.
#[endpoint(post = "/v1/passwords", response = CreateResponse, on = Passwords)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Create<'a> {
    /// The email address of the end user.
    pub email: Cow<'a, str>,
    /// The password, in the clear; Stytch hashes it.
    #[endpoint(secret)]
    pub password: Cow<'a, str>,
    /// Starts a session that lives this long: 5 to 527040 minutes (366 days). No session when unset.
    pub session_duration_minutes: Option<u32>,
    /// Claims to add to the session's JWT: at most 4 KB, and only with a session. A null deletes a claim; the
    /// reserved ones (`iss`, `sub`, `aud`, `exp`, `nbf`, `iat`, `jti`) are ignored.
    pub session_custom_claims: Option<JsonObject>,
    /// Metadata that only servers can write.
    pub trusted_metadata: Option<JsonObject>,
    /// Metadata that the end user can edit: no place for anything that matters.
    pub untrusted_metadata: Option<JsonObject>,
    /// The name of the end user.
    pub name: Option<Name<'a>>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}

/// The answer to [`Create`].
#[response]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CreateResponse {
    /// The id of the call, which Stytch's support asks for.
    pub request_id: String,
    /// The HTTP status: the one in the body, or that of the response where the body has none.
    #[serde(default = "status::of_response", deserialize_with = "status::or_of_response")]
    pub status_code: u16,
    /// The id of the new user.
    #[response(required)]
    pub user_id: String,
    /// The id of the email address.
    pub email_id: String,
    /// The opaque token of the session, if one was asked for.
    #[serde(deserialize_with = "crate::passwords::unless_empty")]
    pub session_token: Option<Secret>,
    /// The JWT of the session, which lives five minutes, if one was asked for.
    #[serde(deserialize_with = "crate::passwords::unless_empty")]
    pub session_jwt: Option<Secret>,
    /// The new user.
    pub user: Option<User>,
    /// The session, if one was asked for.
    pub session: Option<Session>,
    /// What telemetry knows of the device.
    pub user_device: Option<Device>,
}
