//! One-time passcodes by mail.

use std::borrow::Cow;

use declapi::{endpoint, resource};

use super::Otps;
use crate::models::{Attributes, Locale, LoginOrCreateByEmailResponse, SendByEmailResponse};

/// One-time passcodes by mail, from [`Otps::email`].
#[resource(on = Otps, name = email)]
pub struct ByEmail;

/// Mails a passcode to a user.
///
/// The error is `email_not_found` if no user has the address and no user is given.
#[endpoint(post = "/v1/otps/email/send", response = SendByEmailResponse, on = ByEmail)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Send<'a> {
    /// The email address of the end user.
    pub email: Cow<'a, str>,
    /// The validity of the passcode, in minutes: 1 to 10. Default: 2.
    pub expiration_minutes: Option<u32>,
    /// The origin of the user's request.
    pub attributes: Option<Attributes<'a>>,
    /// The language. Default: English.
    pub locale: Option<Locale>,
    /// The id of a user to whom the address is added, or your own id for the user.
    pub user_id: Option<Cow<'a, str>>,
    /// The token of a session of that user, as an alternative to the id.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of a session of that user, as an alternative to the id.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// The id of a mail template of the project for logins.
    pub login_template_id: Option<Cow<'a, str>>,
    /// The id of a mail template of the project for sign-ups.
    pub signup_template_id: Option<Cow<'a, str>>,
}

/// Mails a passcode, and creates a user if no user has the address.
#[endpoint(post = "/v1/otps/email/login_or_create", response = LoginOrCreateByEmailResponse, on = ByEmail)]
#[derive(Clone)]
#[non_exhaustive]
pub struct LoginOrCreate<'a> {
    /// The email address of the end user.
    pub email: Cow<'a, str>,
    /// The validity of the passcode, in minutes: 1 to 10. Default: 2.
    pub expiration_minutes: Option<u32>,
    /// The origin of the user's request.
    pub attributes: Option<Attributes<'a>>,
    /// Whether a new user is `pending` until the first authentication. Default: `active` from the start.
    pub create_user_as_pending: Option<bool>,
    /// The language. Default: English.
    pub locale: Option<Locale>,
    /// The id of a mail template of the project for logins.
    pub login_template_id: Option<Cow<'a, str>>,
    /// The id of a mail template of the project for sign-ups.
    pub signup_template_id: Option<Cow<'a, str>>,
}
