//! The fields of one record of an export.

use serde_json::{Map, Value};

/// Fields by their names. Each can be taken once. The fields that are left at the end are lost.
#[derive(Debug)]
pub(crate) struct Fields(Map<String, Value>);

impl Fields {
    pub(crate) fn new(fields: Map<String, Value>) -> Self {
        Self(fields)
    }

    /// Takes a value of any type; `None` for a null.
    pub(crate) fn take(&mut self, name: &str) -> Option<Value> {
        self.0.remove(name).filter(|value| !value.is_null())
    }

    /// Takes a string that is not empty. Numbers are converted to strings, because ids can be both.
    pub(super) fn string(&mut self, name: &str) -> Option<String> {
        match self.take(name)? {
            Value::String(text) => Some(text),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
        .filter(|text| !text.is_empty())
    }

    /// Takes a boolean in the form of JSON or of a database.
    pub(super) fn boolean(&mut self, name: &str) -> Option<bool> {
        match self.take(name)? {
            Value::Bool(is) => Some(is),
            Value::Number(number) => Some(number.as_f64() != Some(0.0)),
            Value::String(text) if text.is_empty() => None,
            Value::String(text) => {
                Some(!["false", "f", "0", "no", "n"].contains(&text.to_lowercase().as_str()))
            }
            _ => None,
        }
    }

    /// Takes an integer.
    pub(super) fn number(&mut self, name: &str) -> Option<u64> {
        match self.take(name)? {
            Value::Number(number) => number.as_u64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// Takes an object, or a string with the JSON of an object.
    pub(super) fn object(&mut self, name: &str) -> Option<Map<String, Value>> {
        match self.take(name)? {
            Value::Object(object) => Some(object),
            Value::String(text) => serde_json::from_str(&text).ok(),
            _ => None,
        }
    }

    /// Takes the fields of an object inside this record.
    pub(super) fn inside(&mut self, name: &str) -> Option<Self> {
        self.object(name).map(Self)
    }

    /// Takes the elements of a list.
    pub(super) fn list(&mut self, name: &str) -> Vec<Value> {
        match self.take(name) {
            Some(Value::Array(list)) => list,
            _ => Vec::new(),
        }
    }

    /// Removes fields without information about the user.
    pub(super) fn drop(&mut self, names: &[&str]) {
        for name in names {
            self.0.remove(*name);
        }
    }

    /// Returns the names of the remaining fields that have a value.
    pub(crate) fn left(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter(|(_, value)| !is_without_value(value)).map(|(name, _)| name.as_str())
    }

    /// Adds the remaining fields of an object inside the record, with the name of the object in front.
    pub(super) fn put_back(&mut self, name: &str, rest: &Self) {
        for left in rest.left() {
            self.0.insert(format!("{name}.{left}"), Value::Bool(true));
        }
    }
}

/// Whether a value is null or empty.
fn is_without_value(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(object) => object.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}
