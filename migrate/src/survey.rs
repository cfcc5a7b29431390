//! `--check`: reads everything, and says what would be rejected.

use std::collections::BTreeMap;
use std::io;

use indicatif::HumanCount;

use crate::duplicates::{Addresses, Duplicate};
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
/// Addresses that come twice are said after everything else: only then they are all known.
///
/// # Errors
///
/// The input cannot be read on, or there is no room for what has to be remembered of it.
pub(crate) fn survey(mut input: Input, layout: Layout) -> Result<Findings, Stop> {
    let cannot = |error: io::Error| {
        Stop::unfinished(format!("the addresses of the input cannot be compared: {error}"))
    };
    let (mut rows, mut addresses, mut findings) =
        (Rows::new(layout), Addresses::default(), Findings::default());
    while let Some(record) = input.next()? {
        findings.lines += 1;
        let line = rows.read(record);
        match &line.request {
            Ok(request) => addresses.add(&request.email, line.place().line).map_err(cannot)?,
            Err(problems) => findings.reject(line.place().line, problems),
        }
    }
    addresses.duplicates(|duplicate| findings.reject_duplicate(duplicate)).map_err(cannot)?;
    let unknown = rows.unknown();
    if !unknown.is_empty() {
        say::aside(&format!("not sent, because no parameter has this name: {}", say::list(&unknown)));
    }
    Ok(findings)
}

impl Findings {
    fn reject_duplicate(&mut self, Duplicate { line, first }: Duplicate) {
        let text = format!("the same address as in line {first}, which is the one that counts");
        self.reject(line, &[Problem::new("duplicate_address", text)]);
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
