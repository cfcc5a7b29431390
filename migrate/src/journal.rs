//! The journal: the outcome of each line, on the disk before it is counted.
//!
//! With it, the same command continues after any kind of stop. It knows for which of the lines that were in flight
//! the API may have carried out the request.

mod entry;
mod header;
mod keeper;
mod replay;
mod seal;

use std::fs::{self, File, OpenOptions};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, BufReader, Write};
use std::path::Path;
use std::sync::Arc;
use std::thread;

use fs4::FileExt;
use tokio::sync::{mpsc, oneshot};

pub(crate) use self::entry::word;
use self::header::Header;
pub(crate) use self::header::{Subject, Target};
use self::keeper::{Keeper, Note};
pub(crate) use self::replay::Past;
use crate::exit::Stop;
use crate::files::{make_name_durable, private};
use crate::fingerprint::{Fingerprint, Key};
use crate::input::Place;
use crate::rejected_file::RejectedFile;
use crate::tally::{Outcome, Tally};

/// The maximum number of waiting notes. A sender of further notes waits.
const MOST_WAITING: usize = 1024;

/// An open journal with its content, before anything is added.
pub(crate) struct Opened {
    file: File,
    pub(crate) past: Past,
    /// Computes the fingerprints that this journal is compared with.
    pub(crate) key: Key,
}

/// Opens the journal of a run, or creates one.
///
/// # Errors
///
/// The file is not a journal, is damaged, belongs to another run, or is in use.
pub(crate) fn open(path: &Path, subject: Subject<'_>) -> Result<Opened, Stop> {
    open_here(path, subject).map_err(|stop| stop.about(path.display()))
}

fn open_here(path: &Path, subject: Subject<'_>) -> Result<Opened, Stop> {
    let (file, new) = open_file(path)?;
    let replayed = replay::replay(BufReader::new(&file))?;
    let cannot = |error| Stop::unusable(format!("the journal cannot be written: {error}"));
    if let Some(header) = replayed.header {
        match header.check(subject) {
            Ok(()) => {
                // The last run may have left an unfinished write. The file is opened for appending.
                file.set_len(replayed.whole).map_err(cannot)?;
                return Ok(Opened { file, past: replayed.past, key: header.key(subject.target) });
            }
            // An earlier run left it, for example with a wrong secret. It has no outcome to continue from.
            Err(_) if replayed.past.settled.is_empty() => {}
            Err(stop) => return Err(stop),
        }
    }
    let header = Header::new(subject, salt());
    begin(&file, path, &header, new).map_err(cannot)?;
    Ok(Opened { file, past: Past::default(), key: header.key(subject.target) })
}

fn open_file(path: &Path) -> Result<(File, bool), Stop> {
    let cannot = |error: io::Error| {
        Stop::unusable(format!("the journal cannot be opened: {error}; `--journal` names another file"))
    };
    let about = fs::metadata(path);
    if about.as_ref().is_ok_and(|about| !about.is_file()) {
        return Err(Stop::unusable("the journal has to be a file: name another one with `--journal`"));
    }
    let file = private(OpenOptions::new().read(true).append(true).create(true)).open(path).map_err(cannot)?;
    match FileExt::try_lock(&file) {
        Ok(()) => Ok((file, about.is_err())),
        Err(fs4::TryLockError::WouldBlock) => Err(Stop::unusable("another run is using this journal")),
        Err(fs4::TryLockError::Error(error)) => Err(cannot(error)),
    }
}

fn begin(mut file: &File, path: &Path, header: &Header, new: bool) -> io::Result<()> {
    let mut text = header.lines();
    seal::close(&mut text);
    file.set_len(0)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    if new { make_name_durable(path) } else { Ok(()) }
}

/// A value that is different for each journal. It is not secret, because the key is derived from a secret.
fn salt() -> String {
    let random = || RandomState::new().hash_one(std::process::id());
    format!("{:016x}{:016x}", random(), random())
}

/// The journal cannot be written. [`Writing::end`] returns the reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Closed;

/// Sends events to the journal.
#[derive(Clone)]
pub(crate) struct Journal {
    notes: mpsc::Sender<Note>,
}

/// The thread that writes a journal.
pub(crate) struct Writing {
    journal: Journal,
    thread: thread::JoinHandle<Result<(), Stop>>,
}

impl Opened {
    /// Starts the thread.
    pub(crate) fn start(self, rejected: RejectedFile, tally: Arc<Tally>) -> Writing {
        Writing::start(Keeper { store: self.file, rejected, tally, sent: self.past.sent })
    }
}

impl Writing {
    fn start<S: keeper::Store>(keeper: Keeper<S>) -> Self {
        let (notes, received) = mpsc::channel(MOST_WAITING);
        Self { journal: Journal { notes }, thread: thread::spawn(move || keeper.run(received)) }
    }

    pub(crate) fn journal(&self) -> Journal {
        self.journal.clone()
    }

    /// Writes the remaining notes, and that no record after `sent` was sent.
    ///
    /// # Errors
    ///
    /// A write failed, now or before.
    pub(crate) async fn end(self, sent: u64) -> Result<(), Stop> {
        // If this does not arrive, the thread has ended, and its result has the reason.
        let _ = self.journal.notes.send(Note::End { sent }).await;
        drop(self.journal);
        let thread = self.thread;
        let joined = tokio::task::spawn_blocking(move || thread.join()).await;
        match joined {
            Ok(Ok(outcome)) => outcome,
            _ => Err(Stop::unfinished("the journal's thread failed; run the same command again to continue")),
        }
    }
}

impl Journal {
    /// Reserves records for sending. When this returns, a power cut cannot make them look unsent.
    pub(crate) async fn reserve(&self, number: u64, fingerprint: Fingerprint) -> Result<(), Closed> {
        let (durable, done) = oneshot::channel();
        self.tell(Note::Reserve { number, fingerprint, durable }).await?;
        done.await.map_err(|_| Closed)
    }

    /// Records the outcome of a record. `row` is written to the file of rejected lines.
    pub(crate) async fn settle(
        &self,
        place: Place,
        outcome: Outcome,
        row: Option<Vec<u8>>,
    ) -> Result<(), Closed> {
        self.tell(Note::Settle { place, outcome, row }).await
    }

    async fn tell(&self, note: Note) -> Result<(), Closed> {
        self.notes.send(note).await.map_err(|_| Closed)
    }
}

#[cfg(test)]
mod tests;
