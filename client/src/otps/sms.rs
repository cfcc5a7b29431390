//! One-time passcodes by SMS.

use std::borrow::Cow;

use declapi::{endpoint, resource};

use super::Otps;
use crate::models::{Attributes, LoginOrCreateByPhoneResponse, MessageLocale, SendByPhoneResponse};

/// One-time passcodes by SMS, from [`Otps::sms`].
#[resource(on = Otps, name = sms)]
pub struct BySms;

/// Sends a passcode to a user by SMS.
///
/// Rejected with `phone_number_not_found` if no user has the number and none is named. A passcode that was
/// sent before is no longer good.
#[endpoint(post = "/v1/otps/sms/send", response = SendByPhoneResponse, on = BySms)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Send<'a> {
    /// The phone number of the end user, in E.164 form: `+12025550162`.
    pub phone_number: Cow<'a, str>,
    /// How long the passcode is good for: 1 to 10 minutes, 2 when unset.
    pub expiration_minutes: Option<u32>,
    /// Where the user asks from.
    pub attributes: Option<Attributes<'a>>,
    /// The language; English when unset.
    pub locale: Option<MessageLocale>,
    /// The id of a user who gets the number as another one, or your own id for the user.
    pub user_id: Option<Cow<'a, str>>,
    /// The token of a session of that user, instead of the id.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of a session of that user, instead of the id.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
}

/// Sends a passcode by SMS, to a new user if nobody has the number.
///
/// A passcode that was sent before is no longer good.
#[endpoint(post = "/v1/otps/sms/login_or_create", response = LoginOrCreateByPhoneResponse, on = BySms)]
#[derive(Clone)]
#[non_exhaustive]
pub struct LoginOrCreate<'a> {
    /// The phone number of the end user, in E.164 form: `+12025550162`.
    pub phone_number: Cow<'a, str>,
    /// How long the passcode is good for: 1 to 10 minutes, 2 when unset.
    pub expiration_minutes: Option<u32>,
    /// Where the user asks from.
    pub attributes: Option<Attributes<'a>>,
    /// Whether a new user is `pending` until the first authentication; `active` at once when unset.
    pub create_user_as_pending: Option<bool>,
    /// The language; English when unset.
    pub locale: Option<MessageLocale>,
}
