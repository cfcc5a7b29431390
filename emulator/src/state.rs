//! The state that requests change: users, organizations, sessions, proofs, M2M clients and messages.

mod change;
mod held;
mod journal;
mod organizations;

use std::path::Path;

pub(crate) use self::change::Change;
use self::{held::Held, journal::Journal};
use crate::{
    api_error::{ApiError, INTERNAL_SERVER_ERROR},
    clock::Moment,
    error::StartError,
    log::{Event, Log},
    m2m::M2mClient,
    outbox::Message,
    proof::Proof,
    session::Session,
    user::{Identity, User, address_key},
};

/// The users and sessions of an emulator. It changes only through [`State::commit`].
#[derive(Default)]
pub(crate) struct State {
    held: Held,
    journal: Option<Journal>,
    /// The function that receives the messages that were "sent".
    log: Option<Log>,
}

impl State {
    /// Opens a state file and returns the state in it; every later change is written to the file. Without a path, the
    /// state is empty and stays in memory.
    ///
    /// # Errors
    ///
    /// The file cannot be used.
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

    /// Returns all users, in the order of their ids.
    pub(crate) fn users(&self) -> impl Iterator<Item = &User> {
        self.held.users.values()
    }

    pub(crate) fn user_by(&self, identity: &Identity) -> Option<&User> {
        self.user(self.held.user_of.get(identity)?)
    }

    /// Returns the user with this id or `external_id`. Stytch accepts both.
    pub(crate) fn find_user(&self, id: &str) -> Option<&User> {
        self.user(id).or_else(|| self.user_by(&Identity::ExternalId(id.to_owned())))
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

    /// Returns a proof that is not used yet. It may have expired.
    pub(crate) fn proof(&self, key: &str) -> Option<&Proof> {
        self.held.proofs.get(key)
    }

    /// Returns the proofs of a user. They may have expired.
    pub(crate) fn proofs_of<'a>(&'a self, user_id: &'a str) -> impl Iterator<Item = &'a Proof> {
        self.held.proofs.values().filter(move |proof| proof.user_id == user_id)
    }

    pub(crate) fn m2m_client(&self, client_id: &str) -> Option<&M2mClient> {
        self.held.m2m_clients.get(client_id)
    }

    /// Returns all M2M clients, in the order of their ids.
    pub(crate) fn m2m_clients(&self) -> impl Iterator<Item = &M2mClient> {
        self.held.m2m_clients.values()
    }

    pub(crate) fn messages(&self) -> Vec<Message> {
        self.held.outbox.all()
    }

    /// Makes a change, before the response to its request is sent.
    ///
    /// # Errors
    ///
    /// `internal_server_error` if the state file cannot be written. The state is then unchanged.
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
            // If this fails, the long file is still correct, and the next change retries it.
            let _ = journal.rewrite(&self.held.to_change());
        }
        Ok(())
    }

    /// Replaces the whole state with one change.
    ///
    /// # Errors
    ///
    /// `internal_server_error` if the state file cannot be written. The state is then unchanged.
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

#[cfg(test)]
mod tests;
