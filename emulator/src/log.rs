//! The log on standard output.

use std::{
    fmt,
    io::{self, Write},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, SyncSender, TrySendError, channel, sync_channel},
    },
    thread,
    time::Duration,
};

use time::OffsetDateTime;

/// How many lines can wait until they are written.
const MAX_WAITING: usize = 1024;
/// How long the last lines may take.
const FLUSH_TIMEOUT: Duration = Duration::from_secs(1);

/// Prints lines from its own thread, so that a reader who does not read holds up no request. Such a reader is a test
/// that only waits for the first line. Lines for which there is no room are counted, and the count is printed later.
pub(crate) struct Log {
    lines: Option<SyncSender<String>>,
    lost: AtomicU64,
    /// Behind a lock because a receiver belongs to one thread, and the log is shared.
    finished: Mutex<Receiver<()>>,
}

impl Log {
    /// # Errors
    ///
    /// If the system cannot start a thread.
    pub(crate) fn start() -> io::Result<Self> {
        let (lines, waiting) = sync_channel::<String>(MAX_WAITING);
        let (finishing, finished) = channel();
        thread::Builder::new().name("stytch-emulator log".to_owned()).spawn(move || {
            for line in waiting {
                // The emulator keeps running if standard output is closed.
                let _ = writeln!(io::stdout(), "{line}");
            }
            let _ = finishing.send(());
        })?;
        Ok(Self { lines: Some(lines), lost: AtomicU64::new(0), finished: Mutex::new(finished) })
    }

    /// Prints an event with the time of the system, which a frozen emulator clock does not change.
    pub(crate) fn print(&self, event: &str) {
        let Some(lines) = &self.lines else { return };
        let now = timestamp(OffsetDateTime::now_utc());
        let lost = self.lost.swap(0, Ordering::Relaxed);
        if lost > 0 && lines.try_send(format!("{now} {lost} lines were not printed")).is_err() {
            self.lost.fetch_add(lost, Ordering::Relaxed);
        }
        if let Err(TrySendError::Full(_)) = lines.try_send(format!("{now} {event}")) {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Formats a time as RFC 3339 in UTC, with milliseconds.
fn timestamp(time: OffsetDateTime) -> String {
    let (date, milliseconds) = (time.date(), time.millisecond());
    let (hour, minute, second) = time.to_hms();
    format!("{date}T{hour:02}:{minute:02}:{second:02}.{milliseconds:03}Z")
}

impl Drop for Log {
    fn drop(&mut self) {
        self.lines = None;
        let finished = self.finished.get_mut().unwrap_or_else(PoisonError::into_inner);
        let _ = finished.recv_timeout(FLUSH_TIMEOUT);
    }
}

impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Log")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timestamp_has_milliseconds() {
        let time = OffsetDateTime::UNIX_EPOCH + Duration::from_millis(1_767_323_045_006);
        assert_eq!(timestamp(time), "2026-01-02T03:04:05.006Z");
    }
}
