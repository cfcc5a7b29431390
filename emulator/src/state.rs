//! Everything that requests change: users, sessions, reset tokens and mails.

mod journal;

use std::{collections::BTreeMap, path::Path};

use serde::{Deserialize, Serialize};

use self::journal::Journal;
use crate::{
    clock::Moment,
    error::StartError,
    outbox::{Message, Outbox},
    refusal::{INTERNAL_SERVER_ERROR, Refusal},
    reset_token::ResetToken,
    session::Session,
    user::{Identity, User, address_key},
};

/// The least number of sessions and tokens at which the expired ones among them are cleared away.
const LEAST_BEFORE_PRUNING: usize = 1024;

/// The users and sessions of an emulator. It changes only through [`State::commit`].
#[derive(Default)]
pub(crate) struct State {
    held: Held,
    journal: Option<Journal>,
}

/// What there is, and how it is found.
#[derive(Default)]
struct Held {
    users: BTreeMap<String, User>,
    user_of: BTreeMap<Identity, String>,
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
    /// The state in a file, which from now on keeps every change; or an empty one, which is kept nowhere.
    ///
    /// # Errors
    ///
    /// When the file cannot be used.
    pub(crate) fn open(path: Option<&Path>) -> Result<Self, StartError> {
        let Some(path) = path else { return Ok(Self::default()) };
        let mut held = Held::default();
        let mut journal = Journal::open(path, |change| held.apply(change))?;
        journal.rewrite(&held.everything()).map_err(|error| StartError::state_file(path, error))?;
        Ok(Self { held, journal: Some(journal) })
    }

    /// How often an emulator has started with the state file; none without one.
    pub(crate) fn starts(&self) -> Option<u64> {
        self.journal.as_ref().map(Journal::starts)
    }

    pub(crate) fn user(&self, user_id: &str) -> Option<&User> {
        self.held.users.get(user_id)
    }

    pub(crate) fn user_by(&self, identity: &Identity) -> Option<&User> {
        self.user(self.held.user_of.get(identity)?)
    }

    pub(crate) fn user_by_email(&self, address: &str) -> Option<&User> {
        self.user_by(&Identity::Email(address_key(address)))
    }

    pub(crate) fn session(&self, session_id: &str) -> Option<&Session> {
        self.held.sessions.get(session_id)
    }

    pub(crate) fn session_by_token(&self, token: &str) -> Option<&Session> {
        self.session(self.held.session_of_token.get(token)?)
    }

    /// The sessions of a user that have not expired.
    pub(crate) fn sessions_of<'a>(
        &'a self,
        user_id: &'a str,
        now: Moment,
    ) -> impl Iterator<Item = &'a Session> {
        self.held
            .sessions
            .values()
            .filter(move |session| session.user_id == user_id && session.is_active(now))
    }

    pub(crate) fn reset_token(&self, token: &str) -> Option<&ResetToken> {
        self.held.reset_tokens.get(token)
    }

    pub(crate) fn messages(&self) -> Vec<Message> {
        self.held.outbox.all()
    }

    /// Takes over a change, before the request that made it is answered.
    ///
    /// # Errors
    ///
    /// `internal_server_error` when the state file cannot take it; then nothing has changed.
    pub(crate) fn commit(&mut self, change: Change, now: Moment) -> Result<(), Refusal> {
        if let Some(journal) = &mut self.journal {
            journal.append(&change).map_err(|error| unwritten(&error))?;
        }
        self.held.apply(change);
        self.held.prune(now);
        if let Some(journal) = self.journal.as_mut().filter(|journal| journal.is_overgrown()) {
            // The long file is as good as a short one, and the next change tries again.
            let _ = journal.rewrite(&self.held.everything());
        }
        Ok(())
    }

    /// Puts one change in the place of everything.
    ///
    /// # Errors
    ///
    /// `internal_server_error` when the state file cannot be written; then nothing has changed.
    pub(crate) fn replace(&mut self, change: Change) -> Result<(), Refusal> {
        let mut held = Held::default();
        held.apply(change);
        if let Some(journal) = &mut self.journal {
            journal.rewrite(&held.everything()).map_err(|error| unwritten(&error))?;
        }
        self.held = held;
        Ok(())
    }
}

fn unwritten(error: &std::io::Error) -> Refusal {
    let message = format!("The state file could not be written ({error}), so nothing has changed.");
    Refusal::new(&INTERNAL_SERVER_ERROR, message)
}

impl Held {
    /// All of it as one change.
    fn everything(&self) -> Change {
        Change {
            users: self.users.values().cloned().collect(),
            sessions: self.sessions.values().cloned().collect(),
            reset_tokens: self.reset_tokens.values().cloned().collect(),
            messages: self.outbox.all(),
            ..Change::default()
        }
    }

    fn apply(&mut self, change: Change) {
        for user in change.users {
            for identity in self.users.get(&user.user_id).into_iter().flat_map(User::identities) {
                self.user_of.remove(&identity);
            }
            for identity in user.identities() {
                self.user_of.insert(identity, user.user_id.clone());
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

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use time::Duration;

    use super::*;
    use crate::session::Attributes;

    fn mailed(number: usize, now: Moment) -> Change {
        let expires_at = now + Duration::minutes(5);
        let token = ResetToken {
            token: format!("token {number}"),
            user_id: "user".to_owned(),
            email_id: "email".to_owned(),
            expires_at,
            code_challenge: None,
            attributes: Attributes::default(),
        };
        let message = Message {
            to: "ada@example.com".to_owned(),
            user_id: "user".to_owned(),
            link: String::new(),
            token: token.token.clone(),
            locale: None,
            template_id: None,
            sent_at: SystemTime::from(now),
            expires_at: SystemTime::from(expires_at),
        };
        Change { reset_tokens: vec![token], messages: vec![message], ..Change::default() }
    }

    #[test]
    fn what_has_expired_and_what_is_too_much_gives_way() {
        let mut state = State::default();
        let mut now = Moment::UNIX_EPOCH;
        for number in 0..10_000 {
            state.commit(mailed(number, now), now).expect("nothing to write to");
            now += Duration::seconds(1);
            assert!(state.held.reset_tokens.len() <= LEAST_BEFORE_PRUNING, "{number}");
        }
        assert_eq!(state.messages().len(), 1000);
        assert!(state.reset_token("token 9999").is_some() && state.reset_token("token 9700").is_some());
        assert!(state.reset_token("token 100").is_none());
    }
}
