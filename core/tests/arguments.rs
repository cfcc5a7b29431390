//! Tests requests that are built from a JSON object.
#![cfg(feature = "arguments")]
#![allow(clippy::option_option)]

use std::borrow::Cow;
use std::time::Duration;

use declapi::{Endpoint, FromArguments, JsonObject, endpoint, object, open_enum};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Value, json};

open_enum! {
    /// A state.
    pub enum State {
        /// Open.
        Open = "open",
    }
}

mod seconds {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(value: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(value.as_secs())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        u64::deserialize(deserializer).map(Duration::from_secs)
    }
}

/// A label with fields that depend on each other.
#[object]
#[derive(Clone)]
#[serde(rename_all = "camelCase")]
struct Label<'a, T = u8> {
    text: &'a str,
    hex_color: Option<Option<Cow<'a, str>>>,
    state: Option<State>,
    inner: Option<Vec<Point>>,
    weight: T,
    #[serde(serialize_with = "seconds::serialize", deserialize_with = "seconds::deserialize")]
    shown_for: Duration,
    #[cfg(all(unix, windows))]
    never: Missing,
}

/// A point, which the user's derive deserializes.
#[object]
#[derive(Clone, Deserialize)]
struct Point {
    x: i32,
    y: Option<f64>,
}

/// The origin of a call.
#[object]
struct Origin<'a> {
    address: &'a str,
    agent: Option<&'a str>,
}

/// All kinds of fields.
#[endpoint(post = "/things/{id}", response = ())]
#[serde(rename_all = "camelCase")]
struct Thing<'a, 'b, T> {
    id: u64,
    #[endpoint(query)]
    page_size: Option<u32>,
    #[endpoint(header = "X-Trace")]
    trace: Option<&'b str>,
    #[serde(rename = "type")]
    kind: State,
    title: &'a str,
    label: Option<Label<'a>>,
    labels: Option<Vec<Label<'b, u16>>>,
    note: Option<Option<String>>,
    value: T,
    bytes: [u8; 2],
    #[serde(with = "seconds")]
    age: Duration,
    metadata: Option<JsonObject>,
    any: Option<Value>,
    #[serde(flatten)]
    origin: Origin<'a>,
    #[serde(flatten)]
    more: Option<JsonObject>,
    #[cfg(all(unix, windows))]
    never: Missing,
}

fn map(json: Value) -> JsonObject {
    let Value::Object(map) = json else { panic!("no object: {json}") };
    map
}

fn whole() -> Value {
    json!({
        "id": 7, "pageSize": 20, "x-trace": "t", "type": "merged", "title": "a \"b\"",
        "label": {"text": "l", "hexColor": null, "state": "open", "inner": [{"x": -1, "y": 0.5}], "weight": 1, "shownFor": 2},
        "labels": [{"text": "m", "weight": 300, "shownFor": 0}],
        "note": null, "value": "v", "bytes": [1, 2], "age": 60, "metadata": {"a": [null]}, "any": null,
        "address": "::1", "agent": "x", "color": "red",
    })
}

type Any<'a, 'b> = Thing<'a, 'b, String>;

#[test]
fn every_field_is_set() {
    let arguments = map(whole());
    let request = Any::from_arguments(&arguments).unwrap().request().unwrap();
    assert_eq!(request.path(), "/things/7?pageSize=20");
    let body: Value = serde_json::from_slice(request.body().unwrap()).unwrap();
    let mut expected = whole();
    for elsewhere in ["id", "pageSize", "x-trace"] {
        expected.as_object_mut().unwrap().remove(elsewhere);
    }
    assert_eq!(body, expected);
}

#[test]
fn absent_values_are_not_sent() {
    let arguments = map(json!({
        "id": 7, "type": "open", "title": "t", "value": "v", "bytes": [1, 2], "age": 0, "address": "a",
    }));
    let request = Any::from_arguments(&arguments).unwrap().request().unwrap();
    let body: Value = serde_json::from_slice(request.body().unwrap()).unwrap();
    assert_eq!(
        body,
        json!({"type": "open", "title": "t", "value": "v", "bytes": [1, 2], "age": 0, "address": "a"})
    );
    assert_eq!(request.path(), "/things/7");
}

