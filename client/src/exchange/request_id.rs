//! The id of a call, out of a body that may be anything.

/// The text under the first `"request_id"` in `body`, if it looks like an id.
pub(crate) fn find_request_id(body: &[u8]) -> Option<String> {
    const KEY: &[u8] = b"\"request_id\"";
    let start = body.windows(KEY.len()).position(|window| window == KEY)? + KEY.len();
    let rest = body[start..].trim_ascii_start().strip_prefix(b":")?.trim_ascii_start().strip_prefix(b"\"")?;
    let end = rest.iter().position(|byte| *byte == b'"')?;
    let id = std::str::from_utf8(&rest[..end]).ok()?;
    // An id is short and plain; anything else under that name is not for a log.
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
    (!id.is_empty() && id.len() <= 128 && id.chars().all(plain)).then(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_found_in_whole_and_broken_bodies() {
        for body in [
            r#"{"request_id":"request-id-test-1","user":{}}"#,
            r#"{"user":{}, "request_id" : "request-id-test-1""#,
        ] {
            assert_eq!(find_request_id(body.as_bytes()).as_deref(), Some("request-id-test-1"));
        }
    }

    #[test]
    fn is_taken_only_if_it_is_one() {
        for body in [
            "",
            "{}",
            r#"{"request_id":7}"#,
            r#"{"request_id":""}"#,
            r#"{"request_id":"a b"}"#,
            r#"{"request_id":"x"#,
        ] {
            assert_eq!(find_request_id(body.as_bytes()), None, "{body}");
        }
    }
}
