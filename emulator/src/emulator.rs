//! A running emulator, as the program that started it sees it.

use std::{fmt, time::Duration};

use crate::{
    control::faults::queue, error::ControlError, fault::Fault, outbox::Message, record::RecordedRequest,
    routes::ROUTES, server::Running,
};

/// A running emulator. It stops when this value is dropped.
pub struct Emulator {
    running: Running,
}

impl Emulator {
    pub(crate) fn new(running: Running) -> Self {
        Self { running }
    }

    /// Returns the base URL, such as `http://127.0.0.1:49152`, without a slash at the end.
    pub fn base_url(&self) -> &str {
        &self.running.base_url
    }

    /// Returns the project id that clients must send.
    pub fn project_id(&self) -> &str {
        &self.running.app.settings.credentials.project_id
    }

    /// Returns the secret that clients must send.
    pub fn secret(&self) -> &str {
        &self.running.app.settings.credentials.secret
    }

    /// Returns the requests that arrived since the start or the last [`reset`](Self::reset), oldest first.
    ///
    /// They contain everything that was sent, credentials and passwords included. The latest thousand are kept, up to
    /// 16 MiB in total.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.running.app.record().all()
    }

    /// Returns the emails that Stytch would have sent, oldest first. The latest thousand are kept.
    pub fn outbox(&self) -> Vec<Message> {
        self.running.app.state().messages()
    }

    /// Adds a fault, which happens at the next request that it applies to. Several faults happen in their order.
    ///
    /// # Errors
    ///
    /// If the fault is for a path that the API does not have, or too many faults are pending.
    pub fn fail_next(&self, fault: Fault) -> Result<(), ControlError> {
        self.noted(queue(&self.running.app, ROUTES, fault))
    }

    /// Returns the faults that have not happened yet, oldest first.
    pub fn pending_faults(&self) -> Vec<Fault> {
        self.running.app.faults().all()
    }

    /// Adds a password to the list of breached ones. It is rejected from now on, and a login with it requires a reset.
    ///
    /// # Errors
    ///
    /// If the list is full.
    pub fn add_breached_password(&self, password: impl Into<String>) -> Result<(), ControlError> {
        self.noted(self.running.app.strength().breaches().add(password.into()))
    }

    /// Adds a password to the list of breached ones for one address only.
    ///
    /// # Errors
    ///
    /// If the list is full.
    pub fn add_breached_credentials(
        &self,
        email: &str,
        password: impl Into<String>,
    ) -> Result<(), ControlError> {
        self.noted(self.running.app.strength().breaches().add_pair(email, password.into()))
    }

    /// Moves the emulator's clock forward. Sessions and tokens expire as if the time had passed.
    ///
    /// A step past the year 8999 has no effect.
    pub fn advance(&self, by: Duration) {
        self.noted(self.running.app.clock.advance(by));
    }

    /// Deletes sessions, emails, recorded requests, pending faults and all users but those of the seed, and sets the
    /// clock back.
    ///
    /// If there is a state file and it cannot be written, nothing changes; `POST /_emulator/reset` then returns an
    /// error.
    pub fn reset(&self) {
        let _ = self.noted(self.running.app.reset());
    }

    /// Notifies the page that something may have changed.
    fn noted<T>(&self, changed: T) -> T {
        self.running.app.note_change();
        changed
    }

    /// Stops the emulator. It accepts no more connections, lets running requests finish, and returns when all
    /// connections are closed.
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
