use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::*;

fn values(value: impl Serialize) -> Result<Vec<String>, TextError> {
    let mut texts = Vec::new();
    value.serialize(TextSerializer::values(
        "name",
        Style::Repeat { no_map: "no map" },
        &mut |name, text| {
            assert_eq!(name, "name");
            texts.push(text.to_owned());
            Ok(())
        },
    ))?;
    Ok(texts)
}

fn one(value: impl Serialize) -> Result<Vec<String>, TextError> {
    let mut texts = Vec::new();
    value.serialize(TextSerializer::one("name", "a path", &mut |_, text| {
        texts.push(text.to_owned());
        Ok(())
    }))?;
    Ok(texts)
}

fn entries(value: impl Serialize) -> Result<Vec<String>, TextError> {
    let mut texts = Vec::new();
    value.serialize(TextSerializer::entries(
        Style::Repeat { no_map: "a map in a map" },
        &mut |name, text| {
            texts.push(format!("{name}={text}"));
            Ok(())
        },
    ))?;
    Ok(texts)
}

#[derive(Serialize)]
struct Unit;

#[derive(Serialize)]
struct Newtype<T>(T);

#[derive(Serialize)]
struct Fields {
    a: u8,
    b: Option<u8>,
}

#[derive(Serialize)]
enum Choice {
    Unit,
    Newtype(u8),
    Tuple(u8, u8),
    Struct { a: u8 },
}

struct Displayed(&'static str);

impl Serialize for Displayed {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self.0)
    }
}

struct Bytes;

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(b"ab")
    }
}

/// A scalar has the same string alone, in a list, as a value of a map and as a key.
#[test]
fn scalars_have_the_same_text_everywhere() {
    fn check(value: &impl Serialize, text: &str) {
        assert_eq!(values(value).unwrap(), [text]);
        assert_eq!(one(value).unwrap(), [text]);
        assert_eq!(one(Some(Newtype(value))).unwrap(), [text]);
        assert_eq!(values([value, value].as_slice()).unwrap(), [text, text]);
        assert_eq!(entries(BTreeMap::from([("k", value)])).unwrap(), [format!("k={text}")]);
        assert_eq!(entries(Pair(value)).unwrap(), [format!("{text}=1")]);
        assert!(entries(value).unwrap_err().to_string().contains("`flatten` takes a map"), "{text}");
    }

    struct Pair<T>(T);

    impl<T: Serialize> Serialize for Pair<T> {
        fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
            to.collect_map([(&self.0, 1)])
        }
    }

    check(&true, "true");
    check(&'é', "é");
    check(&"", "");
    check(&"a b", "a b");
    check(&0.1_f32, "0.1");
    check(&1.0_f64, "1.0");
    check(&-0.0_f64, "-0.0");
    check(&i128::MIN, &i128::MIN.to_string());
    check(&u64::MAX, &u64::MAX.to_string());
    check(&json!(12), "12");
    check(&json!(-0.5), "-0.5");
    check(&serde_json::Number::from(7), "7");
    check(&Displayed("shown"), "shown");
    let long = "long ".repeat(20);
    check(&Displayed(Box::leak(long.clone().into_boxed_str())), &long);
}

/// Floats are written as in JSON, even very large and very small ones.
#[test]
fn floats_are_json() {
    for float in [0.0, 1.5, 1e15, 1e16, 1e21, 1e-7, 123_456_789.125, f64::MAX, f64::MIN_POSITIVE, -5e-324] {
        assert_eq!(values(float).unwrap(), [serde_json::to_string(&float).unwrap()]);
    }
    for float in [1.1_f32, f32::MIN_POSITIVE, 16_777_216.0] {
        assert_eq!(values(float).unwrap(), [serde_json::to_string(&float).unwrap()]);
    }
    for error in [
        values(f64::NAN).unwrap_err(),
        values(f32::INFINITY).unwrap_err(),
        one(f64::NEG_INFINITY).unwrap_err(),
        entries(BTreeMap::from([("k", f32::NAN)])).unwrap_err(),
    ] {
        assert!(error.to_string().contains("NaN and infinite numbers"), "{error}");
    }
}

