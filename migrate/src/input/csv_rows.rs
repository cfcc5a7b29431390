//! Rows of a CSV file.

use csv::ByteRecord;
use csv_core::{ReadRecordResult, Reader as Parser, ReaderBuilder};
use memchr::memchr;

use super::quoting::{Quoting, Verdict};
use super::record::{BYTE_ORDER_MARK, Content, LONGEST, Place, Record, too_long, trimmed};
use super::window::Window;
use crate::exit::Stop;
use crate::problem::Problem;

pub(super) struct CsvRows {
    window: Window,
    delimiter: u8,
    /// To create one takes longer than to parse many rows.
    parser: Parser,
    /// The number of the next line.
    line: u64,
    rows: u64,
}

/// A row before it is split into cells.
struct Span {
    quoting: Verdict,
    /// Its position in the input.
    offset: u64,
    length: u64,
    /// The length of its first line with the line break; of the whole row if it has one line.
    first_line: u64,
    /// The number of its line breaks.
    breaks: u64,
    /// The beginning of a row that is too long for the memory. It is consumed already.
    beginning: Option<Vec<u8>>,
}

impl CsvRows {
    /// # Errors
    ///
    /// The input cannot be read.
    pub(super) fn new(mut window: Window, delimiter: u8) -> Result<Self, Stop> {
        if window.at_least(BYTE_ORDER_MARK.len()).map_err(unreadable)?.starts_with(BYTE_ORDER_MARK) {
            window.consume(BYTE_ORDER_MARK.len());
        }
        let parser = ReaderBuilder::new().delimiter(delimiter).build();
        Ok(Self { window, delimiter, parser, line: 1, rows: 0 })
    }

    pub(super) fn offset(&self) -> u64 {
        self.window.offset()
    }

    /// Returns the row of names at the beginning, which is not counted as a record.
    pub(super) fn header(&mut self) -> Result<Option<Record>, Stop> {
        let header = self.next()?;
        self.rows = 0;
        Ok(header)
    }

    /// Returns the next row; `None` at the end.
    ///
    /// If quotation marks are in the wrong order, the line on which the row begins is rejected, and reading continues
    /// with the next line. A row whose marks are correct is never split, because the text that a user typed into a
    /// profile must not become a separate row.
    pub(super) fn next(&mut self) -> Result<Option<Record>, Stop> {
        self.skip_line_breaks()?;
        if self.window.at_least(1).map_err(unreadable)?.is_empty() {
            return Ok(None);
        }
        self.rows += 1;
        let place = Place { number: self.rows, line: self.line };
        let mut span = self.find_row()?;
        let broken = broken(&span);
        if span.quoting != Verdict::InOrder {
            self.keep_first_line(&mut span, place)?;
        }
        let (bytes, is_cut) = match span.beginning.take() {
            Some(beginning) => (beginning, span.length > LONGEST as u64),
            None => (self.take(&span), false),
        };
        self.line += span.breaks;
        let content = match broken {
            Some(problem) => Content::Broken(problem),
            None => Content::Cells(self.cells(&bytes)),
        };
        Ok(Some(Record { place, bytes, length: span.length, is_cut, content }))
    }

    fn skip_line_breaks(&mut self) -> Result<(), Stop> {
        loop {
            let length = match self.window.at_least(2).map_err(unreadable)? {
                [b'\r', b'\n', ..] => 2,
                [b'\r' | b'\n', ..] => 1,
                _ => return Ok(()),
            };
            self.window.consume(length);
            self.line += 1;
        }
    }

