//! Resets by a fresh session.

use std::borrow::Cow;

use declapi::{endpoint, resource};

use super::Passwords;
use crate::JsonObject;
use crate::b2b::Client;
use crate::b2b::models::LoginResponse;
use crate::models::Locale;

/// Resets by a fresh session, from [`Passwords::sessions`].
#[resource(on = Passwords<&Client>, name = sessions)]
pub struct BySession;

/// Sets a new password for the member of a session, and revokes the member's other sessions.
///
/// Set `session_token` or `session_jwt`. The session must have a factor that was proven in the last five minutes.
#[endpoint(post = "/v1/b2b/passwords/session/reset", response = LoginResponse, on = BySession, name = reset)]
#[derive(Clone)]
#[non_exhaustive]
pub struct SessionReset<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The new password, in the clear.
    #[endpoint(secret)]
    pub password: Cow<'a, str>,
    /// The token of the session.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of that session, instead of its token.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// The lifetime of the session in minutes from now: 5 to 527040 (366 days). Default: 60.
    pub session_duration_minutes: Option<u32>,
    /// Claims to add to the session's JWT: at most 4 KB. A null deletes a claim.
    pub session_custom_claims: Option<JsonObject>,
    /// The language of an SMS that is sent because a second factor is required. Default: English.
    pub locale: Option<Locale>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}
