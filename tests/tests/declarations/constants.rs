//! Constants of endpoints and resources, and media types.

use std::collections::BTreeMap;
use std::io::Write;

use declapi::{
    BodyError, BodyFormat, BodyWriter, CallOptions, Endpoint, JsonObject, Location, NestedForm, endpoint,
    resource,
};
use serde::Serialize;

use crate::{rejected, sent};

#[endpoint(
    post = "/v1/messages",
    response = (),
    header("Anthropic-Version" = "2023-06-01", "accept" = "text/event-stream"),
    query("beta" = true, "v" = 2, "alt" = "a b&c"),
    body("stream" = true, "max" = -1, "rate" = 1.5, "big" = 1_000u64),
    body("kind" = "a\"b\n", "whole" = 2., "hex" = 0xff)
)]
struct Create<'a> {
    model: Option<&'a str>,
    #[endpoint(query)]
    trace: Option<u8>,
    #[endpoint(header = "x-key", secret)]
    key: Option<&'a str>,
}

fn headers(endpoint: &impl Endpoint) -> Vec<String> {
    let request = endpoint.request().unwrap();
    request.headers().map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect()
}

const CONSTANTS: &str =
    r#""stream":true,"max":-1,"rate":1.5,"big":1000,"kind":"a\"b\u000a","whole":2.0,"hex":255}"#;

