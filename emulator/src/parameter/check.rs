//! A JSON body held against what an endpoint declares.

use serde_json::{Map, Value};

use super::{Kind, Parameter, Parameters};
use crate::refusal::Refusal;

/// How many levels of objects and lists a map may have, itself among them. An answer and the state file put some around
/// it, and parsers of JSON commonly stop at 128.
const MOST_LEVELS: usize = 64;

/// What is checked: the parameters of `declared`, in the body of a request.
///
/// A null stands for an absent parameter, because an official SDK sends one for everything that its caller
/// left out. A strict emulator refuses it, and refuses parameters that it does not know.
///
/// # Errors
///
/// The first parameter that is missing, unknown or of the wrong form, by its name.
pub(crate) fn check(
    body: Value,
    declared: &'static [Parameter],
    strict: bool,
) -> Result<Parameters, Refusal> {
    let Value::Object(body) = body else {
        return Err(Refusal::new(
            &crate::refusal::BAD_REQUEST,
            format!("The body must be a JSON object, not {}.", name_of(&body)),
        ));
    };
    Checker { strict }.object(body, declared, "")
}

struct Checker {
    strict: bool,
}

impl Checker {
    fn object(
        &self,
        mut given: Map<String, Value>,
        declared: &[Parameter],
        prefix: &str,
    ) -> Result<Parameters, Refusal> {
        let mut kept = Map::new();
        for parameter in declared {
            let path = format!("{prefix}{}", parameter.name);
            match self.present(given.remove(parameter.name), &path)? {
                Some(value) => {
                    kept.insert(parameter.name.to_owned(), self.value(value, &parameter.kind, &path)?);
                }
                None if parameter.required => return Err(Refusal::parameter(&path, "is required.")),
                None => {}
            }
        }
        match given.keys().next() {
            Some(unknown) if self.strict => {
                let shown: String = unknown.chars().take(64).collect();
                Err(Refusal::parameter(&format!("{prefix}{shown}"), "is not a known parameter."))
            }
            _ => Ok(Parameters::new(kept)),
        }
    }

    fn present(&self, value: Option<Value>, path: &str) -> Result<Option<Value>, Refusal> {
        match value {
            Some(Value::Null) if self.strict => {
                Err(Refusal::parameter(path, "is null; leave out a parameter that has no value."))
            }
            Some(Value::Null) | None => Ok(None),
            Some(value) => Ok(Some(value)),
        }
    }

    fn value(&self, value: Value, kind: &Kind, path: &str) -> Result<Value, Refusal> {
        match (kind, value) {
            (Kind::Text, value @ Value::String(_)) | (Kind::Flag, value @ Value::Bool(_)) => Ok(value),
            (Kind::Map, value @ Value::Object(_)) => map(value, path),
            (Kind::OneOf(choices), Value::String(text)) => one_of(text, choices, path),
            (Kind::Integer { least, most }, Value::Number(number)) => {
                integer(number.as_i64(), *least, *most, path)
            }
            (Kind::Texts, Value::Array(items)) => texts(items, path),
            (Kind::Object(declared), Value::Object(given)) => {
                self.object(given, declared, &format!("{path}.")).map(Parameters::into_value)
            }
            (kind, value) => Err(Refusal::parameter(
                path,
                format!("must be {}, not {}.", expectation(kind), name_of(&value)),
            )),
        }
    }
}

fn one_of(text: String, choices: &[&str], path: &str) -> Result<Value, Refusal> {
    if choices.contains(&text.as_str()) {
        return Ok(Value::String(text));
    }
    Err(Refusal::parameter(path, format!("must be one of {}.", choices.join(", "))))
}

fn integer(number: Option<i64>, least: i64, most: i64, path: &str) -> Result<Value, Refusal> {
    match number {
        Some(number) if (least..=most).contains(&number) => Ok(Value::from(number)),
        _ if (least, most) == (i64::MIN, i64::MAX) => Err(Refusal::parameter(path, "must be an integer.")),
        _ => Err(Refusal::parameter(path, format!("must be an integer from {least} to {most}."))),
    }
}

fn map(value: Value, path: &str) -> Result<Value, Refusal> {
    if levels(&value) <= MOST_LEVELS {
        return Ok(value);
    }
    Err(Refusal::parameter(path, format!("is nested more than {MOST_LEVELS} levels deep.")))
}

/// How deep a value is nested. The parser has refused what would be too deep for a recursion.
fn levels(value: &Value) -> usize {
    match value {
        Value::Object(members) => 1 + members.values().map(levels).max().unwrap_or(0),
        Value::Array(items) => 1 + items.iter().map(levels).max().unwrap_or(0),
        _ => 0,
    }
}

fn texts(items: Vec<Value>, path: &str) -> Result<Value, Refusal> {
    match items.iter().position(|item| !item.is_string()) {
        None => Ok(Value::Array(items)),
        Some(index) => Err(Refusal::parameter(
            &format!("{path}[{index}]"),
            format!("must be a string, not {}.", name_of(&items[index])),
        )),
    }
}

fn expectation(kind: &Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::OneOf(_) => "a string",
        Kind::Integer { .. } => "an integer",
        Kind::Flag => "true or false",
        Kind::Map | Kind::Object(_) => "an object",
        Kind::Texts => "a list of strings",
    }
}

fn name_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
