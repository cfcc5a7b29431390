//! Responses of several operations.

use declapi::response;

use super::{Device, Session, User, unless_empty};
use crate::{HttpStatus, Secret};

/// A login.
#[response]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct LoginResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the user who logged in.
    #[response(required)]
    pub user_id: String,
    /// The opaque token of the session, if one was requested.
    #[serde(deserialize_with = "unless_empty")]
    pub session_token: Option<Secret>,
    /// The JWT of the session, which is valid for five minutes, if one was requested.
    #[serde(deserialize_with = "unless_empty")]
    pub session_jwt: Option<Secret>,
    /// The user who logged in.
    pub user: Option<User>,
    /// The session, if one was requested.
    pub session: Option<Session>,
    /// The telemetry data of the device.
    pub user_device: Option<Device>,
}

/// A login with a link or a passcode that was sent to the user.
#[response]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct MethodLoginResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the user who logged in.
    #[response(required)]
    pub user_id: String,
    /// The id of the email address, of the phone number, or of the embedded link.
    pub method_id: String,
    /// The opaque token of the session, if one was requested.
    #[serde(deserialize_with = "unless_empty")]
    pub session_token: Option<Secret>,
    /// The JWT of the session, which is valid for five minutes, if one was requested.
    #[serde(deserialize_with = "unless_empty")]
    pub session_jwt: Option<Secret>,
    /// The user who logged in.
    pub user: Option<User>,
    /// Whether other sessions of the user were revoked. Stytch no longer uses it.
    pub reset_sessions: bool,
    /// The session, if one was requested.
    pub session: Option<Session>,
    /// The telemetry data of the device.
    pub user_device: Option<Device>,
}

/// A user who was changed.
#[response]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct UserResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the user.
    #[response(required)]
    pub user_id: String,
    /// The user after the change.
    pub user: Option<User>,
}

/// A mail to a user.
#[response]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SendByEmailResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the user.
    #[response(required)]
    pub user_id: String,
    /// The id of the email address.
    pub email_id: String,
}

/// A mail to a user, who may be new.
#[response]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoginOrCreateByEmailResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the user.
    #[response(required)]
    pub user_id: String,
    /// The id of the email address.
    pub email_id: String,
    /// Whether a new user was created for the address.
    pub user_created: bool,
}

/// A message to a user's phone.
#[response]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SendByPhoneResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the user.
    #[response(required)]
    pub user_id: String,
    /// The id of the phone number.
    pub phone_id: String,
}

/// A message to the phone of a user, who may be new.
#[response]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoginOrCreateByPhoneResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the user.
    #[response(required)]
    pub user_id: String,
    /// The id of the phone number.
    pub phone_id: String,
    /// Whether a new user was created for the number.
    pub user_created: bool,
}

/// A successful response without further data.
#[response]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EmptyResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
}
