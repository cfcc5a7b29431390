//! serde's attributes on fields, with the same meaning as for serde.
//!
//! Over 350 lines: one test for each attribute of serde's.

#![expect(
    clippy::ref_option,
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes everything by reference"
)]

use std::collections::BTreeMap;
use std::time::Duration;

use declapi::{Endpoint, endpoint, object};
use serde::{Deserialize, Serialize, Serializer};

use crate::sent;

mod seconds {
    use super::{Duration, Serializer};

    pub(super) fn serialize<S: Serializer>(duration: &Duration, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u64(duration.as_secs())
    }
}

fn shout<S: Serializer>(text: &Option<String>, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_some(&text.as_ref().map(|text| text.to_uppercase()))
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

fn never<T>(_: &T) -> bool {
    false
}

#[endpoint(post = "/jobs/{every}", response = ())]
#[serde(rename_all = "camelCase")]
struct Job {
    #[serde(with = "seconds")]
    every: Duration,
    #[serde(with = "seconds")]
    run_for: Duration,
    #[serde(serialize_with = "shout")]
    title_line: Option<String>,
    #[serde(rename = "retries", skip_serializing_if = "is_zero")]
    retry_count: u32,
    #[serde(rename(serialize = "pri", deserialize = "priority"), alias = "p")]
    priority: Option<u8>,
    #[serde(skip_serializing_if = "never")]
    after_all: Option<bool>,
    #[endpoint(query)]
    #[serde(with = "seconds")]
    time_out: Duration,
}

#[test]
fn every_attribute_does_what_serde_says() {
    let second = Duration::from_secs(1);
    let job = || Job::builder().every(second).run_for(second * 2).time_out(second * 3);
    assert_eq!(sent(&job().retry_count(0).build()), r#"POST /jobs/1?timeOut=3 {"runFor":2,"afterAll":null}"#);
    assert_eq!(
        sent(&job().retry_count(4).title_line("b").priority(5).after_all(true).build()),
        r#"POST /jobs/1?timeOut=3 {"runFor":2,"titleLine":"B","retries":4,"pri":5,"afterAll":true}"#
    );
}

#[endpoint(put = "/flat", response = ())]
struct Flat {
    #[serde(flatten)]
    first: BTreeMap<&'static str, u8>,
    own: Option<u8>,
    #[serde(flatten)]
    second: Option<BTreeMap<&'static str, u8>>,
}

#[test]
fn a_flattened_map_is_next_to_the_other_fields() {
    let flat = |first, own, second| sent(&Flat { first, own, second });
    assert_eq!(flat(BTreeMap::new(), None, None), "PUT /flat {}");
    assert_eq!(
        flat(BTreeMap::from([("a", 1), ("b", 2)]), Some(3), Some(BTreeMap::from([("c", 4)]))),
        r#"PUT /flat {"a":1,"b":2,"own":3,"c":4}"#
    );
    assert_eq!(flat(BTreeMap::new(), Some(3), Some(BTreeMap::new())), r#"PUT /flat {"own":3}"#);
}

#[endpoint(post = "/names", response = ())]
struct Names {
    #[serde(rename = "a \"b\" \u{e9}")]
    odd: u8,
    r#type: u8,
    #[endpoint(query)]
    r#in: u8,
}

#[test]
fn a_name_is_sent_as_it_is_written() {
    let names = Names::builder().odd(1).r#type(2).r#in(3).build();
    assert_eq!(sent(&names), "POST /names?in=3 {\"a \\\"b\\\" é\":1,\"type\":2}");
}

/// Characters that JSON has to escape.
#[endpoint(post = "/escapes", response = ())]
struct Escapes {
    #[serde(rename = "a\\b\n\u{1}\u{7f}")]
    odd: u8,
    plain: Option<u8>,
}

#[test]
fn a_name_is_spelt_as_json_wants() {
    let request = Escapes::builder().odd(1).build().request().unwrap();
    let body: BTreeMap<String, u8> = serde_json::from_slice(request.body().unwrap()).unwrap();
    assert_eq!(body, BTreeMap::from([("a\\b\n\u{1}\u{7f}".to_owned(), 1)]));
    let names: Vec<&str> = Escapes::INFO.fields().map(|field| field.name).collect();
    assert_eq!(names, ["a\\b\n\u{1}\u{7f}", "plain"]);
}

macro_rules! cases {
    ($($name:ident: $case:literal => $wire:literal,)*) => {$(
        #[test]
        fn $name() {
            #[endpoint(put = "/", response = ())]
            #[serde(rename_all = $case)]
            struct Ours {
                md_5_config: u8,
            }
            #[derive(Serialize)]
            #[serde(rename_all = $case)]
            struct Serdes {
                md_5_config: u8,
            }
            let body = serde_json::to_string(&Serdes { md_5_config: 1 }).unwrap();
            assert_eq!(sent(&Ours { md_5_config: 1 }), format!("PUT / {body}"));
            assert_eq!(body, format!("{{\"{}\":1}}", $wire));
        }
    )*};
}

cases! {
    lowercase: "lowercase" => "md_5_config",
    uppercase: "UPPERCASE" => "MD_5_CONFIG",
    pascal_case: "PascalCase" => "Md5Config",
    camel_case: "camelCase" => "md5Config",
    snake_case: "snake_case" => "md_5_config",
    screaming_snake_case: "SCREAMING_SNAKE_CASE" => "MD_5_CONFIG",
    kebab_case: "kebab-case" => "md-5-config",
    screaming_kebab_case: "SCREAMING-KEBAB-CASE" => "MD-5-CONFIG",
}

#[object]
#[serde(rename_all = "camelCase")]
#[derive(Deserialize, PartialEq)]
struct Settings {
    time_zone: Option<String>,
    #[serde(default, skip_serializing_if = "never")]
    dark_mode: Option<bool>,
    #[serde(flatten)]
    more: BTreeMap<String, u8>,
}

#[test]
fn an_object_follows_them_too_and_may_be_read() {
    let settings = Settings::builder().more(BTreeMap::from([("x".to_owned(), 1)])).build();
    let json = serde_json::to_string(&settings).unwrap();
    assert_eq!(json, r#"{"darkMode":null,"x":1}"#);
    assert_eq!(serde_json::from_str::<Settings>(&json).unwrap(), settings);
}

/// Writes its value, including the `Option`, with a mark that only this function makes.
fn marked<T: Serialize, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Marked<'t, T> {
        marked: &'t T,
    }
    Marked { marked: value }.serialize(to)
}

fn joined<S: Serializer>(list: &Option<Vec<u8>>, to: S) -> Result<S::Ok, S::Error> {
    let texts: Vec<String> = list.iter().flatten().map(u8::to_string).collect();
    to.serialize_str(&texts.join(","))
}

/// Every way to write a field. Each is required, optional and nullable, if possible.
#[endpoint(post = "/variants/{required}/{optional}", response = ())]
struct Variants {
    #[serde(serialize_with = "join_list")]
    required: Vec<u8>,
    #[serde(serialize_with = "joined")]
    optional: Option<Vec<u8>>,
    #[endpoint(query)]
    #[serde(serialize_with = "join_list")]
    query: Vec<u8>,
    #[endpoint(query)]
    #[serde(serialize_with = "joined")]
    query_opt: Option<Vec<u8>>,
    #[endpoint(query)]
    #[serde(serialize_with = "shown")]
    query_null: Option<Option<u8>>,
    #[endpoint(query)]
    #[serde(flatten)]
    query_flat: BTreeMap<&'static str, u8>,
    #[endpoint(query)]
    #[serde(flatten)]
    query_flat_opt: Option<BTreeMap<&'static str, u8>>,
    #[endpoint(query)]
    #[serde(flatten, serialize_with = "marked")]
    query_flat_with: u8,
    #[endpoint(query)]
    #[serde(flatten, serialize_with = "marked")]
    query_flat_opt_with: Option<u8>,
    #[endpoint(header = "x-with")]
    #[serde(serialize_with = "join_list")]
    header: Vec<u8>,
    #[endpoint(header = "x-opt-with")]
    #[serde(serialize_with = "joined")]
    header_opt: Option<Vec<u8>>,
    #[endpoint(header = "x-null-with")]
    #[serde(serialize_with = "shown")]
    header_null: Option<Option<u8>>,
    #[serde(serialize_with = "join_list")]
    body: Vec<u8>,
    #[serde(serialize_with = "joined")]
    body_opt: Option<Vec<u8>>,
    #[serde(serialize_with = "shown")]
    body_null: Option<Option<u8>>,
    #[serde(flatten)]
    body_flat: BTreeMap<&'static str, u8>,
    #[serde(flatten)]
    body_flat_opt: Option<BTreeMap<&'static str, u8>>,
    #[serde(flatten, serialize_with = "marked_a")]
    body_flat_with: u8,
    #[serde(flatten, serialize_with = "marked")]
    body_flat_opt_with: Option<u8>,
}

fn join_list<S: Serializer>(list: &[u8], to: S) -> Result<S::Ok, S::Error> {
    joined(&Some(list.to_vec()), to)
}

/// Writes a value or a null as a string.
fn shown<T: std::fmt::Debug, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(&format_args!("{value:?}"))
}

fn marked_a<S: Serializer>(value: &u8, to: S) -> Result<S::Ok, S::Error> {
    to.collect_map([("a", value)])
}

fn required_variants() -> Variants {
    let (none, map) = (|| None, BTreeMap::from([("b", 8)]));
    Variants {
        required: vec![1, 2],
        optional: Some(vec![3]),
        query: vec![4, 5],
        query_opt: None,
        query_null: None,
        query_flat: BTreeMap::from([("q", 6)]),
        query_flat_opt: none(),
        query_flat_with: 7,
        query_flat_opt_with: None,
        header: vec![1, 2],
        header_opt: None,
        header_null: None,
        body: vec![9],
        body_opt: None,
        body_null: None,
        body_flat: map,
        body_flat_opt: none(),
        body_flat_with: 10,
        body_flat_opt_with: None,
    }
}

fn headers(endpoint: &impl Endpoint) -> String {
    let request = endpoint.request().unwrap();
    let lines = request.headers().map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()));
    lines.collect::<Vec<_>>().join(", ")
}

