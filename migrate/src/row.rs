//! Converts a record to a request: finds the parameters of the columns, and checks the values.

mod cell;
mod exported;
mod layout;
mod parameters;
mod request;
mod values;
mod written;

use csv::ByteRecord;
use serde_json::{Map, Value};
use stytch_client::passwords::Migrate;

pub(crate) use self::layout::{Layout, Meaning, Naming, REASON};
use self::values::Values;
use crate::check;
use crate::input::{Content, Place, Record};
use crate::problem::Problem;
use crate::remarks::{Remarks, Salt};

/// A record that was read: a request, or the reasons for its rejection.
pub(crate) struct Line {
    pub(crate) record: Record,
    pub(crate) request: Result<Migrate<'static>, Vec<Problem>>,
}

impl Line {
    pub(crate) fn place(&self) -> Place {
        self.record.place
    }
}

/// Converts records to requests.
pub(crate) struct Rows {
    layout: Layout,
    remarks: Remarks,
}

impl Rows {
    pub(crate) fn new(layout: Layout) -> Self {
        let mut remarks = Remarks::default();
        layout.unknown_columns.iter().for_each(|name| remarks.unknown(name.clone()));
        Self { layout, remarks }
    }

    /// Returns the remarks on the records that were read.
    pub(crate) fn remarks(&self) -> &Remarks {
        &self.remarks
    }

    /// Reads a record and checks it.
    pub(crate) fn read(&mut self, record: Record) -> Line {
        let request = self.request(&record);
        if let Ok(request) = &request {
            let doubted = |salt: &Salt| {
                self.layout.system.is_none() && self.layout.written.encoding(salt.parameter).is_none()
            };
            for salt in check::salts(request).filter(doubted) {
                self.remarks.salt(record.place.line, salt);
            }
        }
        Line { record, request }
    }

    fn request(&mut self, record: &Record) -> Result<Migrate<'static>, Vec<Problem>> {
        let Self { layout, remarks } = self;
        let one = |problem| vec![problem];
        let mut values = match (layout.system, &record.content) {
            (_, Content::Broken(problem)) => return Err(one(problem.clone())),
            (Some(system), _) => layout.exported(system, record, remarks)?,
            (None, Content::Cells(cells)) => layout.cells(cells).map_err(one)?,
            (None, Content::Json) => layout.json(&record.bytes, remarks).map_err(one)?,
        };
        for (text, name) in values.nulls.drain(..) {
            remarks.null(record.place.line, text, name);
        }
        checked(values)
    }
}

/// Checks that a row has a cell for every column.
fn has_all_cells(cells: usize, columns: usize) -> Result<(), Problem> {
    if cells == columns {
        return Ok(());
    }
    Err(Problem::unreadable(format!("{cells} cells, and the first line names {columns} columns")))
}

/// Reads the object of a line.
fn object(line: &[u8]) -> Result<Map<String, Value>, Problem> {
    let text = std::str::from_utf8(line)
        .map_err(|_| Problem::unreadable("not UTF-8: `--charset` names another character set"))?;
    // The message of the parser would quote the input.
    let object = serde_json::from_str(text)
        .map_err(|error| Problem::unreadable(format!("not a JSON object, in column {}", error.column())))?;
    // The parser keeps the last of several values.
    if colons(text) > keys(&object) {
        return Err(Problem::unreadable("an object in it has the same key twice: remove one of the two"));
    }
    Ok(object)
}

/// The number of colons outside of the strings of valid JSON. Each follows a key.
fn colons(json: &str) -> usize {
    let (mut colons, mut is_string, mut is_escaped) = (0, false, false);
    for byte in json.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => is_string = !is_string,
            b':' if !is_string => colons += 1,
            _ => {}
        }
    }
    colons
}

/// The number of keys in an object, and in the objects inside it.
fn keys(object: &Map<String, Value>) -> usize {
    object.len() + object.values().map(keys_inside).sum::<usize>()
}

fn keys_inside(value: &Value) -> usize {
    match value {
        Value::Object(object) => keys(object),
        Value::Array(list) => list.iter().map(keys_inside).sum(),
        _ => 0,
    }
}

impl Layout {
    fn cells(&self, cells: &ByteRecord) -> Result<Values<'_>, Problem> {
        let columns = &self.columns;
        has_all_cells(cells.len(), columns.len())?;
        let mut values = self.constants();
        for (meaning, cell) in columns.iter().zip(cells) {
            let Meaning::Parameter(parameter) = meaning else { continue };
            if values.is_null(parameter, cell) {
                continue;
            }
            match cell::read(parameter, cell) {
                Ok(Some(value)) => values.set(parameter, value),
                Ok(None) => {}
                Err(problem) => values.problems.push(problem),
            }
        }
        Ok(values)
    }

    fn json(&self, line: &[u8], remarks: &mut Remarks) -> Result<Values<'_>, Problem> {
        let mut values = self.constants();
        for (key, value) in object(line)? {
            match self.meaning(&key) {
                Meaning::Parameter(parameter) => values.set(parameter, value),
                Meaning::Ignored => {}
                Meaning::Unknown => unknown_key(key, &mut values, remarks),
            }
        }
        Ok(values)
    }

    fn constants(&self) -> Values<'_> {
        let mut values = Values::new(&self.written);
        for (parameter, value) in &self.constants {
            values.set(parameter, value.clone());
        }
        values.replaceable()
    }
}

/// An unknown key next to the parameters is skipped. An unknown key inside a configuration is an error: it may be a
/// misspelt salt, and without the salt the user could not log in.
fn unknown_key(key: String, values: &mut Values<'_>, remarks: &mut Remarks) {
    match parameters::group_of(&key) {
        Some((group, _)) => {
            let message =
                format!("`{}.…` is followed by a name that is not a parameter of `migrate`", group.name);
            values.problems.push(Problem::new("bad_request", message));
        }
        None => remarks.unknown(key),
    }
}

fn checked(mut values: Values<'_>) -> Result<Migrate<'static>, Vec<Problem>> {
    let request = request::build(&mut values);
    let mut problems = values.problems;
    problems.extend(request.iter().flat_map(check::problems));
    match request {
        Some(request) if problems.is_empty() => Ok(request),
        _ => Err(problems),
    }
}
