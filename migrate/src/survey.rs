//! `--check` and `--dry-run`: read the input without sending it.

use std::collections::BTreeMap;
use std::io;
use std::time::Duration;

use indicatif::{HumanCount, HumanDuration};

use crate::duplicates::{Duplicate, Seen};
use crate::exit::Stop;
use crate::input::Input;
use crate::problem::{Problem, joined};
use crate::row::{Layout, Rows};
use crate::say;

/// The kind of survey.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Detail {
    /// Lists each line that would be rejected, with the reason.
    Lines,
    /// Counts the lines, and estimates the duration at this many requests per second.
    Plan { rate: f64 },
}

/// The result of a survey.
#[derive(Debug)]
pub(crate) struct Findings {
    detail: Detail,
    lines: u64,
    pub(crate) rejected: u64,
    /// The lines that would be rejected, by the kind of their first problem.
    kinds: BTreeMap<String, u64>,
    /// The lines that can be sent, by their hash types.
    hash_types: BTreeMap<String, u64>,
}

/// Reads an input to its end, and prints why a line would be rejected.
///
/// Duplicates are printed at the end, because all of them are known only then.
///
/// # Errors
///
/// The input cannot be read, or the temporary file cannot be written.
pub(crate) fn survey(mut input: Input, layout: Layout, detail: Detail) -> Result<Findings, Stop> {
    let cannot =
        |error: io::Error| Stop::unfinished(format!("the lines of the input cannot be compared: {error}"));
    let (mut rows, mut seen, mut findings) = (Rows::new(layout), Seen::default(), Findings::new(detail));
    while let Some(record) = input.next()? {
        findings.lines += 1;
        let line = rows.read(record);
        match &line.request {
            Ok(request) => {
                seen.add(request, line.place().line).map_err(cannot)?;
                *findings.hash_types.entry(request.hash_type.as_str().to_owned()).or_default() += 1;
            }
            Err(problems) => findings.reject(line.place().line, problems),
        }
    }
    seen.duplicates(|line, duplicates| findings.reject_duplicates(line, duplicates)).map_err(cannot)?;
    rows.remarks().sentences().iter().for_each(|sentence| say::aside(sentence));
    Ok(findings)
}

impl Findings {
    fn new(detail: Detail) -> Self {
        Self { detail, lines: 0, rejected: 0, kinds: BTreeMap::new(), hash_types: BTreeMap::new() }
    }

    fn reject_duplicates(&mut self, line: u64, duplicates: &[Duplicate]) {
        let problem = |Duplicate { unique, first }: &Duplicate| {
            let text = format!("the same `{}` as in line {first}, which is used", unique.parameter());
            Problem::new(unique.kind(), text)
        };
        self.reject(line, &duplicates.iter().map(problem).collect::<Vec<_>>());
    }

    fn reject(&mut self, line: u64, problems: &[Problem]) {
        self.rejected += 1;
        for problem in problems.iter().take(1) {
            *self.kinds.entry(problem.kind.to_string()).or_default() += 1;
        }
        if let Detail::Lines = self.detail {
            say::result(&format!("line {line}: {}", joined(problems)));
        }
    }

    /// Returns the last lines of a survey.
    pub(crate) fn say(&self) {
        let good = self.lines - self.rejected;
        say::result(&format!(
            "{} lines: {} can be sent, {} would be rejected",
            HumanCount(self.lines),
            HumanCount(good),
            HumanCount(self.rejected)
        ));
        list(&self.kinds);
        if let Detail::Plan { rate } = self.detail {
            say::result("hash types:");
            list(&self.hash_types);
            say::result(&time(good, rate));
        }
    }
}

fn list(counts: &BTreeMap<String, u64>) {
    for (name, count) in counts {
        say::result(&format!("{:>12}  {name}", HumanCount(*count).to_string()));
    }
}

/// Returns how long it takes to send this many lines.
fn time(lines: u64, rate: f64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "this is shown to people, in a few digits")]
    let seconds = Duration::try_from_secs_f64(lines as f64 / rate);
    match seconds {
        Ok(time) => format!("{} at {rate} requests per second", HumanDuration(time)),
        Err(_) => "as fast as the API responds".to_owned(),
    }
}
