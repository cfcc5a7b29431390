//! `POST /v1/passwords/email/reset/start`

use std::borrow::Cow;

use super::ByEmail;
use crate::status;
use declapi::open_enum;
use declapi::{endpoint, object, response};

/// Mails a link with which the user can choose a new password.
///
/// Refused with `email_not_found` when no user has the address.
#[endpoint(
    post = "/v1/passwords/email/reset/start",
    response = EmailResetStartResponse,
    on = ByEmail,
    name = reset_start
)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct EmailResetStart<'a> {
    /// The email address of the end user.
    pub email: Cow<'a, str>,
    /// Where the link leads; the project's default when unset. Stytch adds the token to its query.
    pub reset_password_redirect_url: Option<Cow<'a, str>>,
    /// How long the link is good for: 5 to 10080 minutes (7 days), 30 when unset.
    pub reset_password_expiration_minutes: Option<u32>,
    /// The base64url SHA-256 of a verifier, which the reset then has to show (PKCE).
    pub code_challenge: Option<Cow<'a, str>>,
    /// Where the user asks from.
    pub attributes: Option<Attributes<'a>>,
    /// Where the mail's link to log in without a reset leads.
    pub login_redirect_url: Option<Cow<'a, str>>,
    /// The language of the mail; English when unset.
    pub locale: Option<Locale>,
    /// The id of a mail template of the project's own.
    pub reset_password_template_id: Option<Cow<'a, str>>,
}

/// The answer to [`EmailResetStart`].
#[response]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct EmailResetStartResponse {
    /// The id of the call, which Stytch's support asks for.
    pub request_id: String,
    /// The HTTP status: the one in the body, or that of the response where the body has none.
    #[serde(default = "status::of_response", deserialize_with = "status::or_of_response")]
    pub status_code: u16,
    /// The id of the user.
    #[response(required)]
    pub user_id: String,
    /// The id of the email address.
    pub email_id: String,
}

/// Where a user's request came from.
#[object]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attributes<'a> {
    /// The address of the user's device.
    pub ip_address: Option<Cow<'a, str>>,
    /// The user's browser.
    pub user_agent: Option<Cow<'a, str>>,
}

open_enum! {
    /// The language of a mail.
    pub enum Locale {
        /// English.
        En = "en",
        /// Spanish.
        Es = "es",
        /// Brazilian Portuguese.
        PtBr = "pt-br",
        /// French.
        Fr = "fr",
    }
}
