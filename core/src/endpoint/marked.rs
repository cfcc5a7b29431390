//! Finds the secrets of a request that a short string, for example a field of a span, may contain.

use memchr::memchr;
use zeroize::Zeroizing;

use super::request::{Request, SecretKind};

/// The largest body in bytes that is searched if it is not an object of JSON fields.
const MOST: usize = 4096;

impl Request {
    /// Collects the fields that the declaration marks as secret. It skips a field that a string without spaces cannot
    /// contain, because reading all of them could cost more than the call. `None` if the body is too large.
    pub(crate) fn marked_secrets(&self, text: &str) -> Option<Vec<Zeroizing<String>>> {
        if self.format.is_some() && self.body.len() > MOST {
            return None;
        }
        Some(self.collect(false, |secret| match secret.kind {
            SecretKind::Object | SecretKind::QueryObject => false,
            SecretKind::Value | SecretKind::Fields => {
                may_show(text.as_bytes(), self.body.get(secret.range.clone()).unwrap_or_default())
            }
            SecretKind::Query => true,
        }))
    }
}

/// Returns whether a string without spaces may contain a string or a number of the JSON. Also returns `true` if either of
/// them has escapes, or if the JSON is not ASCII, because a line may leave out some characters of it.
fn may_show(text: &[u8], json: &[u8]) -> bool {
    let is_escaped = text.iter().any(|byte| matches!(byte, b'\\' | b'%' | b'&' | b'+'));
    if is_escaped || memchr(b'\\', json).is_some() || !json.is_ascii() {
        return true;
    }
    let mut rest = json;
    loop {
        // Between two strings of a list is no number.
        let start = if rest.starts_with(b",\"") { Some(1) } else { memchr(b'"', rest) };
        let (between, string) = rest.split_at(start.unwrap_or(rest.len()));
        if shows_number(text, between) {
            return true;
        }
        let Some(string) = string.get(1..) else { return false };
        let (string, after) = string.split_at(memchr(b'"', string).unwrap_or(string.len()));
        rest = after.get(1..).unwrap_or_default();
        let is_name = rest.first() == Some(&b':');
        if !is_name && contains(text, string.trim_ascii()) {
            return true;
        }
    }
}

fn shows_number(text: &[u8], json: &[u8]) -> bool {
    if json == b"," {
        return false;
    }
    let mut words = json.split(|byte| b",:[]{}".contains(byte)).filter(|word| !word.is_empty());
    words.any(|word| contains(text, word))
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    let Some(first) = part.first() else { return false };
    text.windows(part.len()).any(|window| window.first() == Some(first) && window == part)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::endpoint::Parts;
    use crate::{EndpointInfo, Method};

    const INFO: &EndpointInfo = &EndpointInfo::new("Import", Method::Post, "/import", true, "", 0, &[]);

    fn marked_secrets(text: &str, write: impl FnOnce(&mut Parts)) -> Vec<String> {
        let mut parts = Parts::new(INFO);
        write(&mut parts);
        let secrets = parts.finish().unwrap().marked_secrets(text).unwrap();
        secrets.iter().map(|secret| secret.to_string()).collect()
    }

    #[test]
    fn secrets_that_a_string_may_contain_are_collected() {
        let codes = json!([{"code": "hunter2"}, {"code": 123_456}, {"req": "another"}]);
        for (text, is_collected) in [
            ("req-hunter2", true),
            ("req-123456", true),
            ("req-%68unter2", true),
            ("req-hunter", false),
            ("req-12345", false),
        ] {
            let marked = marked_secrets(text, |to| to.secret().body("codes", &codes));
            let expected: &[&str] = if is_collected { &["hunter2", "123456", "another"] } else { &[] };
            assert_eq!(marked, expected, "{text}");
        }
    }

    #[test]
    fn fields_that_are_not_marked_are_not_collected() {
        assert_eq!(marked_secrets("req-hunter2", |to| to.body("a", &json!({"b": "hunter2"}))), [""; 0]);
    }

    /// Spaces, escapes and invisible characters may be missing in the string.
    #[test]
    fn secrets_in_another_spelling_are_collected() {
        for secret in [" hunter2 ", "\nhunter2", "\u{200B}hunter2"] {
            assert_eq!(marked_secrets("req-hunter2", |to| to.secret().body("a", secret)), [secret]);
        }
    }
}
