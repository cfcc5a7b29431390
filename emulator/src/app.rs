//! The emulator without its sockets: the settings, the state, and everything else that a request can use.

use std::{
    path::PathBuf,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::SystemTime,
};

use crate::{
    api_error::ApiError,
    clock::{Clock, Moment},
    credentials::Credentials,
    error::StartError,
    fault::Faults,
    ids::Ids,
    jwt::Signer,
    limits::Limits,
    log::{Log, LogFormat},
    m2m::M2mClient,
    rbac::Policy,
    record::Record,
    seed::Seed,
    state::{Change, State},
    strength::{Breaches, Strength},
    user::User,
};

#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) credentials: Credentials,
    pub(crate) strict: bool,
    pub(crate) seed: Option<u64>,
    pub(crate) log: Option<LogFormat>,
    pub(crate) limits: Limits,
    /// The list of breached passwords at the start and after a reset.
    pub(crate) breaches: Breaches,
    pub(crate) state_file: Option<PathBuf>,
    /// The state at the start and after a reset.
    pub(crate) seeded: Seed,
    pub(crate) policy: Policy,
}

pub(crate) struct App {
    pub(crate) settings: Settings,
    pub(crate) clock: Clock,
    seed: Option<u64>,
    pub(crate) ids: Ids,
    /// Request ids have their own source, so that rejected requests do not change the ids of users.
    pub(crate) request_ids: Ids,
    pub(crate) signer: Signer,
    pub(crate) log: Option<Log>,
    strength: Strength,
    state: Mutex<State>,
    record: Mutex<Record>,
    faults: Mutex<Faults>,
    started: SystemTime,
    changes: AtomicU64,
}

impl App {
    /// # Errors
    ///
    /// If the state file or the seed users cannot be used.
    pub(crate) fn new(settings: Settings, clock: Clock, strength: Strength) -> Result<Self, StartError> {
        let log = settings.log.map(Log::start).transpose().map_err(|error| StartError::log(&error))?;
        let mut state = State::open(settings.state_file.as_deref(), log.clone())?;
        let project_id = &settings.credentials.project_id;
        // After a restart, the ids of the users in the state file must not be given again.
        let starts = state.starts().unwrap_or(0);
        let seed = settings.seed.map(|seed| seed ^ starts.rotate_left(32));
        let ids = Ids::new(project_id, seed);
        let users = settings.seeded.users(&ids, clock.now()).map_err(Seed::start_error)?;
        let m2m_clients = settings.seeded.m2m_clients().map_err(Seed::start_error)?;
        add_missing(&mut state, users, m2m_clients, clock.now())?;
        Ok(Self {
            seed,
            ids,
            request_ids: Ids::new(project_id, seed.map(|seed| !seed)),
            signer: Signer::new(project_id)?,
            log,
            clock,
            strength,
            state: Mutex::new(state),
            record: Mutex::default(),
            faults: Mutex::default(),
            started: SystemTime::now(),
            changes: AtomicU64::new(0),
            settings,
        })
    }

    pub(crate) fn strength(&self) -> &Strength {
        &self.strength
    }

    // After a panic with a lock held, the response is a 500. The data behind a lock changes in one step at the very
    // end, so the next request can use it.

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn record(&self) -> MutexGuard<'_, Record> {
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Faults> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that something that can be looked at may have changed, after the change.
    pub(crate) fn note_change(&self) {
        self.changes.fetch_add(1, Ordering::SeqCst);
    }

    /// Returns a string that changes with each change, and is different in each emulator. A program that reads it
    /// before the data does not miss a change.
    pub(crate) fn revision(&self) -> String {
        let started = self.started.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_nanos();
        format!("{started:x}-{:x}", self.changes.load(Ordering::SeqCst))
    }

    /// Deletes everything except the seed, and resets the clock.
    ///
    /// # Errors
    ///
    /// `internal_server_error` if the state file cannot be written. The state is then unchanged.
    pub(crate) fn reset(&self) -> Result<(), ApiError> {
        let mut state = self.state();
        let ids = Ids::new(&self.settings.credentials.project_id, self.seed);
        let users = self.settings.seeded.users(&ids, self.clock.start())?;
        let m2m_clients = self.settings.seeded.m2m_clients()?;
        state.replace(Change { users, m2m_clients, ..Change::default() })?;
        self.ids.continue_from(ids);
        self.clock.reset();
        self.record().clear();
        *self.faults() = Faults::default();
        *self.strength.breaches() = self.settings.breaches.clone();
        self.request_ids
            .continue_from(Ids::new(&self.settings.credentials.project_id, self.seed.map(|seed| !seed)));
        Ok(())
    }
}

/// Adds the users and clients of the seed that are not in the state file.
fn add_missing(
    state: &mut State,
    users: Vec<User>,
    mut m2m_clients: Vec<M2mClient>,
    now: Moment,
) -> Result<(), StartError> {
    let users = Seed::missing(users, state).map_err(Seed::start_error)?;
    m2m_clients.retain(|client| state.m2m_client(&client.client_id).is_none());
    if users.is_empty() && m2m_clients.is_empty() {
        return Ok(());
    }
    state.commit(Change { users, m2m_clients, ..Change::default() }, now).map_err(Seed::start_error)
}
