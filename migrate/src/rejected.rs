//! The format of rejected lines: the format of the input, with a reason in front.

use csv::{ByteRecord, QuoteStyle, WriterBuilder};
use serde_json::Value;

use crate::input::{BYTE_ORDER_MARK, Content, Format, Input, Record};
use crate::row::REASON;

/// The format of rejected lines.
#[derive(Clone, Debug)]
pub(crate) struct Style {
    format: Format,
    /// The columns with the reasons of an earlier run, which are left out.
    reasons: Vec<usize>,
    /// The beginning of the file.
    pub(crate) header: Vec<u8>,
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
        if input.is_converted {
            style.header = [BYTE_ORDER_MARK, style.header.as_slice()].concat();
        }
        style
    }

    /// Returns a rejected line with its reason, for the file.
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
            // One line per record, so that the file is always JSON Lines.
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
        // Writing to a vector cannot fail.
        let _ = writer.write_record(cells);
        writer.into_inner().unwrap_or_default()
    }
}

/// In JSON, line breaks occur only between values, where a space has the same meaning.
fn on_one_line(json: &[u8]) -> Vec<u8> {
    json.iter().map(|byte| if b"\r\n".contains(byte) { b' ' } else { *byte }).collect()
}

/// An object gets a key. Other text gets a separate line in front, which is skipped when the file is read.
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

/// Returns the text after the opening brace, without the reason of an earlier run.
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

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::input::Wanted;

    fn open_input(directory: &Path, text: impl AsRef<[u8]>) -> Input {
        let path = directory.join("input");
        fs::write(&path, text).unwrap();
        Wanted::file(&path).open().unwrap()
    }

    /// Returns the file of rejected lines for this input, in which every record is rejected.
    fn all_rejected(text: impl AsRef<[u8]>) -> Vec<u8> {
        let directory = tempfile::tempdir().unwrap();
        let mut input = open_input(directory.path(), text);
        let style = Style::of(&input);
        let mut copy = style.header.clone();
        while let Some(record) = input.next().unwrap() {
            copy.extend(style.row(&record, "no, \"really\""));
        }
        copy
    }

    fn shown(text: impl AsRef<[u8]>) -> String {
        String::from_utf8(all_rejected(text)).unwrap()
    }

    #[test]
    fn rows_get_a_column() {
        assert_eq!(
            shown("email,name\r\na@b.c,\"A \"\"B\"\"\nC\"\r\n"),
            "reason,email,name\n\"line 2: no, \"\"really\"\"\",a@b.c,\"A \"\"B\"\"\nC\"\n"
        );
    }

    #[test]
    fn rows_that_were_rejected_before_get_no_second_column() {
        let once = shown("email,name\na@b.c,A\n");
        assert_eq!(shown(&once), once);
    }

    #[test]
    fn ambiguous_rows_are_not_changed() {
        let copy = all_rejected(b"email,name\na@b.c,\"A\xff\nb@b.c,B\n");
        let expected = b"reason,email,name\n\"line 2: no, \"\"really\"\"\",a@b.c,\"A\xff\n\"line 3: no";
        assert!(copy.starts_with(expected), "{}", String::from_utf8_lossy(&copy));
    }

    #[test]
    fn a_row_that_is_too_long_leaves_its_reason() {
        let copy = shown(format!("email,name\n{},x\n", "a".repeat(3 << 20)));
        assert_eq!(copy, "reason,email,name\n\"line 2: no, \"\"really\"\"\"\n");
    }

    #[test]
    fn objects_get_a_key() {
        let reason = |line| format!(r#""reason":"line {line}: no, \"really\"""#);
        let text = "{ \"a\": 1.50, \"a\": 2 }\n{\"reason\": \"x\", \"b\":1}\n";
        let expected = format!("{{{},\"a\": 1.50, \"a\": 2 }}\n{{{},\"b\":1}}\n", reason(1), reason(2));
        assert_eq!(shown(text), expected);
        assert_eq!(shown(&expected), expected);
    }

    #[test]
    fn lines_that_are_no_objects_get_a_line_in_front() {
        let text = "{\"a\":1}\n[1]\nnot json\n";
        let reason = |line| format!(r#""reason":"line {line}: no, \"really\"""#);
        let expected =
            format!("{{{},\"a\":1}}\n{{{}}}\n[1]\n{{{}}}\nnot json\n", reason(1), reason(2), reason(3));
        assert_eq!(shown(text), expected);
        let again = shown(&expected);
        assert_eq!(
            again.lines().count(),
            5,
            "reasons of an earlier run are not rejected themselves: {again}"
        );
    }
}