#[test]
fn an_unset_field_is_left_out_in_every_variant() {
    let variants = required_variants();
    assert_eq!(
        sent(&variants),
        r#"POST /variants/1%2C2/3?query=4%2C5&q=6&marked=7 {"body":"9","b":8,"a":10}"#
    );
    assert_eq!(headers(&variants), "x-with: 1,2");
}

#[test]
fn a_set_field_is_sent_in_every_variant() {
    let variants = Variants {
        query_opt: Some(vec![1]),
        query_null: Some(Some(2)),
        query_flat_opt: Some(BTreeMap::from([("o", 3)])),
        query_flat_opt_with: Some(4),
        header_opt: Some(vec![3]),
        header_null: Some(Some(4)),
        body_opt: Some(vec![5]),
        body_null: Some(Some(6)),
        body_flat_opt: Some(BTreeMap::from([("f", 7)])),
        body_flat_opt_with: Some(8),
        ..required_variants()
    };
    assert_eq!(
        sent(&variants),
        concat!(
            "POST /variants/1%2C2/3?query=4%2C5&query_opt=1&query_null=Some%28Some%282%29%29&q=6&o=3&marked=7&marked=4 ",
            r#"{"body":"9","body_opt":"5","body_null":"Some(Some(6))","b":8,"f":7,"a":10,"marked":8}"#
        )
    );
    assert_eq!(headers(&variants), "x-with: 1,2, x-opt-with: 3, x-null-with: Some(Some(4))");
}

