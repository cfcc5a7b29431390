//! Everything that requests change: users, sessions, reset tokens and emails.

mod change;
mod journal;

use std::{collections::BTreeMap, path::Path};

pub(crate) use self::change::Change;
use self::journal::Journal;
use crate::{
    api_error::{ApiError, INTERNAL_SERVER_ERROR},
    clock::Moment,
    error::StartError,
    log::{Event, Log},
    outbox::{Message, Outbox},
    reset_token::ResetToken,
    session::Session,
    user::{Identity, User, address_key},
};

/// The number of sessions and tokens at which the expired ones are removed for the first time.
const FIRST_PRUNING: usize = 1024;

/// The users and sessions of an emulator. It changes only through [`State::commit`].
#[derive(Default)]
pub(crate) struct State {
    held: Held,
    journal: Option<Journal>,
    /// Tells what was "sent".
    log: Option<Log>,
}

/// The data, and the indexes to it.
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

impl State {
    /// Opens a state file and returns the state in it; every later change is written to the file. Without a path, the
    /// state is empty and stays in memory.
    ///
    /// # Errors
    ///
    /// If the file cannot be used.
    pub(crate) fn open(path: Option<&Path>, log: Option<Log>) -> Result<Self, StartError> {
        let Some(path) = path else { return Ok(Self { log, ..Self::default() }) };
        let mut held = Held::default();
        let mut journal = Journal::open(path, |change| held.apply(change))?;
        journal.rewrite(&held.to_change()).map_err(|error| StartError::state_file(path, error))?;
        Ok(Self { held, journal: Some(journal), log })
    }

    /// Returns how many times an emulator has started with the state file; `None` without one.
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

    /// Returns the sessions of a user that have not expired.
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

    /// Returns all users, in no particular order.
    pub(crate) fn users(&self) -> impl Iterator<Item = &User> {
        self.held.users.values()
    }

    pub(crate) fn messages(&self) -> Vec<Message> {
        self.held.outbox.all()
    }

    /// Makes a change, before the response to its request is sent.
    ///
    /// # Errors
    ///
    /// `internal_server_error` if the state file cannot be written; then nothing has changed.
    pub(crate) fn commit(&mut self, change: Change, now: Moment) -> Result<(), ApiError> {
        if let Some(journal) = &mut self.journal {
            journal.append(&change).map_err(|error| unwritten(&error))?;
        }
        if let Some(log) = &self.log {
            change.messages.iter().for_each(|message| log.print(&Event::Sent(message)));
        }
        self.held.apply(change);
        self.held.prune(now);
        if let Some(journal) = self.journal.as_mut().filter(|journal| journal.needs_rewriting()) {
            // If this fails, the long file is still correct, and the next change tries again.
            let _ = journal.rewrite(&self.held.to_change());
        }
        Ok(())
    }

    /// Replaces the whole state with one change.
    ///
    /// # Errors
    ///
    /// `internal_server_error` if the state file cannot be written; then nothing has changed.
    pub(crate) fn replace(&mut self, change: Change) -> Result<(), ApiError> {
        let mut held = Held::default();
        held.apply(change);
        if let Some(journal) = &mut self.journal {
            journal.rewrite(&held.to_change()).map_err(|error| unwritten(&error))?;
        }
        self.held = held;
        Ok(())
    }
}

fn unwritten(error: &std::io::Error) -> ApiError {
    let message = format!("The state file could not be written ({error}), so nothing has changed.");
    ApiError::new(&INTERNAL_SERVER_ERROR, message)
}

impl Held {
    /// Returns the whole state as one change.
    fn to_change(&self) -> Change {
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
        if change.clears_outbox {
            self.outbox = Outbox::default();
        }
        for message in change.messages {
            self.outbox.push(message);
        }
    }

