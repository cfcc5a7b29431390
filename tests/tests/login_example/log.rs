//! The log output of all these tests.
//!
//! All tests share one log with all lines of all crates. After every response, every visitor searches it for the
//! secrets of the visitor.

use std::io::{self, Write};
use std::sync::{Mutex, Once, PoisonError};

use tracing::Level;

use crate::site::{ADA, Site};

static LINES: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Writes to the captured log.
struct Log;

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LINES.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Captures all lines from now on, at every level.
pub(crate) fn keep() {
    static KEPT: Once = Once::new();
    KEPT.call_once(|| tracing_subscriber::fmt().with_max_level(Level::TRACE).with_writer(|| Log).init());
}

pub(crate) fn text() -> String {
    String::from_utf8_lossy(&LINES.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
}

#[tokio::test]
async fn the_log_has_every_event() {
    let site = Site::start().await;
    let mut ada = site.ada().await;
    ada.get("/nowhere?token=mailed").await;
    ada.submit("/login", &[("email", ADA), ("password", "wrong password")]).await;
    site.emulator.fail_next(stytch_emulator::Fault::status(503)).unwrap();
    ada.submit("/forgotten", &[("email", ADA)]).await;
    let text = text();
    for line in [
        "POST /sign-up 303",
        "GET /nowhere 404",
        "a login is rejected: unauthorized_credentials [request-id-test-",
        "POST /v1/passwords/email/reset/start: API error 503",
    ] {
        assert!(text.contains(line), "{line} is not in the log");
    }
    for secret in ["token=mailed", ADA, site.emulator.secret()] {
        assert!(!text.contains(secret), "{secret} is in the log");
    }
}
