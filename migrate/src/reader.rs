//! The thread that reads the input, ahead of the sender.

use std::collections::HashSet;
use std::sync::Arc;
use std::thread;

use tokio::sync::mpsc;

use crate::exit::Stop;
use crate::fingerprint::{Fingerprint, Key, Running};
use crate::input::{Input, Record};
use crate::journal::{Journal, Past};
use crate::row::{Line, Rows};
use crate::tally::{Seen, Tally};

/// The number of records that are passed on together.
const BLOCK: usize = 64;
/// The number of blocks that are read ahead, and reserved together. After a crash, twice as many records count as
/// possibly sent.
const AHEAD: usize = 4;

/// A line to send.
pub(crate) struct Job {
    pub(crate) line: Line,
    /// Whether it may have been sent, by an earlier run or at the beginning of this run.
    pub(crate) may_have_arrived: bool,
}

/// Lines that are reserved together.
pub(crate) struct Block {
    pub(crate) jobs: Vec<Job>,
    /// The last record that was read for it, and the fingerprint of the input up to it.
    through: u64,
    fingerprint: Fingerprint,
}

/// Reads an input from the position of the last run.
pub(crate) struct Reader {
    pub(crate) input: Input,
    pub(crate) rows: Rows,
    pub(crate) past: Past,
    pub(crate) key: Key,
    pub(crate) tally: Arc<Tally>,
    /// The addresses that this run has already migrated, in lower case.
    pub(crate) verified: HashSet<String>,
}

impl Reader {
    /// Starts to read. An error ends the blocks.
    ///
    /// The run does not wait for the thread, because it may be waiting for a terminal or a pipe.
    pub(crate) fn start(self) -> mpsc::Receiver<Result<Block, Stop>> {
        let (blocks, received) = mpsc::channel(AHEAD);
        thread::spawn(move || {
            let running = self.key.begin("input");
            let mut reading = Reading { reader: self, running, number: 0, blocks };
            if let Err(stop) = reading.read() {
                // If the receiver is gone, the run has ended for another reason.
                let _ = reading.blocks.blocking_send(Err(stop));
            }
        });
        received
    }
}

/// Reserves blocks in the journal before they are passed on, until the receiver is gone. Otherwise, a run that has ended
/// would wait for the next lines of a pipe.
pub(crate) fn reserve(
    mut blocks: mpsc::Receiver<Result<Block, Stop>>,
    journal: Journal,
) -> mpsc::Receiver<Result<Block, Stop>> {
    // One block is passed on while the next blocks are being reserved.
    let (ready, received) = mpsc::channel(1);
    tokio::spawn(async move {
        let mut read = Vec::with_capacity(AHEAD);
        loop {
            // All blocks that were read by now share one write to the disk.
            let count = tokio::select! {
                count = blocks.recv_many(&mut read, AHEAD) => count,
                () = ready.closed() => 0,
            };
            if count == 0 {
                return;
            }
            if let Some(last) = read.iter().rev().find_map(|block| block.as_ref().ok())
                && journal.reserve(last.through, last.fingerprint).await.is_err()
            {
                return;
            }
            for block in read.drain(..) {
                if ready.send(block).await.is_err() {
                    return;
                }
            }
        }
    });
    received
}

struct Reading {
    reader: Reader,
    running: Running,
    /// The number of the last record that was read.
    number: u64,
    blocks: mpsc::Sender<Result<Block, Stop>>,
}

impl Reading {
    fn read(&mut self) -> Result<(), Stop> {
        let open = self.catch_up()?;
        let mut going_on = self.pass_on(open);
        while going_on {
            let mut jobs = Vec::with_capacity(BLOCK);
            while jobs.len() < BLOCK
                && let Some(record) = self.next()?
            {
                jobs.push(self.job(record));
            }
            going_on = !jobs.is_empty() && self.pass_on(jobs);
        }
        self.reader.tally.remark(self.reader.rows.remarks().sentences());
        Ok(())
    }

    /// Reads the records of earlier runs, and returns the ones that are open.
    ///
    /// No record is passed on before all of them are known to be unchanged.
    fn catch_up(&mut self) -> Result<Vec<Job>, Stop> {
        let mut open = Vec::new();
        let Some((through, fingerprint)) = self.reader.past.through else { return Ok(open) };
        while self.number < through {
            let Some(record) = self.next()? else {
                let (number, limit) = (self.number, self.reader.input.limit);
                return Err(Stop::unusable(if number == limit {
                    format!(
                        "`--limit {limit}` ends the input before record {through}, up to which the journal goes: leave \
                         it out, or give a limit of {through} or more"
                    )
                } else {
                    format!("the input has {number} lines now, but the journal has {through}: {WHAT_TO_DO}")
                }));
            };
            if !self.reader.past.settled.contains(&record.place.number) {
                open.push(self.job(record));
            }
        }
        if self.running.so_far() != fingerprint {
            return Err(Stop::unusable(format!(
                "the first {through} lines of the input have changed since the journal was written: \
                 {WHAT_TO_DO}"
            )));
        }
        Ok(open)
    }

    fn next(&mut self) -> Result<Option<Record>, Stop> {
        let record = self.reader.input.next()?;
        if let Some(record) = &record {
            self.running.record(record);
            self.number = record.place.number;
        }
        let seen = Seen { records: self.number, bytes: self.reader.input.offset(), ended: record.is_none() };
        self.reader.tally.saw(seen);
        Ok(record)
    }

    fn job(&mut self, record: Record) -> Job {
        let Reader { rows, past, verified, .. } = &mut self.reader;
        let line = rows.read(record);
        let is_verified =
            line.request.as_ref().is_ok_and(|request| verified.remove(&request.email.to_lowercase()));
        Job { may_have_arrived: is_verified || past.may_have_arrived(line.place().number), line }
    }

    /// Passes jobs on in blocks. Returns `false` if the receiver is gone.
    fn pass_on(&mut self, jobs: Vec<Job>) -> bool {
        let (through, fingerprint) = (self.number, self.running.so_far());
        let mut jobs = jobs.into_iter().peekable();
        while jobs.peek().is_some() {
            let block = Block { jobs: jobs.by_ref().take(BLOCK).collect(), through, fingerprint };
            if self.blocks.blocking_send(Ok(block)).is_err() {
                return false;
            }
        }
        true
    }
}

const WHAT_TO_DO: &str = "restore it, or begin another journal with `--journal`; \
                          users who are already there are counted as such, and no user is migrated twice";