#[test]
fn a_null_is_sent_in_every_variant() {
    let variants = Variants {
        query_null: Some(None),
        header_null: Some(None),
        body_null: Some(None),
        ..required_variants()
    };
    assert_eq!(
        sent(&variants),
        concat!(
            "POST /variants/1%2C2/3?query=4%2C5&query_null=Some%28None%29&q=6&marked=7 ",
            r#"{"body":"9","body_null":"Some(None)","b":8,"a":10}"#
        )
    );
    assert_eq!(headers(&variants), "x-with: 1,2, x-null-with: Some(None)");
}

#[object]
struct ObjectVariants {
    #[serde(serialize_with = "join_list")]
    with: Vec<u8>,
    #[serde(serialize_with = "joined")]
    opt_with: Option<Vec<u8>>,
    #[serde(serialize_with = "shown")]
    null_with: Option<Option<u8>>,
    #[serde(flatten)]
    flat_opt: Option<BTreeMap<&'static str, u8>>,
    #[serde(flatten, serialize_with = "marked")]
    flat_opt_with: Option<u8>,
}

#[test]
fn an_object_leaves_out_and_sends_the_same() {
    let json = |object: &ObjectVariants| serde_json::to_string(object).unwrap();
    let with = || ObjectVariants::builder().with([1_u8]);
    assert_eq!(json(&with().build()), r#"{"with":"1"}"#);
    let set = with().opt_with([2_u8]).null_null_with().flat_opt(BTreeMap::from([("f", 3)])).flat_opt_with(4);
    assert_eq!(
        json(&set.build()),
        r#"{"with":"1","opt_with":"2","null_with":"Some(None)","f":3,"marked":4}"#
    );
}

/// The attributes that `#[serde_with::serde_as]` writes above a struct.
struct As<T>(std::marker::PhantomData<T>);

impl<T: std::fmt::LowerHex> As<T> {
    fn serialize<S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&format_args!("{value:x}"))
    }
}

#[endpoint(get = "/converted/{id}", response = ())]
struct Converted {
    #[serde(with = "As::<u32>")]
    id: u32,
    #[serde(with = "As::<u8>")]
    page: u8,
}

#[test]
fn a_conversion_may_have_parameters() {
    assert_eq!(sent(&Converted { id: 255, page: 16 }), "GET /converted/ff?page=10");
}
