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

/// Logs a user in with a one-time passcode, which is good for one login.
///
/// Only the last one that was sent is; rejected with `otp_code_not_found` otherwise.
#[endpoint(post = "/v1/otps/authenticate", response = MethodLoginResponse, on = Otps)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Authenticate<'a> {
    /// The id of the email address or phone number that the passcode was sent to.
    pub method_id: Cow<'a, str>,
    /// The passcode: six digits.
    #[endpoint(secret)]
    pub code: Cow<'a, str>,
    /// Where the user asks from.
    pub attributes: Option<Attributes<'a>>,
    /// What has to be the same as when it was sent.
    pub options: Option<MatchOptions>,
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
