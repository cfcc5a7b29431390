//! Everything that requests change: users, sessions, reset tokens and mails.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    clock::Moment,
    outbox::{Message, Outbox},
    refusal::Refusal,
    reset_token::ResetToken,
    session::Session,
    user::{User, address_key},
};

/// The least number of sessions and tokens at which the expired ones among them are cleared away.
const LEAST_BEFORE_PRUNING: usize = 1024;

/// The users and sessions of an emulator. It changes only through [`State::commit`].
#[derive(Default)]
pub(crate) struct State {
    users: BTreeMap<String, User>,
    user_of_address: BTreeMap<String, String>,
    sessions: BTreeMap<String, Session>,
    session_of_token: BTreeMap<String, String>,
    reset_tokens: BTreeMap<String, ResetToken>,
    outbox: Outbox,
    pruned_to: usize,
}

/// What one request changes, all of it or nothing.
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
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) messages: Vec<Message>,
}

impl State {
    pub(crate) fn user(&self, user_id: &str) -> Option<&User> {
        self.users.get(user_id)
    }

    pub(crate) fn users(&self) -> impl Iterator<Item = &User> {
        self.users.values()
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

    /// The sessions of a user that have not expired.
    pub(crate) fn sessions_of<'a>(
        &'a self,
        user_id: &'a str,
        now: Moment,
    ) -> impl Iterator<Item = &'a Session> {
        self.sessions.values().filter(move |session| session.user_id == user_id && session.is_active(now))
    }

    pub(crate) fn reset_token(&self, token: &str) -> Option<&ResetToken> {
        self.reset_tokens.get(token)
    }

    pub(crate) fn messages(&self) -> Vec<Message> {
        self.outbox.all()
    }

    /// Takes over a change, before the request that made it is answered.
    ///
    /// # Errors
    ///
    /// `internal_server_error` when it cannot be kept; then nothing has changed.
    #[expect(clippy::unnecessary_wraps, reason = "writing the change down, which comes next, can fail")]
    pub(crate) fn commit(&mut self, change: Change, now: Moment) -> Result<(), Refusal> {
        self.apply(change);
        self.prune(now);
        Ok(())
    }

    fn apply(&mut self, change: Change) {
        for user in change.users {
            for email in &user.emails {
                self.user_of_address.insert(address_key(&email.email), user.user_id.clone());
            }
            self.users.insert(user.user_id.clone(), user);
        }
        for session_id in change.ended_sessions {
            if let Some(session) = self.sessions.remove(&session_id) {
                self.session_of_token.remove(&session.token);
            }
        }
        for session in change.sessions {
            self.session_of_token.insert(session.token.clone(), session.session_id.clone());
            self.sessions.insert(session.session_id.clone(), session);
        }
        for token in change.used_tokens {
            self.reset_tokens.remove(&token);
        }
        for token in change.reset_tokens {
            self.reset_tokens.insert(token.token.clone(), token);
        }
        for message in change.messages {
            self.outbox.push(message);
        }
    }

    /// Forgets what has expired, now and then: whenever there is twice as much as was left the last time.
    fn prune(&mut self, now: Moment) {
        let held = |state: &Self| state.sessions.len() + state.reset_tokens.len();
        if held(self) < 2 * self.pruned_to.max(LEAST_BEFORE_PRUNING / 2) {
            return;
        }
        self.sessions.retain(|_, session| session.is_active(now));
        let sessions = &self.sessions;
        self.session_of_token.retain(|_, session_id| sessions.contains_key(session_id));
        self.reset_tokens.retain(|_, token| now < token.expires_at);
        self.pruned_to = held(self);
    }
}
