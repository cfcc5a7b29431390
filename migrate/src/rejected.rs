//! The file of rejected lines: like the input, with a reason in front.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, Read, Write};
use std::path::PathBuf;

use csv::{ByteRecord, QuoteStyle, WriterBuilder};
use serde_json::Value;

use crate::exit::Stop;
use crate::fingerprint::{Fingerprint, Key, Running};
use crate::input::{Content, Format, Input, Record};
use crate::journal;
use crate::row::REASON;

/// How a rejected line is written.
#[derive(Clone, Debug)]
pub(crate) struct Style {
    format: Format,
    /// The columns that hold the reasons of an earlier run, which are left out.
    reasons: Vec<usize>,
    /// What the file begins with.
    header: Vec<u8>,
}

impl Style {
    pub(crate) fn of(input: &Input) -> Self {
        let mut style = Self { format: input.format, reasons: Vec::new(), header: Vec::new() };
        if let Some(Content::Cells(names)) = input.header.as_ref().map(|header| &header.content) {
            let is_reason =
                |(at, name): (usize, &[u8])| (name.trim_ascii() == REASON.as_bytes()).then_some(at);
            style.reasons = names.iter().enumerate().filter_map(is_reason).collect();
            style.header = style.csv(REASON, names);
        }
        style
    }

    /// a rejected line with its reason, as it goes to the file.
    pub(crate) fn row(&self, record: &Record, reason: &str) -> Vec<u8> {
        let reason = format!("line {}: {reason}", record.place.line);
        // A line that is too long to be kept has to be corrected in the input.
        let bytes: &[u8] = if record.is_cut { b"" } else { &record.bytes };
        match (&record.content, self.format) {
            (Content::Cells(cells), _) => self.csv(&reason, cells),
            (_, Format::Csv { delimiter }) => {
                let mut row = self.csv_cells([reason.as_bytes()].into_iter());
                row.pop();
                if !bytes.is_empty() {
                    row.push(delimiter);
                }
                ended(row, bytes)
            }
            // One line for one record, so that the file is JSON Lines whatever the input is.
            (_, Format::JsonLines | Format::JsonDocument) => json(&reason, &on_one_line(bytes)),
        }
    }

    fn csv(&self, reason: &str, cells: &ByteRecord) -> Vec<u8> {
        let kept =
            cells.iter().enumerate().filter(|(at, _)| !self.reasons.contains(at)).map(|(_, cell)| cell);
        self.csv_cells(std::iter::once(reason.as_bytes()).chain(kept))
    }

    fn csv_cells<'a>(&self, cells: impl Iterator<Item = &'a [u8]>) -> Vec<u8> {
        let delimiter = match self.format {
            Format::Csv { delimiter } => delimiter,
            Format::JsonLines | Format::JsonDocument => b',',
        };
        let mut writer = WriterBuilder::new()
            .delimiter(delimiter)
            .quote_style(QuoteStyle::Necessary)
            .from_writer(Vec::new());
        // A vector takes everything.
        let _ = writer.write_record(cells);
        writer.into_inner().unwrap_or_default()
    }
}

/// Line breaks in JSON stand between values only, where a space means the same.
fn on_one_line(json: &[u8]) -> Vec<u8> {
    json.iter().map(|byte| if b"\r\n".contains(byte) { b' ' } else { *byte }).collect()
}

/// An object gets a key; anything else gets a line of its own in front, which is skipped when it is read.
fn json(reason: &str, line: &[u8]) -> Vec<u8> {
    let reason = Value::from(reason);
    let is_object = serde_json::from_slice::<serde_json::Map<String, Value>>(line).is_ok();
    let inside = is_object.then(|| line.trim_ascii().strip_prefix(b"{")).flatten();
    let Some(inside) = inside.map(|inside| without_reason(inside.trim_ascii_start())) else {
        let row = format!("{{\"{REASON}\":{reason}}}\n").into_bytes();
        return if line.is_empty() { row } else { ended(row, line) };
    };
    let comma = if inside.starts_with(b"}") { "" } else { "," };
    ended(format!("{{\"{REASON}\":{reason}{comma}").into_bytes(), inside)
}

/// What follows the opening brace, without the reason that an earlier run has put there.
fn without_reason(inside: &[u8]) -> &[u8] {
    let key = format!("\"{REASON}\":");
    let Some(value) = inside.strip_prefix(key.as_bytes()) else { return inside };
    let mut values = serde_json::Deserializer::from_slice(value).into_iter::<Value>();
    match values.next() {
        Some(Ok(Value::String(_))) => {
            let rest = value[values.byte_offset()..].trim_ascii_start();
            rest.strip_prefix(b",").unwrap_or(rest).trim_ascii_start()
        }
        _ => inside,
    }
}

