//! Values that are read, values that become the default, and values that are errors.

use std::collections::BTreeMap;

use declapi::{JsonObject, Secret, response};
use serde::Deserialize;

#[response]
#[derive(Debug, Default, PartialEq)]
#[expect(clippy::struct_field_names, reason = "the names are an API's")]
struct Session {
    session_id: String,
    #[serde(alias = "userId", alias = "uid")]
    user_id: String,
    roles: Vec<String>,
}

#[response]
#[derive(Debug, PartialEq)]
struct Login {
    session: Option<Session>,
    other: Session,
}

fn error<'de, T: Deserialize<'de>>(json: &'de str) -> String {
    let read = serde_json::from_str::<T>(json);
    read.err().unwrap_or_else(|| panic!("{json} was read")).to_string()
}

#[test]
fn only_an_object_is_a_struct() {
    assert_eq!(error::<Session>("[]"), "invalid type: sequence, expected struct Session at line 1 column 2");
    assert!(
        error::<Session>(r#"["id","user",[]]"#)
            .starts_with("invalid type: sequence, expected struct Session")
    );
    for json in [
        r#"{"session":[]}"#,
        r#"{"session":"x"}"#,
        r#"{"other":[]}"#,
        r#"{"other":["a","b",[]]}"#,
        "7",
        "null",
    ] {
        assert!(error::<Login>(json).contains("expected struct"), "{json}: {}", error::<Login>(json));
    }
    let nothing: Login = serde_json::from_str(r#"{"session":null,"other":null}"#).unwrap();
    assert_eq!(nothing, Login { session: None, other: Session::default() });
}

#[test]
fn a_field_that_is_given_twice_is_an_error() {
    for json in [
        r#"{"user_id":"a","user_id":"a"}"#,
        r#"{"user_id":null,"user_id":"a"}"#,
        r#"{"user_id":"a","session_id":"s","userId":"b"}"#,
        r#"{"uid":"a","userId":"b"}"#,
    ] {
        assert!(
            error::<Session>(json).starts_with("duplicate field `user_id`"),
            "{}",
            error::<Session>(json)
        );
    }
    let read: Session = serde_json::from_str(r#"{"new":1,"uid":"u","new":2}"#).unwrap();
    assert_eq!(read.user_id, "u");
}

#[test]
fn an_error_says_where_it_is() {
    let json = "{\"session_id\":\"s\",\n \"roles\": [\"a\", 7]}";
    assert_eq!(error::<Session>(json), "invalid type: integer `7`, expected a string at line 2 column 17");
    assert_eq!(error::<Session>("{\"roles\": }"), "expected value at line 1 column 11");
}

#[response]
#[derive(Debug)]
struct Created<T> {
    #[response(required)]
    user_id: String,
    name: String,
    #[response(required)]
    #[serde(rename = "emailId", alias = "email")]
    email_id: T,
    #[serde(deserialize_with = "Deserialize::deserialize")]
    own: u8,
}

#[test]
fn all_that_is_missing_is_named() {
    assert_eq!(
        error::<Created<u8>>("{\"name\":\"n\"}"),
        "missing field `user_id`, missing field `emailId`, missing field `own` at line 1 column 12"
    );
    assert_eq!(
        error::<Created<u8>>(r#"{"user_id":"u","own":1}"#),
        "missing field `emailId` at line 1 column 23"
    );
    let created: Created<u8> = serde_json::from_str(r#"{"email":7,"user_id":"u","own":1}"#).unwrap();
    assert_eq!(
        (created.user_id.as_str(), created.name.as_str(), created.email_id, created.own),
        ("u", "", 7, 1)
    );
}

/// A type without `Default` that reads null in its own way.
#[derive(Debug, PartialEq, Deserialize, serde::Serialize)]
struct Level(Option<u8>);

#[response]
struct Leveled {
    #[response(required)]
    level: Level,
}

#[test]
fn a_required_type_decides_what_null_means() {
    assert_eq!(serde_json::from_str::<Leveled>(r#"{"level":null}"#).unwrap().level, Level(None));
    assert_eq!(error::<Leveled>("{}"), "missing field `level` at line 1 column 2");
}

#[derive(Debug, PartialEq, Deserialize, serde::Serialize)]
struct Id(String);

#[derive(Debug, PartialEq, Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Unit,
    Tuple(u8, u8),
    Fields { a: Option<u8> },
}

#[response]
#[derive(Debug, Default, PartialEq)]
struct Lenient {
    #[response(lenient)]
    text: Option<String>,
    #[response(lenient)]
    secret: Option<Secret>,
    #[response(lenient)]
    number: Option<u64>,
    #[response(lenient)]
    fraction: Option<f64>,
    #[response(lenient)]
    flag: Option<bool>,
    #[response(lenient)]
    list: Option<Vec<f64>>,
    #[response(lenient)]
    object: Option<BTreeMap<String, u8>>,
    #[response(lenient)]
    free: Option<JsonObject>,
    #[response(lenient)]
    id: Option<Id>,
    #[response(lenient)]
    kind: Option<Kind>,
    #[response(lenient)]
    #[expect(clippy::option_option, reason = "an `Option` is a type like any other")]
    twice: Option<Option<u8>>,
    #[response(lenient)]
    session: Option<Session>,
    #[response(lenient)]
    unit: Option<()>,
}

/// `T` as serde reads it from JSON alone. A lenient field must not lose anything of it.
fn keeps<T: for<'de> Deserialize<'de> + PartialEq + std::fmt::Debug>(
    field: &str,
    json: &str,
    of: fn(&Lenient) -> &Option<T>,
) {
    let whole = format!("{{\"new\":0,\"{field}\":{json},\"text\":\"behind\"}}");
    let whole = if field == "text" { format!("{{\"text\":{json}}}") } else { whole };
    let read: Lenient = serde_json::from_str(&whole).unwrap();
    assert_eq!(*of(&read), serde_json::from_str::<Option<T>>(json).unwrap_or(None), "{whole}");
    if field != "text" {
        assert_eq!(read.text.as_deref(), Some("behind"), "{whole}");
    }
}

#[test]
fn a_lenient_field_keeps_only_what_serde_would_read() {
    let jsons = [
        "\"\"",
        "\"a\"",
        "\"unit\"",
        "7",
        "-7",
        "1.5",
        "1e300",
        "18446744073709551615",
        "true",
        "null",
        "[]",
        "[1.5,2]",
        "[\"a\"]",
        "{}",
        r#"{"a":1}"#,
        r#"{"a":"x"}"#,
        r#"{"tuple":[1,2]}"#,
        r#"{"tuple":[1]}"#,
        r#"{"fields":{"a":null}}"#,
        r#"{"session_id":"s","roles":null}"#,
        r#"{"a":[{"b":[1,{"c":null}]}]}"#,
        r#""\u00e9\n""#,
    ];
    for json in jsons {
        keeps("text", json, |read| &read.text);
        keeps("secret", json, |read| &read.secret);
        keeps("number", json, |read| &read.number);
        keeps("fraction", json, |read| &read.fraction);
        keeps("flag", json, |read| &read.flag);
        keeps("list", json, |read| &read.list);
        keeps("object", json, |read| &read.object);
        keeps("free", json, |read| &read.free);
        keeps("id", json, |read| &read.id);
        keeps("kind", json, |read| &read.kind);
        keeps("twice", json, |read| &read.twice);
        keeps("session", json, |read| &read.session);
        keeps("unit", json, |read| &read.unit);
    }
    let read: Lenient =
        serde_json::from_str(r#"{"text":"","number":7,"fraction":1.5,"list":[2.5]}"#).unwrap();
    assert_eq!(
        (read.text.as_deref(), read.number, read.fraction, read.list),
        (Some(""), Some(7), Some(1.5), Some(vec![2.5]))
    );
    assert!(serde_json::from_str::<Lenient>(r#"{"list":[1,}"#).is_err());
}

/// A struct with more fields than a machine word has bits.
macro_rules! wide {
    ($($name:ident)*) => {
        #[response]
        #[derive(Debug)]
        struct Wide { $(#[response(required)] $name: u16,)* }
        const WIDE: &[&str] = &[$(stringify!($name)),*];
        impl Wide { fn values(&self) -> Vec<u16> { vec![$(self.$name),*] } }
    };
}

wide! {
    a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 c0 c1 c2 c3 c4 c5 c6 c7 c8 c9 d0 d1 d2 d3 d4 d5 d6 d7 d8 d9
    e0 e1 e2 e3 e4 e5 e6 e7 e8 e9 f0 f1 f2 f3 f4 f5 f6 f7 f8 f9 g0 g1 g2 g3 g4 g5 g6 g7 g8 g9 h0 h1 h2 h3 h4 h5 h6 h7 h8 h9
    i0 i1 i2 i3 i4 i5 i6 i7 i8 i9 j0 j1 j2 j3 j4 j5 j6 j7 j8 j9 k0 k1 k2 k3 k4 k5 k6 k7 k8 k9 l0 l1 l2 l3 l4 l5 l6 l7 l8 l9
    m0 m1 m2 m3 m4 m5 m6 m7 m8 m9 n0 n1 n2 n3 n4 n5 n6 n7 n8 n9
}

#[test]
fn a_struct_may_have_any_number_of_fields() {
    let pair = |(number, name): (usize, &&str)| format!("\"{name}\":{number}");
    let mut pairs: Vec<String> = WIDE.iter().enumerate().map(pair).collect();
    pairs.reverse();
    let object = |pairs: &[String]| format!("{{{}}}", pairs.join(","));
    let read: Wide = serde_json::from_str(&object(&pairs)).unwrap();
    assert!(read.values().iter().enumerate().all(|(number, value)| number == usize::from(*value)));
    for number in 0..pairs.len() {
        let name = WIDE[pairs.len() - 1 - number];
        let mut less = pairs.clone();
        let dropped = less.remove(number);
        assert!(error::<Wide>(&object(&less)).starts_with(&format!("missing field `{name}` at")), "{name}");
        less.extend([dropped.clone(), dropped]);
        assert!(error::<Wide>(&object(&less)).starts_with(&format!("duplicate field `{name}`")), "{name}");
    }
}
