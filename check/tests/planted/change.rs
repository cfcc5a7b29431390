//! Changes of the matching document, and its conversion to OpenAPI 3.0.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

/// Changes of the document, by JSON pointers, in this order.
#[derive(Debug, Deserialize)]
pub struct Case {
    /// Renames a value.
    #[serde(default)]
    rename: BTreeMap<String, String>,
    /// Removes a value.
    #[serde(default)]
    remove: Vec<String>,
    /// Replaces or adds a value.
    #[serde(default)]
    set: BTreeMap<String, Value>,
}

impl Case {
    /// Reads a case.
    ///
    /// # Panics
    ///
    /// Panics if the value is not a case.
    pub fn of(changes: Value) -> Self {
        serde_json::from_value(changes).expect("a case")
    }

    /// Returns the text of the document after the changes, as OpenAPI 3.1 or 3.0.
    ///
    /// # Panics
    ///
    /// Panics if a pointer does not lead to a value.
    pub fn document(self, is_3_1: bool) -> String {
        let mut document: Value = serde_json::from_str(include_str!("hub.json")).expect("JSON");
        for (pointer, name) in self.rename {
            let value = take(&mut document, &pointer);
            let (parent, _) = pointer.rsplit_once('/').expect("a pointer");
            document.pointer_mut(parent).expect("a value")[name] = value;
        }
        for pointer in self.remove {
            take(&mut document, &pointer);
        }
        for (pointer, value) in self.set {
            put(&mut document, &pointer, value);
        }
        if !is_3_1 {
            document = older(document);
            document["openapi"] = "3.0.3".into();
        }
        document.to_string()
    }
}

fn parent<'v>(document: &'v mut Value, pointer: &str) -> (&'v mut Value, String) {
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
    let parent = document.pointer_mut(parent).unwrap_or_else(|| panic!("there is no parent of {pointer}"));
    (parent, name.replace("~1", "/"))
}

fn take(document: &mut Value, pointer: &str) -> Value {
    let taken = match parent(document, pointer) {
        (Value::Object(fields), name) => fields.remove(&name),
        (Value::Array(items), index) => Some(items.remove(index.parse().expect("an index"))),
        _ => None,
    };
    taken.unwrap_or_else(|| panic!("there is no value at {pointer}"))
}

fn put(document: &mut Value, pointer: &str, value: Value) {
    match parent(document, pointer) {
        (Value::Array(items), index) if index == items.len().to_string() => items.push(value),
        (Value::Array(items), index) => items[index.parse::<usize>().expect("an index")] = value,
        (fields, name) => fields[name] = value,
    }
}

/// Converts a value to OpenAPI 3.0.
fn older(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(older).collect(),
        Value::Object(fields) => {
            let mut written: Map<String, Value> =
                fields.into_iter().map(|(name, value)| (name, older(value))).collect();
            if let Some(Value::Array(types)) = written.get("type").cloned() {
                assert_eq!(types[1], "null");
                written.insert("type".into(), types[0].clone());
                written.insert("nullable".into(), true.into());
            }
            if let Some(value) = written.remove("const") {
                written.insert("enum".into(), json!([value]));
            }
            // 3.0 has no type `null`.
            let null = json!({"type": "null"});
            if let Some(Value::Array(alternatives)) = written.get_mut("oneOf")
                && alternatives.contains(&null)
            {
                alternatives.retain(|one| *one != null);
                written.insert("nullable".into(), true.into());
            }
            Value::Object(written)
        }
        value => value,
    }
}
