//! The thread that writes the journal.
//!
//! While one batch is written to the disk, the notes for the next one collect. At a few lines per second, each has a
//! separate batch. At thousands per second, a hundred share one. So no timer is needed.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Write};
use std::sync::Arc;

use tokio::sync::{mpsc, oneshot};

use super::entry::Entry;
use super::seal;
use crate::exit::Stop;
use crate::fingerprint::Fingerprint;
use crate::input::Place;
use crate::rejected_file::RejectedFile;
use crate::tally::{Outcome, Tally};

/// The maximum number of notes in a batch. With the longest of each kind, a batch is shorter than
/// [`seal::LONGEST_BATCH`].
const MOST_NOTES: usize = 1024;

/// The messages to the journal.
pub(super) enum Note {
    /// Records up to this one will be sent.
    Reserve { number: u64, fingerprint: Fingerprint, durable: oneshot::Sender<()> },
    /// The outcome of a record, and its row for the file of rejected lines.
    Settle { place: Place, outcome: Outcome, row: Option<Vec<u8>> },
    /// The end of the run. No record after this one was sent.
    End { sent: u64 },
}

/// The storage of a journal.
pub(super) trait Store: Send + 'static {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Returns when all appended bytes survive a power cut.
    fn make_durable(&mut self) -> io::Result<()>;
}

impl Store for File {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_all(bytes)
    }

    fn make_durable(&mut self) -> io::Result<()> {
        self.sync_data()
    }
}

pub(super) struct Keeper<S> {
    pub(super) store: S,
    pub(super) rejected: RejectedFile,
    pub(super) tally: Arc<Tally>,
    /// The record up to which the journal allows sending.
    pub(super) sent: u64,
}

impl<S: Store> Keeper<S> {
    /// Writes until all senders are dropped.
    ///
    /// # Errors
    ///
    /// The journal or the file of rejected lines cannot be written. Later messages are ignored.
    pub(super) fn run(mut self, mut notes: mpsc::Receiver<Note>) -> Result<(), Stop> {
        let mut batch = Vec::new();
        while let Some(first) = notes.blocking_recv() {
            batch.push(first);
            while batch.len() < MOST_NOTES
                && let Ok(next) = notes.try_recv()
            {
                batch.push(next);
            }
            self.commit(batch.drain(..))?;
        }
        Ok(())
    }

    /// Writes a batch, and notifies the waiting senders when it is durable.
    fn commit(&mut self, notes: impl Iterator<Item = Note>) -> Result<(), Stop> {
        let (mut entries, mut waiting, mut rows) = (Vec::new(), Vec::new(), Vec::new());
        for note in notes {
            match note {
                Note::Reserve { number, fingerprint, durable } => {
                    entries.push(Entry::Through { number, fingerprint });
                    self.sent = number;
                    waiting.push(durable);
                }
                Note::Settle { place, outcome, row } => {
                    rows.extend(row);
                    entries.push(Entry::Settled { place, outcome });
                }
                // A run that did not send anything does not change the journal.
                Note::End { sent } if sent == self.sent => {}
                Note::End { sent } => entries.push(Entry::Sent { number: sent }),
            }
        }
        if entries.is_empty() {
            return Ok(());
        }
        // The order matters: a line that is rejected in the journal must already be in the file.
        entries.extend(self.copy(&rows)?);
        self.write(&entries)?;
        self.tally.add(entries.iter().filter_map(|entry| match entry {
            Entry::Settled { outcome, .. } => Some(outcome),
            _ => None,
        }));
        for durable in waiting {
            // The receiver may no longer wait.
            let _ = durable.send(());
        }
        Ok(())
    }

    fn copy(&mut self, rows: &[Vec<u8>]) -> Result<Option<Entry>, Stop> {
        if rows.is_empty() {
            return Ok(None);
        }
        if self.rejected.is_to_be_created() {
            // So that a file that exists at the next start, but is not in the journal, belongs to somebody else.
            let (bytes, fingerprint) = self.rejected.state();
            self.write(&[Entry::Copied { bytes, fingerprint }])?;
        }
        let (bytes, fingerprint) = self.rejected.append(rows)?;
        Ok(Some(Entry::Copied { bytes, fingerprint }))
    }

    fn write(&mut self, entries: &[Entry]) -> Result<(), Stop> {
        let mut text = String::new();
        for entry in entries {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{entry}");
        }
        seal::close(&mut text);
        self.store.append(text.as_bytes()).and_then(|()| self.store.make_durable()).map_err(|error| {
            Stop::unfinished(format!(
                "the journal cannot be written: {error}; run the same command again to continue"
            ))
        })
    }
}
