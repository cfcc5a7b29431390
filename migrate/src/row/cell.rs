//! Reads the text of a cell as the value of a parameter.

use serde_json::{Map, Value};

use super::parameters::{Kind, Parameter};
use crate::problem::Problem;

/// Reads a cell. An empty cell has no value.
///
/// # Errors
///
/// The text is not a value of the parameter's type.
pub(crate) fn read(parameter: &Parameter, cell: &[u8]) -> Result<Option<Value>, Problem> {
    if cell.is_empty() {
        return Ok(None);
    }
    let name = parameter.name;
    let text = text(name, cell)?;
    let value = match parameter.kind {
        Kind::String => Some(text.into()),
        Kind::Number => text.trim().parse::<u32>().ok().map(Value::from),
        Kind::Boolean => boolean(text.trim()).map(Value::from),
        Kind::List => list(text.trim()),
        Kind::Object | Kind::Group => serde_json::from_str::<Map<_, _>>(text).ok().map(Value::Object),
    };
    value.map(Some).ok_or_else(|| Problem::form(name, expected(parameter.kind)))
}

/// Returns the text of a cell.
pub(super) fn text<'a>(name: &str, cell: &'a [u8]) -> Result<&'a str, Problem> {
    let message = || format!("`{name}` is not UTF-8: `--charset` names another character set");
    std::str::from_utf8(cell).map_err(|_| Problem::unreadable(message()))
}

/// Returns the expected form of a value, for a message.
fn expected(kind: Kind) -> &'static str {
    match kind {
        Kind::String => "a string",
        Kind::Number => "a whole number from 0 to 4294967295",
        Kind::Boolean => "true or false",
        Kind::List => "one string, several with semicolons between them, or a JSON list of strings",
        Kind::Object | Kind::Group => "a JSON object",
    }
}

/// The forms that databases write.
fn boolean(text: &str) -> Option<bool> {
    let is = |words: [&str; 3]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    match () {
        () if is(["true", "t", "1"]) => Some(true),
        () if is(["false", "f", "0"]) => Some(false),
        () => None,
    }
}

fn list(text: &str) -> Option<Value> {
    if text.starts_with('[') {
        return serde_json::from_str::<Vec<String>>(text).ok().map(Value::from);
    }
    Some(text.split(';').map(str::trim).filter(|item| !item.is_empty()).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::row::parameters::find;

    fn cell(name: &str, text: &str) -> Result<Option<Value>, String> {
        read(find(name).unwrap(), text.as_bytes()).map_err(|problem| problem.text)
    }

    #[test]
    fn cells_become_values() {
        for (name, text, value) in [
            ("email", " as it is ", json!(" as it is ")),
            ("argon_2_config.memory", "65536", json!(65536)),
            ("set_email_verified", "T", json!(true)),
            ("set_email_verified", "FALSE", json!(false)),
            ("roles", "editor; admin;", json!(["editor", "admin"])),
            ("roles", "[\"a;b\"]", json!(["a;b"])),
            ("trusted_metadata", "{\"a\": null}", json!({ "a": null })),
            ("scrypt_config", "{\"salt\": \"x\"}", json!({ "salt": "x" })),
        ] {
            assert_eq!(cell(name, text), Ok(Some(value)), "{name} {text}");
        }
        assert_eq!(cell("hash", ""), Ok(None));
    }

    #[test]
    fn unreadable_values_are_named_and_not_quoted() {
        for (name, text) in [
            ("argon_2_config.memory", "-s3cret"),
            ("argon_2_config.memory", "4294967296"),
            ("set_email_verified", "s3cret"),
            ("roles", "[s3cret"),
            ("trusted_metadata", "\"s3cret\""),
            ("name", "s3cret"),
        ] {
            let error = cell(name, text).unwrap_err();
            assert!(error.starts_with(&format!("`{name}` must be ")) && !error.contains("s3cret"), "{error}");
        }
        assert!(read(find("hash").unwrap(), b"\xff").unwrap_err().text.contains("not UTF-8"));
    }
}
