//! The styles of a query, each compared with the crate that defines it.

use std::collections::BTreeMap;

use declapi::{Endpoint, QueryStyle, endpoint, object};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_qs::{ArrayFormat, Config};

use crate::{rejected, sent};

/// Lists in each style.
#[endpoint(get = "/lists", response = ())]
struct Lists<'a> {
    plain: Option<Vec<String>>,
    #[endpoint(query(comma))]
    comma: Option<&'a [&'a str]>,
    #[endpoint(query(brackets))]
    brackets: Option<Vec<String>>,
    #[endpoint(query(deep))]
    deep: Option<Vec<String>>,
    last: Option<u8>,
}

#[test]
fn a_list_is_written_in_the_style_of_its_field() {
    let lists =
        Lists::builder().plain(["a", "b,c"]).comma(&["a", "b,c"]).brackets(["a", "b"]).deep(["a", "b"]);
    assert_eq!(
        sent(&lists.last(1).build()),
        "GET /lists?plain=a&plain=b%2Cc&comma=a,b%2Cc&brackets%5B%5D=a&brackets%5B%5D=b&deep%5B0%5D=a&deep%5B1%5D=b&last=1"
    );
}

/// The style of one field does not apply to the next.
#[test]
fn an_unset_or_empty_list_is_left_out() {
    assert_eq!(sent(&Lists::builder().plain(["a", "b"]).build()), "GET /lists?plain=a&plain=b");
    let empty =
        Lists::builder().plain([] as [&str; 0]).comma(&[]).brackets([] as [&str; 0]).deep([] as [&str; 0]);
    assert_eq!(sent(&empty.last(1).build()), "GET /lists?last=1");
    assert_eq!(sent(&Lists::builder().comma(&["", ""]).build()), "GET /lists?comma=,");
}

/// A filter in the query.
#[object]
struct Filter<'a> {
    status: Option<&'a str>,
    created: Option<Created>,
    #[object(secret)]
    token: Option<&'a str>,
}

/// The time of creation.
#[derive(Debug, Serialize, Deserialize, PartialEq)]
struct Created {
    gte: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    lt: Option<u64>,
}

/// Searches.
#[endpoint(get = "/search", response = ())]
struct Search<'a> {
    #[endpoint(query(deep))]
    filter: Option<Filter<'a>>,
    #[endpoint(query(brackets))]
    order: Option<BTreeMap<String, Vec<u8>>>,
    #[endpoint(query(deep))]
    #[serde(flatten)]
    more: Option<BTreeMap<&'a str, serde_json::Value>>,
    #[endpoint(query(comma))]
    #[serde(flatten)]
    lists: Option<BTreeMap<&'a str, Vec<u8>>>,
    #[endpoint(query(comma), secret)]
    keys: Option<[&'a str; 2]>,
    #[endpoint(query(comma))]
    #[serde(serialize_with = "as_degrees")]
    area: Option<(f64, f64)>,
}

#[expect(clippy::ref_option, reason = "serde passes everything by reference")]
fn as_degrees<S: serde::Serializer>(area: &Option<(f64, f64)>, to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(area.iter().flat_map(|(north, east)| [format!("{north}n"), format!("{east}e")]))
}

#[test]
fn nested_values_have_nested_names() {
    let filter = Filter::builder().status("a&b").created(Created { gte: 1, lt: None }).build();
    let search = Search::builder().filter(filter).build();
    assert_eq!(sent(&search), "GET /search?filter%5Bstatus%5D=a%26b&filter%5Bcreated%5D%5Bgte%5D=1");
    let order = BTreeMap::from([("up".to_owned(), vec![1, 2])]);
    assert_eq!(
        sent(&Search::builder().order(order).build()),
        "GET /search?order%5Bup%5D%5B%5D=1&order%5Bup%5D%5B%5D=2"
    );
    let more =
        BTreeMap::from([("a", serde_json::json!({"b": [{"c": true}]})), ("d", serde_json::json!("e"))]);
    assert_eq!(sent(&Search::builder().more(more).build()), "GET /search?a%5Bb%5D%5B0%5D%5Bc%5D=true&d=e");
    let lists = BTreeMap::from([("a", vec![1, 2]), ("b", vec![3])]);
    assert_eq!(sent(&Search::builder().lists(lists).build()), "GET /search?a=1,2&b=3");
    assert_eq!(sent(&Search::builder().area((1.5, 2.0)).build()), "GET /search?area=1.5n,2e");
    assert_eq!(sent(&Search::builder().keys(["k1", "k2"]).build()), "GET /search?keys=k1,k2");
}

#[test]
fn unsupported_values_are_rejected_by_name() {
    let more = |value| Search::builder().more(BTreeMap::from([("a", value)])).build();
    for value in [serde_json::json!([[]]), serde_json::json!({"b]": 1}), serde_json::json!({"b": null})] {
        let rejected = rejected(&more(value.clone()));
        assert!(rejected.contains("a flattened field"), "{value}: {rejected}");
    }
    let rows = rejected(&Rows { comma: vec![vec![1]], brackets: vec![] });
    assert!(rows.contains("`comma`") && rows.contains("a list in a list"), "{rows}");
    let rows = rejected(&Rows { comma: vec![], brackets: vec![vec![1]] });
    assert!(rows.contains("`brackets`") && rows.contains("a list in a list"), "{rows}");
}

