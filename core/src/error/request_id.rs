//! The id of a call, out of a body that may be anything.

use serde::Deserialize;
use serde_json::Value;

use super::Scrubber;

#[derive(Deserialize)]
struct Identified {
    #[serde(default)]
    request_id: Value,
}

/// The `request_id` of `body`, whole or broken, if it looks like an id and shows no secret.
pub(crate) fn find_request_id(body: &[u8], scrubber: &Scrubber) -> Option<String> {
    match serde_json::from_slice::<Identified>(body) {
        Ok(Identified { request_id }) => read_request_id(request_id.as_str()?, scrubber),
        // A body that breaks off can still have begun with its id.
        Err(_) => read_request_id(first_in_text(body)?, scrubber),
    }
}

/// The text as an id. One is short and plain; anything else under that name is not for a log.
pub(crate) fn read_request_id(text: &str, scrubber: &Scrubber) -> Option<String> {
    let is_plain = !text.is_empty() && text.len() <= 128 && text.bytes().all(|byte| byte.is_ascii_graphic());
    (is_plain && scrubber.clean(text) == text).then(|| text.to_owned())
}

/// The text under the first `"request_id"`, wherever it stands.
fn first_in_text(body: &[u8]) -> Option<&str> {
    const KEY: &[u8] = b"\"request_id\"";
    // It stands at the beginning, if anywhere.
    const WINDOW: usize = 16 * 1024;
    let body = &body[..body.len().min(WINDOW)];
    let start = body.windows(KEY.len()).position(|window| window == KEY)? + KEY.len();
    let rest = body[start..].trim_ascii_start().strip_prefix(b":")?.trim_ascii_start().strip_prefix(b"\"")?;
    let end = rest.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
    (rest[end] == b'"').then(|| std::str::from_utf8(&rest[..end]).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Endpoint;
    use crate::passwords::StrengthCheck;

    fn find(body: &str) -> Option<String> {
        find_request_id(body.as_bytes(), &Scrubber::default())
    }

    #[test]
    fn is_found_in_whole_and_broken_bodies() {
        for body in [
            r#"{"request_id":"request-id-test-1","user":{}}"#,
            r#"{"user":{"untrusted_metadata":{"request_id":"chosen by the user"}},"request_id":"request-id-test-1"}"#,
            r#"{"user":{}, "request_id" : "request-id-test-1""#,
        ] {
            assert_eq!(find(body).as_deref(), Some("request-id-test-1"), "{body}");
        }
    }

    #[test]
    fn is_taken_only_if_it_is_one() {
        for body in [
            "",
            "{}",
            "[1]",
            r#"{"request_id":7}"#,
            r#"{"request_id":null}"#,
            r#"{"request_id":""}"#,
            r#"{"request_id":"a b"}"#,
            r#"{"request_id":"a\nb"}"#,
            r#"{"request_id":"a\"#,
            r#"{"request_id":"x"#,
        ] {
            assert_eq!(find(body), None, "{body}");
        }
    }

    #[test]
    fn is_not_taken_if_it_echoes_a_secret() {
        let request = StrengthCheck::builder().password("tr0ub4dor").build().request().unwrap();
        let scrubber = Scrubber::of(&request, ["secret-test-1"]);
        for echo in ["tr0ub4dor", "id-tr0ub4dor", "secret-test-1"] {
            assert_eq!(read_request_id(echo, &scrubber), None, "{echo}");
        }
        assert_eq!(read_request_id("request-id-test-1", &scrubber).as_deref(), Some("request-id-test-1"));
    }
}