#[test]
fn empty_values_have_no_text() {
    assert_eq!(values(None::<u8>).unwrap(), [""; 0]);
    assert_eq!(values([0_u8; 0].as_slice()).unwrap(), [""; 0]);
    assert_eq!(entries(None::<Fields>).unwrap(), [""; 0]);
    assert_eq!(entries(()).unwrap(), [""; 0]);
    assert_eq!(entries(Unit).unwrap(), [""; 0]);
    assert_eq!(entries(Value::Null).unwrap(), [""; 0]);
    assert_eq!(entries(BTreeMap::<u8, u8>::new()).unwrap(), [""; 0]);
}

#[test]
fn entries_are_pairs() {
    let map = BTreeMap::from([("a", vec![1, 2]), ("b", vec![])]);
    assert_eq!(entries(map).unwrap(), ["a=1", "a=2"]);
    assert_eq!(entries(Newtype(Some(Fields { a: 1, b: None }))).unwrap(), ["a=1"]);
    assert_eq!(entries(Fields { a: 1, b: Some(2) }).unwrap(), ["a=1", "b=2"]);
    assert_eq!(entries(Choice::Newtype(3)).unwrap(), ["Newtype=3"]);
    assert_eq!(entries(json!({"a": [1, "x", true], "b": 0.5})).unwrap(), ["a=1", "a=x", "a=true", "b=0.5"]);
}

/// A value that cannot be written as text is an error. It is never left out silently.
#[test]
fn other_values_are_rejected() {
    fn is_error(outcome: Result<Vec<String>, TextError>, reason: &str) {
        let error = outcome.unwrap_err().to_string();
        assert!(error.contains(reason), "{error} has no {reason}");
    }

    fn rejected_everywhere(value: &impl Serialize, reason: &str) {
        is_error(values(value), reason);
        is_error(one(value), reason);
        is_error(values([value].as_slice()), reason);
        is_error(entries(BTreeMap::from([("k", value)])), reason);
    }

    rejected_everywhere(&(), "`()` or null");
    rejected_everywhere(&Value::Null, "`()` or null");
    rejected_everywhere(&Unit, "a struct without fields");
    rejected_everywhere(&(1, 2), "a tuple");
    rejected_everywhere(&[1, 2], "a tuple");
    rejected_everywhere(&Bytes, "a byte string");
    rejected_everywhere(&Choice::Newtype(1), "an enum variant with a value");
    rejected_everywhere(&Choice::Tuple(1, 2), "an enum variant with values");
    rejected_everywhere(&Choice::Struct { a: 1 }, "an enum variant with fields");
    is_error(values(vec![vec![1], vec![2, 3]]), "a list in a list");
    is_error(values(vec![Some(1), None]), "`None` in a list");
    is_error(values(vec![Fields { a: 1, b: None }]), "no map");
    is_error(values(Fields { a: 1, b: None }), "no map");
    is_error(values(BTreeMap::<u8, u8>::new()), "no map");
    is_error(one(vec![1]), "a list in a path");
    is_error(one(vec![0; 0]), "a list in a path");
    is_error(one(BTreeMap::from([(1, 2)])), "a map in a path");
    is_error(one(Fields { a: 1, b: None }), "a map in a path");
    is_error(one(None::<u8>), "`None` in a path");
    is_error(entries(Choice::Unit), "an enum variant without a value");
    is_error(entries(Choice::Tuple(1, 2)), "an enum variant with values");
    is_error(entries(Choice::Struct { a: 1 }), "an enum variant with fields");
    is_error(entries("Unit"), "`flatten` takes a map");
    is_error(entries(vec![BTreeMap::from([(1, 2)])]), "`flatten` takes a map");
    is_error(entries(BTreeMap::from([("a", BTreeMap::from([(1, 2)]))])), "a map in a map");
    is_error(entries(BTreeMap::from([("a", vec![Some(1), None])])), "`None` in a list");
    is_error(entries(BTreeMap::from([(vec![1], 2)])), "a list in a map key");
    is_error(entries(BTreeMap::from([(None::<u8>, 2)])), "`None` in a map key");
    is_error(entries(BTreeMap::from([((), 2)])), "`()` or null");
}

