//! `flatten` has the same result as with serde, for every flattened type.

use std::collections::{BTreeMap, HashMap};

use declapi::{Endpoint, endpoint};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::{rejected, sent};

#[endpoint(post = "/flat", response = ())]
struct Ours<T: Serialize> {
    before: u8,
    #[serde(flatten)]
    flat: T,
    after: Option<u8>,
}

#[endpoint(post = "/flat", response = ())]
struct Alone<T: Serialize> {
    #[serde(flatten)]
    flat: T,
}

#[endpoint(post = "/flat", response = ())]
struct Optional<T: Serialize> {
    before: u8,
    #[serde(flatten)]
    flat: Option<T>,
    after: Option<u8>,
}

#[derive(Serialize)]
struct Serdes<T> {
    before: u8,
    #[serde(flatten)]
    flat: T,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<u8>,
}

#[derive(Serialize)]
struct SerdesAlone<T> {
    #[serde(flatten)]
    flat: T,
}

/// The result of each way to flatten a value: the body, or the reason why there is none.
fn ways<T: Serialize>(value: &T) -> [Result<String, String>; 4] {
    fn body(endpoint: &impl Endpoint) -> Result<String, String> {
        let request = endpoint.request().map_err(|error| error.to_string())?;
        Ok(String::from_utf8(request.body().unwrap().to_vec()).unwrap())
    }

    [
        body(&Ours { before: 1, flat: value, after: Some(2) }),
        body(&Ours { before: 1, flat: value, after: None }),
        body(&Alone { flat: value }),
        body(&Optional { before: 1, flat: Some(value), after: Some(2) }),
    ]
}

fn is_serdes<T: Serialize>(value: &T) {
    let serdes = [
        serde_json::to_string(&Serdes { before: 1, flat: value, after: Some(2) }),
        serde_json::to_string(&Serdes { before: 1, flat: value, after: None }),
        serde_json::to_string(&SerdesAlone { flat: value }),
        serde_json::to_string(&Serdes { before: 1, flat: Some(value), after: Some(2) }),
    ];
    for (ours, serdes) in ways(value).into_iter().zip(serdes) {
        match (ours, serdes) {
            (Ok(ours), Ok(serdes)) => assert_eq!(ours, serdes),
            (Err(ours), Err(_)) => assert!(ours.contains("`flatten` takes a map or a struct"), "{ours}"),
            (ours, serdes) => panic!("{ours:?} is not {serdes:?}"),
        }
    }
}

#[derive(Serialize)]
struct Unit;

#[derive(Serialize)]
struct Newtype<T>(T);

#[derive(Serialize)]
struct Pair(u8, u8);

#[derive(Serialize)]
struct Empty {}

#[derive(Serialize)]
struct Fields<'a> {
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u8>,
    #[serde(flatten)]
    deeper: BTreeMap<&'a str, Value>,
}

#[derive(Serialize)]
enum External {
    Unit,
    Newtype(Vec<u8>),
    Tuple(u8, u8),
    Struct { a: u8 },
    Nothing {},
}

#[derive(Serialize)]
#[serde(tag = "type")]
enum Internal {
    Unit,
    Struct { a: u8 },
}

#[derive(Serialize)]
#[serde(tag = "type", content = "content")]
enum Adjacent {
    Unit,
    Newtype(u8),
}

#[derive(Serialize)]
#[serde(untagged)]
enum Untagged {
    Map(BTreeMap<String, u8>),
    Text(String),
}

/// A type that reports to be empty, but is not.
struct Liar;

impl Serialize for Liar {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(0))?;
        map.serialize_entry("a", &1)?;
        map.end()
    }
}

struct Bytes;

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(b"{}")
    }
}

struct Displayed;

impl Serialize for Displayed {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str("{}")
    }
}

#[test]
fn maps_and_structs() {
    is_serdes(&BTreeMap::from([("a", 1), ("b", 2)]));
    is_serdes(&BTreeMap::<String, u8>::new());
    is_serdes(&HashMap::from([(1_u8, "x")]));
    is_serdes(&json!({"a": {"b": [1, {}]}, "c": "}"}));
    is_serdes(&json!({}));
    is_serdes(&Empty {});
    is_serdes(&Fields { text: "{\"x\"}", number: None, deeper: BTreeMap::new() });
    is_serdes(&Fields { text: "", number: Some(1), deeper: BTreeMap::from([("k", json!([null]))]) });
    is_serdes(&Newtype(Newtype(Empty {})));
    is_serdes(&Some(BTreeMap::from([("a", 1)])));
    is_serdes(&Box::new(BTreeMap::from([("a", 1)])));
    is_serdes(&Liar);
}

