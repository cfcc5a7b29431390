//! The input: a file or standard input, CSV or JSON, as records.

mod csv_rows;
mod json_document;
mod json_lines;
mod kind;
mod quoting;
mod record;
mod source;
mod utf_8;
mod window;
mod zstd;

use std::path::Path;

use encoding_rs::{Encoding as Charset, UTF_8};

use self::csv_rows::CsvRows;
use self::json_document::JsonDocument;
use self::json_lines::JsonLines;
pub(crate) use self::record::{BYTE_ORDER_MARK, Content, Place, Record};
use self::window::Window;
use crate::exit::Stop;

/// The format of the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Csv { delimiter: u8 },
    JsonLines,
    JsonDocument,
}

/// The input, as the command line describes it. Missing settings are detected from the first bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'a> {
    /// `-` for standard input.
    pub(crate) path: &'a Path,
    pub(crate) format: Option<FormatName>,
    /// The separator of the cells of a CSV file.
    pub(crate) delimiter: Option<u8>,
    pub(crate) charset: Option<&'static Charset>,
    /// The maximum number of records to read.
    pub(crate) limit: Option<u64>,
}

/// Returns the format with this name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum FormatName {
    /// The first line names the columns.
    Csv,
    /// One object per line.
    Jsonl,
    /// A list of objects, or objects one after the other, over any number of lines.
    Json,
}

/// An open input.
pub(crate) struct Input {
    pub(crate) format: Format,
    /// The names of the columns. JSON has none.
    pub(crate) header: Option<Record>,
    /// The size in bytes, if it is known.
    pub(crate) size: Option<u64>,
    /// A description of the detected format, unless it is the usual one.
    pub(crate) found: Vec<String>,
    /// Whether `--charset` says that the input is not in UTF-8.
    pub(crate) is_converted: bool,
    /// The maximum number of records to read.
    pub(crate) limit: u64,
    /// The first record, if it was already read.
    first: Option<Record>,
    records: Records,
}

enum Records {
    Csv(Box<CsvRows>),
    Json(JsonLines),
    Document(Box<JsonDocument>),
}

impl<'a> Wanted<'a> {
    /// A file without further settings.
    pub(crate) fn file(path: &'a Path) -> Self {
        Self { path, format: None, delimiter: None, charset: None, limit: None }
    }
}

impl Wanted<'_> {
    pub(crate) fn is_standard_input(&self) -> bool {
        self.path == Path::new("-")
    }

    /// Whether the input can be read twice.
    pub(crate) fn is_regular_file(&self) -> bool {
        !self.is_standard_input() && self.path.is_file()
    }

    /// Opens the input, and reads its header.
    ///
    /// # Errors
    ///
    /// It cannot be read, is empty, or is neither CSV nor JSON.
    pub(crate) fn open(&self) -> Result<Input, Stop> {
        let shown =
            if self.is_standard_input() { "standard input".into() } else { self.path.to_string_lossy() };
        if self.path.is_dir() {
            return Err(Stop::unusable(format!("{shown} is a directory: name a file")));
        }
        let path = (!self.is_standard_input()).then(|| self.path.to_owned());
        let opened = source::open(path, self.charset);
        let opened = opened.map_err(|error| Stop::unusable(format!("{shown} cannot be opened: {error}")))?;
        let mut window = Window::new(opened.source);
        let begin = window.at_least(kind::ENOUGH);
        let begin = begin.map_err(|error| Stop::unusable(format!("{shown} cannot be read: {error}")))?;
        if let Some(what) = kind::unreadable(begin) {
            return Err(Stop::unusable(format!("{shown} {what}")));
        }
        let format = self.format(begin).map_err(|stop| stop.about(&shown))?;
        let mut found = opened.found;
        found.extend(format.found());
        let limit = self.limit.unwrap_or(u64::MAX);
        let (header, records) = match format {
            Format::Csv { delimiter } => {
                let mut rows = CsvRows::new(window, delimiter)?;
                let Some(header) = rows.header()? else {
                    return Err(Stop::unusable(format!("{shown} has only blank lines")));
                };
                (Some(header), Records::Csv(Box::new(rows)))
            }
            Format::JsonLines => (None, Records::Json(JsonLines::new(window))),
            Format::JsonDocument => (None, Records::Document(Box::new(JsonDocument::new(window)?))),
        };
        let is_converted = self.charset.is_some_and(|charset| charset != UTF_8);
        Ok(Input { format, header, size: opened.size, found, is_converted, limit, first: None, records })
    }

    fn format(&self, begin: &[u8]) -> Result<Format, Stop> {
        let guess = kind::guess(begin, self.delimiter);
        let delimiter = match guess {
            Format::Csv { delimiter } => delimiter,
            _ => self.delimiter.unwrap_or(b','),
        };
        match self.format {
            None => Ok(guess),
            Some(FormatName::Csv) => Ok(Format::Csv { delimiter }),
            Some(FormatName::Json) => Ok(Format::JsonDocument),
            Some(FormatName::Jsonl) if guess == Format::JsonDocument => Err(Stop::unusable(
                "is a JSON document over several lines, and not one object a line: leave `--format` out",
            )),
            Some(FormatName::Jsonl) => Ok(Format::JsonLines),
        }
    }
}

impl Format {
    /// Returns the message about a format that was detected from the first bytes.
    fn found(self) -> Option<String> {
        match self {
            Self::Csv { delimiter: b',' } | Self::JsonLines => None,
            Self::Csv { delimiter: b';' } => Some("with semicolons between the cells".to_owned()),
            Self::Csv { delimiter: b'\t' } => Some("with tabs between the cells".to_owned()),
            Self::Csv { delimiter } => Some(format!("with `{}` between the cells", char::from(delimiter))),
            Self::JsonDocument => Some("a JSON document".to_owned()),
        }
    }
}

impl Input {
    /// Returns the next record; `None` at the end, or after `--limit` records.
    ///
    /// # Errors
    ///
    /// The input cannot be read.
    pub(crate) fn next(&mut self) -> Result<Option<Record>, Stop> {
        let record = match self.first.take() {
            Some(first) => Some(first),
            None => self.read()?,
        };
        Ok(record.filter(|record| record.place.number <= self.limit))
    }

    /// Returns the first record, which is also returned by the next read.
    ///
    /// # Errors
    ///
    /// The input cannot be read.
    pub(crate) fn first(&mut self) -> Result<Option<&Record>, Stop> {
        self.first = self.next()?;
        Ok(self.first.as_ref())
    }

    fn read(&mut self) -> Result<Option<Record>, Stop> {
        match &mut self.records {
            Records::Csv(rows) => rows.next(),
            Records::Json(lines) => lines.next(),
            Records::Document(document) => document.next(),
        }
    }

    /// Returns the number of bytes that were read.
    pub(crate) fn offset(&self) -> u64 {
        match &self.records {
            Records::Csv(rows) => rows.offset(),
            Records::Json(lines) => lines.offset(),
            Records::Document(document) => document.offset(),
        }
    }
}
