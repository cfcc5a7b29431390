//! How `#[response]` reads JSON, and how it writes the value again.

mod attributes;
mod formats;
mod reading;
mod same_as_serde;
mod writing;

use std::collections::BTreeMap;

use declapi::response;
use serde::{Deserialize, Deserializer};

#[response]
#[derive(Debug, PartialEq)]
struct Item {
    #[response(required)]
    id: String,
    name: String,
    tags: Vec<String>,
    count: u32,
    flag: bool,
    map: BTreeMap<String, u8>,
    nick: Option<String>,
    #[response(lenient)]
    level: Option<Level>,
    #[serde(rename = "withDefault", default = "seven")]
    with_default: u8,
    #[serde(default)]
    plain_default: u8,
    #[serde(deserialize_with = "doubled")]
    doubled: u8,
    #[serde(deserialize_with = "maybe_doubled")]
    maybe_doubled: Option<u8>,
    #[serde(alias = "default", rename = "with")]
    renamed: u8,
    #[serde(skip_serializing_if = "Option::is_some")]
    inverted: Option<u8>,
    #[serde(skip)]
    skipped: Option<u8>,
    #[serde(flatten)]
    more: BTreeMap<String, serde_json::Value>,
}

#[derive(Debug, PartialEq, Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    High,
}

fn seven() -> u8 {
    7
}

fn doubled<'de, D: Deserializer<'de>>(from: D) -> Result<u8, D::Error> {
    u8::deserialize(from).map(|number| number * 2)
}

fn maybe_doubled<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u8>, D::Error> {
    Option::<u8>::deserialize(from).map(|number| number.map(|number| number * 2))
}

fn read(json: &str) -> Item {
    serde_json::from_str(json).unwrap()
}

#[test]
fn missing_and_null_fields_are_none() {
    let least = read(r#"{"id":"i","doubled":1}"#);
    let nulls = r#"{"id":"i","doubled":1,"name":null,"tags":null,"count":null,"flag":null,"map":null,
        "nick":null,"level":null,"plain_default":null,"maybe_doubled":null,"with":null}"#;
    assert_eq!(read(nulls), least);
    assert_eq!((least.with_default, least.plain_default, least.doubled), (7, 0, 2));
    assert_eq!((least.maybe_doubled, least.renamed, least.skipped), (None, 0, None));
}

#[test]
fn existing_fields_are_read() {
    let response = read(
        r#"{"id":"i","doubled":1,"name":"n","tags":["t"],"level":"high","maybe_doubled":2,"default":3,"x":[1]}"#,
    );
    assert_eq!((response.name.as_str(), response.level), ("n", Some(Level::High)));
    assert_eq!((response.maybe_doubled, response.renamed), (Some(4), 3));
    assert_eq!(response.more["x"], serde_json::json!([1]));
}

#[test]
fn lenient_fields_become_none_and_required_fields_fail() {
    assert_eq!(read(r#"{"id":"i","doubled":1,"level":"unheard of"}"#).level, None);
    for json in [r#"{"doubled":1}"#, r#"{"id":null,"doubled":1}"#, r#"{"id":"i"}"#] {
        assert!(serde_json::from_str::<Item>(json).is_err(), "{json}");
    }
}

#[test]
fn a_response_is_written_without_missing_fields() {
    let response = read(r#"{"id":"i","doubled":1,"inverted":5,"nick":"n"}"#);
    let written = serde_json::to_value(&response).unwrap();
    assert_eq!(
        written,
        serde_json::json!({
            "id": "i", "name": "", "tags": [], "count": 0, "flag": false, "map": {}, "nick": "n",
            "withDefault": 7, "plain_default": 0, "doubled": 2, "with": 0,
        })
    );
}

/// A marker for an id. It cannot be deserialized.
#[derive(Debug, PartialEq)]
struct Users;

trait Kind {
    type Item;
}

impl Kind for Users {
    type Item = String;
}

#[response]
#[derive(Debug, PartialEq)]
struct Typed<K: Kind> {
    #[response(required)]
    id: String,
    #[serde(skip)]
    kind: std::marker::PhantomData<K>,
    marker: std::marker::PhantomData<K>,
    #[response(required)]
    first: K::Item,
    others: Vec<K::Item>,
    last: K::Item,
}

#[test]
fn only_types_that_are_read_need_deserialize() {
    let typed: Typed<Users> = serde_json::from_str(r#"{"id":"1","first":"a","others":null}"#).unwrap();
    assert_eq!((typed.first.as_str(), typed.others.len(), typed.last.as_str()), ("a", 0, ""));
    assert!(serde_json::from_str::<Typed<Users>>(r#"{"id":"1"}"#).is_err());
}

#[response]
#[derive(Debug)]
#[serde(bound(serialize = "T: serde::Serialize + Clone"))]
struct Bounded<T> {
    results: Vec<T>,
    one: Option<T>,
    #[response(lenient)]
    lenient: Option<T>,
}

/// A type without `Default`, because its fields do not need one.
#[derive(Debug, serde::Deserialize)]
struct Plain(#[expect(dead_code, reason = "what counts is that it is read")] u8);

#[test]
fn a_bound_for_writing_leaves_reading_as_it_is() {
    let bounded: Bounded<Plain> = serde_json::from_str(r#"{"results":[1,2]}"#).unwrap();
    assert!(bounded.results.len() == 2 && bounded.one.is_none() && bounded.lenient.is_none());
}

#[response]
#[derive(Debug, PartialEq)]
#[serde(default)]
struct Settings {
    page_size: u32,
    name: String,
    nick: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { page_size: 10, name: "x".into(), nick: Some("y".into()) }
    }
}

#[test]
fn a_default_of_the_struct_is_used_for_missing_fields() {
    assert_eq!(serde_json::from_str::<Settings>("{}").unwrap(), Settings::default());
    let given: Settings = serde_json::from_str(r#"{"page_size":5,"nick":null}"#).unwrap();
    assert_eq!(given, Settings { page_size: 5, nick: None, ..Settings::default() });
}

#[response]
#[serde(transparent)]
struct Wrapped {
    inner: Vec<u8>,
}

#[test]
fn a_transparent_response_is_its_field() {
    assert_eq!(serde_json::from_str::<Wrapped>("[1]").unwrap().inner, [1]);
}
