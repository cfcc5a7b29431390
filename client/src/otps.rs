//! Stytch's OTP API: one-time passcodes.

pub mod email;
pub mod sms;
pub mod whatsapp;

use std::borrow::Cow;

use declapi::{endpoint, resource};

use crate::models::{Attributes, MatchOptions, MethodLoginResponse};
use crate::{Client, JsonObject};

/// One-time passcodes, by SMS, `WhatsApp` or mail.
///
/// From [`Client::otps`].
#[resource(on = &Client)]
pub struct Otps;

/// Logs a user in with a one-time passcode, which can be used for one login.
///
/// Only the last passcode that was sent is valid. For others, the error is `otp_code_not_found`.
#[endpoint(post = "/v1/otps/authenticate", response = MethodLoginResponse, on = Otps)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Authenticate<'a> {
    /// The id of the email address or phone number that the passcode was sent to.
    pub method_id: Cow<'a, str>,
    /// The passcode: six digits.
    #[endpoint(secret)]
    pub code: Cow<'a, str>,
    /// The origin of the user's request.
    pub attributes: Option<Attributes<'a>>,
    /// The attributes that must not have changed since the link or passcode was sent.
    pub options: Option<MatchOptions>,
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