#[test]
fn nothing() {
    is_serdes(&None::<Empty>);
    is_serdes(&Some(None::<Empty>));
    is_serdes(&());
    is_serdes(&Unit);
    is_serdes(&Newtype(Unit));
    is_serdes(&std::marker::PhantomData::<u8>);
    is_serdes(&Value::Null);
    assert_eq!(sent(&Optional { before: 1, flat: None::<Empty>, after: None }), r#"POST /flat {"before":1}"#);
}

#[test]
fn enums() {
    is_serdes(&External::Unit);
    is_serdes(&Some(Newtype(External::Unit)));
    is_serdes(&External::Newtype(vec![1]));
    is_serdes(&External::Tuple(1, 2));
    is_serdes(&External::Struct { a: 1 });
    is_serdes(&External::Nothing {});
    is_serdes(&Internal::Unit);
    is_serdes(&Internal::Struct { a: 1 });
    is_serdes(&Adjacent::Unit);
    is_serdes(&Adjacent::Newtype(1));
    is_serdes(&Untagged::Map(BTreeMap::from([("a".to_owned(), 1)])));
    is_serdes(&Untagged::Text("{}".to_owned()));
    is_serdes(&Ok::<u8, u8>(1));
}

#[test]
fn values_without_fields() {
    is_serdes(&true);
    is_serdes(&7_i8);
    is_serdes(&7_u64);
    is_serdes(&i128::MAX);
    is_serdes(&0.5_f32);
    is_serdes(&f64::NAN);
    is_serdes(&'{');
    is_serdes(&"{}");
    is_serdes(&"null");
    is_serdes(&Displayed);
    is_serdes(&Bytes);
    is_serdes(&[0_u8; 0].as_slice());
    is_serdes(&vec![Empty {}]);
    is_serdes(&(1, 2));
    is_serdes(&Pair(1, 2));
    is_serdes(&json!([{}]));
    // With `arbitrary_precision`, this is a struct for serde.
    for outcome in ways(&json!(7)) {
        assert!(outcome.unwrap_err().contains("`flatten` takes a map or a struct"));
    }
}

/// serde writes a flattened `RawValue` under a private name. Here it is written as its content.
#[test]
fn raw_json() {
    let raw = |json: &str| RawValue::from_string(json.to_owned()).unwrap();
    for (json, fields) in [
        ("{}", ""),
        ("{ }", ""),
        ("{\r\n\t }", ""),
        ("null", ""),
        (r#"{"a":1}"#, r#","a":1"#),
        (r#"{ "a" : "}" }"#, r#", "a" : "}" "#),
        ("{\n  \"a\": {}\n}", ",\n  \"a\": {}\n"),
    ] {
        let raw = raw(json);
        let [both, before, alone, optional] = ways(&raw);
        assert_eq!(before.unwrap(), format!(r#"{{"before":1{fields}}}"#), "{json}");
        assert_eq!(both.unwrap(), format!(r#"{{"before":1{fields},"after":2}}"#), "{json}");
        assert_eq!(optional.unwrap(), format!(r#"{{"before":1{fields},"after":2}}"#), "{json}");
        let alone = alone.unwrap();
        assert_eq!(
            serde_json::from_str::<Value>(&alone).unwrap(),
            serde_json::from_str::<Value>(&json.replace("null", "{}")).unwrap()
        );
    }
    for json in ["[ ]", "[]", "[{}]", "7", "-0.5e7", "true", "\"{}\"", "\"\""] {
        for outcome in ways(&raw(json)) {
            let error = outcome.unwrap_err();
            assert!(error.contains("`flatten` takes a map or a struct"), "{json}: {error}");
        }
    }
}

#[endpoint(get = "/flat", response = ())]
struct Query<T: Serialize> {
    before: u8,
    #[serde(flatten)]
    flat: T,
    after: Option<u8>,
}

#[test]
fn in_a_query() {
    let query = |value: Value| sent(&Query { before: 1, flat: value, after: Some(2) });
    assert_eq!(
        query(json!({"a": 1, "b": ["x", 0.5], "c": true})),
        "GET /flat?before=1&a=1&b=x&b=0.5&c=true&after=2"
    );
    assert_eq!(query(json!({})), "GET /flat?before=1&after=2");
    assert_eq!(query(json!(null)), "GET /flat?before=1&after=2");
    assert_eq!(sent(&Query { before: 1, flat: Unit, after: None }), "GET /flat?before=1");
    assert_eq!(
        sent(&Query { before: 1, flat: Internal::Struct { a: 1 }, after: None }),
        "GET /flat?before=1&type=Struct&a=1"
    );
    for value in [json!(7), json!("a"), json!([1]), json!([{"a": 1}]), json!(true)] {
        let error = rejected(&Query { before: 1, flat: value, after: None });
        assert!(error.contains("`flatten` takes a map or a struct"), "{error}");
    }
    for value in [json!({"a": {"b": 1}}), json!({"a": {}}), json!({"a": null}), json!({"a": [[1]]})] {
        let error = rejected(&Query { before: 1, flat: value, after: None });
        assert!(error.contains("cannot be written as text"), "{error}");
    }
    let raw = RawValue::from_string(r#"{"a":1}"#.to_owned()).unwrap();
    let error = rejected(&Query { before: 1, flat: raw, after: None });
    assert!(error.contains("`RawValue`"), "{error}");
    let error = rejected(&Query { before: 1, flat: External::Unit, after: None });
    assert!(error.contains("variant without a value"), "{error}");
}
