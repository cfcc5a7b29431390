//! Resets with the old password.

use std::borrow::Cow;

use declapi::{endpoint, resource};

use super::Passwords;
use crate::JsonObject;
use crate::models::LoginResponse;

/// Resets with the old password, from [`Passwords::existing_password`].
#[resource(on = Passwords, name = existing_password)]
pub struct ByExistingPassword;

/// Sets a new password with the old one, and logs the user in if a session is requested.
#[endpoint(
    post = "/v1/passwords/existing_password/reset",
    response = LoginResponse,
    on = ByExistingPassword,
    name = reset
)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ExistingPasswordReset<'a> {
    /// The email address of the end user.
    pub email: Cow<'a, str>,
    /// The current password of the user.
    #[endpoint(secret)]
    pub existing_password: Cow<'a, str>,
    /// The new password.
    #[endpoint(secret)]
    pub new_password: Cow<'a, str>,
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
