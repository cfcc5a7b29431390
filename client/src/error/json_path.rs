//! Where in a JSON text an error is, in words that hold no value of it.

/// Describes why `error` came from reading `body`: the place, and what was expected there.
///
/// The message of a serde error quotes the value that did not fit, and that value may be a token; so only what
/// was expected is taken over from it.
pub(crate) fn describe(body: &[u8], error: &serde_json::Error) -> String {
    let place = locate(body, offset(body, error.line(), error.column()));
    let message = error.to_string();
    let reason = expectation(&message);
    match error.classify() {
        serde_json::error::Category::Data => format!("at `{place}`: {reason}"),
        serde_json::error::Category::Eof => format!("the JSON ends in the middle, at `{place}`"),
        serde_json::error::Category::Syntax | serde_json::error::Category::Io => {
            format!("no JSON at `{place}`, line {} column {}", error.line(), error.column())
        }
    }
}

/// What of a serde message is safe: the kind of mismatch and what was expected, never what was found.
fn expectation(message: &str) -> String {
    let message = message.rsplit_once(" at line ").map_or(message, |(message, _)| message);
    if ["missing field ", "duplicate field "].iter().any(|safe| message.starts_with(safe)) {
        return message.to_owned();
    }
    match message.rsplit_once(", expected ") {
        Some((_, expected)) => format!("expected {expected}"),
        None => "a value that the type does not take".to_owned(),
    }
}

/// `serde_json` counts lines and columns from 1, a column being a byte.
fn offset(body: &[u8], line: usize, column: usize) -> usize {
    let start: usize =
        body.split(|byte| *byte == b'\n').take(line.saturating_sub(1)).map(|line| line.len() + 1).sum();
    (start + column).min(body.len())
}

/// One level of nesting at the place that the scanner has reached.
enum Level {
    Object { key: String },
    Array { index: usize },
}

/// The path, such as `user.emails[0].verified`, of the byte before `end`; `$` for the whole.
fn locate(body: &[u8], end: usize) -> String {
    let mut levels: Vec<Level> = Vec::new();
    let mut at = 0;
    // Whether the next string is a key.
    let mut expects_key = false;
    while at < end {
        match body[at] {
            b'"' => {
                let close = end_of_string(body, at);
                // A text that holds the place may be the value itself: only a key that ends before it counts.
                if let (true, Some(Level::Object { key })) = (expects_key, levels.last_mut()) {
                    *key = String::from_utf8_lossy(body.get(at + 1..close).unwrap_or_default()).into_owned();
                    expects_key = false;
                }
                at = close;
            }
            b'{' => {
                levels.push(Level::Object { key: String::new() });
                expects_key = true;
            }
            b'[' => {
                levels.push(Level::Array { index: 0 });
                expects_key = false;
            }
            b'}' | b']' if at + 1 < end => {
                levels.pop();
                expects_key = false;
            }
            // The place is the very end of an object or a list, which is then what the error is about.
            b'}' | b']' => {
                levels.pop();
                return spell(&levels);
            }
            b',' => match levels.last_mut() {
                Some(Level::Array { index }) => *index += 1,
                _ => expects_key = true,
            },
            _ => {}
        }
        at += 1;
    }
    spell(&levels)
}

/// The offset of the quote that ends the string which begins at `start`.
fn end_of_string(body: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < body.len() && body[at] != b'"' {
        at += if body[at] == b'\\' { 2 } else { 1 };
    }
    at.min(body.len())
}

fn spell(levels: &[Level]) -> String {
    let mut path = String::new();
    for level in levels {
        match level {
            Level::Object { key } if key.is_empty() => {}
            Level::Object { key } => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.extend(key.chars().filter(|letter| !letter.is_control()).take(64));
            }
            Level::Array { index } => path.extend(["[", &index.to_string(), "]"]),
        }
    }
    if path.is_empty() { "$".to_owned() } else { path }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde::de::DeserializeOwned;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only its shape matters")]
    struct Answer {
        id: String,
        list: Vec<BTreeMap<String, u8>>,
    }

    fn described<T: DeserializeOwned + std::fmt::Debug>(body: &str) -> String {
        describe(body.as_bytes(), &serde_json::from_str::<T>(body).unwrap_err())
    }

    #[test]
    fn a_value_of_another_type() {
        let body = "{\n \"id\": \"x\",\n \"list\": [{}, {\"a\": 1, \"b\": \"LIVE-TOKEN\"}]}";
        assert_eq!(described::<Answer>(body), "at `list[1].b`: expected u8");
        assert_eq!(described::<Answer>(r#"{"id":{"a":1}}"#), "at `id`: expected a string");
        assert_eq!(described::<Answer>("[1]"), "at `[0]`: expected a string");
        assert_eq!(described::<Answer>("7"), "at `$`: expected struct Answer");
    }

    #[test]
    fn a_member_that_is_missing() {
        assert_eq!(described::<Answer>(r#"{"id":"x"}"#), "at `$`: missing field `list`");
        assert_eq!(
            described::<Vec<Answer>>(r#"[{"id":"x","list":[]},{"id":"y"}]"#),
            "at `[1]`: missing field `list`"
        );
    }

    #[test]
    fn text_that_is_no_json() {
        assert_eq!(described::<Answer>("<html>"), "no JSON at `$`, line 1 column 1");
        assert_eq!(
            described::<Answer>(r#"{"id":"x","list":[{"a":1"#),
            "the JSON ends in the middle, at `list[0].a`"
        );
    }

    #[test]
    fn never_quotes_what_was_found() {
        let body = r#"{"id":"x","list":"LIVE-TOKEN, expected by nobody"}"#;
        assert!(!described::<Answer>(body).contains("LIVE"), "{}", described::<Answer>(body));
    }
}
