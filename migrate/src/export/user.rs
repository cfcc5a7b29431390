//! A record of an export, converted: the parameters of `migrate`, or the reasons why it cannot be migrated.

use serde_json::{Map, Value};

use super::hash::{self, Credential};
use crate::problem::Problem;

/// A user, parameter by parameter.
#[derive(Debug, Default)]
pub(crate) struct User {
    pub(crate) parameters: Map<String, Value>,
    pub(crate) problems: Vec<Problem>,
}

impl User {
    /// Sets a parameter, if there is a value for it.
    pub(super) fn set(&mut self, name: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.parameters.insert(name.to_owned(), value.into());
        }
    }

    /// Sets first and last name.
    pub(super) fn name(&mut self, first: Option<String>, last: Option<String>) {
        self.set("name.first_name", first);
        self.set("name.last_name", last);
    }

    /// Sets the name from one field: the last word is the last name.
    pub(super) fn full_name(&mut self, name: Option<String>) {
        let Some(name) = name else { return };
        match name.trim().rsplit_once(' ') {
            Some((first, last)) => self.name(Some(first.trim().to_owned()), Some(last.to_owned())),
            None => self.name(Some(name.trim().to_owned()), None),
        }
    }

    /// Sets an object of metadata, if it is not empty.
    pub(super) fn metadata(&mut self, name: &str, object: Option<Map<String, Value>>) {
        self.set(name, object.filter(|object| !object.is_empty()).map(Value::Object));
    }

    /// Finds the type of a hash that contains its parameters, and sets it.
    pub(super) fn password(&mut self, string: Option<String>) {
        match string {
            Some(string) => self.hash(hash::read(&string)),
            None => self.no_password(),
        }
    }

    pub(super) fn hash(&mut self, hash: Result<Credential, Problem>) {
        match hash {
            Ok(Credential { hash_type, hash, config }) => {
                self.set("hash", Some(hash));
                self.set("hash_type", Some(hash_type));
                for (name, value) in config {
                    self.set(name, Some(value));
                }
            }
            Err(problem) => self.problems.push(problem),
        }
    }

    pub(super) fn no_password(&mut self) {
        let text = "this user has no password and cannot be migrated: create the user with the API";
        self.problems.push(Problem::new("no_password", text));
    }

    /// Otherwise, a user who must not log in to the old system could log in at Stytch.
    pub(super) fn disabled(&mut self, field: &str) {
        let text = format!(
            "this account is disabled (`{field}`): `--ignore {field}` migrates such users all the same"
        );
        self.problems.push(Problem::new("disabled_account", text));
    }
}
