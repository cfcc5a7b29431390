//! The parameters of one line, by their names, before they are a request.

use serde_json::{Map, Value};

use super::parameters::{self, Kind, Parameter};
use crate::problem::Problem;

/// Values as they came, and what is wrong with them as far as it was noticed.
#[derive(Default)]
pub(super) struct Values {
    members: Map<String, Value>,
    pub(super) problems: Vec<Problem>,
}

impl Values {
    /// Takes over a value. A null is none; the members of a group are checked by name.
    pub(super) fn set(&mut self, parameter: &'static Parameter, value: Value) {
        match (parameter.kind, value) {
            (_, Value::Null) => {}
            (Kind::Group, Value::Object(members)) => self.set_group(parameter, members),
            (_, value) => self.insert(parameter.name, value),
        }
    }

    fn set_group(&mut self, group: &'static Parameter, members: Map<String, Value>) {
        for (name, value) in members {
            match parameters::find(&format!("{}.{name}", group.name)) {
                Some(member) => self.set(member, value),
                None => self.problems.push(Problem::new(
                    "bad_request",
                    format!("`{}` has a member that is no parameter of `migrate`", group.name),
                )),
            }
        }
        // An empty group was given all the same, and goes out as it came.
        self.members.entry(group.name).or_insert_with(|| Value::Object(Map::new()));
    }

    fn insert(&mut self, name: &str, value: Value) {
        let (into, name) = match name.split_once('.') {
            None => (&mut self.members, name),
            Some((group, member)) => {
                let group = self.members.entry(group).or_insert_with(|| Value::Object(Map::new()));
                // A group that is no object is noticed when it is read.
                let Value::Object(group) = group else { return };
                (group, member)
            }
        };
        into.insert(name.to_owned(), value);
    }

    /// Whether a group was given.
    pub(super) fn group(&mut self, name: &str) -> bool {
        match self.members.get(name) {
            Some(Value::Object(_)) => true,
            Some(_) => {
                self.problems.push(Problem::form(name, "an object"));
                false
            }
            None => false,
        }
    }

    fn take(&mut self, name: &str) -> Option<Value> {
        match name.split_once('.') {
            None => self.members.remove(name),
            Some((group, member)) => self.members.get_mut(group)?.as_object_mut()?.remove(member),
        }
    }

    /// Takes a value out, if it is of the kind that `read` reads.
    fn take_as<T>(&mut self, name: &str, expected: &str, read: impl FnOnce(Value) -> Option<T>) -> Option<T> {
        let read = read(self.take(name)?);
        if read.is_none() {
            self.problems.push(Problem::form(name, expected));
        }
        read
    }

    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        self.take_as(name, "text", |value| match value {
            Value::String(text) => Some(text),
            _ => None,
        })
    }

    pub(super) fn number(&mut self, name: &str) -> Option<u32> {
        let read = |value: Value| value.as_u64().and_then(|number| u32::try_from(number).ok());
        self.take_as(name, "a whole number from 0 to 4294967295", read)
    }

    pub(super) fn flag(&mut self, name: &str) -> Option<bool> {
        self.take_as(name, "true or false", |value| value.as_bool())
    }

    pub(super) fn texts(&mut self, name: &str) -> Option<Vec<String>> {
        self.take_as(name, "a list of texts", |value| serde_json::from_value(value).ok())
    }

    pub(super) fn map(&mut self, name: &str) -> Option<Map<String, Value>> {
        self.take_as(name, "an object", |value| match value {
            Value::Object(map) => Some(map),
            _ => None,
        })
    }

    /// A text that has to be there and not be empty.
    pub(super) fn required_text(&mut self, name: &str) -> Option<String> {
        let text = self.required(name, Self::text)?;
        if text.is_empty() {
            self.problems.push(Problem::missing(name));
            return None;
        }
        Some(text)
    }

    /// A value that has to be there.
    pub(super) fn required<T>(&mut self, name: &str, read: fn(&mut Self, &str) -> Option<T>) -> Option<T> {
        let before = self.problems.len();
        let value = read(self, name);
        if value.is_none() && self.problems.len() == before {
            self.problems.push(Problem::missing(name));
        }
        value
    }
}
