//! One-time passcodes by `WhatsApp` message.

use std::borrow::Cow;

use declapi::{endpoint, resource};

use super::Otps;
use crate::models::{Attributes, LoginOrCreateByPhoneResponse, MessageLocale, SendByPhoneResponse};

/// One-time passcodes by `WhatsApp` message, from [`Otps::whatsapp`].
#[resource(on = Otps, name = whatsapp)]
pub struct ByWhatsapp;

/// Sends a passcode to a user by `WhatsApp` message.
///
/// The error is `phone_number_not_found` if no user has the number and no user is given. Earlier passcodes become
/// invalid.
#[endpoint(post = "/v1/otps/whatsapp/send", response = SendByPhoneResponse, on = ByWhatsapp)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Send<'a> {
    /// The phone number of the end user, in E.164 form: `+12025550162`.
    pub phone_number: Cow<'a, str>,
    /// The validity of the passcode, in minutes: 1 to 10. Default: 2.
    pub expiration_minutes: Option<u32>,
    /// The origin of the user's request.
    pub attributes: Option<Attributes<'a>>,
    /// The language. Default: English.
    pub locale: Option<MessageLocale>,
    /// The id of a user to whom the number is added, or your own id for the user.
    pub user_id: Option<Cow<'a, str>>,
    /// The token of a session of that user, as an alternative to the id.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of a session of that user, as an alternative to the id.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
}

/// Sends a passcode by `WhatsApp` message, and creates a user if no user has the number.
///
/// Earlier passcodes become invalid.
#[endpoint(
    post = "/v1/otps/whatsapp/login_or_create",
    response = LoginOrCreateByPhoneResponse,
    on = ByWhatsapp
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct LoginOrCreate<'a> {
    /// The phone number of the end user, in E.164 form: `+12025550162`.
    pub phone_number: Cow<'a, str>,
    /// The validity of the passcode, in minutes: 1 to 10. Default: 2.
    pub expiration_minutes: Option<u32>,
    /// The origin of the user's request.
    pub attributes: Option<Attributes<'a>>,
    /// Whether a new user is `pending` until the first authentication. Default: `active` from the start.
    pub create_user_as_pending: Option<bool>,
    /// The language. Default: English.
    pub locale: Option<MessageLocale>,
}
