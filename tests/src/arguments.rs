//! The arguments of a call as JSON gives them, taken out one by one.

use std::thread::panicking;

use serde_json::Value;
use stytch_client::JsonObject;

/// Arguments that have not been taken yet. Dropping them while there are any is a panic: a parameter that is given and
/// that no call takes must not pass for one that was sent.
#[derive(Debug)]
pub struct Arguments(JsonObject);

impl Arguments {
    /// The members of an object.
    pub fn new(arguments: Value) -> Self {
        match arguments {
            Value::Object(members) => Self(members),
            other => panic!("arguments are an object, not {other}"),
        }
    }

    /// An argument that the call cannot do without.
    pub fn required(&mut self, name: &str) -> String {
        self.text(name).unwrap_or_else(|| panic!("`{name}` is not given"))
    }

    /// A text that may be left out.
    pub fn text(&mut self, name: &str) -> Option<String> {
        self.take(name, |value| value.as_str().map(str::to_owned))
    }

    /// A number that may be left out.
    pub fn number(&mut self, name: &str) -> Option<u32> {
        self.take(name, |value| value.as_u64().and_then(|number| number.try_into().ok()))
    }

    /// A number that the call cannot do without.
    pub fn required_number(&mut self, name: &str) -> u32 {
        self.number(name).unwrap_or_else(|| panic!("`{name}` is not given"))
    }

    /// Yes or no, or left out.
    pub fn flag(&mut self, name: &str) -> Option<bool> {
        self.take(name, Value::as_bool)
    }

    /// An object whose members nobody knows, or left out.
    pub fn map(&mut self, name: &str) -> Option<JsonObject> {
        self.take(name, |value| value.as_object().cloned())
    }

    /// A list of texts that may be left out.
    pub fn texts(&mut self, name: &str) -> Option<Vec<String>> {
        self.take(name, |value| {
            value.as_array()?.iter().map(|item| item.as_str().map(str::to_owned)).collect()
        })
    }

    /// An argument that is an object with parameters of its own.
    pub fn object<T>(&mut self, name: &str, build: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.map(name).map(|members| build(&mut Self(members)))
    }

    fn take<T>(&mut self, name: &str, read: impl FnOnce(&Value) -> Option<T>) -> Option<T> {
        let value = self.0.remove(name)?;
        // It may be a password, and is not shown.
        Some(read(&value).unwrap_or_else(|| panic!("the client has no way to send this `{name}`")))
    }
}

impl Drop for Arguments {
    fn drop(&mut self) {
        let left: Vec<_> = self.0.keys().collect();
        assert!(left.is_empty() || panicking(), "no call takes {left:?}");
    }
}
