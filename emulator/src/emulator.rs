//! The handle on a running emulator.

use std::{fmt, time::Duration};

use crate::{EmulatorBuilder, Fault, Message, RecordedRequest, StartError, server::Running};

/// A running emulator. It stops when this handle is dropped.
pub struct Emulator {
    running: Running,
}

impl Emulator {
    /// Starts an emulator on a free port of `127.0.0.1`, with default settings.
    ///
    /// # Errors
    ///
    /// When no port can be bound.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// The settings of an emulator, to be changed before it starts.
    pub fn builder() -> EmulatorBuilder {
        EmulatorBuilder::default()
    }

    pub(crate) fn new(running: Running) -> Self {
        Self { running }
    }

    /// Where it listens, such as `http://127.0.0.1:49152`, without a slash at the end.
    pub fn base_url(&self) -> &str {
        &self.running.base_url
    }

    /// The project id that clients must send.
    pub fn project_id(&self) -> &str {
        &self.running.app.settings.credentials.project_id
    }

    /// The secret that clients must send.
    pub fn secret(&self) -> &str {
        &self.running.app.settings.credentials.secret
    }

    /// The requests that arrived since the start or the last [`reset`](Self::reset), oldest first.
    ///
    /// The latest thousand are kept, as long as they weigh less than 16 MiB together.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.running.app.record().all()
    }

    /// The mails that would have been sent, oldest first; the latest thousand are kept.
    pub fn outbox(&self) -> Vec<Message> {
        self.running.app.state().messages()
    }

    /// Makes something go wrong with the next request that the fault is meant for. Faults wait in a queue.
    pub fn fail_next(&self, fault: Fault) {
        self.running.app.faults().push(fault);
    }

    /// Puts a password on the list of breached ones: it is refused from now on, and a login with it asks for a reset.
    pub fn add_breached_password(&self, password: impl Into<String>) {
        self.running.app.strength().breaches().add(password.into());
    }

    /// Puts a password on the list for one address only.
    pub fn add_breached_credentials(&self, email: &str, password: impl Into<String>) {
        self.running.app.strength().breaches().add_pair(email, password.into());
    }

    /// Moves the emulator's clock forward: sessions and tokens expire as if the time had passed.
    ///
    /// A step that would leave the calendar, past the year 8999, does nothing.
    pub fn advance(&self, by: Duration) {
        self.running.app.clock.advance(by);
    }

    /// Forgets users but for the seed's, sessions, mails, recorded requests and waiting faults, and sets the clock back.
    ///
    /// When there is a state file and it cannot be written, everything stays; `POST /_emulator/reset` says so.
    pub fn reset(&self) {
        let _ = self.running.app.reset();
    }

    /// Stops: takes no more connections, lets requests under way finish, and returns when all is closed.
    pub async fn shutdown(self) {
        self.running.shutdown().await;
    }
}

impl fmt::Debug for Emulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Emulator")
            .field("base_url", &self.base_url())
            .field("project_id", &self.project_id())
            .finish_non_exhaustive()
    }
}
