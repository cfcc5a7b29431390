//! `secret` keeps a value out of `Debug` and out of errors.

use declapi::{Endpoint, endpoint, object};
use serde::{Serialize, Serializer};

use crate::{rejected, sent};

#[endpoint(post = "/login", response = ())]
struct Login<'a> {
    email: &'a str,
    #[endpoint(secret)]
    password: &'a str,
    #[endpoint(secret)]
    code: Option<u32>,
    #[endpoint(secret, header = "x-token")]
    token: Option<Option2<&'a str>>,
    #[endpoint(secret)]
    response: Option<Option<String>>,
}

/// A type whose name only looks like an `Option`.
type Option2<T> = T;

#[object]
struct Key<'a> {
    id: u8,
    #[object(secret)]
    key: &'a str,
}

#[test]
fn debug_says_that_a_secret_is_there_and_no_more() {
    let login = Login::builder().email("ada@example.com").password("hunter2").code(1234).build();
    assert_eq!(
        format!("{login:?}"),
        "Login { email: \"ada@example.com\", password: <redacted>, code: Some(<redacted>), token: None, \
         response: None }"
    );
    let key = Key::builder().id(1).key("hunter2").build();
    assert_eq!(format!("{key:?}"), "Key { id: 1, key: <redacted> }");
}

#[test]
fn builders_and_requests_show_no_values() {
    let builder =
        Login::builder().email("ada@example.com").password("hunter2").token("hunter2").null_response();
    let shown = format!("{builder:?} {:?}", Key::builder().key("hunter2"));
    let shown = format!("{shown} {:?}", builder.build().request().unwrap());
    assert!(!shown.contains("hunter2") && !shown.contains("ada@"), "{shown}");
}

#[derive(Debug)]
struct Broken;

impl Serialize for Broken {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("out of ink"))
    }
}

#[endpoint(post = "/broken", response = ())]
struct Print {
    #[endpoint(secret)]
    page: Broken,
}

#[test]
fn a_field_that_cannot_be_written_is_named() {
    let rejected = rejected(&Print { page: Broken });
    assert!(rejected.contains("page"), "{rejected}");
}

/// A serializer that puts its value into its error.
fn talkative<S: Serializer>(value: &str, _: S) -> Result<S::Ok, S::Error> {
    Err(serde::ser::Error::custom(format!("`{value}` is not a code")))
}

#[endpoint(post = "/codes", response = ())]
struct Redeem {
    #[endpoint(secret)]
    #[serde(serialize_with = "talkative", rename = "the \"code\"")]
    code: String,
}

#[endpoint(post = "/codes", response = ())]
struct RedeemByHeader {
    #[endpoint(secret, header = "x-code")]
    #[serde(serialize_with = "talkative")]
    code: String,
}

#[endpoint(post = "/codes", response = ())]
struct RedeemInTheOpen {
    #[serde(serialize_with = "talkative")]
    code: String,
}

#[test]
fn errors_of_a_secrets_serializer_are_not_shown() {
    let code = || "hunter2".to_owned();
    let of_a_secret = [rejected(&Redeem { code: code() }), rejected(&RedeemByHeader { code: code() })];
    for rejected in of_a_secret {
        assert!(rejected.contains("code") && rejected.contains("secret"), "{rejected}");
        assert!(!rejected.contains("hunter2"), "{rejected}");
    }
    let shown = rejected(&RedeemInTheOpen { code: code() });
    assert!(shown.contains("`hunter2` is not a code"), "{shown}");
}

#[endpoint(get = "/sessions", response = ())]
struct Introspect<'a> {
    #[endpoint(secret, query)]
    token: &'a str,
}

#[test]
fn a_secret_goes_to_the_query_where_that_is_written() {
    let introspect = Introspect { token: "hunter2" };
    assert_eq!(sent(&introspect), "GET /sessions?token=hunter2");
    assert_eq!(format!("{introspect:?}"), "Introspect { token: <redacted> }");
}
