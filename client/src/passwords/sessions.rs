//! Resets by a fresh session.

use std::borrow::Cow;

use declapi::{endpoint, resource};

use super::Passwords;
use crate::JsonObject;
use crate::models::LoginResponse;

/// Resets by a fresh session, from [`Passwords::sessions`].
#[resource(on = Passwords, name = sessions)]
pub struct BySession;

/// Sets a new password for the user of a session, and revokes the user's other sessions.
///
/// The session has to have a factor that was proven in the last five minutes; one of `session_token` and
/// `session_jwt` names it.
#[endpoint(post = "/v1/passwords/session/reset", response = LoginResponse, on = BySession, name = reset)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SessionReset<'a> {
    /// The new password, in the clear.
    #[endpoint(secret)]
    pub password: Cow<'a, str>,
    /// The token of the session.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of the session, instead of its token.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// Extends the session to live this long: 5 to 527040 minutes (366 days).
    pub session_duration_minutes: Option<u32>,
    /// Claims to add to the session's JWT: at most 4 KB. A null deletes a claim.
    pub session_custom_claims: Option<JsonObject>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}
