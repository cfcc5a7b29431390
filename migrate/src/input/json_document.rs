//! Records of a JSON document: the objects of a list, or consecutive objects, over any number of lines.
//!
//! This code reads only the structure. So there is only one record in memory, and a record that is not valid JSON
//! does not affect the others.

use super::record::{BYTE_ORDER_MARK, Content, LONGEST, Place, Record, too_long};
use super::window::Window;
use crate::exit::Stop;
use crate::problem::Problem;

/// The key of the list of users in an object, in lower case.
const LIST: &[u8] = b"users";

pub(super) struct JsonDocument {
    window: Window,
    line: u64,
    records: u64,
    place: Where,
}

/// The position of the reader between two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Where {
    /// Outside of all values.
    Outside,
    /// In the list of users, which can be inside an object.
    List { in_object: bool },
    /// After the list, in the object that contains it.
    Behind,
}

/// The beginning of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// An object of this length.
    Object { length: usize },
    /// An object that contains the list of users.
    List,
    /// An object whose end is missing.
    Unfinished,
}

/// Returns the kind of a document that begins with a brace.
pub(super) fn start(text: &[u8]) -> Start {
    let mut outline = Outline::default();
    for (at, byte) in text.iter().enumerate() {
        match outline.step(*byte) {
            Step::Inside => {}
            Step::End => return Start::Object { length: at + 1 },
            Step::List => return Start::List,
        }
    }
    Start::Unfinished
}

/// Follows an object or a list to its end.
#[derive(Debug, Default)]
struct Outline {
    depth: usize,
    string: Option<InString>,
    /// The beginning of the last string in the outermost object, in lower case.
    key: Vec<u8>,
    /// Whether the next value belongs to the key of the list.
    is_list: bool,
    /// Whether a string was not closed on its line.
    is_broken: bool,
}

#[derive(Clone, Copy, Debug)]
enum InString {
    Plain,
    Escaped,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Inside,
    /// This was the last byte.
    End,
    /// This is the bracket at which the list of users begins.
    List,
}

impl Outline {
    /// The structure inside an object.
    fn inside() -> Self {
        Self { depth: 1, ..Self::default() }
    }

    fn step(&mut self, byte: u8) -> Step {
        match (self.string, byte) {
            (Some(InString::Escaped), _) => self.string = Some(InString::Plain),
            (Some(InString::Plain), b'\\') => self.string = Some(InString::Escaped),
            (Some(InString::Plain), b'"') => {
                self.string = None;
                if self.depth == 0 {
                    return Step::End;
                }
            }
            (Some(InString::Plain), b'\n') => {
                self.string = None;
                self.is_broken = true;
            }
            (Some(InString::Plain), _) if self.depth == 1 && self.key.len() <= LIST.len() => {
                self.key.push(byte.to_ascii_lowercase());
            }
            (None, b'"') => {
                self.string = Some(InString::Plain);
                self.key.clear();
            }
            (None, b':') => self.is_list = self.depth == 1 && self.key == LIST,
            (None, b'[') if self.is_list => return Step::List,
            (None, b'[' | b'{') => {
                self.depth += 1;
                self.is_list = false;
            }
            (None, b']' | b'}') => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    return Step::End;
                }
            }
            (None, b',') => self.is_list = false,
            _ => {}
        }
        Step::Inside
    }
}

/// A value as it is in the input.
struct Span {
    bytes: Vec<u8>,
    length: u64,
    step: Step,
    is_broken: bool,
}

impl JsonDocument {
    pub(super) fn new(mut window: Window) -> Result<Self, Stop> {
        if window.at_least(BYTE_ORDER_MARK.len()).map_err(unreadable)?.starts_with(BYTE_ORDER_MARK) {
            window.consume(BYTE_ORDER_MARK.len());
        }
        Ok(Self { window, line: 1, records: 0, place: Where::Outside })
    }

    pub(super) fn offset(&self) -> u64 {
        self.window.offset()
    }

