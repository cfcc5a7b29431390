//! Resets with the old password.

use std::borrow::Cow;

use declapi::{endpoint, resource};

use super::Passwords;
use crate::JsonObject;
use crate::b2b::Client;
use crate::b2b::models::LoginResponse;
use crate::models::Locale;

/// Resets with the old password, from [`Passwords::existing_password`].
#[resource(on = Passwords<&Client>, name = existing_password)]
pub struct ByExistingPassword;

/// Sets a new password with the old one, and logs the member in.
#[endpoint(
    post = "/v1/b2b/passwords/existing_password/reset",
    response = LoginResponse,
    on = ByExistingPassword,
    name = reset
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct ExistingPasswordReset<'a> {
    /// The email address of the member.
    pub email_address: Cow<'a, str>,
    /// The current password of the member.
    #[endpoint(secret)]
    pub existing_password: Cow<'a, str>,
    /// The new password.
    #[endpoint(secret)]
    pub new_password: Cow<'a, str>,
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The token of the session to which this login is added. Default: a new session.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The lifetime of the session in minutes from now: 5 to 527040 (366 days). Default: 60.
    pub session_duration_minutes: Option<u32>,
    /// The JWT of the session to which this login is added, as an alternative to its token.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// Claims to add to the session's JWT: at most 4 KB. A claim that is null is deleted.
    pub session_custom_claims: Option<JsonObject>,
    /// The language of an SMS that is sent because a second factor is required. Default: English.
    pub locale: Option<Locale>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}
