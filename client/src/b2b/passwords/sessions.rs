//! Resets with a recent session.

use std::borrow::Cow;

use declapi::{endpoint, resource};

use super::Passwords;
use crate::JsonObject;
use crate::b2b::Client;
use crate::b2b::models::LoginResponse;
use crate::models::Locale;

/// Resets with a recent session, from [`Passwords::sessions`].
#[resource(on = Passwords<&Client>, name = sessions)]
pub struct BySession;

/// Sets a new password for the member of a session, and revokes the member's other sessions.
///
/// The session must have a factor that was verified in the last five minutes. Set one of `session_token` and
/// `session_jwt`.
#[endpoint(post = "/v1/b2b/passwords/session/reset", response = LoginResponse, on = BySession, name = reset)]
#[derive(Clone)]
#[non_exhaustive]
pub struct SessionReset<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The new password in plain text.
    #[endpoint(secret)]
    pub password: Cow<'a, str>,
    /// The token of the session.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of the session, as an alternative to its token.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// The lifetime of the session in minutes from now: 5 to 527040 (366 days). Default: 60.
    pub session_duration_minutes: Option<u32>,
    /// Claims to add to the session's JWT: at most 4 KB. A claim that is null is deleted.
    pub session_custom_claims: Option<JsonObject>,
    /// The language of an SMS that is sent because a second factor is required. Default: English.
    pub locale: Option<Locale>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}
