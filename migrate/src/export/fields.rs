//! The fields of one record of an export.

use serde_json::{Map, Value};

use crate::problem::Problem;

/// The words that databases, spreadsheets and services write for true.
const TRUE: [&str; 6] = ["true", "t", "yes", "y", "on", "1"];
/// The words for false.
const FALSE: [&str; 6] = ["false", "f", "no", "n", "off", "0"];

/// Fields by their names. Each can be taken once. The fields that are left at the end are lost.
#[derive(Debug)]
pub(crate) struct Fields {
    fields: Map<String, Value>,
    /// The fields that were taken and cannot be understood.
    pub(crate) problems: Vec<Problem>,
}

impl Fields {
    pub(crate) fn new(fields: Map<String, Value>) -> Self {
        Self { fields, problems: Vec::new() }
    }

    /// Takes a value of any type; `None` for a null.
    pub(crate) fn take(&mut self, name: &str) -> Option<Value> {
        self.fields.remove(name).filter(|value| !value.is_null())
    }

    /// Takes a string that is not empty. Numbers are converted to strings, because ids can be both. A value of another
    /// type is left.
    pub(super) fn string(&mut self, name: &str) -> Option<String> {
        let text = match self.fields.get(name)? {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        self.fields.remove(name);
        Some(text).filter(|text| !text.is_empty())
    }

    /// Takes a boolean in the form of JSON or of a database. Another word is a problem: if it were taken for true or
    /// for false, a disabled account or an unverified address could pass for a good one.
    pub(super) fn boolean(&mut self, name: &str) -> Option<bool> {
        let word = self.word(name)?;
        let is = [&TRUE, &FALSE].map(|words| words.contains(&word.as_str()));
        if is == [false, false] {
            let list = |[first @ .., last]: [&str; 6]| format!("{} or {last}", first.join(", "));
            let expected = format!("{}, or {}, or empty", list(TRUE), list(FALSE));
            self.problems.push(Problem::form(name, &expected));
            return None;
        }
        Some(is[0])
    }

    /// Takes the date of an event. No value, a word for false and the zero dates of `MySQL` and Go mean that there was
    /// no such event. Another text is a problem.
    pub(super) fn date(&mut self, name: &str) -> Option<String> {
        let word = self.word(name)?;
        if FALSE.contains(&word.as_str()) || word.starts_with("0000-") || word.starts_with("0001-") {
            return None;
        }
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let is_date = digits == 4 && word[digits..].starts_with('-');
        // Seconds or milliseconds.
        if is_date || (digits >= 9 && digits == word.len()) {
            return Some(word);
        }
        let expected =
            "a date that begins with its year, such as 2026-01-31, a number of seconds, false, or empty";
        self.problems.push(Problem::form(name, expected));
        None
    }

    /// Takes the date of an event, and returns whether there was the event; `None` if the record does not have the field.
    pub(super) fn happened(&mut self, name: &str) -> Option<bool> {
        self.fields.contains_key(name).then(|| self.date(name).is_some())
    }

    /// Takes a value as one word in lower case, which is not empty.
    fn word(&mut self, name: &str) -> Option<String> {
        let word = match self.take(name)? {
            Value::String(text) => text.trim().to_lowercase(),
            value => value.to_string(),
        };
        Some(word).filter(|word| !word.is_empty())
    }

    /// Takes an integer.
    pub(super) fn number(&mut self, name: &str) -> Option<u64> {
        match self.take(name)? {
            Value::Number(number) => number.as_u64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// Takes an object, or a string with the JSON of an object. Another value is a problem.
    pub(super) fn object(&mut self, name: &str) -> Option<Map<String, Value>> {
        let read = object(self.take(name)?);
        if matches!(&read, Err(Value::String(text)) if ["", "null"].contains(&text.trim())) {
            return None;
        }
        read.map_err(|_| self.problems.push(Problem::form(name, "a JSON object"))).ok()
    }

    /// Takes the fields of an object inside this record. A value of another type is left.
    pub(super) fn inside(&mut self, name: &str) -> Option<Self> {
        let read = object(self.take(name)?);
        read.map_err(|value| self.fields.insert(name.to_owned(), value)).ok().map(Self::new)
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
            self.fields.remove(*name);
        }
    }

    /// Returns the names of the remaining fields that have a value.
    pub(crate) fn left(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().filter(|(_, value)| !is_without_value(value)).map(|(name, _)| name.as_str())
    }

    /// Adds the remaining fields of an object inside the record, with the name of the object in front.
    pub(super) fn put_back(&mut self, name: &str, rest: Self) {
        let left = rest.fields.into_iter().filter(|(_, value)| !is_without_value(value));
        self.fields.extend(left.map(|(field, value)| (format!("{name}.{field}"), value)));
        self.problems.extend(rest.problems);
    }
}

/// Reads an object, or a string with the JSON of an object. Otherwise returns the value.
fn object(value: Value) -> Result<Map<String, Value>, Value> {
    match value {
        Value::Object(object) => Ok(object),
        Value::String(text) => serde_json::from_str(&text).map_err(|_| Value::String(text)),
        value => Err(value),
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