    /// Finds the end of the row that begins here, with at most one row and one chunk in memory.
    fn find_row(&mut self) -> Result<Span, Stop> {
        let mut quoting = Quoting::new(self.delimiter);
        let (offset, mut first_line, mut breaks) = (self.window.offset(), None, 0);
        let (mut consumed, mut followed, mut beginning) = (0, 0, None);
        loop {
            let fresh = &self.window.unread()[followed..];
            let end = quoting.row_end(fresh);
            let part = &fresh[..end.unwrap_or(fresh.len())];
            if first_line.is_none() {
                first_line = memchr(b'\n', part).map(|at| consumed + (followed + at + 1) as u64);
            }
            breaks += memchr::memchr_iter(b'\n', part).count() as u64;
            followed += part.len();
            if beginning.is_none() && followed > LONGEST {
                beginning = Some(self.window.unread()[..LONGEST].to_vec());
            }
            if beginning.is_some() {
                self.window.consume(followed);
                consumed += followed as u64;
                followed = 0;
            }
            if end.is_some() || !self.window.more().map_err(unreadable)? {
                break;
            }
        }
        let length = consumed + followed as u64;
        let first_line = first_line.unwrap_or(length);
        Ok(Span { quoting: quoting.verdict(), offset, length, first_line, breaks, beginning })
    }

    /// Ends a row with wrong quotation marks after its first line.
    fn keep_first_line(&mut self, span: &mut Span, place: Place) -> Result<(), Stop> {
        if let Some(beginning) = &mut span.beginning {
            let behind = span.offset + span.first_line;
            if span.first_line < span.length && !self.window.back_to(behind).map_err(unreadable)? {
                return Err(Stop::unfinished(format!(
                    "line {}: a quotation mark opens a cell there and nothing closes it within {} MiB, and there is \
                     no way back in this input: correct the line, or put the input into a file",
                    place.line,
                    LONGEST >> 20
                )));
            }
            beginning.truncate(usize::try_from(span.first_line).unwrap_or(usize::MAX));
            *beginning = trimmed(beginning).to_vec();
        }
        span.length = span.first_line;
        span.breaks = span.breaks.min(1);
        Ok(())
    }

    fn take(&mut self, span: &Span) -> Vec<u8> {
        // A row that is still in memory fits into memory.
        let length = usize::try_from(span.length).unwrap_or(usize::MAX);
        let bytes = trimmed(&self.window.unread()[..length]).to_vec();
        self.window.consume(length);
        bytes
    }

    /// Splits a row into cells.
    fn cells(&mut self, row: &[u8]) -> ByteRecord {
        let most = memchr::memchr_iter(self.delimiter, row).count() + 1;
        // One more of each, so that the parser always has enough space.
        let (mut text, mut ends) = (vec![0; row.len() + 1], vec![0; most + 1]);
        self.parser.reset();
        let (result, _, written, mut count) = self.parser.read_record(row, &mut text, &mut ends);
        if result != ReadRecordResult::Record {
            count += self.parser.read_record(&[], &mut text[written..], &mut ends[count..]).3;
        }
        let mut begin = 0;
        let mut cells = ByteRecord::with_capacity(written, count);
        for end in &ends[..count] {
            cells.push_field(&text[begin..*end]);
            begin = *end;
        }
        cells
    }
}