#[test]
fn errors_name_the_argument_and_hide_its_value() {
    for (pointer, value, message) in [
        ("/id", json!("hunter2"), "argument `id` is a string, but it must be u64"),
        ("/id", json!(-12_345), "argument `id` is another value, but it must be u64"),
        ("/pageSize", json!(null), "argument `pageSize` is null, but it must be u32"),
        ("/title", json!({"hunter2": 1}), "argument `title` is an object, but it must be a borrowed string"),
        ("/label/weight", json!(12_345), "argument `label.weight` is another value, but it must be u8"),
        ("/label/hunter", json!(1), "argument `label.hunter` belongs to no field"),
        ("/label/state", json!(null), "argument `label.state` is null, but it must be "),
        ("/label/inner/0/x", json!("hunter2"), "argument `label.inner[0].x` is a string, but it must be i32"),
        ("/labels", json!([{"weight": 1, "shownFor": 0}]), "argument `labels[0].text` is missing"),
        ("/bytes", json!([12_345]), "argument `bytes[0]` is another value, but it must be u8"),
        ("/bytes", json!([1]), "argument `bytes` is of another length, but it must be an array of length 2"),
        ("/age", json!("hunter2"), "argument `age` is a string, but it must be u64"),
        ("/agent", json!(12_345), "argument `agent` is a number, but it must be a borrowed string"),
    ] {
        let mut arguments = whole();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        match arguments.pointer_mut(parent).unwrap() {
            Value::Array(items) => items[name.parse::<usize>().unwrap()] = value,
            parent => parent[name] = value,
        }
        let arguments = map(arguments);
        let error = Any::from_arguments(&arguments).err().unwrap_or_else(|| panic!("{pointer} is accepted"));
        assert!(error.to_string().starts_with(message), "{pointer}: {error}");
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("hunter2") && !shown.contains("12345"), "{shown}");
    }
}

/// Reads the state.
#[endpoint(get = "/state", response = ())]
struct Health;

/// Deletes a thing.
#[endpoint(delete = "/things/{id}", response = ())]
struct Delete<'a> {
    id: &'a str,
    force: Option<bool>,
}

#[test]
fn missing_and_unknown_arguments_are_named() {
    let error = |arguments| Delete::from_arguments(&arguments).err().map(|error| error.to_string());
    assert_eq!(error(map(json!({"force": true}))).unwrap(), "argument `id` is missing");
    assert_eq!(
        error(map(json!({"id": "1", "forced": true}))).unwrap(),
        "argument `forced` belongs to no field"
    );
    assert_eq!(error(map(json!({"id": "1"}))), None);
    assert!(Health::from_arguments(&map(json!({}))).is_ok());
    let unknown = map(json!({"a": 1}));
    assert_eq!(Health::from_arguments(&unknown).unwrap_err().path(), "a");
}

/// A type that can only be serialized. This is not an error.
#[derive(Debug, Serialize)]
struct OnlyWritten;

fn as_one<T, S: Serializer>(_: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u8(1)
}

/// Sends a value that cannot be deserialized, so it does not implement `FromArguments`.
#[endpoint(post = "/written", response = ())]
struct Written<'a> {
    only: OnlyWritten,
    list: Option<&'a [u8]>,
    #[serde(serialize_with = "as_one")]
    with: OnlyWritten,
    object: WrittenObject,
    #[serde(with = "half_a_module")]
    half: Option<u8>,
    #[serde(with = "HalfAType::<u8>")]
    other_half: Option<u8>,
    #[endpoint(query)]
    forever: Option<&'static str>,
}

struct HalfAType<T>(std::marker::PhantomData<T>);

impl<T> HalfAType<T> {
    fn serialize<V, S: Serializer>(_: &V, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(3)
    }
}

mod half_a_module {
    pub(crate) fn serialize<T, S: serde::Serializer>(_: &T, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(2)
    }
}

/// Already has the bound that the feature needs.
#[endpoint(post = "/bounded", response = ())]
struct Bounded<T: serde::de::DeserializeOwned> {
    one: T,
    two: Option<Vec<T>>,
}

#[test]
fn a_bound_of_the_user_is_enough() {
    let arguments = map(json!({"one": 1, "two": [2]}));
    let bounded = Bounded::<u8>::from_arguments(&arguments).unwrap();
    assert_eq!((bounded.one, bounded.two), (1, Some(vec![2])));
}

/// The same inside of an object.
#[object]
struct WrittenObject {
    only: OnlyWritten,
    #[serde(serialize_with = "as_one")]
    with: Option<OnlyWritten>,
    #[serde(rename = "half_of_it", with = "half_a_module")]
    half: Option<u8>,
}

#[test]
fn write_only_types_work_with_the_feature() {
    let object = WrittenObject::builder().only(OnlyWritten).half(1).build();
    let written = Written::builder()
        .only(OnlyWritten)
        .with(OnlyWritten)
        .object(object)
        .list(&[1][..])
        .half(1)
        .other_half(1)
        .build();
    let body = written.request().unwrap().body().map(<[u8]>::to_vec);
    assert_eq!(
        body.as_deref(),
        Some(&br#"{"only":null,"list":[1],"with":1,"object":{"only":null,"half_of_it":2},"half":2,"other_half":3}"#[..])
    );
}
