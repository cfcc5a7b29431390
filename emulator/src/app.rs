//! The emulator without its sockets: settings, state, and everything that a request may touch.

use std::{
    path::PathBuf,
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde_json::Map;

use crate::{
    clock::{Clock, Moment},
    credentials::Credentials,
    error::StartError,
    fault::Faults,
    ids::Ids,
    limits::Limits,
    log::Log,
    parameter::Parameters,
    record::Record,
    refusal::Refusal,
    seed::SeedUsers,
    session::Signer,
    state::{Change, State},
    strength::{Breaches, Strength},
    user::User,
};

#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) credentials: Credentials,
    pub(crate) strict: bool,
    pub(crate) seed: Option<u64>,
    pub(crate) log: bool,
    pub(crate) limits: Limits,
    /// The list of breached passwords at the start, and again after a reset.
    pub(crate) breaches: Breaches,
    pub(crate) state_file: Option<PathBuf>,
    /// Users that are there from the start, and again after a reset.
    pub(crate) seed_users: SeedUsers,
}

pub(crate) struct App {
    pub(crate) settings: Settings,
    pub(crate) clock: Clock,
    seed: Option<u64>,
    pub(crate) ids: Ids,
    /// Request ids come from a source of their own, so that refused requests do not shift the ids of users.
    pub(crate) request_ids: Ids,
    pub(crate) signer: Signer,
    pub(crate) log: Option<Log>,
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
    /// When the state file or the seed users cannot be used.
    pub(crate) fn new(settings: Settings, clock: Clock, strength: Strength) -> Result<Self, StartError> {
        let mut state = State::open(settings.state_file.as_deref())?;
        let project_id = &settings.credentials.project_id;
        // A restart must not give the ids again that the users in the state file have.
        let starts = state.starts().unwrap_or(0);
        let seed = settings.seed.map(|seed| seed ^ starts.rotate_left(32));
        let ids = Ids::new(project_id, seed);
        let users = settings.seed_users.users(&ids, clock.now()).map_err(SeedUsers::complaint)?;
        add_missing(&mut state, users, clock.now())?;
        Ok(Self {
            seed,
            ids,
            request_ids: Ids::new(project_id, seed.map(|seed| !seed)),
            signer: Signer::new(project_id)?,
            log: settings.log.then(Log::start).transpose().map_err(|error| StartError::log(&error))?,
            clock,
            strength,
            state: Mutex::new(state),
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

    /// Forgets everything but the seed users, and sets the clock back.
    ///
    /// # Errors
    ///
    /// `internal_server_error` when the state file cannot be written; then nothing has changed.
    pub(crate) fn reset(&self) -> Result<(), Refusal> {
        let mut state = self.state();
        let ids = Ids::new(&self.settings.credentials.project_id, self.seed);
        let users = self.settings.seed_users.users(&ids, self.clock.start())?;
        state.replace(Change { users, ..Change::default() })?;
        self.ids.continue_from(ids);
        self.clock.reset();
        *self.record() = Record::default();
        *self.faults() = Faults::default();
        *self.strength.breaches() = self.settings.breaches.clone();
        self.request_ids
            .continue_from(Ids::new(&self.settings.credentials.project_id, self.seed.map(|seed| !seed)));
        Ok(())
    }
}

/// Adds the seed users that the state file does not have.
fn add_missing(state: &mut State, users: Vec<User>, now: Moment) -> Result<(), StartError> {
    let users = SeedUsers::missing(users, state).map_err(SeedUsers::complaint)?;
    if users.is_empty() {
        return Ok(());
    }
    state.commit(Change { users, ..Change::default() }, now).map_err(SeedUsers::complaint)
}