fn broken(span: &Span) -> Option<Problem> {
    let quotes = |what| Some(Problem::unreadable(format!("the quotation marks are wrong: {what}")));
    match span.quoting {
        Verdict::Stray => quotes("one closes a cell before its end; inside quotes, marks are doubled"),
        Verdict::Unclosed => quotes("one opens a cell and is not closed"),
        Verdict::InOrder if span.beginning.is_some() => Some(too_long()),
        Verdict::InOrder => None,
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the form that `map_err` takes")]
fn unreadable(error: std::io::Error) -> Stop {
    Stop::unfinished(format!("the input cannot be read further: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: impl Into<Vec<u8>>) -> Vec<Record> {
        let mut rows = CsvRows::new(Window::new(Box::new(std::io::Cursor::new(text.into()))), b',').unwrap();
        std::iter::from_fn(|| rows.next().unwrap()).collect()
    }

    /// Returns the cells, separated by bars, or the problem.
    fn shown(text: &str) -> Vec<(u64, String)> {
        let show = |record: Record| match record.content {
            Content::Cells(cells) => {
                let cells: Vec<_> =
                    cells.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
                (record.place.line, cells.join("|"))
            }
            _ => (record.place.line, format!("broken: {}", String::from_utf8_lossy(&record.bytes))),
        };
        rows(text).into_iter().map(show).collect()
    }

    fn expected(rows: &[(u64, &str)]) -> Vec<(u64, String)> {
        rows.iter().map(|(line, text)| (*line, (*text).to_owned())).collect()
    }

    #[test]
    fn line_numbers_survive_blank_lines_and_breaks_in_cells() {
        let text = "\u{feff}a,b\r\n\r\n\n\"two\nlines\",c\nd,\r\n\"\"\"e\"\"\",\"\"";
        let rows = [(1, "a|b"), (4, "two\nlines|c"), (6, "d|"), (7, "\"e\"|")];
        assert_eq!(shown(text), expected(&rows));
        assert_eq!(shown("a\rb\rc"), expected(&[(1, "a"), (2, "b"), (3, "c")]));
        assert!(rows.len() == 4 && shown("").is_empty() && shown("\n\r\n").is_empty());
    }

    #[test]
    fn marks_out_of_order_cost_one_line() {
        assert_eq!(
            shown("a,\"Ada\nb,\"Bob\"\n\"c\"c\nd,D\n"),
            expected(&[(1, "broken: a,\"Ada"), (2, "b|Bob"), (3, "broken: \"c\"c"), (4, "d|D")])
        );
        assert_eq!(
            shown("a,A\nb,\"Bob\nc,C\nd,D"),
            expected(&[(1, "a|A"), (2, "broken: b,\"Bob"), (3, "c|C"), (4, "d|D")])
        );
    }

    #[test]
    fn an_unclosed_mark_does_not_fill_the_memory() {
        let mut text = "a,\"Ada\n".to_owned();
        let rest = LONGEST / 4 * 2;
        (0..rest).for_each(|_| text.push_str("b,B\n"));
        let mut rows =
            CsvRows::new(Window::new(Box::new(std::io::Cursor::new(text.into_bytes()))), b',').unwrap();
        let first = rows.next().unwrap().unwrap();
        assert!(matches!(first.content, Content::Broken(_)));
        assert_eq!((first.bytes.as_slice(), first.length), (&b"a,\"Ada"[..], 7));
        let mut count = 0;
        while let Some(row) = rows.next().unwrap() {
            count += 1;
            assert_eq!(row.bytes, b"b,B");
            assert_eq!(row.place, Place { number: count + 1, line: count + 1 });
        }
        assert_eq!(count, rest as u64);
    }

    #[test]
    fn a_row_that_is_too_long_is_skipped_completely() {
        // The second line is inside quotes, so it must not become a row.
        let text = format!("\"{}\nevil,row\n\",x\ngood,row\n", "a".repeat(2 * LONGEST));
        let rows = rows(text);
        let seen: Vec<_> = rows
            .iter()
            .map(|row| (row.place.line, matches!(row.content, Content::Broken(_)), row.bytes.len()))
            .collect();
        assert_eq!(seen, [(1, true, LONGEST), (4, false, 8)]);
        assert_eq!(rows[0].length, 2 * LONGEST as u64 + 14);
    }

    #[test]
    fn well_formed_input_is_read_as_the_csv_crate_reads_it() {
        // All combinations of up to three of these parts, and some of up to eight.
        let pieces = ["a", ",", "\"b\"", "\"\"", "\"c,\nd\"", "\n", "\r\n", " "];
        for length in 1..=8_u32 {
            let texts = pieces.len().pow(length);
            for mut choice in (0..texts).step_by((texts / 600) | 1) {
                let mut text = String::new();
                for _ in 0..length {
                    text.push_str(pieces[choice % pieces.len()]);
                    choice /= pieces.len();
                }
                compare(&text);
            }
        }
    }

    fn compare(text: &str) {
        let ours = rows(text);
        if ours.iter().any(|row| matches!(row.content, Content::Broken(_))) {
            return;
        }
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let theirs: Vec<ByteRecord> = reader.byte_records().map(Result::unwrap).collect();
        let cells = |row: Record| match row.content {
            Content::Cells(cells) => cells,
            _ => unreachable!("looked at above"),
        };
        assert_eq!(ours.into_iter().map(cells).collect::<Vec<_>>(), theirs, "{text:?}");
    }
}
