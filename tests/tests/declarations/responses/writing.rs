//! How responses and objects are written.

use std::collections::BTreeMap;

use declapi::{object, response};
use serde::ser::{Error, Serialize, Serializer};
use serde_test::{Token, assert_ser_tokens, assert_ser_tokens_error};

#[derive(Debug, PartialEq)]
struct Fails;

impl Serialize for Fails {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(S::Error::custom("it fails"))
    }
}

impl<'de> serde::Deserialize<'de> for Fails {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        serde::de::IgnoredAny::deserialize(from).map(|_| Self)
    }
}

#[response]
struct Failing {
    a: u8,
    b: Option<Fails>,
    c: u8,
}

#[response]
struct FailingBeside {
    a: Option<Fails>,
    #[serde(flatten)]
    b: Option<Fails>,
    #[serde(flatten)]
    c: BTreeMap<String, u8>,
}

#[test]
fn the_first_error_is_returned() {
    let failing = Failing { a: 1, b: Some(Fails), c: 2 };
    assert_eq!(serde_json::to_string(&failing).unwrap_err().to_string(), "it fails");
    let begun = [
        Token::Struct { name: "Failing", len: 3 },
        Token::Str("a"),
        Token::U8(1),
        Token::Str("b"),
        Token::Some,
    ];
    assert_ser_tokens_error(&failing, &begun, "it fails");
    for (a, b) in [(Some(Fails), None), (None, Some(Fails))] {
        let failing = FailingBeside { a, b, c: BTreeMap::new() };
        assert_eq!(serde_json::to_string(&failing).unwrap_err().to_string(), "it fails");
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes everything by reference")]
fn is_zero(number: &u8) -> bool {
    *number == 0
}

fn shout<S: Serializer>(text: &str, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&text.to_uppercase())
}

#[expect(clippy::ref_option, reason = "serde passes everything by reference")]
fn or_none<S: Serializer>(text: &Option<String>, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(text.as_deref().unwrap_or("none"))
}

/// A type with each way to be written, read and sent.
macro_rules! written {
    ($attribute:ident, $name:ident $(, $extra:meta)?) => {
        #[$attribute]
        #[derive(Default)]
        struct $name {
            #[serde(skip_serializing_if = "is_zero")]
            zero: u8,
            #[serde(serialize_with = "shout")]
            loud: String,
            #[serde(serialize_with = "or_none")]
            set: Option<String>,
            #[serde(serialize_with = "or_none", skip_serializing_if = "Option::is_some")]
            inverted: Option<String>,
            plain: Option<u8>,
            last: u8,
        }
    };
}

written!(response, Read);
written!(object, Sent);

#[test]
fn a_field_is_written_as_its_attributes_say() {
    let (zero, text) = (Token::Str("zero"), |name| Token::Str(name));
    let read = Read { zero: 1, loud: "a".into(), set: Some("b".into()), plain: Some(2), ..Read::default() };
    let sent = Sent { zero: 1, loud: "a".into(), set: Some("b".into()), plain: Some(2), ..Sent::default() };
    let tokens = |name| {
        [
            Token::Struct { name, len: 6 },
            zero,
            Token::U8(1),
            text("loud"),
            Token::Str("A"),
            text("set"),
            Token::Str("b"),
            text("inverted"),
            Token::Str("none"),
            text("plain"),
            Token::Some,
            Token::U8(2),
            text("last"),
            Token::U8(0),
            Token::StructEnd,
        ]
    };
    assert_ser_tokens(&read, &tokens("Read"));
    assert_ser_tokens(&sent, &tokens("Sent"));
    let less = |name| {
        [
            Token::Struct { name, len: 2 },
            text("loud"),
            Token::Str(""),
            text("last"),
            Token::U8(0),
            Token::StructEnd,
        ]
    };
    assert_ser_tokens(&Read { inverted: Some("i".into()), ..Read::default() }, &less("Read"));
    assert_ser_tokens(&Sent { inverted: Some("i".into()), ..Sent::default() }, &less("Sent"));
}

#[derive(Debug, PartialEq, serde::Deserialize, serde::Serialize)]
enum Choice {
    Unit,
    One(u8),
    Two(u8, u8),
    Fields { a: u8 },
}

#[derive(serde::Serialize)]
struct BySerde<T> {
    before: u8,
    #[serde(flatten)]
    flat: T,
    after: u8,
}

#[response]
struct ByUs<T> {
    before: u8,
    #[serde(flatten)]
    flat: T,
    after: u8,
}

#[object]
struct AsObject<T> {
    before: u8,
    #[serde(flatten)]
    flat: T,
    after: u8,
}

/// Compares the results of serde's derive and of the macro, including errors.
fn same<T: Serialize + Clone>(flat: &T) -> String {
    let written =
        |value: &dyn Fn() -> serde_json::Result<String>| value().unwrap_or_else(|error| error.to_string());
    let serde = written(&|| serde_json::to_string(&BySerde { before: 1, flat: flat.clone(), after: 2 }));
    let response = written(&|| serde_json::to_string(&ByUs { before: 1, flat: flat.clone(), after: 2 }));
    let object = written(&|| serde_json::to_string(&AsObject { before: 1, flat: flat.clone(), after: 2 }));
    assert_eq!((&response, &object), (&serde, &serde));
    serde
}

#[test]
fn flattened_values_are_written_like_serde() {
    assert_eq!(same(&serde_json::json!({"a": {"b": []}})), r#"{"before":1,"a":{"b":[]},"after":2}"#);
    assert_eq!(same(&Some(&Choice::Unit)), r#"{"before":1,"Unit":null,"after":2}"#);
    assert_eq!(same(&None::<u8>), r#"{"before":1,"after":2}"#);
    for choice in [Choice::One(1), Choice::Two(1, 2), Choice::Fields { a: 3 }] {
        same(&&choice);
    }
    same(&());
    same(&BTreeMap::from([(1, 2)]));
    assert!(same(&7_u8).contains("can only flatten"), "{}", same(&7_u8));
    assert!(same(&vec![1]).contains("can only flatten"));
}

#[object]
#[serde(tag = "kind")]
struct Tagged {
    a: Option<u8>,
}

#[object]
#[serde(transparent)]
struct Transparent {
    inner: Vec<u8>,
}

/// It is written for every `T`.
#[object]
struct Bounded<T> {
    #[serde(bound(serialize = "T: std::fmt::Display"), serialize_with = "displayed")]
    value: T,
}

fn displayed<T: std::fmt::Display, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(value)
}

#[test]
fn a_custom_bound_is_used() {
    let bounded = Bounded::builder().value(std::net::Ipv4Addr::LOCALHOST).build();
    assert_eq!(serde_json::to_string(&bounded).unwrap(), r#"{"value":"127.0.0.1"}"#);
}

#[test]
fn an_object_may_be_something_else() {
    assert_eq!(serde_json::to_string(&Tagged::builder().build()).unwrap(), r#"{"kind":"Tagged"}"#);
    assert_eq!(serde_json::to_string(&Transparent::builder().inner([1]).build()).unwrap(), "[1]");
}
