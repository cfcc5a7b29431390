//! The fields of one record of an export.

use serde_json::{Map, Value};

/// Fields by their names. Each is taken once; what is left at the end is lost.
#[derive(Debug)]
pub(crate) struct Fields(Map<String, Value>);

impl Fields {
    pub(crate) fn new(fields: Map<String, Value>) -> Self {
        Self(fields)
    }

    /// A value of any type; none for a null.
    pub(crate) fn take(&mut self, name: &str) -> Option<Value> {
        self.0.remove(name).filter(|value| !value.is_null())
    }

    /// A string that is not empty; numbers are strings too, because ids are either.
    pub(super) fn string(&mut self, name: &str) -> Option<String> {
        match self.take(name)? {
            Value::String(text) => Some(text),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
        .filter(|text| !text.is_empty())
    }

    /// A boolean, as JSON or as a database writes it.
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

    /// A whole number.
    pub(super) fn number(&mut self, name: &str) -> Option<u64> {
        match self.take(name)? {
            Value::Number(number) => number.as_u64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// An object, or the text of one.
    pub(super) fn object(&mut self, name: &str) -> Option<Map<String, Value>> {
        match self.take(name)? {
            Value::Object(object) => Some(object),
            Value::String(text) => serde_json::from_str(&text).ok(),
            _ => None,
        }
    }

    /// The fields of an object inside of this record.
    pub(super) fn inside(&mut self, name: &str) -> Option<Self> {
        self.object(name).map(Self)
    }

    /// The elements of a list.
    pub(super) fn list(&mut self, name: &str) -> Vec<Value> {
        match self.take(name) {
            Some(Value::Array(list)) => list,
            _ => Vec::new(),
        }
    }

    /// Takes fields that say nothing about the user.
    pub(super) fn drop(&mut self, names: &[&str]) {
        for name in names {
            self.0.remove(*name);
        }
    }

    /// What is left: the names of the fields that have a value.
    pub(crate) fn left(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter(|(_, value)| !is_nothing(value)).map(|(name, _)| name.as_str())
    }

    /// What is left of an object inside of the record is lost with its name in front.
    pub(super) fn put_back(&mut self, name: &str, rest: &Self) {
        for left in rest.left() {
            self.0.insert(format!("{name}.{left}"), Value::Bool(true));
        }
    }
}

/// A value that says nothing: a null, and what is empty.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(object) => object.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}
