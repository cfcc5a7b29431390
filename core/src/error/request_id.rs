//! Finds the request id in a response of any format.

use http::HeaderMap;
use serde::Deserialize;
use serde_json::Value;

use super::Redactor;

/// The request id in a JSON body, in one of the usual fields. All other content is skipped.
#[derive(Deserialize)]
struct Identified {
    #[serde(default, alias = "requestId", alias = "RequestId")]
    request_id: Value,
}

/// The usual headers for the request id. The API's own headers come before those of gateways.
const HEADERS: [&str; 9] = [
    "request-id",
    "x-request-id",
    "x-github-request-id",
    "x-amzn-requestid",
    "x-amz-request-id",
    "twilio-request-id",
    "x-correlation-id",
    "x-opaque-id",
    "cf-ray",
];

/// Returns the request id from the body, which may be incomplete, or else from the headers. Ignores values that do not
/// look like an id or contain a secret.
pub(crate) fn find_request_id(body: &[u8], headers: &HeaderMap, redactor: &Redactor) -> Option<String> {
    in_body(body).and_then(|id| check_request_id(&id, redactor)).or_else(|| in_headers(headers, redactor))
}

/// Returns the request id from the headers.
fn in_headers(headers: &HeaderMap, redactor: &Redactor) -> Option<String> {
    let mut values = HEADERS.iter().filter_map(|name| headers.get(*name)?.to_str().ok());
    values.find_map(|id| check_request_id(id, redactor))
}

/// Returns the text if it is a valid id. An id is short and has only plain characters; other values must not appear in
/// logs.
pub(crate) fn check_request_id(text: &str, redactor: &Redactor) -> Option<String> {
    let is_plain = !text.is_empty() && text.len() <= 128 && text.bytes().all(|byte| byte.is_ascii_graphic());
    (is_plain && redactor.allows(text)).then(|| text.to_owned())
}

fn in_body(body: &[u8]) -> Option<String> {
    match serde_json::from_slice::<Identified>(body) {
        Ok(Identified { request_id: Value::String(id) }) => Some(id),
        Ok(_) => None,
        // The beginning of an incomplete body may contain the id.
        Err(_) => first_in_text(body).map(str::to_owned),
    }
}

/// Returns the string after the first `"request_id"` in the text.
fn first_in_text(body: &[u8]) -> Option<&str> {
    const KEY: &[u8] = b"\"request_id\"";
    // The id is near the beginning of the body.
    const WINDOW: usize = 16 * 1024;
    let body = &body[..body.len().min(WINDOW)];
    let start = body.windows(KEY.len()).position(|window| window == KEY)? + KEY.len();
    let rest = body[start..].trim_ascii_start().strip_prefix(b":")?.trim_ascii_start().strip_prefix(b"\"")?;
    let end = rest.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
    (rest[end] == b'"').then(|| std::str::from_utf8(&rest[..end]).ok())?
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use zeroize::Zeroizing;

    use super::*;

    fn find(body: &str) -> Option<String> {
        find_request_id(body.as_bytes(), &HeaderMap::new(), &Redactor::default())
    }

    #[test]
    fn is_found_in_complete_and_incomplete_bodies() {
        for body in [
            r#"{"request_id":"request-id-test-1","a":1}"#,
            r#"{"requestId":"request-id-test-1"}"#,
            r#"{"request_id" : "request-id-test-1","a":"#,
            "garbage \"request_id\":\n\"request-id-test-1\" garbage",
        ] {
            assert_eq!(find(body).as_deref(), Some("request-id-test-1"), "{body}");
        }
    }

    #[test]
    fn is_found_in_a_header_if_the_body_has_none() {
        let mut headers = HeaderMap::new();
        headers.insert("cf-ray", HeaderValue::from_static("ray-1"));
        headers.insert("x-request-id", HeaderValue::from_static("id-1"));
        let find = |body: &str| find_request_id(body.as_bytes(), &headers, &Redactor::default());
        assert_eq!(find("<html>").as_deref(), Some("id-1"));
        assert_eq!(find(r#"{"request_id":"id-2"}"#).as_deref(), Some("id-2"));
    }

    #[test]
    fn invalid_ids_are_ignored() {
        let long = format!(r#"{{"request_id":"{}"}}"#, "x".repeat(129));
        for body in
            ["", "{}", r#"{"request_id":7}"#, r#"{"request_id":"a b"}"#, r#"{"request_id":"a\"#, &long]
        {
            assert_eq!(find(body), None, "{body}");
        }
    }

    #[test]
    fn is_ignored_if_it_contains_a_secret() {
        let secrets = ["tr0ub4dor", "secret-test-1"].map(|secret| Zeroizing::new(secret.to_owned()));
        let redactor = Redactor::new(secrets);
        for echo in ["tr0ub4dor", "id-tr0ub4dor", "secret-test-1"] {
            assert_eq!(check_request_id(echo, &redactor), None, "{echo}");
        }
        assert_eq!(check_request_id("request-id-test-1", &redactor).as_deref(), Some("request-id-test-1"));
    }
}
