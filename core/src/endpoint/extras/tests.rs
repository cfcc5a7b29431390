//! Tests for changes to a finished request.

use crate::endpoint::format::Formatted;
use std::collections::BTreeMap;

use super::*;
use crate::info::{EndpointInfo, Method};

const INFO: EndpointInfo = EndpointInfo::new("Test", Method::Post, "/a", false, "", 0, &[]);

/// Returns a request with the ranges of `secrets`.
fn request(path: &'static str, body: &'static str, secrets: &[(SecretKind, &str)]) -> Request {
    let note = |&(kind, secret): &(SecretKind, &str)| {
        let text = if kind.is_in_path() { path } else { body };
        let start = text.find(secret).unwrap();
        SecretRange { kind, range: start..start + secret.len() }
    };
    Request {
        info: &INFO,
        path: Cow::Borrowed(path),
        headers: vec![(HeaderName::from_static("x-one"), HeaderValue::from_static("1"))],
        body: Bytes::from_static(body.as_bytes()),
        secrets: secrets.iter().map(note).collect(),
        format: None,
        settings: None,
    }
}

fn secrets(request: &Request) -> Vec<String> {
    request.possible_secrets().iter().map(|secret| secret.to_string()).filter(|text| text != "1").collect()
}

fn merged(mut request: Request, set: impl FnOnce(&mut Extras)) -> Result<Request, String> {
    let mut extras = Extras::default();
    set(&mut extras);
    extras.merge(&mut request).map_err(|error| error.to_string())?;
    Ok(request)
}

#[test]
fn sets_and_replaces_query_pairs() {
    for (path, expected) in [
        ("/a", "/a?page=2&q=a%20b%26"),
        ("/a?", "/a?page=2&q=a%20b%26"),
        ("/a?x=1", "/a?x=1&page=2&q=a%20b%26"),
        ("/a?page=1", "/a?page=2&q=a%20b%26"),
        ("/a?page=1&x=1&%70age=3&q", "/a?x=1&page=2&q=a%20b%26"),
    ] {
        let request = merged(request(path, "", &[]), |extras| {
            extras.query("page", "1st");
            extras.query("page", &2);
            extras.query("q", "a b&");
        });
        assert_eq!(request.unwrap().path(), expected, "{path}");
    }
}

#[test]
fn a_list_sets_several_query_pairs_and_none_removes_them() {
    let request = merged(request("/a?x=1&y=2", "", &[]), |extras| {
        extras.query("y", &None::<u8>);
        extras.query("z", &vec!["a", "b"]);
    });
    assert_eq!(request.unwrap().path(), "/a?x=1&z=a&z=b");
}

