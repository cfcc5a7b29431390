//! The check of a JSON body against the parameters that an endpoint declares.

use serde_json::{Map, Value};

use super::{Kind, Parameter, Parameters};
use crate::api_error::{ApiError, BAD_REQUEST};

/// How deep a map may be nested, itself included. Responses and the state file nest it deeper by some levels, and many
/// JSON parsers stop at 128.
const MAX_LEVELS: usize = 64;

/// Checks the body of a request.
///
/// A null means that the parameter is absent, because an official SDK sends null for everything that its caller did not
/// set. A strict emulator rejects nulls and unknown parameters.
///
/// # Errors
///
/// `bad_request` with the name of the first parameter that is missing, unknown or of the wrong type.
pub(crate) fn check(
    body: Value,
    declared: &'static [Parameter],
    strict: bool,
) -> Result<Parameters, ApiError> {
    let Value::Object(body) = body else {
        return Err(ApiError::new(
            &BAD_REQUEST,
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
    ) -> Result<Parameters, ApiError> {
        let mut kept = Map::new();
        for parameter in declared {
            let path = format!("{prefix}{}", parameter.name);
            match self.present(given.remove(parameter.name), &path)? {
                Some(value) => {
                    kept.insert(parameter.name.to_owned(), self.value(value, &parameter.kind, &path)?);
                }
                None if parameter.required => return Err(ApiError::parameter(&path, "is required.")),
                None => {}
            }
        }
        match given.keys().next() {
            Some(unknown) if self.strict => {
                let shown: String = unknown.chars().take(64).collect();
                Err(ApiError::parameter(&format!("{prefix}{shown}"), "is not a known parameter."))
            }
            _ => Ok(Parameters::new(kept)),
        }
    }

    fn present(&self, value: Option<Value>, path: &str) -> Result<Option<Value>, ApiError> {
        match value {
            Some(Value::Null) if self.strict => {
                Err(ApiError::parameter(path, "is null; leave out a parameter that has no value."))
            }
            Some(Value::Null) | None => Ok(None),
            Some(value) => Ok(Some(value)),
        }
    }

    fn value(&self, value: Value, kind: &Kind, path: &str) -> Result<Value, ApiError> {
        match (kind, value) {
            (Kind::String | Kind::Secret, value @ Value::String(_))
            | (Kind::Bool, value @ Value::Bool(_)) => Ok(value),
            (Kind::Map, value @ Value::Object(_)) => map(value, path),
            (Kind::OneOf(choices), Value::String(text)) => one_of(text, choices, path),
            (Kind::Integer { least, most }, Value::Number(number)) => {
                integer(number.as_i64(), *least, *most, path)
            }
            (Kind::StringList | Kind::SecretList, Value::Array(items)) => strings(items, path),
            (Kind::Object(declared), Value::Object(given)) => {
                self.object(given, declared, &format!("{path}.")).map(Parameters::into_value)
            }
            (Kind::ObjectList(declared), Value::Array(items)) => self.objects(items, declared, path),
            (kind, value) => Err(ApiError::parameter(
                path,
                format!("must be {}, not {}.", expected(kind), name_of(&value)),
            )),
        }
    }

    fn objects(&self, items: Vec<Value>, declared: &[Parameter], path: &str) -> Result<Value, ApiError> {
        let checked = items.into_iter().enumerate().map(|(index, item)| match item {
            Value::Object(given) => {
                self.object(given, declared, &format!("{path}[{index}].")).map(Parameters::into_value)
            }
            other => Err(ApiError::parameter(
                &format!("{path}[{index}]"),
                format!("must be an object, not {}.", name_of(&other)),
            )),
        });
        checked.collect::<Result<Vec<_>, _>>().map(Value::Array)
    }
}

fn one_of(text: String, choices: &[&str], path: &str) -> Result<Value, ApiError> {
    if choices.contains(&text.as_str()) {
        return Ok(Value::String(text));
    }
    Err(ApiError::parameter(path, format!("must be one of {}.", choices.join(", "))))
}

fn integer(number: Option<i64>, least: i64, most: i64, path: &str) -> Result<Value, ApiError> {
    match number {
        Some(number) if (least..=most).contains(&number) => Ok(Value::from(number)),
        _ if (least, most) == (i64::MIN, i64::MAX) => Err(ApiError::parameter(path, "must be an integer.")),
        _ => Err(ApiError::parameter(path, format!("must be an integer from {least} to {most}."))),
    }
}

fn map(value: Value, path: &str) -> Result<Value, ApiError> {
    if levels(&value) <= MAX_LEVELS {
        return Ok(value);
    }
    Err(ApiError::parameter(path, format!("is nested more than {MAX_LEVELS} levels deep.")))
}

/// Returns how deep a value is nested. The JSON parser has rejected everything that is too deep for this recursion.
fn levels(value: &Value) -> usize {
    match value {
        Value::Object(fields) => 1 + fields.values().map(levels).max().unwrap_or(0),
        Value::Array(items) => 1 + items.iter().map(levels).max().unwrap_or(0),
        _ => 0,
    }
}

fn strings(items: Vec<Value>, path: &str) -> Result<Value, ApiError> {
    match items.iter().position(|item| !item.is_string()) {
        None => Ok(Value::Array(items)),
        Some(index) => Err(ApiError::parameter(
            &format!("{path}[{index}]"),
            format!("must be a string, not {}.", name_of(&items[index])),
        )),
    }
}

fn expected(kind: &Kind) -> &'static str {
    match kind {
        Kind::String | Kind::Secret | Kind::OneOf(_) => "a string",
        Kind::Integer { .. } => "an integer",
        Kind::Bool => "true or false",
        Kind::Map | Kind::Object(_) => "an object",
        Kind::StringList | Kind::SecretList => "a list of strings",
        Kind::ObjectList(_) => "a list of objects",
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::parameter::optional;

    static DECLARED: &[Parameter] = &[optional("data", Kind::Map)];

    fn check_data(data: &Value) -> Result<Parameters, ApiError> {
        check(json!({ "data": data }), DECLARED, true)
    }

    /// A map of this many levels. `wrap` makes all of them except the outermost.
    fn nested(levels: usize, wrap: fn(Value) -> Value) -> Value {
        json!({ "a": (1..levels).fold(json!(1), |inner, _| wrap(inner)) })
    }

    #[test]
    fn lists_and_objects_may_be_nested_64_levels_deep() {
        let list = |inner| json!([inner]);
        let object = |inner| json!({ "a": inner });
        let last_of_list = |inner| json!([null, 1, inner]);
        for wrap in [list, object, last_of_list] {
            assert!(check_data(&nested(MAX_LEVELS, wrap)).is_ok());
            let error = check_data(&nested(MAX_LEVELS + 1, wrap)).err().map(ApiError::into_message);
            assert_eq!(error.as_deref(), Some("`data` is nested more than 64 levels deep."));
        }
    }
}
