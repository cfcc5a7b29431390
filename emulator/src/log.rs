//! A line for every request, on standard output.

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

/// How many lines may wait for whoever reads standard output.
const MOST_WAITING: usize = 1024;
/// How long the last lines may take to be read.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// Prints lines from a thread of its own: a reader who does not read, such as a test that only waits for the first
/// line, holds up nobody. Lines that find no room are counted, and the count is printed when there is room again.
pub(crate) struct Log {
    lines: Option<SyncSender<String>>,
    lost: AtomicU64,
    /// Behind a lock because a receiver is for one thread, and the log for many.
    finished: Mutex<Receiver<()>>,
}

impl Log {
    /// # Errors
    ///
    /// When the system has no thread to give.
    pub(crate) fn start() -> io::Result<Self> {
        let (lines, waiting) = sync_channel::<String>(MOST_WAITING);
        let (finishing, finished) = channel();
        thread::Builder::new().name("stytch-emulator log".to_owned()).spawn(move || {
            for line in waiting {
                // A closed standard output is no reason to stop serving.
                let _ = writeln!(io::stdout(), "{line}");
            }
            let _ = finishing.send(());
        })?;
        Ok(Self { lines: Some(lines), lost: AtomicU64::new(0), finished: Mutex::new(finished) })
    }

    pub(crate) fn print(&self, line: String) {
        let Some(lines) = &self.lines else { return };
        let lost = self.lost.swap(0, Ordering::Relaxed);
        if lost > 0 && lines.try_send(format!("({lost} lines were not printed)")).is_err() {
            self.lost.fetch_add(lost, Ordering::Relaxed);
        }
        if let Err(TrySendError::Full(_)) = lines.try_send(line) {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        self.lines = None;
        let finished = self.finished.get_mut().unwrap_or_else(PoisonError::into_inner);
        let _ = finished.recv_timeout(LAST_WORDS);
    }
}

impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Log")
    }
}
