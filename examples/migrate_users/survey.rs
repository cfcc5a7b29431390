//! `--check`: reads everything, and says what would be refused.

use std::collections::BTreeMap;

use indicatif::HumanCount;

use crate::duplicates::Addresses;
use crate::exit::Stop;
use crate::input::Input;
use crate::problem::{Problem, joined};
use crate::row::{Layout, Line, Rows};
use crate::say;

/// What a check found.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    lines: u64,
    pub(crate) refused: u64,
    kinds: BTreeMap<String, u64>,
}

/// Reads an input to its end, and says of each line that would be refused why.
///
/// # Errors
///
/// The input cannot be read on.
pub(crate) fn survey(mut input: Input, layout: Layout) -> Result<Findings, Stop> {
    let (mut rows, mut addresses, mut findings) =
        (Rows::new(layout), Addresses::default(), Findings::default());
    while let Some(record) = input.next()? {
        findings.add(&rows.read(record), &mut addresses);
    }
    let unknown = rows.unknown();
    if !unknown.is_empty() {
        say::aside(&format!("not sent, because no parameter has this name: {}", say::list(&unknown)));
    }
    Ok(findings)
}

impl Findings {
    fn add(&mut self, line: &Line, addresses: &mut Addresses) {
        self.lines += 1;
        let place = line.place();
        match &line.request {
            Err(problems) => self.refuse(place.line, problems),
            Ok(request) => {
                if let Some(first) = addresses.insert(&request.email, place.line) {
                    let text = format!("the same address as in line {first}, which is the one that counts");
                    self.refuse(place.line, &[Problem::new("duplicate_address", text)]);
                }
            }
        }
    }

    fn refuse(&mut self, line: u64, problems: &[Problem]) {
        self.refused += 1;
        for problem in problems.iter().take(1) {
            *self.kinds.entry(problem.kind.to_string()).or_default() += 1;
        }
        say::result(&format!("line {line}: {}", joined(problems)));
    }

    /// The last lines of a check.
    pub(crate) fn say(&self) {
        let (lines, good) = (HumanCount(self.lines), HumanCount(self.lines - self.refused));
        say::result(&format!(
            "{lines} lines: {good} can be sent, {} would be refused",
            HumanCount(self.refused)
        ));
        for (kind, count) in &self.kinds {
            say::result(&format!("{:>12}  {kind}", HumanCount(*count).to_string()));
        }
    }
}
