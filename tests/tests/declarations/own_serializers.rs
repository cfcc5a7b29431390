//! Fields with a custom serializer, in every location, set and unset.

#![expect(clippy::ref_option, reason = "serde passes everything by reference")]

use std::collections::BTreeMap;

use declapi::{Endpoint, endpoint, object};
use serde::Serializer;

use crate::{rejected, sent};

type Map = BTreeMap<String, u8>;

/// A list type that the macro does not recognize.
type Ids = Vec<u32>;

fn loud<S: Serializer>(text: &str, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&text.to_uppercase())
}

fn loud_option<S: Serializer>(text: &Option<String>, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_some(&text.as_ref().map(|text| text.to_uppercase()))
}

fn prefixed<S: Serializer>(map: &Map, to: S) -> Result<S::Ok, S::Error> {
    to.collect_map(map.iter().map(|(key, value)| (format!("p_{key}"), value)))
}

fn prefixed_option<S: Serializer>(map: &Option<Map>, to: S) -> Result<S::Ok, S::Error> {
    match map {
        Some(map) => prefixed(map, to),
        None => to.serialize_str("an unset field is not written"),
    }
}

fn joined<S: Serializer>(ids: &Ids, to: S) -> Result<S::Ok, S::Error> {
    let ids: Vec<String> = ids.iter().map(u32::to_string).collect();
    to.serialize_str(&ids.join(","))
}

fn doubled<S: Serializer>(ids: &Ids, to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(ids.iter().map(|id| id * 2))
}

fn map() -> Map {
    BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)])
}

#[endpoint(post = "/own/{at}", response = ())]
struct Required {
    #[serde(serialize_with = "loud")]
    at: String,
    #[endpoint(query)]
    #[serde(serialize_with = "loud")]
    asked: String,
    #[endpoint(query)]
    #[serde(flatten, serialize_with = "prefixed")]
    asked_more: Map,
    #[endpoint(header = "x-own")]
    #[serde(serialize_with = "loud")]
    header: String,
    #[serde(serialize_with = "loud")]
    sent: String,
    #[serde(flatten, serialize_with = "prefixed")]
    sent_more: Map,
}

#[endpoint(post = "/own", response = ())]
struct Optional {
    #[endpoint(query)]
    #[serde(serialize_with = "loud_option")]
    asked: Option<String>,
    #[endpoint(query)]
    #[serde(flatten, serialize_with = "prefixed_option")]
    asked_more: Option<Map>,
    #[endpoint(header = "x-own")]
    #[serde(serialize_with = "loud_option")]
    header: Option<String>,
    #[serde(serialize_with = "loud_option")]
    sent: Option<String>,
    #[serde(flatten, serialize_with = "prefixed_option")]
    sent_more: Option<Map>,
}

#[object]
struct Object {
    #[serde(serialize_with = "loud")]
    required: String,
    #[serde(serialize_with = "loud_option")]
    optional: Option<String>,
    #[serde(flatten, serialize_with = "prefixed_option")]
    more: Option<Map>,
}

fn header(endpoint: &impl Endpoint) -> Vec<String> {
    let request = endpoint.request().unwrap();
    request.headers().map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect()
}

#[test]
fn required_fields() {
    let required =
        Required::builder().at("a").asked("b").asked_more(map()).header("c").sent("d").sent_more(map());
    let required = required.build();
    assert_eq!(sent(&required), r#"POST /own/A?asked=B&p_a=1&p_b=2 {"sent":"D","p_a":1,"p_b":2}"#);
    assert_eq!(header(&required), ["x-own: C"]);
}

#[test]
fn optional_fields() {
    let unset = Optional::builder().build();
    assert_eq!(sent(&unset), "POST /own {}");
    assert_eq!(header(&unset), [""; 0]);
    let set = Optional::builder().asked("b").asked_more(map()).header("c").sent("d").sent_more(map()).build();
    assert_eq!(sent(&set), r#"POST /own?asked=B&p_a=1&p_b=2 {"sent":"D","p_a":1,"p_b":2}"#);
    assert_eq!(header(&set), ["x-own: C"]);
    // Each field alone, because none depends on another one.
    assert_eq!(sent(&Optional::builder().asked("b").build()), "POST /own?asked=B {}");
    assert_eq!(sent(&Optional::builder().asked_more(map()).build()), "POST /own?p_a=1&p_b=2 {}");
    assert_eq!(sent(&Optional::builder().sent("d").build()), r#"POST /own {"sent":"D"}"#);
    assert_eq!(sent(&Optional::builder().sent_more(map()).build()), r#"POST /own {"p_a":1,"p_b":2}"#);
}

#[test]
fn objects() {
    let json = |object: &Object| serde_json::to_string(object).unwrap();
    assert_eq!(json(&Object::builder().required("a").build()), r#"{"required":"A"}"#);
    let set = Object::builder().required("a").optional("b").more(map()).build();
    assert_eq!(json(&set), r#"{"required":"A","optional":"B","p_a":1,"p_b":2}"#);
}

#[endpoint(get = "/ids/{ids}", response = ())]
struct Joined {
    #[endpoint(path)]
    #[serde(serialize_with = "joined")]
    ids: Ids,
}

#[endpoint(get = "/ids/{ids}", response = ())]
struct Listed {
    #[endpoint(path)]
    #[serde(serialize_with = "doubled")]
    ids: Ids,
}

#[endpoint(get = "/ids/{ids}", response = ())]
struct Plain {
    #[endpoint(path)]
    ids: Ids,
}

#[endpoint(get = "/ids", response = ())]
struct Repeated {
    #[serde(serialize_with = "doubled")]
    ids: Ids,
}

/// A path value is one string, so a list is an error, even with one element.
#[test]
fn a_list_in_a_path_needs_one_string() {
    assert_eq!(sent(&Joined { ids: vec![1, 2] }), "GET /ids/1%2C2");
    assert_eq!(sent(&Repeated { ids: vec![1, 2] }), "GET /ids?ids=2&ids=4");
    for ids in [vec![], vec![1], vec![1, 2]] {
        for error in [rejected(&Listed { ids: ids.clone() }), rejected(&Plain { ids: ids.clone() })] {
            assert!(error.contains("`ids`") && error.contains("a list in a path"), "{error}");
        }
    }
}
