//! Secrets inside of values, for which only the type of the value has the mark, or none of them has.
//!
//! They appear neither in a `curl` command nor in an error that quotes a response in which the server repeats them.

use std::collections::BTreeMap;
use std::io::Write as _;

use bytes::Bytes;
use declapi::{
    ApiClient as _, BodyError, BodyFormat, BodyWriter, CallOptions, Endpoint, Error, Form, JsonLines,
    Multipart, NestedForm, Request, Secret, client, endpoint, http, object,
};
use serde::{Serialize, Serializer};

const SECRET: &str = "hunter2-long-secret";

#[object]
#[derive(Clone)]
struct Key<'a> {
    #[object(secret)]
    token: &'a str,
}

#[object]
#[derive(Clone)]
struct Pin {
    #[object(secret)]
    pin: u32,
}

const KEY: Key<'_> = Key { token: SECRET };

fn entries() -> BTreeMap<String, String> {
    BTreeMap::from([("entry".to_owned(), SECRET.to_owned())])
}

/// A client whose errors quote the messages of the server.
#[client(base_url = "https://api.example.com")]
struct Api;

/// Checks the `curl` command of a request, and the error about a response that repeats the secret.
fn is_hidden(endpoint: &impl Endpoint<Response = ()>, secret: &str) {
    is_not_in_curl(&endpoint.request().unwrap(), secret);
    let error = error(endpoint, &format!("no: {secret} is wrong"));
    assert!(!format!("{error} {error:?}").contains(secret), "{error}");
}

fn is_not_in_curl(request: &Request, secret: &str) {
    let curl = request.to_curl();
    assert!(!curl.contains(secret), "{curl}");
}

/// Returns the error for a response with a message.
fn error(endpoint: &impl Endpoint<Response = ()>, message: &str) -> Error {
    let body = Bytes::from(format!(r#"{{"message":"{message}"}}"#));
    let response = http::Response::builder().status(400).body(body).unwrap();
    Api::read(endpoint, response).unwrap_err()
}

fn hides(endpoint: &impl Endpoint<Response = ()>) {
    is_hidden(endpoint, SECRET);
}

#[endpoint(post = "/a", response = (), body("kind" = "constant"))]
struct Deep<'a> {
    #[endpoint(query(deep))]
    key: Key<'a>,
    name: &'a str,
}

#[test]
fn a_merge_keeps_the_secrets_of_query_objects() {
    let deep = Deep { key: KEY, name: "a" };
    hides(&deep);
    for options in [
        CallOptions::new().body("other", "b"),
        CallOptions::new().query("first", "1"),
        CallOptions::new().query("key[other]", "1").body("name", "c"),
    ] {
        let mut request = deep.request().unwrap();
        options.apply(&mut request).unwrap();
        is_not_in_curl(&request, SECRET);
    }
}

#[endpoint(post = "/f", response = (), body = Form, body("kind" = "constant"))]
struct FlatForm {
    plain: &'static str,
    #[serde(flatten)]
    #[endpoint(secret)]
    entries: BTreeMap<String, String>,
}

#[endpoint(post = "/f", response = (), body = NestedForm)]
struct FlatNested<'a> {
    #[serde(flatten)]
    key: Key<'a>,
}

#[endpoint(post = "/f", response = (), body = Multipart)]
struct FlatMultipart {
    #[serde(flatten)]
    entries: BTreeMap<String, String>,
}

#[test]
fn flattened_fields_of_every_format_are_hidden() {
    let form = FlatForm { plain: "visible", entries: entries() };
    hides(&form);
    let curl = form.request().unwrap().to_curl();
    assert!(curl.contains("plain=visible") && curl.contains("kind=constant"), "{curl}");
    hides(&FlatNested { key: KEY });
    hides(&FlatMultipart { entries: entries() });
}

#[endpoint(post = "/w", response = ())]
struct Whole<'a> {
    #[endpoint(whole_body)]
    key: Key<'a>,
}

#[endpoint(post = "/w", response = (), body = NestedForm)]
struct WholeForm<'a> {
    #[endpoint(whole_body)]
    key: Key<'a>,
}

#[endpoint(post = "/w", response = (), body = JsonLines)]
struct WholeLines<'a> {
    #[endpoint(whole_body)]
    keys: Vec<Key<'a>>,
}

#[test]
fn objects_as_whole_bodies_are_hidden() {
    hides(&Whole { key: KEY });
    hides(&WholeForm { key: KEY });
    hides(&WholeLines { keys: vec![KEY] });
}

#[endpoint(post = "/l", response = ())]
struct Lists<'a> {
    keys: Option<Vec<Key<'a>>>,
    pair: Option<(&'a str, Key<'a>)>,
    words: Option<Vec<&'a str>>,
}

#[test]
fn objects_in_lists_are_hidden_but_strings_in_lists_are_not() {
    hides(&Lists { keys: Some(vec![KEY]), pair: None, words: None });
    hides(&Lists { keys: None, pair: Some(("a", KEY)), words: None });
    let words = Lists { keys: None, pair: None, words: Some(vec!["readable"]) };
    assert!(words.request().unwrap().to_curl().contains("readable"));
    assert_eq!(error(&words, "readable is wrong").message(), Some("readable is wrong"));
}

