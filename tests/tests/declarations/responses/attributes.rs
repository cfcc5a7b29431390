//! serde's attributes, on the struct and on its fields.

use std::collections::{BTreeMap, HashMap};
use std::marker::PhantomData;

use declapi::{JsonObject, object, response};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

fn written<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap()
}

fn read<'de, T: Deserialize<'de>>(json: &'de str) -> T {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error} in {json}"))
}

#[response]
#[serde(rename_all(serialize = "SCREAMING_SNAKE_CASE", deserialize = "camelCase"))]
#[derive(Debug, PartialEq)]
struct Renamed {
    page_size: u8,
    #[serde(rename(deserialize = "from"))]
    read_from: u8,
    #[serde(rename(serialize = "to"))]
    written_to: u8,
    r#type: u8,
}

#[test]
fn each_direction_has_its_names() {
    let renamed = read::<Renamed>(r#"{"pageSize":1,"from":2,"writtenTo":3,"type":4}"#);
    assert_eq!(renamed, Renamed { page_size: 1, read_from: 2, written_to: 3, r#type: 4 });
    assert_eq!(written(&renamed), r#"{"PAGE_SIZE":1,"READ_FROM":2,"to":3,"TYPE":4}"#);
}

#[response]
#[serde(deny_unknown_fields, expecting = "a strict thing")]
#[derive(Debug)]
struct Strict {
    a: u8,
    #[serde(alias = "c")]
    b: u8,
}

#[test]
fn unknown_fields_may_be_an_error() {
    let error = |json| serde_json::from_str::<Strict>(json).unwrap_err().to_string();
    assert_eq!(
        error(r#"{"a":1,"x":2}"#),
        "unknown field `x`, expected one of `a`, `b`, `c` at line 1 column 10"
    );
    assert_eq!(error("7"), "invalid type: integer `7`, expected a strict thing at line 1 column 1");
    assert!(serde_json::from_str::<Strict>(r#"{"a":1,"c":2}"#).is_ok());
}

fn ten() -> u8 {
    10
}

fn nine() -> Defaults {
    Defaults { a: 9, b: 9, c: Some(9), d: vec![9], e: 9 }
}

#[response]
#[serde(default = "nine")]
#[derive(Debug, PartialEq)]
struct Defaults {
    a: u8,
    #[serde(default = "ten")]
    b: u8,
    c: Option<u8>,
    #[serde(skip)]
    d: Vec<u8>,
    #[serde(default)]
    e: u8,
}

#[test]
fn missing_fields_get_custom_defaults() {
    assert_eq!(read::<Defaults>("{}"), Defaults { b: 10, e: 0, ..nine() });
    let given = r#"{"a":1,"b":2,"c":null,"d":[3],"e":4}"#;
    assert_eq!(read::<Defaults>(given), Defaults { a: 1, b: 2, c: None, d: vec![9], e: 4 });
    // For a field with a custom default, its type decides what null means.
    assert!(serde_json::from_str::<Defaults>(r#"{"a":null}"#).is_err());
    assert!(serde_json::from_str::<Defaults>(r#"{"b":null}"#).is_err());
}

#[response]
#[serde(transparent)]
#[derive(Debug, PartialEq)]
struct Ids<T> {
    list: Vec<u8>,
    #[serde(skip)]
    cached: Option<u8>,
    of: PhantomData<T>,
}

#[response]
#[serde(from = "u8", into = "u8")]
#[derive(Clone, Debug, PartialEq)]
struct Doubled {
    half: u8,
}

impl From<u8> for Doubled {
    fn from(whole: u8) -> Self {
        Self { half: whole / 2 }
    }
}

impl From<Doubled> for u8 {
    fn from(doubled: Doubled) -> Self {
        doubled.half * 2
    }
}

#[response]
#[serde(try_from = "String")]
#[derive(Debug, PartialEq)]
struct Number {
    number: u8,
}

impl TryFrom<String> for Number {
    type Error = std::num::ParseIntError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(|number| Self { number })
    }
}

#[test]
fn a_struct_may_be_something_else_in_json() {
    let ids = read::<Ids<std::rc::Weak<u8>>>("[1,2]");
    assert_eq!((ids.list.as_slice(), ids.cached), (&[1, 2][..], None));
    assert_eq!(written(&Ids { list: vec![3], cached: Some(1), of: PhantomData::<u8> }), "[3]");
    assert_eq!((read::<Doubled>("8"), written(&Doubled { half: 3 })), (Doubled { half: 4 }, "6".to_owned()));
    assert_eq!(read::<Number>("\"7\""), Number { number: 7 });
    assert_eq!(written(&Number { number: 7 }), r#"{"number":7}"#);
    let error = serde_json::from_str::<Number>("\"x\"").unwrap_err();
    assert_eq!(error.to_string(), "invalid digit found in string");
}

#[response]
#[serde(tag = "kind", rename = "thing")]
#[derive(Debug, PartialEq)]
struct Tagged {
    a: u8,
}

#[test]
fn a_tag_is_written_and_passed_over() {
    let tagged = read::<Tagged>(r#"{"kind":"whatever","a":1}"#);
    assert_eq!(written(&tagged), r#"{"kind":"thing","a":1}"#);
}

mod prefixed {
    use super::{BTreeMap, Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<String, u8>, D::Error> {
        let all = BTreeMap::<String, serde_json::Value>::deserialize(from)?;
        let ours = all
            .iter()
            .filter_map(|(name, value)| Some((name.strip_prefix("x-")?.to_owned(), value.as_u64()?)));
        Ok(ours.filter_map(|(name, value)| Some((name, value.try_into().ok()?))).collect())
    }

    pub(super) fn serialize<S: Serializer>(map: &BTreeMap<String, u8>, to: S) -> Result<S::Ok, S::Error> {
        let named: BTreeMap<String, &u8> =
            map.iter().map(|(name, value)| (format!("x-{name}"), value)).collect();
        named.serialize(to)
    }
}

#[response]
#[derive(Debug, Default, PartialEq)]
struct Limits {
    max: Option<u8>,
    #[serde(alias = "minimum")]
    min: Option<u8>,
}

#[response]
#[derive(Debug, PartialEq)]
struct Flattened<T> {
    a: u8,
    #[serde(flatten)]
    limits: Limits,
    #[serde(flatten, with = "prefixed")]
    prefixed: BTreeMap<String, u8>,
    #[response(required)]
    b: u8,
    #[serde(flatten)]
    maybe: Option<T>,
    #[serde(flatten)]
    rest: JsonObject,
}

#[derive(Debug, PartialEq, Deserialize, Serialize)]
struct Strict2 {
    needed: u8,
}

#[test]
fn several_fields_may_be_flattened() {
    let json = r#"{"x-one":1,"minimum":2,"b":3,"other":[null],"x-two":4,"a":null,"max":null,"needed":5}"#;
    let read_back: Flattened<Strict2> = read(json);
    assert_eq!(read_back.limits, Limits { max: None, min: Some(2) });
    assert_eq!(read_back.prefixed, BTreeMap::from([("one".into(), 1), ("two".into(), 4)]));
    assert_eq!((read_back.a, read_back.b, &read_back.maybe), (0, 3, &Some(Strict2 { needed: 5 })));
    assert_eq!(read_back.rest["other"], serde_json::json!([null]));
    assert!(!read_back.rest.contains_key("min") && !read_back.rest.contains_key("minimum"));
    let again = written(&Flattened { rest: JsonObject::new(), ..read_back });
    assert_eq!(again, r#"{"a":0,"min":2,"x-one":1,"x-two":4,"b":3,"needed":5}"#);
    let less: Flattened<Strict2> = read(r#"{"b":1}"#);
    assert_eq!((less.maybe, less.rest.len()), (None, 0));
    let error = serde_json::from_str::<Flattened<Strict2>>(r#"{"a":1,"new":2}"#).unwrap_err().to_string();
    assert!(error.starts_with("missing field `b`"), "{error}");
    let error =
        serde_json::from_str::<Flattened<Strict2>>(r#"{"b":1,"new":2,"b":3}"#).unwrap_err().to_string();
    assert!(error.starts_with("duplicate field `b`"), "{error}");
    let error = serde_json::from_str::<Flattened<Strict2>>("[]").unwrap_err().to_string();
    assert!(error.contains("expected struct Flattened"), "{error}");
}

#[response]
#[derive(Debug, PartialEq)]
struct Keyed<'a> {
    #[serde(flatten, borrow)]
    all: HashMap<&'a str, u8>,
}

#[test]
fn flattened_names_are_borrowed_where_they_can_be() {
    assert_eq!(read::<Keyed<'_>>(r#"{"a":1}"#).all, HashMap::from([("a", 1)]));
}

#[response]
#[derive(Debug, PartialEq)]
struct Conditional {
    #[cfg(test)]
    #[response(required)]
    there: u8,
    #[cfg(not(test))]
    gone: Missing,
    #[cfg(not(test))]
    #[response(required)]
    gone_too: Missing,
    #[cfg_attr(test, serde(rename = "withName"))]
    named: u8,
    #[cfg_attr(not(test), cfg(test))]
    kept: u8,
    #[cfg(not(test))]
    twin: Missing,
    #[cfg(test)]
    twin: Option<u8>,
    #[serde(flatten)]
    rest: BTreeMap<String, u8>,
}

#[response]
#[derive(Debug, Default)]
#[cfg_attr(test, serde(rename_all = "camelCase"))]
struct Cased {
    page_size: u8,
}

#[object]
struct Sent {
    #[cfg_attr(test, serde(rename = "withName"))]
    named: u8,
    #[cfg(test)]
    there: Option<u8>,
    #[cfg(not(test))]
    gone: Missing,
}

#[test]
fn conditional_fields_follow_their_condition() {
    let conditional: Conditional = read(r#"{"there":1,"gone":2,"withName":3,"kept":4,"twin":5,"named":6}"#);
    assert_eq!(
        (conditional.there, conditional.named, conditional.kept, conditional.twin),
        (1, 3, 4, Some(5))
    );
    assert_eq!(conditional.rest, BTreeMap::from([("gone".into(), 2), ("named".into(), 6)]));
    assert_eq!(written(&conditional), r#"{"there":1,"withName":3,"kept":4,"twin":5,"gone":2,"named":6}"#);
    assert!(
        serde_json::from_str::<Conditional>("{}")
            .unwrap_err()
            .to_string()
            .starts_with("missing field `there` at")
    );
    assert_eq!(read::<Cased>(r#"{"pageSize":1}"#).page_size, 1);
    assert_eq!(written(&Sent::builder().named(1).there(2).build()), r#"{"withName":1,"there":2}"#);
}

/// A tree, whose fields have the type of the struct.
#[response]
#[derive(Debug, PartialEq)]
struct Tree<T, const N: u8 = 1> {
    value: Option<T>,
    children: Vec<Tree<T, N>>,
    left: Option<Box<Self>>,
    #[response(required)]
    fixed: [u8; 1],
}

#[test]
fn a_struct_may_hold_itself() {
    let tree: Tree<u8> = read(r#"{"fixed":[0],"children":[{"fixed":[1],"value":1}],"left":{"fixed":[2]}}"#);
    assert_eq!((tree.children[0].value, tree.left.unwrap().fixed), (Some(1), [2]));
}