/// Lists of lists.
#[endpoint(get = "/rows", response = ())]
struct Rows {
    #[endpoint(query(comma))]
    comma: Vec<Vec<u8>>,
    #[endpoint(query(brackets))]
    brackets: Vec<Vec<u8>>,
}

#[test]
fn the_description_says_the_style() {
    let styles: Vec<_> = Lists::INFO.fields().map(|field| field.style).collect();
    let [repeat, comma] = [QueryStyle::Repeat, QueryStyle::Comma];
    assert_eq!(styles, [repeat, comma, QueryStyle::Brackets, QueryStyle::Deep, repeat]);
}

/// Any value that a query can contain, for serde and for an endpoint.
#[derive(Debug, Serialize, Deserialize, PartialEq)]
struct Nested {
    text: String,
    number: i64,
    flag: bool,
    // Empty values are not written.
    #[serde(default)]
    list: Vec<String>,
    inner: Inner,
    #[serde(default)]
    items: Vec<Inner>,
    #[serde(default)]
    map: BTreeMap<String, u8>,
    choice: Choice,
}

#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
struct Inner {
    a: String,
    b: Option<u8>,
}

#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Choice {
    Unit,
    Newtype(u8),
    Struct { x: u8 },
}

/// Sends a nested value in the query.
#[endpoint(get = "/", response = ())]
struct Deep<'a> {
    #[endpoint(query(deep))]
    value: &'a Nested,
}

#[endpoint(get = "/", response = ())]
struct Flat<'a> {
    plain: &'a [String],
    #[endpoint(query(brackets))]
    brackets: &'a [String],
}

fn query(endpoint: &impl Endpoint) -> String {
    let request = endpoint.request().unwrap();
    request.path().split_once('?').map_or(String::new(), |(_, query)| query.to_owned())
}

/// Returns the decoded pairs.
fn pairs(query: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

/// Returns the pairs without those that `serde_qs` writes for unset and empty values. This crate does not write them.
fn set_pairs(query: &str) -> Vec<(String, String)> {
    const LEFT_OUT: [&str; 4] = ["value[list]", "value[items]", "value[map]", "brackets"];
    let is_empty = |name: &str| LEFT_OUT.contains(&name) || name.ends_with("[b]");
    pairs(query).into_iter().filter(|(name, text)| !(text.is_empty() && is_empty(name))).collect()
}

fn strings() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("[a-c,\\[\\]&=+% é]{0,4}", 0..4)
}

prop_compose! {
    fn nested()(
        text in "[a-c,\\[\\]&=+% é]{0,4}", number: i64, flag: bool, list in strings(), a in "[a-z&\\[]{0,3}", b: Option<u8>,
        items in prop::collection::vec(("[a-z=]{0,3}", any::<Option<u8>>()), 0..3),
        map in prop::collection::btree_map("[a-z]{1,2}", 0..9_u8, 0..3),
        choice in prop_oneof![Just(Choice::Unit), any::<u8>().prop_map(Choice::Newtype), any::<u8>().prop_map(|x| Choice::Struct { x })],
    ) -> Nested {
        let items = items.into_iter().map(|(a, b)| Inner { a, b }).collect();
        Nested { text, number, flag, list, inner: Inner { a, b }, items, map, choice }
    }
}

proptest! {
    #[test]
    fn deep_has_the_format_of_serde_qs(value in nested()) {
        let ours = query(&Deep { value: &value });
        let form = Config::new().use_form_encoding(true);
        let theirs = form.serialize_string(&BTreeMap::from([("value", &value)])).unwrap();
        prop_assert_eq!(pairs(&ours), set_pairs(&theirs));
        let read: BTreeMap<String, Nested> = form.deserialize_str(&ours).unwrap();
        prop_assert_eq!(read.get("value"), Some(&value));
    }

    #[test]
    fn lists_have_the_format_of_serde_html_form_and_serde_qs(list in strings()) {
        let ours = pairs(&query(&Flat { plain: &list, brackets: &list }));
        let (plain, brackets): (Vec<_>, Vec<_>) = ours.into_iter().partition(|(name, _)| name == "plain");
        let by_html_form = serde_html_form::to_string([("plain", &list)]).unwrap();
        prop_assert_eq!(&plain, &pairs(&by_html_form));
        let read: BTreeMap<String, Vec<String>> = serde_html_form::from_str(&query(&Flat { plain: &list, brackets: &[] })).unwrap();
        prop_assert_eq!(read.get("plain").cloned().unwrap_or_default(), list.clone());
        let by_qs = Config::new().array_format(ArrayFormat::EmptyIndexed).use_form_encoding(true);
        let by_qs = by_qs.serialize_string(&BTreeMap::from([("brackets", &list)])).unwrap();
        prop_assert_eq!(brackets, set_pairs(&by_qs));
    }

    /// A server that splits at the commas before it decodes.
    #[test]
    fn a_comma_in_a_value_is_encoded(list in strings().prop_filter("left out", |list| !list.is_empty())) {
        let elements: Vec<&str> = list.iter().map(String::as_str).collect();
        let ours = query(&Lists::builder().comma(&elements).build());
        let read: Vec<String> = ours.strip_prefix("comma=").unwrap().split(',').map(crate::path::decoded).collect();
        prop_assert_eq!(read, list);
    }
}
