//! Finds the secrets of a request that a short string, for example a field of a span, may contain.

use std::cell::Cell;

use memchr::{memchr, memchr_iter};
use zeroize::Zeroizing;

use super::request::{Request, SecretKind};

/// The largest body or field in bytes that is read completely.
const MOST_BYTES: usize = 4096;

/// The most strings and numbers that are compared.
const MOST_PARTS: usize = 32;

impl Request {
    /// Collects the fields that the declaration marks as secret. It skips a field that a string without spaces cannot
    /// contain. `None` if finding that out could cost more than the call.
    pub(crate) fn marked_secrets(&self, text: &str) -> Option<Vec<Zeroizing<String>>> {
        if self.format.is_some() && self.body.len() > MOST_BYTES {
            return None;
        }
        let compared = Cell::new(0);
        let secrets = self.collect(false, |secret| match secret.kind {
            SecretKind::Objects | SecretKind::QueryObject => false,
            SecretKind::Value | SecretKind::Fields => {
                may_show(text.as_bytes(), self.body.get(secret.range.clone()).unwrap_or_default(), &compared)
            }
            SecretKind::Query => true,
        });
        (compared.get() <= MOST_PARTS).then_some(secrets)
    }
}

/// Returns whether a string without spaces may contain a string or a number of the JSON. Also returns `true` if either of
/// them has escapes, or if the JSON is not ASCII, because a line may leave out some characters of it.
///
/// It adds to the number of compared parts, and stops after `MOST_PARTS`.
fn may_show(text: &[u8], json: &[u8], compared: &Cell<usize>) -> bool {
    let is_escaped = text.iter().any(|byte| matches!(byte, b'\\' | b'%' | b'&' | b'+'));
    let is_shown = |part: &[u8]| {
        compared.set(compared.get() + 1);
        if is_escaped || memchr(b'\\', part).is_some() || !part.is_ascii() {
            // The whole field is read then, if it is not too long.
            if json.len() > MOST_BYTES {
                compared.set(usize::MAX);
            }
            return true;
        }
        compared.get() > MOST_PARTS || contains(text, part.trim_ascii())
    };
    let mut rest = json;
    while compared.get() <= MOST_PARTS {
        let (between, string) = rest.split_at(memchr(b'"', rest).unwrap_or(rest.len()));
        let mut numbers = between.split(|byte| b",:[]{}".contains(byte)).filter(|number| !number.is_empty());
        if numbers.any(is_shown) {
            break;
        }
        let Some(string) = string.get(1..) else { return false };
        let (string, after) = string.split_at(memchr(b'"', string).unwrap_or(string.len()));
        rest = after.get(1..).unwrap_or_default();
        let is_name = rest.first() == Some(&b':');
        if !is_name && is_shown(string) {
            break;
        }
    }
    compared.get() <= MOST_PARTS
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    let Some(first) = part.first() else { return false };
    memchr_iter(*first, text).any(|start| text.get(start..).is_some_and(|rest| rest.starts_with(part)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{MOST_BYTES, MOST_PARTS};
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

    #[test]
    fn what_costs_too_much_is_not_read() {
        let is_read = |value: serde_json::Value| {
            let mut parts = Parts::new(INFO);
            parts.secret().body("a", &value);
            parts.finish().unwrap().marked_secrets("req-1").is_some()
        };
        assert!(is_read(json!(vec!["hunter2"; MOST_PARTS])));
        assert!(!is_read(json!(vec!["hunter2"; MOST_PARTS + 1])));
        assert!(is_read(json!((100..100 + MOST_PARTS).collect::<Vec<_>>())));
        assert!(!is_read(json!((100..101 + MOST_PARTS).collect::<Vec<_>>())));
        assert!(is_read(json!("h".repeat(2 * MOST_BYTES))));
        assert!(!is_read(json!("é".repeat(MOST_BYTES))));
    }

    /// Spaces, escapes and invisible characters may be missing in the string.
    #[test]
    fn secrets_in_another_spelling_are_collected() {
        for secret in [" hunter2 ", "\nhunter2", "\u{200B}hunter2"] {
            assert_eq!(marked_secrets("req-hunter2", |to| to.secret().body("a", secret)), [secret]);
        }
    }
}
