//! A record as a request: which column is what, and whether it can be sent.

mod cell;
mod layout;
mod parameters;
mod request;
mod values;

use std::collections::BTreeSet;

use csv::ByteRecord;
use serde_json::{Map, Value};
use stytch_client::passwords::Migrate;

pub(crate) use self::layout::{Layout, Meaning, Naming, REASON};
use self::values::Values;
use crate::check;
use crate::input::{Content, Place, Record};
use crate::problem::Problem;

/// How many names of unknown keys are kept for the report.
const MOST_UNKNOWN: usize = 20;

/// A record that was read: a request, or the reasons why it is none.
pub(crate) struct Line {
    pub(crate) record: Record,
    pub(crate) request: Result<Migrate<'static>, Vec<Problem>>,
}

impl Line {
    pub(crate) fn place(&self) -> Place {
        self.record.place
    }
}

/// Turns records into requests.
pub(crate) struct Rows {
    layout: Layout,
    unknown_keys: BTreeSet<String>,
}

impl Rows {
    pub(crate) fn new(layout: Layout) -> Self {
        Self { layout, unknown_keys: BTreeSet::new() }
    }

    /// The columns or keys seen so far that mean nothing and are not sent; not all, where there are very many.
    pub(crate) fn unknown(&self) -> Vec<String> {
        self.layout.unknown_columns.iter().chain(&self.unknown_keys).take(MOST_UNKNOWN).cloned().collect()
    }

    /// Reads a record and checks it.
    pub(crate) fn read(&mut self, record: Record) -> Line {
        let values = match &record.content {
            Content::Cells(cells) => self.cells(cells),
            Content::Json => self.json(&record.bytes),
            Content::Broken(problem) => Err(problem.clone()),
        };
        let request = values.map_err(|problem| vec![problem]).and_then(checked);
        Line { record, request }
    }

    fn cells(&self, cells: &ByteRecord) -> Result<Values, Problem> {
        let columns = &self.layout.columns;
        if cells.len() != columns.len() {
            let message =
                format!("{} cells, and the first line names {} columns", cells.len(), columns.len());
            return Err(Problem::unreadable(message));
        }
        let mut values = self.constants();
        for (meaning, cell) in columns.iter().zip(cells) {
            let Meaning::Parameter(parameter) = meaning else { continue };
            match cell::read(parameter, cell) {
                Ok(Some(value)) => values.set(parameter, value),
                Ok(None) => {}
                Err(problem) => values.problems.push(problem),
            }
        }
        Ok(values)
    }

    fn json(&mut self, line: &[u8]) -> Result<Values, Problem> {
        let text = std::str::from_utf8(line).map_err(|_| Problem::unreadable("not UTF-8"))?;
        // The parser's own message would quote what it found.
        let members: Map<String, Value> = serde_json::from_str(text).map_err(|error| {
            Problem::unreadable(format!("not a JSON object, in column {}", error.column()))
        })?;
        let mut values = self.constants();
        for (key, value) in members {
            match self.layout.meaning(&key) {
                Meaning::Parameter(parameter) => values.set(parameter, value),
                Meaning::Ignored => {}
                Meaning::Unknown => self.unknown_key(key, &mut values),
            }
        }
        Ok(values)
    }

    /// A key beside the parameters is passed over; one inside a configuration may be a salt that is misspelt, and
    /// without it nobody could log in.
    fn unknown_key(&mut self, key: String, values: &mut Values) {
        if let Some((group, _)) = parameters::group_of(&key) {
            let message =
                format!("`{}.…` is followed by a name that is no parameter of `migrate`", group.name);
            values.problems.push(Problem::new("bad_request", message));
        } else if self.unknown_keys.len() < MOST_UNKNOWN {
            self.unknown_keys.insert(key);
        }
    }

    fn constants(&self) -> Values {
        let mut values = Values::default();
        for (parameter, value) in &self.layout.constants {
            values.set(parameter, value.clone());
        }
        values
    }
}

fn checked(mut values: Values) -> Result<Migrate<'static>, Vec<Problem>> {
    let request = request::build(&mut values);
    let mut problems = values.problems;
    problems.extend(request.iter().flat_map(check::problems));
    match request {
        Some(request) if problems.is_empty() => Ok(request),
        _ => Err(problems),
    }
}
