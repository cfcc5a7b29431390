//! The parameters of one line by their names, before they become a request.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use stytch_client::passwords::HashType;

use super::parameters::{self, Kind, Parameter};
use super::written::{Null, Written};
use crate::encoding::Encoding;
use crate::problem::Problem;

/// The values of the input, and the problems that were found so far.
pub(super) struct Values<'a> {
    written: &'a Written,
    fields: Map<String, Value>,
    /// The parameters that the record has set.
    given: BTreeSet<&'static str>,
    pub(super) problems: Vec<Problem>,
    /// The strings that were read as no value by default, and the parameters that had them.
    pub(super) nulls: Vec<(String, String)>,
}

impl<'a> Values<'a> {
    pub(super) fn new(written: &'a Written) -> Self {
        Self { written, fields: Map::new(), given: BTreeSet::new(), problems: Vec::new(), nulls: Vec::new() }
    }

    /// Allows the next values to replace the ones so far.
    pub(super) fn replaceable(mut self) -> Self {
        self.given.clear();
        self
    }

    /// Whether a string means "no value".
    pub(super) fn is_null(&mut self, parameter: &'static Parameter, text: &[u8]) -> bool {
        let null = self.written.null(text);
        if null == Null::Assumed {
            self.nulls.push((String::from_utf8_lossy(text).into_owned(), parameter.name.to_owned()));
        }
        null != Null::No
    }

    /// Takes a value. A null is no value. The fields of a group are checked by name. A second value for a parameter is a
    /// problem, because nothing says which of the two is right.
    pub(super) fn set(&mut self, parameter: &'static Parameter, value: Value) {
        match (parameter.kind, value) {
            (_, Value::Null) => {}
            (_, Value::String(text)) if self.is_null(parameter, text.as_bytes()) => {}
            (Kind::Group, Value::Object(fields)) => self.set_group(parameter, fields),
            (_, value) => self.insert(parameter.name, value),
        }
    }

    fn set_group(&mut self, group: &'static Parameter, fields: Map<String, Value>) {
        for (name, value) in fields {
            match parameters::find(&format!("{}.{name}", group.name)) {
                Some(field) => self.set(field, value),
                None => self.problems.push(Problem::new(
                    "bad_request",
                    format!("`{}` has a field that is not a parameter of `migrate`", group.name),
                )),
            }
        }
        // An empty group is sent as it is.
        self.fields.entry(group.name).or_insert_with(|| Value::Object(Map::new()));
    }

    fn insert(&mut self, name: &'static str, value: Value) {
        if !self.given.insert(name) {
            let message =
                format!("`{name}` is given twice: remove one of the two, or skip it with `--ignore`");
            self.problems.push(Problem::new("bad_request", message));
        }
        let (into, name) = match name.split_once('.') {
            None => (&mut self.fields, name),
            Some((group, field)) => {
                let group = self.fields.entry(group).or_insert_with(|| Value::Object(Map::new()));
                // A group that is not an object is reported when it is read.
                let Value::Object(group) = group else { return };
                (group, field)
            }
        };
        into.insert(name.to_owned(), value);
    }

    /// Whether the input has a group.
    pub(super) fn group(&mut self, name: &str) -> bool {
        match self.fields.get(name) {
            Some(Value::Object(_)) => true,
            Some(_) => {
                self.problems.push(Problem::form(name, "an object"));
                false
            }
            None => false,
        }
    }

    /// Takes the value of a parameter or of a field of a group.
    pub(super) fn take(&mut self, name: &str) -> Option<Value> {
        match name.split_once('.') {
            None => self.fields.remove(name),
            Some((group, field)) => self.fields.get_mut(group)?.as_object_mut()?.remove(field),
        }
    }

    /// Takes a value, if `read` accepts its type.
    fn take_as<T>(&mut self, name: &str, expected: &str, read: impl FnOnce(Value) -> Option<T>) -> Option<T> {
        let read = read(self.take(name)?);
        if read.is_none() {
            self.problems.push(Problem::form(name, expected));
        }
        read
    }

    pub(super) fn string(&mut self, name: &str) -> Option<String> {
        self.take_as(name, "a string", |value| match value {
            Value::String(text) => Some(text),
            _ => None,
        })
    }

    pub(super) fn number(&mut self, name: &str) -> Option<u32> {
        let read = |value: Value| value.as_u64().and_then(|number| u32::try_from(number).ok());
        self.take_as(name, "a whole number from 0 to 4294967295", read)
    }

    pub(super) fn boolean(&mut self, name: &str) -> Option<bool> {
        self.take_as(name, "true or false", |value| value.as_bool())
    }

    pub(super) fn list(&mut self, name: &str) -> Option<Vec<String>> {
        self.take_as(name, "a list of strings", |value| serde_json::from_value(value).ok())
    }

    pub(super) fn map(&mut self, name: &str) -> Option<Map<String, Value>> {
        self.take_as(name, "an object", |value| match value {
            Value::Object(map) => Some(map),
            _ => None,
        })
    }

    /// Returns a salt, encoded for the API.
    pub(super) fn salt(&mut self, name: &str, taken: Encoding) -> Option<String> {
        let salt = self.string(name)?;
        let salt = self.written.salt(name, salt, taken);
        self.unless_wrong(salt)
    }

    /// Returns a required salt, which must not be empty.
    pub(super) fn required_salt(&mut self, name: &str, taken: Encoding) -> Option<String> {
        let salt = self.required(name, |values, name| values.salt(name, taken))?;
        self.not_empty(name, salt)
    }

    /// Returns the hash, encoded for the API.
    pub(super) fn hash(&mut self, hash: String, hash_type: &HashType) -> Option<String> {
        let hash = self.written.hash(hash, hash_type);
        self.unless_wrong(hash)
    }

    fn unless_wrong<T>(&mut self, read: Result<T, Problem>) -> Option<T> {
        read.map_err(|problem| self.problems.push(problem)).ok()
    }

    /// Returns a required string, which must not be empty.
    pub(super) fn required_string(&mut self, name: &str) -> Option<String> {
        let text = self.required(name, Self::string)?;
        self.not_empty(name, text)
    }

    fn not_empty(&mut self, name: &str, text: String) -> Option<String> {
        if text.is_empty() {
            self.problems.push(Problem::missing(name));
            return None;
        }
        Some(text)
    }

    /// Returns a required value.
    pub(super) fn required<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut Self, &str) -> Option<T>,
    ) -> Option<T> {
        let before = self.problems.len();
        let value = read(self, name);
        if value.is_none() && self.problems.len() == before {
            self.problems.push(Problem::missing(name));
        }
        value
    }
}
