//! Responses of several operations.

use declapi::response;

use super::{Device, Session, User, unless_empty};
use crate::{Secret, status};

/// A login.
#[response]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct LoginResponse {
    /// The id of the call, which Stytch's support asks for.
    pub request_id: String,
    /// The HTTP status: the one in the body, or that of the response where the body has none.
    #[serde(default = "status::of_response", deserialize_with = "status::or_of_response")]
    pub status_code: u16,
    /// The id of the user who logged in.
    #[response(required)]
    pub user_id: String,
    /// The opaque token of the session, if one was asked for.
    #[serde(deserialize_with = "unless_empty")]
    pub session_token: Option<Secret>,
    /// The JWT of the session, which lives five minutes, if one was asked for.
    #[serde(deserialize_with = "unless_empty")]
    pub session_jwt: Option<Secret>,
    /// The user who logged in.
    pub user: Option<User>,
    /// The session, if one was asked for.
    pub session: Option<Session>,
    /// What telemetry knows of the device.
    pub user_device: Option<Device>,
}

/// A login with what was sent to a user: a link or a passcode.
#[response]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct MethodLoginResponse {
    /// The id of the call, which Stytch's support asks for.
    pub request_id: String,
    /// The HTTP status: the one in the body, or that of the response where the body has none.
    #[serde(default = "status::of_response", deserialize_with = "status::or_of_response")]
    pub status_code: u16,
    /// The id of the user who logged in.
    #[response(required)]
    pub user_id: String,
    /// The id of the email address or phone number that it was sent to, or of the embedded link.
    pub method_id: String,
    /// The opaque token of the session, if one was asked for.
    #[serde(deserialize_with = "unless_empty")]
    pub session_token: Option<Secret>,
    /// The JWT of the session, which lives five minutes, if one was asked for.
    #[serde(deserialize_with = "unless_empty")]
    pub session_jwt: Option<Secret>,
    /// The user who logged in.
    pub user: Option<User>,
    /// Whether other sessions of the user were revoked; no longer in use.
    pub reset_sessions: bool,
    /// The session, if one was asked for.
    pub session: Option<Session>,
    /// What telemetry knows of the device.
    pub user_device: Option<Device>,
}

/// A user who was changed.
#[response]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct UserResponse {
    /// The id of the call, which Stytch's support asks for.
    pub request_id: String,
    /// The HTTP status: the one in the body, or that of the response where the body has none.
    #[serde(default = "status::of_response", deserialize_with = "status::or_of_response")]
    pub status_code: u16,
    /// The id of the user.
    #[response(required)]
    pub user_id: String,
    /// The user, as it is now.
    pub user: Option<User>,
}

/// A mail to a user.
#[response]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SendByEmailResponse {
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

/// A mail to a user, who may be new.
#[response]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoginOrCreateByEmailResponse {
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
    /// Whether there was no user with the address before.
    pub user_created: bool,
}

/// A message to a user's phone.
#[response]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SendByPhoneResponse {
    /// The id of the call, which Stytch's support asks for.
    pub request_id: String,
    /// The HTTP status: the one in the body, or that of the response where the body has none.
    #[serde(default = "status::of_response", deserialize_with = "status::or_of_response")]
    pub status_code: u16,
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
    /// The id of the call, which Stytch's support asks for.
    pub request_id: String,
    /// The HTTP status: the one in the body, or that of the response where the body has none.
    #[serde(default = "status::of_response", deserialize_with = "status::or_of_response")]
    pub status_code: u16,
    /// The id of the user.
    #[response(required)]
    pub user_id: String,
    /// The id of the phone number.
    pub phone_id: String,
    /// Whether there was no user with the number before.
    pub user_created: bool,
}

/// A success that has nothing more to say.
#[response]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EmptyResponse {
    /// The id of the call, which Stytch's support asks for.
    pub request_id: String,
    /// The HTTP status: the one in the body, or that of the response where the body has none.
    #[serde(default = "status::of_response", deserialize_with = "status::or_of_response")]
    pub status_code: u16,
}
