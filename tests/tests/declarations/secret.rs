//! `secret` keeps a value out of `Debug` and out of errors.

use declapi::{Endpoint, endpoint, object};
use serde::{Serialize, Serializer};

use crate::refused;

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
    answer: Option<Option<String>>,
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
         answer: None }"
    );
    let key = Key::builder().id(1).key("hunter2").build();
    assert_eq!(format!("{key:?}"), "Key { id: 1, key: <redacted> }");
}

#[test]
fn builders_and_requests_show_no_values() {
    let builder =
        Login::builder().email("ada@example.com").password("hunter2").token("hunter2").null_answer();
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
    let refused = refused(&Print { page: Broken });
    assert!(refused.contains("page"), "{refused}");
}

/// A serializer that puts into its error what it was given.
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
fn what_the_serializer_of_a_secret_says_is_not_shown() {
    let code = || "hunter2".to_owned();
    let of_a_secret = [refused(&Redeem { code: code() }), refused(&RedeemByHeader { code: code() })];
    for refused in of_a_secret {
        assert!(refused.contains("code") && refused.contains("secret"), "{refused}");
        assert!(!refused.contains("hunter2"), "{refused}");
    }
    let shown = refused(&RedeemInTheOpen { code: code() });
    assert!(shown.contains("`hunter2` is not a code"), "{shown}");
}
