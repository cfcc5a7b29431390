//! `POST /v1/passwords/email/reset`

use std::borrow::Cow;

use super::{Attributes, AuthenticateResponse, ByEmail};
use crate::JsonObject;
use declapi::{endpoint, object};

/// Sets a new password with the token from a mail, and logs the user in if a session is asked for.
///
/// A token is good for one reset.
#[endpoint(post = "/v1/passwords/email/reset", response = AuthenticateResponse, on = ByEmail, name = reset)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct EmailReset<'a> {
    /// The token from the link in the mail.
    #[endpoint(secret)]
    pub token: Cow<'a, str>,
    /// The new password, in the clear.
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
    /// The verifier behind the `code_challenge` that started the reset (PKCE).
    #[endpoint(secret)]
    pub code_verifier: Option<Cow<'a, str>>,
    /// Claims to add to the session's JWT: at most 4 KB, and only with a session. A null deletes a claim.
    pub session_custom_claims: Option<JsonObject>,
    /// Where the user resets from.
    pub attributes: Option<Attributes<'a>>,
    /// What has to be the same as when the reset was started.
    pub options: Option<ResetOptions>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}

/// What has to be the same at a reset as when it was started.
#[object]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResetOptions {
    /// Whether the address of the device has to be.
    pub ip_match_required: Option<bool>,
    /// Whether the browser has to be.
    pub user_agent_match_required: Option<bool>,
}