#[test]
fn every_request_has_them() {
    let create = Create::builder().build();
    assert_eq!(sent(&create), format!("POST /v1/messages?beta=true&v=2&alt=a%20b%26c {{{CONSTANTS}"));
    assert_eq!(headers(&create), ["anthropic-version: 2023-06-01", "accept: text/event-stream"]);

    let create = Create::builder().model("m").trace(1).key("k").build();
    let sent = sent(&create);
    assert_eq!(
        sent,
        format!(r#"POST /v1/messages?trace=1&beta=true&v=2&alt=a%20b%26c {{"model":"m",{CONSTANTS}"#)
    );
    assert_eq!(headers(&create), ["x-key: k", "anthropic-version: 2023-06-01", "accept: text/event-stream"]);
}

/// A constant is public in the source, and its value may be a word of any message.
#[test]
fn they_are_no_secrets() {
    let request = Create::builder().key("k").build().request().unwrap();
    let sensitive =
        request.headers().filter(|(_, value)| value.is_sensitive()).map(|(name, _)| name.as_str());
    assert_eq!(sensitive.collect::<Vec<_>>(), ["x-key"]);
}

#[test]
fn they_are_described() {
    let described = Create::INFO.constants().map(|constant| {
        assert!(constant.is_own);
        format!("{} {}={}", constant.location.as_str(), constant.name, constant.value)
    });
    assert_eq!(
        described.collect::<Vec<_>>(),
        [
            "header anthropic-version=2023-06-01",
            "header accept=text/event-stream",
            "query beta=true",
            "query v=2",
            "query alt=a b&c",
            "body stream=true",
            "body max=-1",
            "body rate=1.5",
            "body big=1000",
            r#"body kind="a\"b\u000a""#,
            "body whole=2.0",
            "body hex=255",
        ]
    );
}

#[endpoint(get = "/raw/{id}", response = (), query("alt" = "media"))]
struct Raw {
    id: u8,
}

#[endpoint(delete = "/things/{id}", response = (), body("really" = true))]
struct Remove {
    id: u8,
}

#[endpoint(post = "/start", response = (), body("now" = true))]
struct Start;

#[test]
fn a_body_may_be_constants_alone() {
    assert_eq!(sent(&Raw { id: 1 }), "GET /raw/1?alt=media");
    assert_eq!(sent(&Remove { id: 1 }), r#"DELETE /things/1 {"really":true}"#);
    assert_eq!(sent(&Start), r#"POST /start {"now":true}"#);
}

mod nested {
    use super::{JsonObject, endpoint, resource};

    #[resource(
        header("x-version" = "1", "x-outer" = "outer", "content-type" = "application/x+json"),
        query("v" = 1, "outer" = true),
        body("v" = 1, "outer" = true)
    )]
    pub(super) struct Outer;

    #[resource(on = Outer)]
    pub(super) struct Between;

    #[resource(on = Between, header("X-Version" = "2", "x-inner" = "inner"), query("v" = 2), body("v" = 2))]
    pub(super) struct Inner;

    #[endpoint(post = "/a", response = (), on = Inner)]
    pub(super) struct Inherits;

    #[endpoint(post = "/a", response = (), on = Inner, header("x-version" = "3"), query("v" = 3), body("v" = 3))]
    pub(super) struct Replaces;

    #[endpoint(patch = "/a", response = (), on = Inner)]
    pub(super) struct HasFields {
        #[endpoint(header = "x-version")]
        pub(super) header: Option<u8>,
        #[endpoint(query)]
        #[serde(rename = "v")]
        pub(super) query: Option<u8>,
        #[serde(rename = "v")]
        pub(super) body: Option<u8>,
        #[serde(flatten)]
        pub(super) more: JsonObject,
    }

    #[endpoint(get = "/a", response = (), on = Inner)]
    pub(super) struct Reads;

    #[endpoint(delete = "/a", response = (), on = Inner)]
    pub(super) struct Deletes {
        #[endpoint(body)]
        pub(super) why: u8,
    }
}

const INHERITED_HEADERS: [&str; 4] =
    ["x-version: 2", "x-inner: inner", "x-outer: outer", "content-type: application/x+json"];

#[test]
fn the_nearest_declaration_wins() {
    assert_eq!(sent(&nested::Inherits), r#"POST /a?v=2&outer=true {"v":2,"outer":true}"#);
    assert_eq!(headers(&nested::Inherits), INHERITED_HEADERS);

    assert_eq!(sent(&nested::Replaces), r#"POST /a?v=3&outer=true {"v":3,"outer":true}"#);
    assert_eq!(headers(&nested::Replaces)[..2], ["x-version: 3", "x-inner: inner"]);
}

/// A constant of a resource is the default for a field of an endpoint.
#[test]
fn a_set_field_replaces_an_inherited_constant() {
    let build = || nested::HasFields::builder().more(JsonObject::new());
    assert_eq!(sent(&build().build()), r#"PATCH /a?v=2&outer=true {"v":2,"outer":true}"#);
    let set = build().header(9).query(9).body(9).build();
    assert_eq!(sent(&set), r#"PATCH /a?v=9&outer=true {"v":9,"outer":true}"#);
    assert_eq!(headers(&set)[..2], ["x-version: 9", "x-inner: inner"]);

    let more = [("outer".to_owned(), 7.into())].into_iter().collect::<JsonObject>();
    let flattened = nested::HasFields::builder().more(more).build();
    assert_eq!(sent(&flattened), r#"PATCH /a?v=2&outer=true {"outer":7,"v":2}"#);
}

/// A GET has no body, and so no content type. Another request without a body gets none from the constants of others.
#[test]
fn inherited_body_constants_do_not_make_a_body() {
    assert_eq!(sent(&nested::Reads), "GET /a?v=2&outer=true");
    assert_eq!(headers(&nested::Reads), INHERITED_HEADERS[..3]);
    assert_eq!(sent(&nested::Deletes { why: 1 }), r#"DELETE /a?v=2&outer=true {"why":1,"v":2,"outer":true}"#);
}

#[test]
fn replaced_constants_are_not_described() {
    let described = |info: &declapi::EndpointInfo| {
        let headers = info.constants().filter(|constant| constant.location == Location::Header);
        headers.map(|constant| (constant.name, constant.value, constant.is_own)).collect::<Vec<_>>()
    };
    assert_eq!(
        described(nested::Replaces::INFO),
        [
            ("x-version", "3", true),
            ("x-inner", "inner", false),
            ("x-outer", "outer", false),
            ("content-type", "application/x+json", false)
        ]
    );
    assert_eq!(described(nested::Inherits::INFO)[0], ("x-version", "2", false));
}

#[endpoint(patch = "/configs/{name}", response = (), header("content-type" = "application/merge-patch+json"))]
struct Patch<'a> {
    name: &'a str,
    value: u8,
}

#[test]
fn a_media_type_is_a_header() {
    let patch = Patch::builder().name("a").value(1).build();
    assert_eq!(sent(&patch), r#"PATCH /configs/a {"value":1}"#);
    assert_eq!(headers(&patch), ["content-type: application/merge-patch+json"]);
}

#[endpoint(get = "/a", response = (), query("b" = 1), header("x-c" = "1"))]
struct Similar {
    #[endpoint(header = "b")]
    header: u8,
    #[endpoint(query)]
    #[serde(rename = "x-c")]
    query: u8,
}

#[test]
fn the_same_name_elsewhere_is_another_thing() {
    let similar = Similar { header: 1, query: 2 };
    assert_eq!(sent(&similar), "GET /a?x-c=2&b=1");
    assert_eq!(headers(&similar), ["b: 1", "x-c: 1"]);
}

/// Writes `name=value` lines.
struct Lines;

impl BodyFormat for Lines {
    const CONTENT_TYPE: &'static str = "text/x-lines";

    fn write<T: Serialize + ?Sized>(value: &T, to: &mut BodyWriter) -> Result<(), BodyError> {
        let value = serde_json::to_value(value)?;
        for (name, value) in value.as_object().ok_or_else(|| BodyError::new("no fields"))? {
            writeln!(to, "{name}={value}")?;
        }
        Ok(())
    }
}

#[endpoint(
    post = "/a",
    response = (),
    body = Lines,
    body("a" = "b", "c" = true, "d" = -1, "e" = 1.5, "f" = 18_446_744_073_709_551_615)
)]
struct InLines {
    first: Option<u8>,
}

#[endpoint(post = "/token", response = (), body = Lines, body("grant_type" = "client_credentials"))]
struct Token;

#[test]
fn a_format_writes_them_as_it_writes_fields() {
    let lines = "a=\"b\"\nc=true\nd=-1\ne=1.5\nf=18446744073709551615\n";
    assert_eq!(sent(&InLines { first: None }), format!("POST /a {lines}"));
    assert_eq!(sent(&InLines { first: Some(1) }).matches('\n').count(), 6);
    assert_eq!(sent(&Token), "POST /token grant_type=\"client_credentials\"\n");
}

mod media {
    use super::{Lines, endpoint, resource};

    #[resource(header("content-type" = "application/x+json", "accept" = "application/x+json"), body("r" = 1))]
    pub(super) struct Typed;

    #[endpoint(post = "/a", response = (), on = Typed, body = Lines)]
    pub(super) struct Formatted {
        pub(super) a: u8,
    }

    #[endpoint(post = "/a", response = (), on = Typed, body = Lines, header("content-type" = "text/own"))]
    pub(super) struct Own {
        pub(super) a: u8,
    }
}

/// A content type that a client declares for all endpoints does not apply to another format.
#[test]
fn a_format_overrides_inherited_constants() {
    assert_eq!(headers(&media::Formatted { a: 1 }), ["accept: application/x+json"]);
    assert_eq!(sent(&media::Formatted { a: 1 }), "POST /a a=1\nr=1\n");
    assert_eq!(headers(&media::Own { a: 1 }), ["content-type: text/own", "accept: application/x+json"]);
}

#[test]
fn a_custom_format_rejects_body_fields_of_a_call() {
    let options = CallOptions::new().body("b", 1);
    assert_eq!(
        rejected(&Token.with_options(options)),
        "POST /token: `b` cannot be sent: the body is neither a JSON object nor a form, so fields cannot be added to it"
    );
}

#[endpoint(post = "/charges", response = (), body = NestedForm, body("currency" = "eur"))]
struct Charge {
    amount: u32,
    metadata: Option<BTreeMap<String, String>>,
}

#[test]
fn a_form_accepts_body_fields_of_a_call() {
    let metadata = BTreeMap::from([("order".to_owned(), "1".to_owned())]);
    let charge = Charge::builder().amount(5).metadata(metadata).build();
    let options = CallOptions::new().body("metadata[order]", "2 a").body("currency", "usd");
    assert_eq!(
        sent(&charge.with_options(options)),
        "POST /charges amount=5&metadata%5Border%5D=2+a&currency=usd"
    );
}
