//! For any input, the macro reads the same as serde's derive with the same tolerance.

use std::collections::BTreeMap;

use declapi::response;
use proptest::prelude::*;
use serde::{Deserialize, Deserializer, Serialize};

/// Null and missing values become the default.
fn null_too<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(from: D) -> Result<T, D::Error> {
    Option::deserialize(from).map(Option::unwrap_or_default)
}

/// Declares a struct with each derive, in separate modules.
macro_rules! both {
    ($name:ident, $ours:ident, $serdes:ident
     { $($field:ident: $type:ty,)* } required { $($required:ident: $required_type:ty,)* } then { $($more:tt)* }) => {
        mod $ours {
            use super::*;

            #[response]
            #[derive(Debug, PartialEq)]
            pub(super) struct $name {
                $($field: $type,)*
                $(#[response(required)] $required: $required_type,)*
                $($more)*
            }
        }

        mod $serdes {
            use super::*;

            #[derive(Debug, PartialEq, Deserialize, Serialize)]
            pub(super) struct $name {
                $(#[serde(default, deserialize_with = "null_too")] $field: $type,)*
                $($required: $required_type,)*
                $($more)*
            }
        }
    };
}

both! {
    Plain, plain_by_us, plain_by_serde
    { a: u8, b: String, c: Vec<Option<u8>>, d: BTreeMap<String, u8>, e: bool, f: f64, }
    required { r: Vec<u8>, }
    then { o: Option<u8>, #[serde(rename = "q", alias = "z")] p: Option<String>, }
}

both! {
    Flat, flat_by_us, flat_by_serde
    { a: u8, b: String, }
    required { r: u8, }
    then { #[serde(flatten)] rest: BTreeMap<String, serde_json::Value>, }
}

fn any_value() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|value| value.to_string()),
        (-3..300_i32).prop_map(|value| value.to_string()),
        Just("1.5".to_owned()),
        "[a-c]{0,2}".prop_map(|text| format!("\"{text}\"")),
        prop::collection::vec(0..3_u8, 0..3).prop_map(|list| format!("{list:?}")),
        Just("[null,1]".to_owned()),
        Just("{}".to_owned()),
        Just("{\"a\":1}".to_owned()),
        Just("{\"a\":".to_owned()),
    ]
}

/// An object with known and unknown names, some of them twice.
fn any_object() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec!["a", "b", "c", "d", "e", "f", "r", "o", "q", "z", "new", "A", ""]);
    let entries = prop::collection::vec((name, any_value()), 0..8);
    let entry = |(name, value): (&str, String)| format!("\"{name}\":{value}");
    entries.prop_map(move |entries| {
        format!("{{{}}}", entries.into_iter().map(entry).collect::<Vec<_>>().join(","))
    })
}

/// Returns the value that was read, written again, or the error.
fn outcome<T: for<'de> Deserialize<'de> + Serialize>(json: &str) -> Result<serde_json::Value, String> {
    let read: T = serde_json::from_str(json).map_err(|error| error.to_string())?;
    // serde's derive writes unset fields.
    let mut written = serde_json::to_value(&read).map_err(|error| error.to_string())?;
    if let Some(fields) = written.as_object_mut() {
        fields.retain(|name, value| !(value.is_null() && ["o", "q"].contains(&name.as_str())));
    }
    Ok(written)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 4000, ..ProptestConfig::default() })]

    #[test]
    fn a_struct_is_read_as_serde_reads_it(json in any_object()) {
        prop_assert_eq!(outcome::<plain_by_us::Plain>(&json), outcome::<plain_by_serde::Plain>(&json), "{}", json);
    }

    #[test]
    fn a_flattened_struct_is_read_as_serde_reads_it(json in any_object()) {
        prop_assert_eq!(outcome::<flat_by_us::Flat>(&json), outcome::<flat_by_serde::Flat>(&json), "{}", json);
    }
}
