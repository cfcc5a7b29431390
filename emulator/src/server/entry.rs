//! The record of one request: its line in the log, and its outcome in the list of requests.

use std::{sync::Arc, time::Instant};

use hyper::Method;

use crate::{app::App, log::Event, record::Outcome, record::RecordedRequest, route::is_control};

/// How many characters of a path are printed.
const MAX_SHOWN: usize = 200;

/// Records the outcome of its request when it is dropped. Without an outcome by then, the client closed the
/// connection.
pub(super) struct Entry {
    app: Arc<App>,
    method: Method,
    /// The beginning of the path. The query can contain secrets.
    path: String,
    started: Instant,
    /// The number of the request in the list.
    recorded: Option<u64>,
    outcome: Outcome,
}

impl Entry {
    pub(super) fn new(app: &Arc<App>, method: &Method, path: &str) -> Self {
        Self {
            app: Arc::clone(app),
            method: method.clone(),
            path: shortened(path),
            started: Instant::now(),
            recorded: None,
            outcome: Outcome::Abandoned,
        }
    }

    /// Adds the request to the list of requests, as a pending one.
    pub(super) fn record(&mut self, request: RecordedRequest) {
        self.recorded = Some(self.app.record().push(request));
        self.app.note_change();
    }

    pub(super) fn finish(&mut self, outcome: Outcome) {
        self.outcome = outcome;
    }

    /// Whether the request only looked at the emulator itself. The page does this all the time.
    fn only_looked(&self) -> bool {
        is_control(&self.path) && self.method.is_safe() && self.outcome.status() == Some(200)
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        let duration = self.started.elapsed();
        if !self.only_looked() {
            if let Some(log) = &self.app.log {
                let (method, path, outcome) = (self.method.as_str(), self.path.as_str(), &self.outcome);
                log.print(&Event::Request { method, path, outcome, duration });
            }
            if let Some(number) = self.recorded {
                self.app.record().finish(number, self.outcome.clone(), duration);
            }
            self.app.note_change();
        }
    }
}

fn shortened(path: &str) -> String {
    let shown: String = path.chars().take(MAX_SHOWN).collect();
    if shown.len() < path.len() { shown + "…" } else { shown }
}
