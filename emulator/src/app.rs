//! The emulator without its sockets: settings, state, and everything that a request may touch.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::Map;

use crate::{
    clock::{Clock, Moment},
    credentials::Credentials,
    error::StartError,
    fault::Faults,
    ids::Ids,
    parameter::Parameters,
    record::Record,
    session::Signer,
    state::State,
    strength::{Breaches, Strength},
};

#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) credentials: Credentials,
    pub(crate) strict: bool,
    pub(crate) seed: Option<u64>,
    pub(crate) log: bool,
    /// The list of breached passwords at the start, and again after a reset.
    pub(crate) breaches: Breaches,
}

pub(crate) struct App {
    pub(crate) settings: Settings,
    pub(crate) clock: Clock,
    pub(crate) ids: Ids,
    /// Request ids come from a source of their own, so that refused requests do not shift the ids of users.
    pub(crate) request_ids: Ids,
    pub(crate) signer: Signer,
    strength: Strength,
    state: Mutex<State>,
    record: Mutex<Record>,
    faults: Mutex<Faults>,
}

/// One call of an endpoint, its parameters checked.
pub(crate) struct Call<'a> {
    pub(crate) app: &'a App,
    pub(crate) parameters: Parameters,
    pub(crate) now: Moment,
}

/// What an endpoint answers; the status code and the request id are added on the way out.
pub(crate) type Answer = Map<String, serde_json::Value>;

impl App {
    /// # Errors
    ///
    /// When the signing key cannot be read.
    pub(crate) fn new(settings: Settings, clock: Clock, strength: Strength) -> Result<Self, StartError> {
        let project_id = &settings.credentials.project_id;
        Ok(Self {
            clock,
            ids: Ids::new(project_id, settings.seed),
            request_ids: Ids::new(project_id, settings.seed.map(|seed| !seed)),
            signer: Signer::new(project_id)?,
            strength,
            state: Mutex::default(),
            record: Mutex::default(),
            faults: Mutex::default(),
            settings,
        })
    }

    pub(crate) fn strength(&self) -> &Strength {
        &self.strength
    }

    // A panic while a lock is held is answered with a 500. What the lock guards is changed in one step at the very
    // end, so that the next request may go on with it.

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn record(&self) -> MutexGuard<'_, Record> {
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Faults> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets users, sessions, recorded requests, faults and the time that passed.
    pub(crate) fn reset(&self) {
        *self.state() = State::default();
        *self.record() = Record::default();
        *self.faults() = Faults::default();
        *self.strength.breaches() = self.settings.breaches.clone();
        self.clock.reset();
        self.ids.reset();
        self.request_ids.reset();
    }
}
