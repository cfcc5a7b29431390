//! Collects the strings and numbers of a body that may be secret.

use serde::Serialize;
use serde_json::Value;
use zeroize::Zeroizing;

use super::body::BodyBuffer;
use super::extras::{field_value, object_fields};
use super::upload::collecting;
use crate::{EndpointInfo, Location};

/// In a value that is not marked, a string of at least this many bytes is redacted. Shorter strings are ordinary words.
pub(super) const UNMARKED: usize = 4;

/// In a value that is not marked, a number with at least this many digits is redacted. Shorter numbers are settings.
const UNMARKED_DIGITS: usize = 6;

/// In a marked value, a number with at least this many digits is redacted.
const PASSCODE: usize = 4;

/// The values of a body that may be secret.
#[derive(Clone, Debug, Default)]
pub(super) struct Secrets {
    /// Those that are removed from responses.
    pub(super) all: Vec<Zeroizing<String>>,
    /// Those that occur in responses by chance, because they are short. Only the body itself is searched for them.
    pub(super) short: Vec<Zeroizing<String>>,
}

impl Secrets {
    /// Returns the values of a body, for every format: the same value as JSON shows which parts of it may be secret.
    /// `None` if JSON cannot represent the value.
    pub(super) fn of<T: Serialize>(body: &T, info: &EndpointInfo, is_whole: bool) -> Option<Self> {
        let mut json = BodyBuffer::with_capacity(0);
        collecting(|| serde_json::to_writer(&mut json, body)).0.ok()?;
        let mut secrets = Self::default();
        if is_whole {
            secrets.add_value(serde_json::from_slice(json.as_mut_slice()).ok()?, info.has_secret_body());
        } else {
            secrets.add_fields(json.as_mut_slice(), info);
        }
        Some(secrets)
    }

    /// Adds the values of body fields, written as a JSON object.
    fn add_fields(&mut self, json: &[u8], info: &EndpointInfo) {
        for (name, range) in object_fields(json).unwrap_or_default() {
            let written = field_value(json, &range).unwrap_or_default();
            let is_plain = info
                .has_field(|field| field.location == Location::Body && field.name == name && !field.secret);
            let is_constant =
                || info.constants().any(|other| other.name == name && other.value.as_bytes() == written);
            if !is_plain && !is_constant() {
                // Marked, or the entry of a flattened field, of which any may be secret.
                self.add_marked(written);
            } else if let Ok(value) = serde_json::from_slice(written) {
                self.add_objects(value);
            }
        }
    }

    /// Adds all values of a JSON text that is marked.
    pub(super) fn add_marked(&mut self, json: &[u8]) {
        match (json.first(), std::str::from_utf8(json)) {
            // The number as it is written, because a `Value` does not hold every number.
            (Some(b'-' | b'0'..=b'9'), Ok(text)) => self.add(text.to_owned(), PASSCODE),
            (Some(b't' | b'f'), Ok(text)) => self.add(text.to_owned(), usize::MAX),
            _ => {
                if let Ok(value) = serde_json::from_slice(json) {
                    self.add_value(value, true);
                }
            }
        }
    }

    /// Adds the values in the objects of a value that is not marked.
    pub(super) fn add_objects(&mut self, value: Value) {
        match value {
            Value::Array(items) => items.into_iter().for_each(|item| self.add_objects(item)),
            Value::Object(_) => self.add_value(value, false),
            Value::String(text) => drop(Zeroizing::new(text)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// Adds all values. Strings are moved instead of copied, so that each is overwritten when it is dropped.
    pub(super) fn add_value(&mut self, value: Value, is_marked: bool) {
        match value {
            Value::String(text) => self.add(text, if is_marked { 0 } else { UNMARKED }),
            Value::Array(items) => items.into_iter().for_each(|item| self.add_value(item, is_marked)),
            Value::Object(fields) => {
                fields.into_iter().for_each(|(_, value)| self.add_value(value, is_marked));
            }
            Value::Number(number) => {
                self.add(number.to_string(), if is_marked { PASSCODE } else { UNMARKED_DIGITS });
            }
            Value::Bool(_) | Value::Null => {}
        }
    }

    /// Returns the words of a body, any of which may be secret.
    pub(super) fn words(body: &[u8]) -> Self {
        let mut words = Self::default();
        for word in body.split(|byte| !byte.is_ascii_alphanumeric()) {
            words.add(String::from_utf8_lossy(word).into_owned(), UNMARKED);
        }
        words
    }

    fn add(&mut self, text: String, least: usize) {
        let list = if text.len() >= least { &mut self.all } else { &mut self.short };
        list.push(Zeroizing::new(text));
    }
}
