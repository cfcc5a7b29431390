//! Checked parameters, read by name.

use serde_json::{Map, Value};

use crate::api_error::ApiError;

/// The parameters of a request after the check. Each has the declared type, and none is null.
#[derive(Default)]
pub(crate) struct Parameters {
    values: Map<String, Value>,
}

impl Parameters {
    pub(super) fn new(values: Map<String, Value>) -> Self {
        Self { values }
    }

    pub(super) fn into_value(self) -> Value {
        Value::Object(self.values)
    }

    /// Adds a parameter that does not come from the checked body or query.
    pub(crate) fn insert(&mut self, name: &str, value: impl Into<Value>) {
        self.values.insert(name.to_owned(), value.into());
    }

    /// Returns a required string.
    ///
    /// # Errors
    ///
    /// `bad_request` if it is missing; the check has rejected that before.
    pub(crate) fn required(&self, name: &str) -> Result<&str, ApiError> {
        self.string(name).ok_or_else(|| ApiError::parameter(name, "is required."))
    }

    /// Returns the names of all parameters.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(String::as_str)
    }

    pub(crate) fn value(&self, name: &str) -> Option<&Value> {
        self.values.get(name)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    pub(crate) fn string(&self, name: &str) -> Option<&str> {
        self.values.get(name)?.as_str()
    }

    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        self.values.get(name)?.as_i64()
    }

    pub(crate) fn bool(&self, name: &str) -> Option<bool> {
        self.values.get(name)?.as_bool()
    }

    pub(crate) fn map(&self, name: &str) -> Option<&Map<String, Value>> {
        self.values.get(name)?.as_object()
    }

    pub(crate) fn strings(&self, name: &str) -> Option<Vec<String>> {
        let items = self.values.get(name)?.as_array()?;
        Some(items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect())
    }

    pub(crate) fn list(&self, name: &str) -> Option<&Vec<Value>> {
        self.values.get(name)?.as_array()
    }

    /// Returns the items of a list of objects; none if it is absent.
    pub(crate) fn objects(&self, name: &str) -> Vec<Self> {
        let items = self.list(name);
        let objects = items.into_iter().flatten().filter_map(Value::as_object);
        objects.map(|values| Self::new(values.clone())).collect()
    }

    pub(crate) fn object(&self, name: &str) -> Option<Self> {
        self.map(name).map(|values| Self::new(values.clone()))
    }
}
