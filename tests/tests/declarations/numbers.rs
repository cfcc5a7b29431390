//! Numbers in paths, queries and headers, which are written as in JSON.

use std::collections::BTreeMap;

use declapi::{Endpoint, endpoint};
use serde::Serialize;
use serde_json::{Number, Value, json};

use crate::{rejected, sent};

#[endpoint(post = "/at/{at}", response = ())]
struct Numbers<T: Serialize + Clone> {
    at: T,
    #[endpoint(query)]
    asked: Option<T>,
    #[endpoint(query)]
    listed: Vec<T>,
    #[endpoint(query)]
    #[serde(flatten)]
    more: BTreeMap<String, T>,
    #[endpoint(header = "x-number")]
    header: T,
    sent: T,
}

fn everywhere<T: Serialize + Clone>(value: &T) -> Numbers<T> {
    let (at, header, sent) = (value.clone(), value.clone(), value.clone());
    let more = BTreeMap::from([("more".to_owned(), value.clone())]);
    Numbers { at, asked: Some(value.clone()), listed: vec![value.clone()], more, header, sent }
}

/// A number has the same notation in every location, and in the body.
fn is_json<T: Serialize + Clone>(value: &T) {
    let text = serde_json::to_string(value).unwrap();
    let encoded = text.replace('+', "%2B");
    let numbers = everywhere(value);
    let line = format!("POST /at/{encoded}?asked={encoded}&listed={encoded}&more={encoded}");
    assert_eq!(sent(&numbers), format!(r#"{line} {{"sent":{text}}}"#));
    let request = numbers.request().unwrap();
    assert_eq!(request.headers().next().unwrap().1, text.as_str());
}

#[test]
fn integers() {
    is_json(&0_u8);
    is_json(&i64::MIN);
    is_json(&u64::MAX);
    is_json(&i128::MIN);
    is_json(&u128::MAX);
}

#[test]
fn floats() {
    for float in [0.0, -0.0, 1.0, 0.5, 1e15, 1e16, 1e21, 1e300, 1e-7, 123_456_789.125, f64::MAX, -5e-324] {
        is_json(&float);
    }
    for float in [0.1_f32, 1.0, 16_777_216.0, f32::MAX, f32::MIN_POSITIVE] {
        is_json(&float);
    }
    assert!(sent(&ByWeight { weight: 1e300 }).len() < "GET /weights/".len() + 10);
}

#[endpoint(get = "/weights/{weight}", response = ())]
struct ByWeight {
    weight: f64,
}

/// These types are structs if a crate of the program enables `arbitrary_precision`.
#[test]
fn numbers_of_serde_json() {
    for text in ["0", "7", "-7", "18446744073709551615", "0.5", "-1.25e-9"] {
        is_json(&text.parse::<Number>().unwrap());
        is_json(&serde_json::from_str::<Value>(text).unwrap());
    }
    is_json(&json!(u64::MAX));
    is_json(&json!(0.1));
    is_json(&Number::from(i64::MIN));
}

#[test]
fn floats_that_json_cannot_represent() {
    for float in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let error = rejected(&ByWeight { weight: float });
        assert!(error.contains("`weight`") && error.contains("NaN and infinite numbers"), "{error}");
        let error = rejected(&everywhere(&Some(float)));
        assert!(error.contains("NaN and infinite numbers"), "{error}");
    }
}
