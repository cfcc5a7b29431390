//! Everything that requests change: users and their sessions.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    session::Session,
    user::{User, address_key},
};

/// The users and sessions of an emulator. It changes only through [`State::commit`].
#[derive(Default)]
pub(crate) struct State {
    users: BTreeMap<String, User>,
    user_of_address: BTreeMap<String, String>,
    sessions: BTreeMap<String, Session>,
    session_of_token: BTreeMap<String, String>,
}

/// What one request changes, all of it or nothing.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Change {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) users: Vec<User>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) sessions: Vec<Session>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) ended_sessions: Vec<String>,
}

impl State {
    pub(crate) fn user(&self, user_id: &str) -> Option<&User> {
        self.users.get(user_id)
    }

    pub(crate) fn user_by_email(&self, address: &str) -> Option<&User> {
        self.user(self.user_of_address.get(&address_key(address))?)
    }

    pub(crate) fn session(&self, session_id: &str) -> Option<&Session> {
        self.sessions.get(session_id)
    }

    pub(crate) fn session_by_token(&self, token: &str) -> Option<&Session> {
        self.session(self.session_of_token.get(token)?)
    }

    /// Takes over a change.
    pub(crate) fn commit(&mut self, change: Change) {
        for user in change.users {
            for email in &user.emails {
                self.user_of_address.insert(address_key(&email.email), user.user_id.clone());
            }
            self.users.insert(user.user_id.clone(), user);
        }
        for session in change.sessions {
            self.session_of_token.insert(session.token.clone(), session.session_id.clone());
            self.sessions.insert(session.session_id.clone(), session);
        }
        for session_id in change.ended_sessions {
            if let Some(session) = self.sessions.remove(&session_id) {
                self.session_of_token.remove(&session.token);
            }
        }
    }
}
