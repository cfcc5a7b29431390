//! Sends all lines: how many at once, in which order, and when to stop.

use std::collections::HashSet;
use std::sync::Arc;

use stytch_client::Error;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::line::{End, Sender};
use crate::exit::Stop;
use crate::input::Place;
use crate::journal::{Closed, Journal};
use crate::problem::{Problem, joined};
use crate::reader::{Block, Job};
use crate::rejected::Style;
use crate::tally::Outcome;

/// After this many consecutive lines without a response, the run ends, because the API is not available.
const MOST_UNSETTLED_IN_A_ROW: u32 = 10;
/// The maximum number of lines without a response. Each is a gap that the next run has to remember.
const MOST_UNSETTLED: u64 = 1000;

/// Sends the lines that the reader passes on.
pub(crate) struct Dispatcher {
    pub(crate) sender: Arc<Sender>,
    pub(crate) journal: Journal,
    pub(crate) style: Arc<Style>,
    pub(crate) concurrency: usize,
}

/// The result.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// The last record that was sent.
    pub(crate) sent: u64,
    /// The number of lines that stay open because there was no response.
    pub(crate) unsettled: u64,
    /// The last of these lines, and why there was no response.
    pub(crate) last_unsettled: String,
    /// The reason why it ended before the end of the input.
    pub(crate) stop: Option<Stop>,
    /// The user stopped it.
    pub(crate) interrupted: bool,
    in_a_row: u32,
}

/// The result of a line in flight.
enum Settled {
    Yes,
    /// It stays open without a message.
    Stopped,
    No(Place, Error),
    Hopeless(Place, Error),
}

/// The lines in flight.
#[derive(Default)]
struct InFlight {
    tasks: JoinSet<(String, Result<Settled, Closed>)>,
    /// Their addresses. The second line of an address waits for the first, so that the first line is used.
    addresses: HashSet<String>,
}

impl Dispatcher {
    /// Sends until the end of the input, or until there is a reason to stop. Then waits for the requests in flight.
    pub(crate) async fn run(self, mut blocks: mpsc::Receiver<Result<Block, Stop>>) -> Report {
        let (mut report, mut in_flight) = (Report::default(), InFlight::default());
        let stop = self.sender.stop.clone();
        let interrupted = tokio::select! {
            biased;
            () = stop.raised() => true,
            () = self.send_all(&mut blocks, &mut in_flight, &mut report) => false,
        };
        stop.raise();
        while in_flight.reap(&mut report).await {}
        report.interrupted = interrupted;
        report
    }

    async fn send_all(
        &self,
        blocks: &mut mpsc::Receiver<Result<Block, Stop>>,
        in_flight: &mut InFlight,
        report: &mut Report,
    ) {
        while report.stop.is_none() {
            let block = tokio::select! {
                block = blocks.recv() => block,
                true = in_flight.reap(report) => continue,
            };
            match block {
                Some(Ok(block)) => self.send_block(block, in_flight, report).await,
                Some(Err(stop)) => report.stop(stop),
                None => break,
            }
        }
        while report.stop.is_none() && in_flight.reap(report).await {}
    }

    async fn send_block(&self, block: Block, in_flight: &mut InFlight, report: &mut Report) {
        for job in block.jobs {
            let sent = match &job.line.request {
                Err(problems) => self.reject(&job, problems).await,
                Ok(request) => {
                    let address = request.email.to_lowercase();
                    in_flight.make_room(self.concurrency, &address, report).await;
                    if report.stop.is_none() {
                        report.sent = report.sent.max(job.line.place().number);
                        self.send(job, address, in_flight);
                    }
                    Ok(())
                }
            };
            if sent.is_err() {
                report.take(Err(Closed));
            }
            if report.stop.is_some() {
                return;
            }
        }
    }

    async fn reject(&self, job: &Job, problems: &[Problem]) -> Result<(), Closed> {
        let row = self.style.row(&job.line.record, &joined(problems));
        let kind = problems.first().map_or("unreadable", |problem| &problem.kind).to_owned();
        self.journal.settle(job.line.place(), Outcome::Rejected { kind }, Some(row)).await
    }

    fn send(&self, job: Job, address: String, in_flight: &mut InFlight) {
        let (sender, journal, style) =
            (Arc::clone(&self.sender), self.journal.clone(), Arc::clone(&self.style));
        in_flight.addresses.insert(address.clone());
        in_flight.tasks.spawn(async move { (address, settle(&sender, &journal, &style, job).await) });
    }
}

/// Sends one line, and records its outcome.
async fn settle(sender: &Sender, journal: &Journal, style: &Style, job: Job) -> Result<Settled, Closed> {
    let (place, Ok(request)) = (job.line.place(), &job.line.request) else { return Ok(Settled::Yes) };
    let (outcome, row) = match sender.settle(request, job.may_have_arrived).await {
        End::Migrated { user_id } => (Outcome::Migrated { user_id }, None),
        End::AlreadyThere => (Outcome::AlreadyThere, None),
        End::Rejected(Problem { kind, text }) => {
            (Outcome::Rejected { kind: kind.into_owned() }, Some(style.row(&job.line.record, &text)))
        }
        End::Unsettled(error) => return Ok(Settled::No(place, error)),
        End::Hopeless(error) => return Ok(Settled::Hopeless(place, error)),
        End::Stopped => return Ok(Settled::Stopped),
    };
    journal.settle(place, outcome, row).await.map(|()| Settled::Yes)
}

impl InFlight {
    /// Waits until another line can be sent, and no line with the same address is in flight.
    async fn make_room(&mut self, concurrency: usize, address: &str, report: &mut Report) {
        while report.stop.is_none() && (self.tasks.len() >= concurrency || self.addresses.contains(address)) {
            self.reap(report).await;
        }
    }

    /// Waits for the end of one line. Returns `false` if there is none.
    async fn reap(&mut self, report: &mut Report) -> bool {
        let Some(ended) = self.tasks.join_next().await else { return false };
        match ended {
            Ok((address, settled)) => {
                self.addresses.remove(&address);
                report.take(settled);
            }
            Err(error) => report.stop(Stop::unfinished(format!("a line could not be sent: {error}"))),
        }
        true
    }
}

impl Report {
    fn stop(&mut self, stop: Stop) {
        self.stop.get_or_insert(stop);
    }

    fn take(&mut self, settled: Result<Settled, Closed>) {
        match settled {
            Ok(Settled::Yes) => self.in_a_row = 0,
            Ok(Settled::Stopped) => {}
            Ok(Settled::No(place, error)) => self.unsettled(place, &error),
            // It can be about this line only, if a proxy rejects what is in it.
            Ok(Settled::Hopeless(place, error)) => {
                self.stop(Stop::unfinished(format!("line {}: {error}", place.line)));
            }
            // The journal returns the reason when it is closed.
            Err(Closed) => self.stop(Stop::unfinished("the journal is closed")),
        }
    }

    fn unsettled(&mut self, place: Place, error: &Error) {
        self.unsettled += 1;
        self.in_a_row += 1;
        self.last_unsettled = format!("the last of them line {}, with: {error}", place.line);
        if self.in_a_row >= MOST_UNSETTLED_IN_A_ROW || self.unsettled >= MOST_UNSETTLED {
            let message = format!("{} lines had no response, {}", self.unsettled, self.last_unsettled);
            self.stop(Stop::unfinished(message));
        }
    }
}
