//! `--check`: reads everything, and says what would be rejected.

use std::collections::BTreeMap;
use std::io;

use indicatif::HumanCount;

use crate::duplicates::{Duplicate, Seen};
use crate::exit::Stop;
use crate::input::Input;
use crate::problem::{Problem, joined};
use crate::row::{Layout, Rows};
use crate::say;

/// What a check found.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    lines: u64,
    pub(crate) rejected: u64,
    kinds: BTreeMap<String, u64>,
}

/// Reads an input to its end, and says of each line that would be rejected why.
///
/// Values that come twice and must not are said after everything else: only then they are all known.
///
/// # Errors
///
/// The input cannot be read on, or there is no room for what has to be remembered of it.
pub(crate) fn survey(mut input: Input, layout: Layout) -> Result<Findings, Stop> {
    let cannot =
        |error: io::Error| Stop::unfinished(format!("the lines of the input cannot be compared: {error}"));
    let (mut rows, mut seen, mut findings) = (Rows::new(layout), Seen::default(), Findings::default());
    while let Some(record) = input.next()? {
        findings.lines += 1;
        let line = rows.read(record);
        match &line.request {
            Ok(request) => seen.add(request, line.place().line).map_err(cannot)?,
            Err(problems) => findings.reject(line.place().line, problems),
        }
    }
    seen.duplicates(|line, duplicates| findings.reject_duplicates(line, duplicates)).map_err(cannot)?;
    rows.remarks().sentences().iter().for_each(|sentence| say::aside(sentence));
    Ok(findings)
}

impl Findings {
    fn reject_duplicates(&mut self, line: u64, duplicates: &[Duplicate]) {
        let problem = |Duplicate { unique, first }: &Duplicate| {
            let text =
                format!("the same `{}` as in line {first}, which is the one that counts", unique.parameter());
            Problem::new(unique.kind(), text)
        };
        self.reject(line, &duplicates.iter().map(problem).collect::<Vec<_>>());
    }

    fn reject(&mut self, line: u64, problems: &[Problem]) {
        self.rejected += 1;
        for problem in problems.iter().take(1) {
            *self.kinds.entry(problem.kind.to_string()).or_default() += 1;
        }
        say::result(&format!("line {line}: {}", joined(problems)));
    }

    /// The last lines of a check.
    pub(crate) fn say(&self) {
        let (lines, good) = (HumanCount(self.lines), HumanCount(self.lines - self.rejected));
        say::result(&format!(
            "{lines} lines: {good} can be sent, {} would be rejected",
            HumanCount(self.rejected)
        ));
        for (kind, count) in &self.kinds {
            say::result(&format!("{:>12}  {kind}", HumanCount(*count).to_string()));
        }
    }
}
