//! The input: a file or standard input, CSV or JSON Lines, as records.

mod csv_rows;
mod json_lines;
mod kind;
mod quoting;
mod record;
mod window;

use std::fs::File;
use std::path::Path;

use self::csv_rows::CsvRows;
use self::json_lines::JsonLines;
pub(crate) use self::record::{Content, Place, Record};
use self::window::Window;
use crate::exit::Stop;

/// What the input is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Csv { delimiter: u8 },
    JsonLines,
}

/// The input as it was asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'a> {
    /// `-` for standard input.
    pub(crate) path: &'a Path,
    /// Looked up in the input itself when it is not given.
    pub(crate) format: Option<Format>,
    pub(crate) delimiter: u8,
}

/// An open input.
pub(crate) struct Input {
    pub(crate) format: Format,
    /// The names of the columns; JSON Lines have none.
    pub(crate) header: Option<Record>,
    /// In bytes, where it is known.
    pub(crate) size: Option<u64>,
    records: Records,
}

enum Records {
    Csv(Box<CsvRows>),
    Json(JsonLines),
}

impl Wanted<'_> {
    pub(crate) fn is_standard_input(&self) -> bool {
        self.path == Path::new("-")
    }

    /// Whether the input can be read twice.
    pub(crate) fn is_regular_file(&self) -> bool {
        !self.is_standard_input() && self.path.is_file()
    }

    /// Opens the input and reads its header.
    ///
    /// # Errors
    ///
    /// It cannot be read, is empty, or is neither CSV nor JSON Lines in UTF-8.
    pub(crate) fn open(&self) -> Result<Input, Stop> {
        let shown = self.path.display();
        if self.is_standard_input() {
            return self.begin(Window::new(std::io::stdin()), None);
        }
        let cannot = |error| Stop::unusable(format!("{shown} cannot be opened: {error}"));
        let file = File::open(self.path).map_err(cannot)?;
        let about = file.metadata().map_err(cannot)?;
        if about.is_dir() {
            return Err(Stop::unusable(format!("{shown} is a directory: name a file")));
        }
        self.begin(Window::new(file), about.is_file().then_some(about.len()))
    }

    fn begin(&self, mut window: Window, size: Option<u64>) -> Result<Input, Stop> {
        let shown =
            if self.is_standard_input() { "standard input".into() } else { self.path.to_string_lossy() };
        let begin = window.at_least(kind::ENOUGH);
        let begin = begin.map_err(|error| Stop::unusable(format!("{shown} cannot be read: {error}")))?;
        if let Some(what) = kind::unreadable(begin, self.format) {
            return Err(Stop::unusable(format!("{shown} {what}")));
        }
        let format = self.format.unwrap_or_else(|| kind::guess(begin, self.delimiter));
        let Format::Csv { delimiter } = format else {
            return Ok(Input { format, header: None, size, records: Records::Json(JsonLines::new(window)) });
        };
        let mut rows = CsvRows::new(window, delimiter)?;
        let Some(header) = rows.header()? else {
            return Err(Stop::unusable(format!("{shown} has nothing but blank lines")));
        };
        Ok(Input { format, header: Some(header), size, records: Records::Csv(Box::new(rows)) })
    }
}

impl Input {
    /// The next record; `None` at the end.
    ///
    /// # Errors
    ///
    /// The input cannot be read on.
    pub(crate) fn next(&mut self) -> Result<Option<Record>, Stop> {
        match &mut self.records {
            Records::Csv(rows) => rows.next(),
            Records::Json(lines) => lines.next(),
        }
    }

    /// How many bytes are read.
    pub(crate) fn offset(&self) -> u64 {
        match &self.records {
            Records::Csv(rows) => rows.offset(),
            Records::Json(lines) => lines.offset(),
        }
    }
}
