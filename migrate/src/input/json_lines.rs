//! Lines of a JSON Lines file.

use memchr::memchr;

use super::record::{BYTE_ORDER_MARK, Content, LONGEST, Place, Record, too_long, trimmed};
use super::window::Window;
use crate::exit::Stop;

/// The beginning of a line that contains only the reason why the next line was rejected.
const REASON: &[u8] = b"{\"reason\":";

pub(super) struct JsonLines {
    window: Window,
    line: u64,
    records: u64,
}

impl JsonLines {
    pub(super) fn new(window: Window) -> Self {
        Self { window, line: 0, records: 0 }
    }

    pub(super) fn offset(&self) -> u64 {
        self.window.offset()
    }

    /// Returns the next line that is not blank and not only a reason; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Record>, Stop> {
        loop {
            let Some((bytes, length)) = self.next_line().map_err(|error| unreadable(&error))? else {
                return Ok(None);
            };
            if bytes.iter().all(u8::is_ascii_whitespace) || is_bare_reason(&bytes) {
                continue;
            }
            self.records += 1;
            let place = Place { number: self.records, line: self.line };
            let is_cut = length > LONGEST as u64;
            let content = if is_cut { Content::Broken(too_long()) } else { Content::Json };
            return Ok(Some(Record { place, bytes, length, is_cut, content }));
        }
    }

    /// Reads a line without its end, and its length. Only the beginning is kept if the line is too long.
    fn next_line(&mut self) -> std::io::Result<Option<(Vec<u8>, u64)>> {
        let (mut searched, mut consumed, mut beginning) = (0, 0, None);
        let ended = loop {
            let found = memchr(b'\n', &self.window.unread()[searched..]);
            searched = found.map_or(self.window.unread().len(), |at| searched + at);
            if beginning.is_none() && searched > LONGEST {
                beginning = Some(self.window.unread()[..LONGEST].to_vec());
            }
            if beginning.is_some() {
                self.window.consume(searched);
                consumed += searched as u64;
                searched = 0;
            }
            if found.is_some() || !self.window.more()? {
                break found.is_some();
            }
        };
        let length = consumed + searched as u64;
        if length == 0 && !ended {
            return Ok(None);
        }
        let bytes = beginning.unwrap_or_else(|| trimmed(&self.window.unread()[..searched]).to_vec());
        self.window.consume(searched + usize::from(ended));
        self.line += 1;
        let bytes = if self.line == 1 { without_mark(bytes) } else { bytes };
        Ok(Some((bytes, length)))
    }
}

fn without_mark(bytes: Vec<u8>) -> Vec<u8> {
    bytes.strip_prefix(BYTE_ORDER_MARK).map(<[u8]>::to_vec).unwrap_or(bytes)
}

/// Whether a line is a reason that was written before a rejected line.
fn is_bare_reason(bytes: &[u8]) -> bool {
    bytes.starts_with(REASON)
        && serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(bytes)
            .is_ok_and(|object| object.len() == 1)
}

fn unreadable(error: &std::io::Error) -> Stop {
    Stop::unfinished(format!("the input cannot be read further: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: impl Into<Vec<u8>>) -> Vec<(u64, u64, String)> {
        let mut lines = JsonLines::new(Window::new(Box::new(std::io::Cursor::new(text.into()))));
        std::iter::from_fn(|| lines.next().unwrap())
            .map(|record| {
                let broken = matches!(record.content, Content::Broken(_));
                let text = String::from_utf8_lossy(&record.bytes).into_owned();
                (record.place.number, record.place.line, if broken { "broken".to_owned() } else { text })
            })
            .collect()
    }

    #[test]
    fn blank_lines_and_bare_reasons_are_passed_over() {
        let text = "\u{feff}{\"a\":1}\r\n\n  \n{\"reason\":\"no JSON\"}\n[\n{\"reason\":\"x\",\"a\":2}";
        let expected = [(1, 1, "{\"a\":1}"), (2, 5, "["), (3, 6, "{\"reason\":\"x\",\"a\":2}")];
        assert_eq!(lines(text), expected.map(|(number, line, text)| (number, line, text.to_owned())));
        assert!(lines("").is_empty() && lines("\n\r\n").is_empty());
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over() {
        let text = format!("{}\n{{}}\n{}", "a".repeat(3 * LONGEST), "b".repeat(LONGEST));
        let seen: Vec<_> = lines(text).into_iter().map(|(_, line, text)| (line, text.len())).collect();
        assert_eq!(seen, [(1, "broken".len()), (2, 2), (3, LONGEST)]);
    }
}