    /// Returns the next record; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Record>, Stop> {
        loop {
            let line = self.line;
            let Some(byte) = self.next_byte()? else {
                return Ok(match std::mem::replace(&mut self.place, Where::Outside) {
                    Where::Outside => None,
                    _ => Some(self.broken(line, "the document ends here, and its list or object does not")),
                });
            };
            match (self.place, byte) {
                (_, b'\n') => {
                    self.line += 1;
                    self.window.consume(1);
                }
                (_, b' ' | b'\t' | b'\r' | b',') => self.window.consume(1),
                (Where::Outside, b'[') => {
                    self.place = Where::List { in_object: false };
                    self.window.consume(1);
                }
                (Where::List { in_object }, b']') => {
                    self.place = if in_object { Where::Behind } else { Where::Outside };
                    self.window.consume(1);
                }
                (Where::Behind, _) => {
                    self.follow(Outline::inside())?;
                    self.place = Where::Outside;
                }
                (place, _) => {
                    if let Some(record) = self.value(place, byte, line)? {
                        return Ok(Some(record));
                    }
                }
            }
        }
    }

    fn next_byte(&mut self) -> Result<Option<u8>, Stop> {
        Ok(self.window.at_least(1).map_err(unreadable)?.first().copied())
    }

    /// Reads a value. Returns `None` if it contains the list of users, which begins then.
    fn value(&mut self, place: Where, first: u8, line: u64) -> Result<Option<Record>, Stop> {
        let is_followed = matches!(first, b'{' | b'[' | b'"');
        let span = if is_followed { self.follow(Outline::default())? } else { self.scalar()? };
        if span.step == Step::List {
            // A list inside a user is not the list of users.
            if place == Where::Outside {
                self.place = Where::List { in_object: true };
                return Ok(None);
            }
        }
        self.records += 1;
        let content = match span.step {
            _ if span.length > LONGEST as u64 => Content::Broken(too_long()),
            _ if span.is_broken => {
                Content::Broken(Problem::unreadable("not JSON: a string is not closed on its line"))
            }
            Step::End => Content::Json,
            _ => Content::Broken(Problem::unreadable("the JSON that begins here does not end")),
        };
        let is_cut = span.length > LONGEST as u64;
        let place = Place { number: self.records, line };
        Ok(Some(Record { place, bytes: span.bytes, length: span.length, is_cut, content }))
    }

    fn broken(&mut self, line: u64, what: &str) -> Record {
        self.records += 1;
        Record {
            place: Place { number: self.records, line },
            bytes: Vec::new(),
            length: 0,
            is_cut: false,
            content: Content::Broken(Problem::unreadable(what)),
        }
    }

    /// Follows an object or a list to its end, or to the list of users in it.
    fn follow(&mut self, mut outline: Outline) -> Result<Span, Stop> {
        let is_user = matches!(self.place, Where::List { .. });
        self.take_until(|byte| match outline.step(byte) {
            Step::List if is_user => {
                outline.depth += 1;
                outline.is_list = false;
                Step::Inside
            }
            step => step,
        })
        .map(|span| Span { is_broken: outline.is_broken, ..span })
    }

    /// Takes a value that is not an object, a list or a string, or text that is not a value.
    fn scalar(&mut self) -> Result<Span, Stop> {
        let mut bytes = Vec::new();
        while let Some(byte) = self.next_byte()?
            && (bytes.is_empty() || !b",]}\n".contains(&byte))
        {
            self.window.consume(1);
            if bytes.len() < LONGEST {
                bytes.push(byte);
            }
        }
        let length = bytes.len() as u64;
        Ok(Span { bytes, length, step: Step::End, is_broken: false })
    }

    /// Takes bytes until `step` returns that this was the last one. Only the beginning is kept if there are too many.
    fn take_until(&mut self, mut step: impl FnMut(u8) -> Step) -> Result<Span, Stop> {
        let (mut bytes, mut length) = (Vec::new(), 0);
        loop {
            let fresh = self.window.unread();
            let mut last = Step::Inside;
            let end = fresh.iter().position(|byte| {
                last = step(*byte);
                last != Step::Inside
            });
            let part = &fresh[..end.map_or(fresh.len(), |at| at + 1)];
            let room = LONGEST.saturating_sub(bytes.len()).min(part.len());
            bytes.extend_from_slice(&part[..room]);
            self.line += memchr::memchr_iter(b'\n', part).count() as u64;
            let taken = part.len();
            length += taken as u64;
            self.window.consume(taken);
            if end.is_some() || !self.window.more().map_err(unreadable)? {
                return Ok(Span { bytes, length, step: last, is_broken: false });
            }
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the form that `map_err` takes")]
fn unreadable(error: std::io::Error) -> Stop {
    Stop::unfinished(format!("the input cannot be read further: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the lines of the records and their JSON, or the problem.
    fn records(text: impl Into<Vec<u8>>) -> Vec<(u64, String)> {
        let mut document =
            JsonDocument::new(Window::new(Box::new(std::io::Cursor::new(text.into())))).unwrap();
        std::iter::from_fn(|| document.next().unwrap())
            .map(|record| {
                let text = match record.content {
                    Content::Broken(problem) => problem.text,
                    _ => String::from_utf8(record.bytes).unwrap(),
                };
                (record.place.line, text)
            })
            .collect()
    }

    fn expected(records: &[(u64, &str)]) -> Vec<(u64, String)> {
        records.iter().map(|(line, text)| (*line, (*text).to_owned())).collect()
    }

    #[test]
    fn lists_and_objects_are_found_wherever_they_stand() {
        for (text, found) in [
            ("\u{feff}[\n{\"a\":1},\n\n {\"b\":[{}]}]\n", &[(2, "{\"a\":1}"), (4, "{\"b\":[{}]}")][..]),
            ("[]", &[]),
            ("{\n\"a\":\n{}}\n{}", &[(1, "{\n\"a\":\n{}}"), (4, "{}")]),
            (
                "{\"kind\":{\"users\":[1]},\"Users\" : [{\"a\":1}],\"more\":[{}]}\n{\"b\":2}",
                &[(1, "{\"a\":1}"), (2, "{\"b\":2}")],
            ),
            ("{\"users\":\"x\",\"list\":[1]}", &[(1, "{\"users\":\"x\",\"list\":[1]}")]),
            ("{\"userss\":[{}]}", &[(1, "{\"userss\":[{}]}")]),
            ("[{\"users\":[{}]}]", &[(1, "{\"users\":[{}]}")]),
            ("[\"]\\\"[\", null,\n7]]}", &[(1, "\"]\\\"[\""), (1, "null"), (2, "7"), (2, "]"), (2, "}")]),
            ("{\"a\":\"{[\\\\\"}{\"b\":\"\\\"}\"}", &[(1, "{\"a\":\"{[\\\\\"}"), (1, "{\"b\":\"\\\"}\"}")]),
        ] {
            assert_eq!(records(text), expected(found), "{text}");
        }
    }

    #[test]
    fn broken_records_do_not_affect_the_others() {
        let text = "[\n{\"a\": },\n{\"b\": \"x\n},\n{\"c\":3},\n{\"d\":";
        let read = records(text);
        assert_eq!(read[0], (2, "{\"a\": }".to_owned()));
        assert!(read[1].0 == 3 && read[1].1.contains("not closed"), "{read:?}");
        assert_eq!(read[2], (5, "{\"c\":3}".to_owned()));
        assert!(read[3].0 == 6 && read[3].1.contains("does not end"), "{read:?}");
        assert!(read[4].1.contains("the document ends here"), "{read:?}");
        assert_eq!(read.len(), 5);
    }

    #[test]
    fn a_record_that_is_too_long_is_passed_over() {
        let text = format!("[{{\"a\":\"{}\"}},\n{{\"b\":1}}]", "x".repeat(3 * LONGEST));
        let read = records(text);
        assert_eq!(read.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 2]);
        assert!(read[0].1.contains("longer than") && read[1].1 == "{\"b\":1}");
    }
}
