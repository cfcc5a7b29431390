//! The log on standard output.

use std::{
    fmt,
    io::{self, Write},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, SyncSender, TrySendError, channel, sync_channel},
    },
    thread,
    time::Duration,
};

use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::{outbox::Message, record::Outcome};

/// How many lines can wait until they are written.
const MAX_WAITING: usize = 1024;
/// How long the last lines may take.
const FLUSH_TIMEOUT: Duration = Duration::from_secs(1);

/// The form of the lines that an emulator prints to standard output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum LogFormat {
    /// Lines for people: `2026-01-02T03:04:05.678Z POST /v1/passwords 400 duplicate_email 3 ms`.
    Text,
    /// An object per line, for programs: `{"event":"request","method":"POST","status":400,…}`.
    Json,
}

/// The content of a line.
#[derive(Debug)]
pub(crate) enum Event<'a> {
    /// A request has its outcome.
    Request { method: &'a str, path: &'a str, outcome: &'a Outcome, duration: Duration },
    /// A message that Stytch would have sent is in the outbox.
    Sent(&'a Message),
    /// A request or a connection never reached an endpoint.
    Rejected { what: &'static str, reason: &'a str },
    /// There was no room for some lines.
    Lost(u64),
}

impl Event<'_> {
    fn to_text(&self) -> String {
        match self {
            Self::Request { method, path, outcome, duration } => {
                format!("{method} {path} {outcome} {} ms", duration.as_millis())
            }
            Self::Sent(message) => {
                format!("sent to {}: {}", message.to, message.code.as_ref().unwrap_or(&message.link))
            }
            Self::Rejected { what, reason } => format!("rejected {what}: {reason}"),
            Self::Lost(lines) => format!("{lines} lines were not printed"),
        }
    }

    fn to_json(&self) -> Value {
        match self {
            Self::Request { method, path, outcome, duration } => json!({
                "event": "request",
                "method": method,
                "path": path,
                "outcome": outcome.word(),
                "status": outcome.status(),
                "error_type": outcome.error_type(),
                "milliseconds": u64::try_from(duration.as_millis()).unwrap_or(u64::MAX),
            }),
            Self::Sent(message) => json!({
                "event": "sent",
                "channel": message.channel,
                "kind": message.kind,
                "to": message.to,
                "user_id": message.user_id,
                "link": Some(&message.link).filter(|link| !link.is_empty()),
                "token": Some(&message.token).filter(|token| !token.is_empty()),
                "code": message.code,
            }),
            Self::Rejected { what, reason } => json!({ "event": "rejected", "what": what, "reason": reason }),
            Self::Lost(lines) => json!({ "event": "lost", "lines": lines }),
        }
    }
}

/// Prints lines in a separate thread, so that a slow reader does not delay requests. Such a reader is a test
/// that only waits for the first line. Lines for which there is no room are counted, and the count is printed later.
///
/// Clones print to the same log.
#[derive(Clone)]
pub(crate) struct Log {
    format: LogFormat,
    printer: Arc<Printer>,
}

struct Printer {
    lines: Option<SyncSender<String>>,
    lost: AtomicU64,
    /// Behind a lock because a receiver belongs to one thread, and the log is shared.
    finished: Mutex<Receiver<()>>,
}

impl Log {
    /// # Errors
    ///
    /// If the system cannot start a thread.
    pub(crate) fn start(format: LogFormat) -> io::Result<Self> {
        let (lines, waiting) = sync_channel::<String>(MAX_WAITING);
        let (finishing, finished) = channel();
        thread::Builder::new().name("stytch-emulator log".to_owned()).spawn(move || {
            for line in waiting {
                // The emulator keeps running if standard output is closed.
                let _ = writeln!(io::stdout(), "{line}");
            }
            let _ = finishing.send(());
        })?;
        let printer = Printer { lines: Some(lines), lost: AtomicU64::new(0), finished: Mutex::new(finished) };
        Ok(Self { format, printer: Arc::new(printer) })
    }

    /// Prints an event with the time of the system, which a frozen emulator clock does not change.
    pub(crate) fn print(&self, event: &Event<'_>) {
        let Printer { lines: Some(lines), lost, .. } = &*self.printer else { return };
        let now = OffsetDateTime::now_utc();
        let missing = lost.swap(0, Ordering::Relaxed);
        if missing > 0 && lines.try_send(self.line(now, &Event::Lost(missing))).is_err() {
            lost.fetch_add(missing, Ordering::Relaxed);
        }
        if let Err(TrySendError::Full(_)) = lines.try_send(self.line(now, event)) {
            lost.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn line(&self, now: OffsetDateTime, event: &Event<'_>) -> String {
        let now = timestamp(now);
        match self.format {
            LogFormat::Text => format!("{now} {}", event.to_text()),
            LogFormat::Json => {
                let mut line = event.to_json();
                line["time"] = now.into();
                line.to_string()
            }
        }
    }
}

/// Formats a time as RFC 3339 in UTC, with milliseconds.
pub(crate) fn timestamp(time: OffsetDateTime) -> String {
    let (date, milliseconds) = (time.date(), time.millisecond());
    let (hour, minute, second) = time.to_hms();
    format!("{date}T{hour:02}:{minute:02}:{second:02}.{milliseconds:03}Z")
}

impl Drop for Printer {
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