fn ended(mut row: Vec<u8>, bytes: &[u8]) -> Vec<u8> {
    row.extend_from_slice(bytes);
    row.push(b'\n');
    row
}

/// The file, and how much of it the journal knows.
pub(crate) struct RejectedFile {
    path: PathBuf,
    header: Vec<u8>,
    running: Running,
    bytes: u64,
    file: Option<File>,
    /// Pipes and devices have no contents to go back to, and nothing to make durable.
    regular: bool,
}

impl RejectedFile {
    /// Finds the file as the journal left it, or a place for it.
    ///
    /// # Errors
    ///
    /// There is a file of the same name that is not from this journal, or was changed since.
    pub(crate) fn open(
        path: PathBuf,
        style: &Style,
        key: &Key,
        copied: Option<(u64, Fingerprint)>,
    ) -> Result<Self, Stop> {
        let running = key.begin("rejected");
        let mut rejected =
            Self { path, header: style.header.clone(), running, bytes: 0, file: None, regular: true };
        match (fs::metadata(&rejected.path), copied) {
            (Err(error), _) if error.kind() == io::ErrorKind::NotFound => {}
            (Err(error), _) => return Err(rejected.cannot(&error)),
            (Ok(about), _) if !about.is_file() => {
                rejected.regular = false;
                let file = OpenOptions::new().append(true).open(&rejected.path);
                rejected.file = Some(file.map_err(|error| rejected.cannot(&error))?);
            }
            (Ok(_), None) => {
                return Err(rejected.in_the_way("exists already, and is not from this journal"));
            }
            (Ok(_), Some((bytes, fingerprint))) => rejected.go_on(bytes, fingerprint)?,
        }
        Ok(rejected)
    }

    fn go_on(&mut self, bytes: u64, fingerprint: Fingerprint) -> Result<(), Stop> {
        let file = OpenOptions::new()
            .read(true)
            .append(true)
            .open(&self.path)
            .map_err(|error| self.cannot(&error))?;
        let mut known = BufReader::new(&file).take(bytes);
        let mut piece = [0; 8192];
        loop {
            let read = known.read(&mut piece).map_err(|error| self.cannot(&error))?;
            if read == 0 {
                break;
            }
            self.running.bytes(&piece[..read]);
            self.bytes += read as u64;
        }
        if (self.bytes, self.running.so_far()) != (bytes, fingerprint) {
            return Err(self.in_the_way("has been changed since the last run"));
        }
        // Rows that were written when the last run was cut off, before the journal knew: they come again.
        file.set_len(bytes).map_err(|error| self.cannot(&error))?;
        self.file = Some(file);
        Ok(())
    }

    fn cannot(&self, error: &io::Error) -> Stop {
        Stop::unusable(format!("{} cannot be opened: {error}", self.path.display()))
    }

    fn in_the_way(&self, what: &str) -> Stop {
        Stop::unusable(format!(
            "{} {what}: move it away, or name another file for rejected lines with `--rejected`",
            self.path.display()
        ))
    }

    pub(crate) fn is_to_be_created(&self) -> bool {
        self.file.is_none()
    }

    /// How much of the file is written, and the fingerprint of that.
    pub(crate) fn state(&self) -> (u64, Fingerprint) {
        (self.bytes, self.running.so_far())
    }

    /// Writes rows, and returns when they are durable.
    ///
    /// # Errors
    ///
    /// They cannot be written, for example because the disk is full.
    pub(crate) fn append(&mut self, rows: &[Vec<u8>]) -> Result<(u64, Fingerprint), Stop> {
        let text =
            if self.bytes == 0 { [self.header.clone(), rows.concat()].concat() } else { rows.concat() };
        self.write(&text).map_err(|error| {
            Stop::unfinished(format!(
                "rejected lines cannot be written to {}: {error}; run the same command again to continue, and `--rejected` \
                 names another file",
                self.path.display()
            ))
        })?;
        self.bytes += text.len() as u64;
        self.running.bytes(&text);
        Ok(self.state())
    }

    fn write(&mut self, text: &[u8]) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => {
                let file =
                    journal::private(OpenOptions::new().append(true).create_new(true)).open(&self.path)?;
                journal::make_name_durable(&self.path)?;
                none.insert(file)
            }
        };
        file.write_all(text)?;
        if self.regular { file.sync_data() } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests;