    /// Removes what has expired, from time to time: whenever there is twice as much as the last pruning left.
    fn prune(&mut self, now: Moment) {
        let held = |state: &Self| state.sessions.len() + state.reset_tokens.len();
        if held(self) < 2 * self.pruned_to.max(FIRST_PRUNING / 2) {
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

    use serde_json::Map;
    use time::Duration;

    use super::*;
    use crate::session::Attributes;

    const NOW: Moment = Moment::UNIX_EPOCH;

    fn token(name: &str, expires_at: Moment) -> ResetToken {
        ResetToken {
            token: name.to_owned(),
            user_id: "user".to_owned(),
            email_id: "email".to_owned(),
            expires_at,
            code_challenge: None,
            attributes: Attributes::default(),
        }
    }

    fn session(name: &str, expires_at: Moment) -> Session {
        Session {
            session_id: name.to_owned(),
            user_id: "user".to_owned(),
            token: format!("token of {name}"),
            started_at: NOW,
            last_accessed_at: NOW,
            expires_at,
            factors: Vec::new(),
            roles: Vec::new(),
            attributes: Attributes::default(),
            custom_claims: Map::new(),
        }
    }

    fn message(token: &ResetToken) -> Message {
        Message {
            to: "ada@example.com".to_owned(),
            user_id: "user".to_owned(),
            link: String::new(),
            token: token.token.clone(),
            locale: None,
            template_id: None,
            sent_at: SystemTime::from(NOW),
            expires_at: SystemTime::from(token.expires_at),
        }
    }

    fn commit(state: &mut State, change: Change, now: Moment) {
        state.commit(change, now).expect("nothing to write to");
    }

    #[test]
    fn pruning_removes_exactly_what_has_expired() {
        let mut state = State::default();
        let after = |seconds| NOW + Duration::seconds(seconds);
        let quarter = FIRST_PRUNING / 4;
        let mut change = Change::default();
        for number in 0..quarter {
            change.reset_tokens.push(token(&format!("live {number}"), after(1)));
            change.reset_tokens.push(token(&format!("expired {number}"), after(0)));
            change.sessions.push(session(&format!("live {number}"), after(1)));
            change.sessions.push(session(&format!("expired {number}"), after(0)));
        }
        let last = change.sessions.pop().expect("a session");
        commit(&mut state, change, after(0));
        assert!(state.reset_token("expired 0").is_some(), "there is no need to prune yet");
        commit(&mut state, Change { sessions: vec![last], ..Change::default() }, after(0));
        for number in 0..quarter {
            let (live, expired) = (format!("live {number}"), format!("expired {number}"));
            assert!(state.reset_token(&live).is_some() && state.session(&live).is_some(), "{live}");
            assert!(state.session_by_token(&format!("token of {live}")).is_some(), "{live}");
            assert!(state.reset_token(&expired).is_none() && state.session(&expired).is_none(), "{expired}");
        }
        let held = &state.held;
        let left = [held.reset_tokens.len(), held.sessions.len(), held.session_of_token.len()];
        assert_eq!(left, [quarter; 3]);
    }

    #[test]
    fn live_tokens_are_kept_however_many_there_are() {
        let mut state = State::default();
        for number in 0..3 * FIRST_PRUNING {
            let token = token(&format!("token {number}"), NOW + Duration::seconds(1));
            commit(&mut state, Change { reset_tokens: vec![token], ..Change::default() }, NOW);
        }
        assert_eq!(state.held.reset_tokens.len(), 3 * FIRST_PRUNING);
    }

    #[test]
    fn expired_tokens_and_old_emails_do_not_accumulate() {
        let mut state = State::default();
        let mut now = NOW;
        for number in 0..10_000 {
            let token = token(&format!("token {number}"), now + Duration::minutes(5));
            let messages = vec![message(&token)];
            commit(&mut state, Change { reset_tokens: vec![token], messages, ..Change::default() }, now);
            now += Duration::seconds(1);
            assert!(state.held.reset_tokens.len() <= FIRST_PRUNING, "{number}");
        }
        let messages = state.messages();
        assert_eq!((messages.len(), messages[0].token.as_str()), (1000, "token 9000"));
    }
}