#[endpoint(post = "/n", response = (), body = Form)]
struct Wide<'a> {
    plain: u128,
    #[endpoint(secret)]
    half: f32,
    #[endpoint(secret)]
    secret: &'a str,
    #[endpoint(secret)]
    integer: u128,
}

#[test]
fn numbers_that_json_values_cannot_hold_are_no_gap() {
    let wide = Wide { plain: u128::MAX, half: 12_345.678, secret: SECRET, integer: u128::MAX - 1 };
    for secret in [SECRET, "12345.678", "340282366920938463463374607431768211454"] {
        is_hidden(&wide, secret);
    }
}

/// A format that can write more than JSON.
struct Lines;

impl BodyFormat for Lines {
    const CONTENT_TYPE: &'static str = "text/x-lines";

    fn write<T: Serialize + ?Sized>(_: &T, to: &mut BodyWriter) -> Result<(), BodyError> {
        writeln!(to, "token={SECRET}")?;
        Ok(())
    }
}

#[endpoint(post = "/n", response = (), body = Lines)]
struct NotJson {
    by_pair: BTreeMap<(u8, u8), String>,
}

#[test]
fn a_body_that_json_cannot_represent_is_hidden() {
    let request = NotJson { by_pair: BTreeMap::from([((1, 2), SECRET.to_owned())]) };
    for word in SECRET.split('-') {
        is_hidden(&request, word);
    }
}

#[endpoint(post = "/n", response = ())]
struct NestedNumber {
    card: Pin,
}

#[endpoint(post = "/n", response = (), body = NestedForm)]
struct NestedFormNumber {
    card: Pin,
}

#[endpoint(post = "/n", response = (), body = Multipart)]
struct MultipartNumber {
    card: Pin,
}

#[endpoint(post = "/n", response = (), body = JsonLines)]
struct LinesNumber {
    #[endpoint(whole_body)]
    cards: Vec<Pin>,
}

#[test]
fn passcodes_in_objects_are_hidden() {
    let card = Pin { pin: 123_456 };
    is_hidden(&NestedNumber { card: card.clone() }, "123456");
    is_hidden(&NestedFormNumber { card: card.clone() }, "123456");
    is_hidden(&MultipartNumber { card: card.clone() }, "123456");
    is_hidden(&LinesNumber { cards: vec![card] }, "123456");
}

#[endpoint(post = "/s", response = (), body = Form)]
struct Short<'a> {
    plain: &'a str,
    #[endpoint(secret)]
    cvc: u16,
    #[endpoint(secret)]
    is_admin: bool,
}

#[endpoint(post = "/s", response = (), body = Multipart)]
struct ShortParts {
    #[endpoint(secret)]
    cvc: u16,
}

/// Short values are too common to be searched in a response, so only the body is searched for them.
#[test]
fn curl_shows_no_short_secret() {
    let short = Short { plain: "visible", cvc: 987, is_admin: true }.request().unwrap().to_curl();
    assert!(short.contains("plain=visible&cvc=<redacted>&is_admin=<redacted>"), "{short}");
    let parts = ShortParts { cvc: 987 }.request().unwrap().to_curl();
    assert!(parts.contains("\r\n<redacted>\r\n") && !parts.contains("\n987"), "{parts}");
}

/// A type whose serializer quotes the value.
#[derive(Clone, Debug)]
struct Talkative;

impl Serialize for Talkative {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom(SECRET))
    }
}

#[object]
#[derive(Clone)]
struct Around {
    #[object(secret)]
    inner: Talkative,
}

#[endpoint(post = "/t", response = ())]
struct TalkativeField {
    around: Around,
}

#[endpoint(post = "/t", response = ())]
struct TalkativeList {
    list: Vec<Around>,
}

#[endpoint(post = "/t", response = ())]
struct TalkativeHeader {
    #[endpoint(header = "x-key")]
    key: Talkative,
}

#[endpoint(post = "/t", response = (), body = Form)]
struct TalkativeForm {
    around: Around,
}

#[test]
fn messages_of_serializers_inside_of_objects_are_hidden() {
    for error in [
        crate::rejected(&TalkativeField { around: Around { inner: Talkative } }),
        crate::rejected(&TalkativeList { list: vec![Around { inner: Talkative }] }),
        crate::rejected(&TalkativeHeader { key: Talkative }),
        crate::rejected(&TalkativeForm { around: Around { inner: Talkative } }),
    ] {
        assert!(!error.contains(SECRET), "{error}");
    }
}

#[endpoint(post = "/k", response = ())]
struct Keys {
    key: Secret,
    #[endpoint(query)]
    more: Vec<Secret>,
    optional: Option<Secret>,
}

#[test]
fn the_type_secret_needs_no_mark() {
    for secret in [SECRET, "second-of-the-secrets", "optional-secret"] {
        let more = vec![Secret::from("second-of-the-secrets")];
        let endpoint =
            Keys { key: Secret::from(SECRET), more, optional: Some(Secret::from("optional-secret")) };
        is_hidden(&endpoint, secret);
    }
    assert!(Keys::INFO.fields().all(|field| field.secret));
}
