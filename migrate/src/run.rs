//! A run: opens the files, sends the lines, and prints the result.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use crate::cli::Arguments;
use crate::exit::{Exit, Stop};
use crate::export::{self, Kind, System};
use crate::files::Files;
use crate::input::{Content, Input, Record};
use crate::journal::{self, Subject};
use crate::progress::Progress;
use crate::reader::{self, Reader};
use crate::rejected::Style;
use crate::rejected_file::RejectedFile;
use crate::row::{Layout, Naming, Rows};
use crate::say;
use crate::send::{Dispatcher, Limiter, Report, Sender, StopSign};
use crate::signals;
use crate::summary::Summary;
use crate::survey::{self, Detail};
use crate::tally::{Counts, Tally};
use crate::target::Connection;
use crate::verify::{self, Known};

/// Runs the command.
///
/// # Errors
///
/// It cannot start, or ended before the end of the input.
pub(crate) async fn run(arguments: &Arguments) -> Result<Exit, Stop> {
    let naming = arguments.naming();
    if let Some(System { kind: Kind::Impossible(why), .. }) = naming.from.and_then(export::find) {
        return Err(Stop::unusable(*why));
    }
    let (mut input, mut layout) = open(arguments, &naming)?;
    if !input.found.is_empty() {
        say::aside(&format!("{} is read as {}", arguments.input.display(), input.found.join(", ")));
    }
    if arguments.only_reads() {
        let exit = survey(arguments, input, layout)?;
        say::aside(RECOMMENDATION);
        return Ok(exit);
    }
    if arguments.strict {
        if !arguments.wanted().is_regular_file() {
            return Err(Stop::unusable("`--strict` reads the input twice: put it into a file"));
        }
        if survey(arguments, input, layout)? != Exit::Done {
            say::aside("no request was sent");
            return Ok(Exit::Rejected);
        }
        (input, layout) = open(arguments, &naming)?;
    }
    let known = Known::read(arguments)?;
    let connection =
        if arguments.emulator { Connection::to_emulator().await? } else { Connection::from_env()? };
    let mut files = Files::of(arguments, &input, connection.is_trial)?;
    let run = Run { arguments, naming: &naming, known: &known, connection: &connection, files: &files };
    let outcome = run.send(input, layout).await;
    if !matches!(outcome, Ok(Exit::Done)) {
        files.keep();
    }
    outcome
}

const RECOMMENDATION: &str = "recommended before sending: `--verify EMAIL` migrates a user whose password you know, logs \
                              this user in, and stops before the rest if that fails";

fn open(arguments: &Arguments, naming: &Naming) -> Result<(Input, Layout), Stop> {
    let mut input = arguments.wanted().open()?;
    let layout = Layout::new(naming, input.header.as_ref())?;
    if let Some(Record { content: Content::Json, bytes, .. }) = input.first()? {
        layout.no_export_record(bytes)?;
    }
    Ok((input, layout))
}

fn survey(arguments: &Arguments, input: Input, layout: Layout) -> Result<Exit, Stop> {
    let detail = if arguments.dry_run { Detail::Plan { rate: arguments.rate } } else { Detail::Lines };
    let findings = survey::survey(input, layout, detail)?;
    findings.say();
    Ok(if findings.rejected == 0 { Exit::Done } else { Exit::Rejected })
}

/// A run that sends.
#[derive(Clone, Copy)]
struct Run<'a> {
    arguments: &'a Arguments,
    naming: &'a Naming,
    known: &'a [Known],
    connection: &'a Connection,
    files: &'a Files,
}

impl Run<'_> {
    async fn send(self, input: Input, layout: Layout) -> Result<Exit, Stop> {
        let Self { arguments, files, .. } = self;
        let subject = Subject { target: &self.connection.target, input: &input, naming: self.naming };
        let journal = journal::open(&files.journal, subject)?;
        let style = Arc::new(Style::of(&input));
        let past = journal.past.clone();
        let rejected = files.rejected.clone();
        let rejected = RejectedFile::open(rejected, &style, &journal.key, past.copied, past.is_settled())?;
        let tally = Arc::new(Tally::starting_with(past.counts.clone()));
        let (sent_before, settled_before, size) = (past.sent, past.counts.settled(), input.size);
        let sender = Arc::new(sender(arguments, self.connection));
        greet(arguments, self.connection, settled_before);
        let verified = self.verify(&sender).await?;
        let (key, rows) = (journal.key.clone(), Rows::new(layout));
        let reader = Reader { input, rows, past, key, tally: Arc::clone(&tally), verified };
        let writing = journal.start(rejected, Arc::clone(&tally));

        let started = Instant::now();
        let progress = Progress::start(Arc::clone(&tally), Arc::clone(&sender), size);
        signals::watch(sender.stop.clone(), progress.aside());
        let dispatcher = Dispatcher {
            sender,
            journal: writing.journal(),
            style,
            concurrency: usize::from(arguments.concurrency),
        };
        let report = dispatcher.run(reader::reserve(reader.start(), writing.journal())).await;
        let written = writing.end(report.sent.max(sent_before)).await;
        progress.end();

        let counts = tally.counts();
        let (time, remarks) = (started.elapsed(), tally.remarks());
        Summary { counts: &counts, before: settled_before, time, files, remarks: &remarks }.say();
        written.and_then(|()| exit(report, &counts))
    }

    /// Migrates the users with known passwords, and logs them in.
    async fn verify(self, sender: &Sender) -> Result<HashSet<String>, Stop> {
        if self.known.is_empty() {
            return Ok(HashSet::new());
        }
        verify::verify(self.known, open(self.arguments, self.naming)?, sender).await
    }
}

fn sender(arguments: &Arguments, connection: &Connection) -> Sender {
    Sender {
        client: connection.client.clone(),
        limiter: Limiter::new(arguments.rate),
        patience: Duration::from_secs(arguments.patience.into()),
        stop: StopSign::new(),
    }
}

fn greet(arguments: &Arguments, connection: &Connection, settled: u64) {
    let (input, to) = (arguments.input.display(), &connection.target.base_url);
    let again = if settled > 0 { ", from where the last run stopped" } else { "" };
    say::aside(&format!("sending {input} to {to}{again}"));
    if arguments.rate > 100.0 || arguments.rate == 0.0 {
        say::aside("Stytch accepts at most 100 requests per second, and asks for at most 65");
    }
}

fn exit(report: Report, counts: &Counts) -> Result<Exit, Stop> {
    match report {
        Report { stop: Some(stop), .. } => Err(stop),
        Report { interrupted: true, .. } => {
            say::aside("interrupted: run the same command again to continue");
            Ok(Exit::Interrupted)
        }
        Report { unsettled: 0, .. } if counts.rejected == 0 => Ok(Exit::Done),
        Report { unsettled: 0, .. } => Ok(Exit::Rejected),
        Report { unsettled, last_unsettled, .. } => Err(Stop::unfinished(format!(
            "{unsettled} lines had no response and stay open, {last_unsettled}; the same command retries them"
        ))),
    }
}
