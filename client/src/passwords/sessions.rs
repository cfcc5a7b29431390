//! Resets with a recent session.

use std::borrow::Cow;

use declapi::{endpoint, resource};

use super::Passwords;
use crate::JsonObject;
use crate::models::LoginResponse;

/// Resets with a recent session, from [`Passwords::sessions`].
#[resource(on = Passwords, name = sessions)]
pub struct BySession;

/// Sets a new password for the user of a session, and revokes the user's other sessions.
///
/// The session must have a factor that was verified in the last five minutes. Set one of `session_token` and
/// `session_jwt`.
#[endpoint(post = "/v1/passwords/session/reset", response = LoginResponse, on = BySession, name = reset)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SessionReset<'a> {
    /// The new password in plain text.
    #[endpoint(secret)]
    pub password: Cow<'a, str>,
    /// The token of the session.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of the session, as an alternative to its token.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// Extends the session to this many minutes from now: 5 to 527040 (366 days).
    pub session_duration_minutes: Option<u32>,
    /// Claims to add to the session's JWT: at most 4 KB. A claim that is null is deleted.
    pub session_custom_claims: Option<JsonObject>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}
