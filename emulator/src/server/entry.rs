//! The log line of one request.

use std::sync::Arc;

use hyper::Method;

use crate::app::App;

/// How many characters of a path are printed.
const MAX_SHOWN: usize = 200;

/// Prints its line when it is dropped. If the request has no outcome by then, the client has gone.
pub(super) struct Entry {
    app: Arc<App>,
    /// The method and the beginning of the path. The query can contain secrets.
    request: String,
    outcome: Option<String>,
}

impl Entry {
    pub(super) fn new(app: &Arc<App>, method: &Method, path: &str) -> Self {
        let request = if app.log.is_some() { shown(method, path) } else { String::new() };
        Self { app: Arc::clone(app), request, outcome: None }
    }

    /// Sets the outcome: the status and the error type, or why there is no response.
    pub(super) fn finish(&mut self, outcome: impl Into<String>) {
        self.outcome = Some(outcome.into());
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        if let Some(log) = &self.app.log {
            log.print(&format!("{} {}", self.request, self.outcome.as_deref().unwrap_or("abandoned")));
        }
    }
}

fn shown(method: &Method, path: &str) -> String {
    let shown: String = path.chars().take(MAX_SHOWN).collect();
    let ellipsis = if shown.len() < path.len() { "…" } else { "" };
    format!("{method} {shown}{ellipsis}")
}
