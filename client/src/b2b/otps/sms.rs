//! One-time passcodes by SMS, as a second factor.

use std::borrow::Cow;

use declapi::{endpoint, resource};

use super::Otps;
use crate::JsonObject;
use crate::b2b::models::{MemberResponse, SessionResponse};
use crate::models::MessageLocale;

/// One-time passcodes by SMS, from [`Otps::sms`].
#[resource(on = Otps, name = sms)]
pub struct BySms;

/// Sends a passcode to a member by SMS.
///
/// The passcode is valid for two minutes, and earlier passcodes become invalid. If the member already has a phone
/// number, the request needs a session or an intermediate session.
#[endpoint(post = "/v1/b2b/otps/sms/send", response = MemberResponse, on = BySms)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Send<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the member, or your own id for the member.
    pub member_id: Cow<'a, str>,
    /// The phone number for a member who has none, in E.164 form: `+12025550162`.
    pub mfa_phone_number: Option<Cow<'a, str>>,
    /// The language. Default: English.
    pub locale: Option<MessageLocale>,
    /// The token of the intermediate session of the member who logs in.
    #[endpoint(secret)]
    pub intermediate_session_token: Option<Cow<'a, str>>,
    /// The token of a session of the member, as an alternative to the intermediate session.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of a session of the member, as an alternative to the intermediate session.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
}

/// Verifies a passcode from an SMS as the second factor, and logs the member in.
///
/// Set one of `intermediate_session_token`, `session_token` and `session_jwt` to identify the login.
#[endpoint(post = "/v1/b2b/otps/sms/authenticate", response = SessionResponse, on = BySms)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Authenticate<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the member, or your own id for the member.
    pub member_id: Cow<'a, str>,
    /// The passcode: six digits.
    #[endpoint(secret)]
    pub code: Cow<'a, str>,
    /// The token of the intermediate session of the member who logs in.
    #[endpoint(secret)]
    pub intermediate_session_token: Option<Cow<'a, str>>,
    /// The token of a session of the member, as an alternative to the intermediate session.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of a session of the member, as an alternative to the intermediate session.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// The lifetime of the session in minutes from now: 5 to 527040 (366 days). Default: 60.
    pub session_duration_minutes: Option<u32>,
    /// Claims to add to the session's JWT: at most 4 KB. A claim that is null is deleted.
    pub session_custom_claims: Option<JsonObject>,
    /// Whether logins of the member need a second factor from now on: `enroll` or `unenroll`.
    pub set_mfa_enrollment: Option<Cow<'a, str>>,
    /// Whether this second factor becomes the default of the member.
    pub set_default_mfa: Option<bool>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}