fn styled(style: Style, value: impl Serialize) -> Result<String, TextError> {
    let mut pairs = Vec::new();
    value.serialize(TextSerializer::values("a", style, &mut |name, text| {
        pairs.push(format!("{name}={text}"));
        Ok(())
    }))?;
    Ok(pairs.join("&"))
}

/// A scalar and a list of scalars are the same in all styles except for the name.
#[test]
fn lists_have_brackets() {
    for style in [Style::Brackets, Style::Deep] {
        assert_eq!(styled(style, "x").unwrap(), "a=x");
        assert_eq!(styled(style, None::<u8>).unwrap(), "");
        assert_eq!(styled(style, [0_u8; 0].as_slice()).unwrap(), "");
        assert_eq!(styled(style, json!({})).unwrap(), "");
    }
    assert_eq!(styled(Style::Brackets, vec![1, 2]).unwrap(), "a[]=1&a[]=2");
    assert_eq!(styled(Style::Brackets, (1, "x")).unwrap(), "a[]=1&a[]=x");
    assert_eq!(styled(Style::Deep, vec![1, 2]).unwrap(), "a[0]=1&a[1]=2");
    assert_eq!(styled(Style::Deep, [[1, 2], [3, 4]]).unwrap(), "a[0][0]=1&a[0][1]=2&a[1][0]=3&a[1][1]=4");
}

#[test]
fn keys_are_in_brackets() {
    let value = json!({"b": {"c": 1, "d": ["x", "y"]}, "e": true});
    assert_eq!(styled(Style::Brackets, &value).unwrap(), "a[b][c]=1&a[b][d][]=x&a[b][d][]=y&a[e]=true");
    assert_eq!(styled(Style::Deep, &value).unwrap(), "a[b][c]=1&a[b][d][0]=x&a[b][d][1]=y&a[e]=true");
    let list = json!([{"b": 1, "c": 2}, {"b": 3}]);
    assert_eq!(styled(Style::Deep, list).unwrap(), "a[0][b]=1&a[0][c]=2&a[1][b]=3");
    assert_eq!(styled(Style::Deep, Fields { a: 1, b: None }).unwrap(), "a[a]=1");
    assert_eq!(styled(Style::Deep, Newtype(Some(0.5))).unwrap(), "a=0.5");
    assert_eq!(styled(Style::Deep, Choice::Unit).unwrap(), "a=Unit");
    assert_eq!(styled(Style::Deep, Choice::Newtype(1)).unwrap(), "a[Newtype]=1");
    assert_eq!(styled(Style::Deep, Choice::Tuple(1, 2)).unwrap(), "a[Tuple][0]=1&a[Tuple][1]=2");
    assert_eq!(styled(Style::Deep, Choice::Struct { a: 1 }).unwrap(), "a[Struct][a]=1");
}

/// Rejects keys and lists that a server would misread or not see.
#[test]
fn values_that_brackets_cannot_represent_are_rejected() {
    for (style, value, reason) in [
        (Style::Brackets, json!([[1]]), "a list in a list"),
        (Style::Brackets, json!([{"b": 1}]), "a map in a list"),
        (Style::Deep, json!([1, []]), "gap in the numbers"),
        (Style::Deep, json!([{}, 1]), "gap in the numbers"),
        (Style::Deep, json!({"b": null}), "`()` or null"),
        (Style::Deep, json!({"b]": 1}), "misread the key"),
        (Style::Brackets, json!({"": 1}), "misread the key"),
    ] {
        let error = styled(style, &value).unwrap_err().to_string();
        assert!(error.contains(reason), "{value}: {error}");
    }
    let hole = styled(Style::Deep, vec![Some(1), None]).unwrap_err().to_string();
    assert!(hole.contains("gap in the numbers"), "{hole}");
}
