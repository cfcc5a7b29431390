//! What is quoted from an answer that nobody expected.

use serde_json::Value;

use crate::error::{Scrubber, one_line};

/// How many characters are quoted.
const LENGTH: usize = 200;
/// How many bytes are looked at: a page's words stand at its beginning.
const WINDOW: usize = 16 * 1024;
/// From this length on, a run of letters and digits is a key or a token and no word.
const TOKEN: usize = 32;

/// A bounded, single-line quotation of `body` without secrets.
pub(super) fn quote(body: &[u8], scrubber: &Scrubber) -> String {
    // Cleaned before it is cut, so that no half of a secret is left over at the end.
    let text = match body.trim_ascii_start().first() {
        None => return "an empty body".to_owned(),
        // JSON from the API itself may hold tokens that are not known here, so only its explanation is quoted.
        Some(b'{' | b'[') => match explanation(body) {
            Some(text) => scrubber.clean(&text),
            None => return "JSON without an explanation".to_owned(),
        },
        Some(_) => scrubber.clean(&String::from_utf8_lossy(&body[..body.len().min(WINDOW)])),
    };
    one_line(&without_tokens(&text), LENGTH)
}

/// The words of an error in the forms in which gateways and other APIs write one.
fn explanation(body: &[u8]) -> Option<String> {
    let body: Value = serde_json::from_slice(body).ok()?;
    [&body, &body["error"], &body["errors"][0]].into_iter().find_map(|error| {
        let words = ["message", "Message", "detail", "title", "error_description"];
        words.iter().find_map(|name| error.get(name)?.as_str()).map(str::to_owned)
    })
}

fn without_tokens(text: &str) -> String {
    let is_inner = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '+');
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let length = rest.find(|letter| !is_inner(letter)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(length);
        kept.push_str(if run.len() < TOKEN { run } else { Scrubber::REDACTED });
        let outer = after.find(is_inner).unwrap_or(after.len());
        kept.push_str(&after[..outer]);
        rest = &after[outer..];
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(body: &str) -> String {
        quote(body.as_bytes(), &Scrubber::default())
    }

    #[test]
    fn pages_are_quoted_in_one_line() {
        assert_eq!(quoted("<h1>502\n\tBad  Gateway</h1>\r\n"), "<h1>502 Bad Gateway</h1>");
        assert_eq!(quoted(" \n"), "an empty body");
        let long = quoted(&"word ".repeat(10_000));
        assert_eq!(long.chars().count(), 201, "{long}");
    }

    #[test]
    fn tokens_are_not() {
        let token = "WJtR5BCy38Szd5AfoDpf0iqFKEt4EE5JhjlWUY7l3FtY";
        let page = quoted(&format!("<p>session {token}, and eyJhbGciOiJSUzI1NiIsImtpZCI6Imp3ay10ZXN0.e30.x"));
        assert_eq!(page, "<p>session <redacted>, and <redacted>.e30.x");
    }

    #[test]
    fn of_json_only_an_explanation() {
        assert_eq!(quoted(r#"{"message":"Forbidden","session_token":"t"}"#), "Forbidden");
        assert_eq!(quoted(r#"{"error":{"code":7,"message":"no quota"}}"#), "no quota");
        assert_eq!(quoted(r#"{"errors":[{"detail":"bad"}]}"#), "bad");
        for silent in [r#"{"session_token":"t"}"#, r#"{"session_token":"t"#, "[1]"] {
            assert_eq!(quoted(silent), "JSON without an explanation", "{silent}");
        }
    }
}
