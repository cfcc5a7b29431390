//! Sessions in responses.

use declapi::{Timestamp, response};

use super::AuthenticationFactor;
use crate::JsonObject;

/// A session.
#[response]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Session {
    /// The id of the session.
    pub session_id: String,
    /// The id of the user.
    pub user_id: String,
    /// The factors that the user has verified.
    #[serde(default, deserialize_with = "super::without_nulls")]
    pub authentication_factors: Vec<AuthenticationFactor>,
    /// The user's roles.
    pub roles: Vec<String>,
    /// The time when the session was started.
    #[response(lenient)]
    pub started_at: Option<Timestamp>,
    /// The time when it was last used.
    #[response(lenient)]
    pub last_accessed_at: Option<Timestamp>,
    /// The time when it ends.
    #[response(lenient)]
    pub expires_at: Option<Timestamp>,
    /// The device on which it was started.
    pub attributes: Option<SessionAttributes>,
    /// The custom claims.
    pub custom_claims: Option<JsonObject>,
}

/// The device on which a session was started.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SessionAttributes {
    /// The address of the user's device.
    pub ip_address: Option<String>,
    /// The user's browser.
    pub user_agent: Option<String>,
}
