//! A change of the state.

use serde::{Deserialize, Serialize};

use crate::{outbox::Message, reset_token::ResetToken, session::Session, user::User};

/// What one request changes: all of it, or nothing.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Change {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) users: Vec<User>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) ended_sessions: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) sessions: Vec<Session>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) used_tokens: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) reset_tokens: Vec<ResetToken>,
    /// Removes the messages before this change.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) clears_outbox: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) messages: Vec<Message>,
}