#[test]
fn sets_and_replaces_body_fields() {
    for (body, expected) in [
        ("", r#"{"b":2,"c\"":null}"#),
        ("{}", r#"{"b":2,"c\"":null}"#),
        (" { } ", r#"{"b":2,"c\"":null}"#),
        (r#"{"b":1}"#, r#"{"b":2,"c\"":null}"#),
        (r#"{"a":"b","d":{"b":1}}"#, r#"{"a":"b","d":{"b":1},"b":2,"c\"":null}"#),
        (r#"{"b":[1,{"}":","}],"a":-1.5e3}"#, r#"{"a":-1.5e3,"b":2,"c\"":null}"#),
        ("{ \"a\" : true , \"\\u0062\":1 }", r#"{ "a" : true,"b":2,"c\"":null}"#),
    ] {
        let request = merged(request("/a", body, &[]), |extras| {
            extras.body("b", "first");
            extras.body("b", &2);
            extras.body("c\"", &None::<u8>);
        });
        assert_eq!(std::str::from_utf8(&request.unwrap().body), Ok(expected), "{body}");
    }
}

#[test]
fn fields_are_added_only_to_objects() {
    for body in [
        "[1]",
        "\"{}\"",
        "a=1&b=2",
        "{\"a\":1}\n{\"a\":2}",
        "{\"a\"",
        "{\"a\":1]",
        "{1:2}",
        "{} {}",
        "{\"a\" 1}",
    ] {
        let error = merged(request("/a", body, &[]), |extras| extras.body("b", "s3cret")).unwrap_err();
        let expected = "POST /a: `b` cannot be sent: the body is neither a JSON object nor a form, so fields \
                        cannot be added to it";
        assert_eq!(error, expected, "{body}");
    }
}

#[test]
fn replaces_a_header() {
    let request = merged(request("/a", "", &[]), |extras| {
        extras.header("X-One", "s3cret");
        extras.header("x-two", "2");
    });
    let request = request.unwrap();
    let names: Vec<_> =
        request.headers().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
    assert_eq!(names, [("x-one", "s3cret"), ("x-two", "2")]);
    assert!(request.headers().all(|(_, value)| value.is_sensitive()));
}

#[test]
fn values_that_cannot_be_sent_are_named_and_not_shown() {
    type Set = fn(&mut Extras);

    struct Failing;
    impl Serialize for Failing {
        fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("s3cret"))
        }
    }
    let wrong: [(&str, Set); 8] = [
        ("`x y` cannot be sent: this is not a valid header name", |extras| extras.header("x y", "s3cret")),
        ("`Host\\n` cannot be sent: this is not a valid header name", |extras| {
            extras.header("Host\n", "s3cret");
        }),
        ("the transport sets this header", |extras| extras.header("Content-Length", "s3cret")),
        ("line breaks", |extras| extras.header("x", "s3cret\r\ny: z")),
        ("a map cannot be a single value", |extras| extras.query("x", &BTreeMap::from([("s3cret", 1)]))),
        ("its serializer rejected it", |extras| extras.query("x", &Failing)),
        ("its serializer rejected it", |extras| extras.body("x", &Failing)),
        ("key must be a string", |extras| extras.body("x", &BTreeMap::from([((), 1)]))),
    ];
    for (expected, set) in wrong {
        let error = merged(request("/a", "", &[]), |extras| {
            set(extras);
            extras.header("a b", "later");
        });
        let error = error.unwrap_err();
        assert!(error.contains(expected) && !error.contains("s3cret"), "{error}");
    }
}

#[test]
fn secrets_are_found_where_they_were_moved_to() {
    use SecretKind::{Fields, Objects, Query, QueryObject, Value};

    let body = r#"{"gone":"old-secret","user":{"name":"an-object"},"key":"a-value","flat":"a-flat","more":"a-more"}"#;
    let known = [
        (Value, r#""old-secret""#),
        (Objects, r#"{"name":"an-object"}"#),
        (Value, r#""a-value""#),
        (Fields, r#","flat":"a-flat","more":"a-more""#),
        (Query, "gone-too"),
        (QueryObject, "in-object"),
        (Query, "a%2Fquery"),
    ];
    let request = merged(request("/a?x=gone-too&o=in-object&y=a%2Fquery", body, &known), |extras| {
        extras.query("x", "new/query");
        extras.body("gone", "new-value");
        extras.body("flat", &["new-flat"]);
        extras.header("x-two", "new-header");
    });
    let mut found = secrets(&request.unwrap());
    found.sort_unstable();
    let expected = [
        "a-more",
        "a-value",
        "a/query",
        "an-object",
        "in-object",
        "new-flat",
        "new-header",
        "new-value",
        "new/query",
    ];
    assert_eq!(found, expected);
}

#[test]
fn debug_shows_names_only() {
    let mut extras = Extras::default();
    extras.header("x-key", "s3cret");
    extras.query("cursor", "s3cret");
    extras.body("token", "s3cret");
    let shown = format!("{extras:?}");
    assert_eq!(shown, r#"Extras { headers: ["x-key"], query: ["cursor"], body: ["token"], .. }"#);
}

/// Text that looks like JSON is still text. A file is never an object, even if it contains JSON.
#[test]
fn fields_are_added_only_to_json_formats() {
    for (kind, body, takes) in [
        ("application/json", "{}", true),
        ("application/merge-patch+json", r#"{"a":1}"#, true),
        ("application/json", "", false),
        ("text/plain", "{}", false),
        ("application/x-ndjson", "{}\n", false),
        ("application/octet-stream", "", false),
    ] {
        let mut request = request("/a", body, &[]);
        request.format = Formatted::bytes(Bytes::new(), Some(HeaderValue::from_static(kind))).format;
        let outcome = merged(request, |extras| extras.body("b", &1));
        assert_eq!(outcome.is_ok(), takes, "{kind} {body}");
    }
}

#[test]
fn a_form_takes_pairs() {
    let form = |body| {
        let mut form = request("/a", body, &[]);
        let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
        form.format = Formatted::bytes(Bytes::new(), Some(kind)).format;
        form
    };
    for (body, expected) in [
        ("", "a+b=s3cret+%26&n=-1"),
        ("x=1&a+b=2&gone=3", "x=1&a+b=s3cret+%26&n=-1"),
        ("%61%20b=1&n&x=a%3Db", "x=a%3Db&a+b=s3cret+%26&n=-1"),
    ] {
        let request = merged(form(body), |extras| {
            extras.body("a b", "s3cret &");
            extras.body("gone", &None::<u8>);
            extras.body("n", &-1);
        });
        let request = request.unwrap();
        assert_eq!(std::str::from_utf8(&request.body), Ok(expected), "{body}");
        assert_eq!(secrets(&request), ["s3cret &", "-1"]);
    }
    let error = merged(form("x=1"), |extras| extras.body("list", &vec!["s3cret"])).unwrap_err();
    assert!(
        error.contains("`list` cannot be sent: the values of a form are strings")
            && !error.contains("s3cret"),
        "{error}"
    );
}
