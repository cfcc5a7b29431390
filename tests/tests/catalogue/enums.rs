//! The open enums: the values of the facts, with one enum for each list of values.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;
use stytch_client_tests::calls;
use stytch_client_tests::facts::Operation;
use stytch_client_tests::files::with_extension;

/// Enums for values that are strings in the facts, because the documentation lists them.
const OF_STRINGS: [&str; 4] = ["AuthenticatorType", "Pbkdf2Algorithm", "StrengthPolicy", "UserStatus"];

/// Returns the values of every enum in the source code of the client.
fn declared() -> BTreeMap<String, BTreeSet<String>> {
    let mut enums = BTreeMap::new();
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../client/src");
    for (_, source) in with_extension(&sources, "rs") {
        for item in source.split("open_enum! {").skip(1) {
            let (item, _) = item.split_once("\n}").unwrap();
            let name = item.split_once("pub enum ").unwrap().1.split_once(' ').unwrap().0;
            let values = item.lines().filter_map(|line| line.split_once(" = \""));
            let values = values.map(|(_, value)| value.trim_end_matches("\",").to_owned());
            assert!(enums.insert(name.to_owned(), values.collect()).is_none(), "{name} is declared twice");
        }
    }
    enums
}

/// Returns the lists of values in the facts.
fn documented() -> BTreeSet<BTreeSet<String>> {
    let mut lists = BTreeSet::new();
    for operation in Operation::all() {
        for field in [operation.argument_fields(), operation.response_fields()].concat() {
            if field.ty.starts_with("enum ") {
                lists.insert(operation.values(field.ty).into_iter().map(str::to_owned).collect());
            }
        }
    }
    lists
}

#[test]
fn each_list_of_values_has_one_enum() {
    let (declared, documented) = (declared(), documented());
    let mut of_facts = BTreeSet::new();
    for (name, values) in &declared {
        if documented.contains(values) {
            assert!(of_facts.insert(values.clone()), "{name} has the values of another enum");
        } else {
            let is_of_strings = OF_STRINGS.contains(&name.as_str());
            assert!(is_of_strings, "{name} has values that the facts do not list: {values:?}");
        }
    }
    let missing: Vec<_> = documented.difference(&of_facts).collect();
    assert!(missing.is_empty(), "declare an `open_enum!` for each of these lists: {missing:#?}");
    assert!(documented.len() >= 16, "{documented:#?}");
}

/// Every documented value is known, and any other value is kept, in requests and in responses.
#[test]
fn values_are_known_and_sent_unchanged() {
    // A type of several responses is read by the same code in each of them.
    let mut seen = BTreeSet::new();
    for call in calls::all() {
        let operation = Operation::of(call.info);
        for field in operation.argument_fields() {
            let shown = |value: &str| {
                let mut arguments = Value::Object(call.arguments().clone());
                *arguments.pointer_mut(&field.pointer).unwrap() = value.into();
                call.shown_with(arguments.as_object().unwrap().clone()).unwrap()
            };
            if field.ty.starts_with("enum ") {
                for value in operation.values(field.ty) {
                    assert!(!shown(value).contains("Other("), "{call:?} {}: {value}", field.name);
                }
                assert!(shown("made_up").contains("Other(\"made_up\")"), "{call:?} {}", field.name);
            }
        }
        for field in operation.response_fields() {
            let read = |value: &str| {
                let mut response = operation.made_response();
                *response.pointer_mut(&field.pointer).unwrap() = value.into();
                call.read(&response.to_string()).unwrap()
            };
            if field.ty.starts_with("enum ") && seen.insert(format!("{}.{}", field.owner, field.name)) {
                for value in operation.values(field.ty) {
                    let read = read(value);
                    assert!(
                        !read.shown.contains(&format!("Other(\"{value}\")")),
                        "{call:?} {}: {value}",
                        field.name
                    );
                    assert_eq!(read.json.pointer(&field.pointer).unwrap(), value, "{call:?} {}", field.name);
                }
                assert!(read("made_up").shown.contains("Other(\"made_up\")"), "{call:?} {}", field.name);
            }
        }
    }
}
