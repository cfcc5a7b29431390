//! What `#[response]` reads, and how it writes what it has read.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use stytch_client::response;

#[response]
#[derive(Debug, PartialEq)]
struct Answer {
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

fn read(json: &str) -> Answer {
    serde_json::from_str(json).unwrap()
}

#[test]
fn what_is_missing_or_null_is_nothing() {
    let least = read(r#"{"id":"i","doubled":1}"#);
    let nulls = r#"{"id":"i","doubled":1,"name":null,"tags":null,"count":null,"flag":null,"map":null,
        "nick":null,"level":null,"plain_default":null,"maybe_doubled":null,"with":null}"#;
    assert_eq!(read(nulls), least);
    assert_eq!((least.with_default, least.plain_default, least.doubled), (7, 0, 2));
    assert_eq!((least.maybe_doubled, least.renamed, least.skipped), (None, 0, None));
}

#[test]
fn what_is_there_is_read() {
    let answer = read(
        r#"{"id":"i","doubled":1,"name":"n","tags":["t"],"level":"high","maybe_doubled":2,"default":3,"x":[1]}"#,
    );
    assert_eq!((answer.name.as_str(), answer.level), ("n", Some(Level::High)));
    assert_eq!((answer.maybe_doubled, answer.renamed), (Some(4), 3));
    assert_eq!(answer.more["x"], serde_json::json!([1]));
}

#[test]
fn what_is_lenient_gives_up_and_what_is_required_does_not() {
    assert_eq!(read(r#"{"id":"i","doubled":1,"level":"unheard of"}"#).level, None);
    for json in [r#"{"doubled":1}"#, r#"{"id":null,"doubled":1}"#, r#"{"id":"i"}"#] {
        assert!(serde_json::from_str::<Answer>(json).is_err(), "{json}");
    }
}

#[test]
fn an_answer_is_written_without_what_was_not_there() {
    let answer = read(r#"{"id":"i","doubled":1,"inverted":5,"nick":"n"}"#);
    let written = serde_json::to_value(&answer).unwrap();
    assert_eq!(
        written,
        serde_json::json!({
            "id": "i", "name": "", "tags": [], "count": 0, "flag": false, "map": {}, "nick": "n",
            "withDefault": 7, "plain_default": 0, "doubled": 2, "with": 0,
        })
    );
}
