//! Describes the path of an error in a JSON text without quoting any value.

use super::Redactor;

/// The maximum number of nesting levels in a path.
const LEVELS: usize = 16;
/// The maximum length of a name, in characters.
const NAME: usize = 64;
/// The maximum length of the description, in characters.
const WORDS: usize = 500;

/// Describes an error of `serde_json`: the path to the wrong value, and the expected type.
///
/// The message of a serde error quotes the wrong value, which may be a token. So only the expected type is taken from
/// the message. The names in the path come from the server and may be anything.
pub(crate) fn describe(body: &str, error: &serde_json::Error, redactor: &Redactor) -> String {
    let place = locate(body, offset(body, error.line(), error.column())).spell(redactor);
    let message = error.to_string();
    let reason = expectation(&message);
    let description = match error.classify() {
        serde_json::error::Category::Data => format!("at `{place}`: {reason}"),
        serde_json::error::Category::Eof => format!("the JSON ends in the middle, at `{place}`"),
        serde_json::error::Category::Syntax | serde_json::error::Category::Io => {
            format!("invalid JSON at `{place}`, line {} column {}", error.line(), error.column())
        }
    };
    redactor.quote(&description, WORDS)
}

/// Returns the safe part of a serde message: the kind of mismatch and the expected type, never the actual value.
fn expectation(message: &str) -> String {
    let message = message.rsplit_once(" at line ").map_or(message, |(message, _)| message);
    if ["missing field ", "duplicate field "].iter().any(|safe| message.starts_with(safe)) {
        return message.to_owned();
    }
    match message.rsplit_once(", expected ") {
        Some((_, expected)) => format!("expected {expected}"),
        None => "a value that the type does not accept".to_owned(),
    }
}

/// Converts a line and a column of `serde_json` to an offset. Both start at 1, and a column is one byte.
fn offset(body: &str, line: usize, column: usize) -> usize {
    let start: usize = body.split('\n').take(line.saturating_sub(1)).map(|line| line.len() + 1).sum();
    (start + column).min(body.len())
}

/// One nesting level of a path.
enum Level<'b> {
    Object { name: &'b str },
    Array { index: usize },
}

/// The path from the root to a position.
#[derive(Default)]
struct Way<'b> {
    levels: Vec<Level<'b>>,
    /// The number of levels that were not recorded. It is limited because a server needs only one byte for each level.
    deeper: usize,
}

impl<'b> Way<'b> {
    fn enter(&mut self, level: Level<'b>) {
        if self.levels.len() < LEVELS {
            self.levels.push(level);
        } else {
            self.deeper += 1;
        }
    }

    fn leave(&mut self) {
        match self.deeper.checked_sub(1) {
            Some(deeper) => self.deeper = deeper,
            None => drop(self.levels.pop()),
        }
    }

    /// Returns the innermost level, if it was recorded.
    fn last(&mut self) -> Option<&mut Level<'b>> {
        if self.deeper == 0 { self.levels.last_mut() } else { None }
    }

    /// Formats the path, for example as `user.emails[0].verified`. The root is `$`.
    fn spell(&self, redactor: &Redactor) -> String {
        let mut text = String::new();
        for level in &self.levels {
            match level {
                Level::Object { name: "" } => {}
                Level::Object { name } => {
                    if !text.is_empty() {
                        text.push('.');
                    }
                    text.push_str(&redactor.quote(name, NAME));
                }
                Level::Array { index } => text.extend(["[", &index.to_string(), "]"]),
            }
        }
        if self.deeper > 0 {
            text.push('…');
        }
        if text.is_empty() { "$".to_owned() } else { text }
    }
}

/// Returns the path to the byte before `end`.
fn locate(body: &str, end: usize) -> Way<'_> {
    let bytes = body.as_bytes();
    let mut way = Way::default();
    let mut at = 0;
    // Whether the next string is the name of a field.
    let mut expects_name = false;
    while at < end {
        match bytes[at] {
            b'"' => {
                let close = end_of_string(bytes, at);
                if expects_name {
                    if let Some(Level::Object { name }) = way.last() {
                        *name = body.get(at + 1..close).unwrap_or_default();
                    }
                    expects_name = false;
                }
                at = close;
            }
            b'{' => {
                way.enter(Level::Object { name: "" });
                expects_name = true;
            }
            b'[' => {
                way.enter(Level::Array { index: 0 });
                expects_name = false;
            }
            b'}' | b']' => {
                // At the very end of an object or a list, the error is about that object or list.
                way.leave();
                expects_name = false;
            }
            b',' if way.deeper > 0 => {}
            b',' => match way.last() {
                Some(Level::Array { index }) => *index += 1,
                _ => expects_name = true,
            },
            _ => {}
        }
        at += 1;
    }
    way
}

/// Returns the offset of the closing quote of the string that begins at `start`.
fn end_of_string(body: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < body.len() && body[at] != b'"' {
        at += if body[at] == b'\\' { 2 } else { 1 };
    }
    at.min(body.len())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde::de::DeserializeOwned;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only its structure matters")]
    struct Reply {
        id: String,
        list: Vec<BTreeMap<String, u8>>,
    }

    fn described<T: DeserializeOwned + std::fmt::Debug>(body: &str) -> String {
        describe(body, &serde_json::from_str::<T>(body).unwrap_err(), &Redactor::default())
    }

    #[test]
    fn a_value_of_another_type() {
        let body = "{\n \"id\": \"x\",\n \"list\": [{}, {\"a\": 1, \"b\": \"LIVE-TOKEN\"}]}";
        assert_eq!(described::<Reply>(body), "at `list[1].b`: expected u8");
        assert_eq!(described::<Reply>(r#"{"id":{"a":1}}"#), "at `id`: expected a string");
        assert_eq!(described::<Reply>("[1]"), "at `[0]`: expected a string");
        assert_eq!(described::<Reply>("7"), "at `$`: expected struct Reply");
    }

    #[test]
    fn a_missing_field_is_named() {
        assert_eq!(described::<Reply>(r#"{"id":"x"}"#), "at `$`: missing field `list`");
        assert_eq!(
            described::<Vec<Reply>>(r#"[{"id":"x","list":[]},{"id":"y"}]"#),
            "at `[1]`: missing field `list`"
        );
    }

    #[test]
    fn text_that_is_not_json() {
        assert_eq!(described::<Reply>("<html>"), "invalid JSON at `$`, line 1 column 1");
        assert_eq!(
            described::<Reply>(r#"{"id":"x","list":[{"a":1"#),
            "the JSON ends in the middle, at `list[0].a`"
        );
    }

    #[test]
    fn never_quotes_the_value() {
        let body = r#"{"id":"x","list":"LIVE-TOKEN, expected by nobody"}"#;
        assert!(!described::<Reply>(body).contains("LIVE"), "{}", described::<Reply>(body));
    }
}
