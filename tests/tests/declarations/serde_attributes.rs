//! serde's attributes on fields, which mean what they mean to serde.

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
fn a_flattened_map_stands_beside_the_others() {
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
fn a_name_is_whatever_is_written() {
    let names = Names::builder().odd(1).r#type(2).r#in(3).build();
    assert_eq!(sent(&names), "POST /names?in=3 {\"a \\\"b\\\" é\":1,\"type\":2}");
}

/// Whatever must not stand in JSON as it is.
#[endpoint(post = "/escapes", response = ())]
struct Escapes {
    #[serde(rename = "a\\b\n\u{1}\u{7f}")]
    odd: u8,
}

#[test]
fn a_name_is_spelt_as_json_wants() {
    let request = Escapes::builder().odd(1).build().request().unwrap();
    let body: BTreeMap<String, u8> = serde_json::from_slice(request.body().unwrap()).unwrap();
    assert_eq!(body, BTreeMap::from([("a\\b\n\u{1}\u{7f}".to_owned(), 1)]));
    assert_eq!(Escapes::INFO.fields().next().unwrap().name, "a\\b\n\u{1}\u{7f}");
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
