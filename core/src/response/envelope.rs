//! Finds the response inside of an envelope: the value at a path in a JSON text.

use serde::de::{Error as _, IgnoredAny, Unexpected};
use serde_json::{Deserializer, Error};

/// Returns the JSON of the value at a path, which consists of names with dots between them. Returns `null` if a field of
/// the path is missing or null.
pub(crate) fn inside<'j>(json: &'j str, path: &str) -> Result<&'j str, Error> {
    path.split('.').try_fold(json, |json, name| Ok(field(json, name)?.unwrap_or("null")))
}

/// Returns the JSON of a field; `None` if the value is null or does not have the field.
fn field<'j>(json: &'j str, name: &str) -> Result<Option<&'j str>, Error> {
    let mut rest = json.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']);
    if !rest.starts_with('{') {
        let is_null = serde_json::from_str::<Option<IgnoredAny>>(rest)?.is_none();
        let expected = || format!("an object with the field `{name}`");
        let other = || Error::invalid_type(Unexpected::Other("another type"), &&*expected());
        return if is_null { Ok(None) } else { Err(other()) };
    }
    if rest[1..].trim_start().starts_with('}') {
        return Ok(None);
    }
    // If a name occurs twice, the first value is used.
    let mut found = None;
    while let Some(behind) = rest.strip_prefix(['{', ',']) {
        let (key, behind) = value(behind)?;
        let behind = behind.trim_start().strip_prefix(':').ok_or_else(|| Error::custom("expected `:`"))?;
        let (content, behind) = value(behind)?;
        let is_it = serde_json::from_str::<String>(key)? == name;
        found = found.or_else(|| is_it.then_some(content));
        rest = behind.trim_start();
    }
    if rest.starts_with('}') { Ok(found) } else { Err(Error::custom("expected `,` or `}`")) }
}

/// Returns the JSON value at the start of a string, and the rest of the string.
fn value(json: &str) -> Result<(&str, &str), Error> {
    // Skipping a value uses no stack.
    let mut values = Deserializer::from_str(json).into_iter::<IgnoredAny>();
    match values.next() {
        Some(value) => value?,
        None => return Err(Error::custom("the JSON ends in the middle")),
    };
    let end = values.byte_offset();
    Ok((json[..end].trim(), &json[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_value_at_a_path() {
        for (json, path, content) in [
            (r#"{"success":true,"result":{"id":7}}"#, "result", r#"{"id":7}"#),
            (
                r#" { "a" : [ {"b": 1} , 2 ] , "data" : { "x\"y" : null, "user" : "\u0041}" } } "#,
                "data.user",
                r#""\u0041}""#,
            ),
            (r#"{"d\u0061ta":1e5,"data":2}"#, "data", "1e5"),
            (r#"{"other":1}"#, "data", "null"),
            ("{}", "data", "null"),
            ("null", "data", "null"),
            (r#"{"data":null}"#, "data.user", "null"),
            ("\u{FEFF}{\"data\":-1}", "data", "-1"),
        ] {
            assert_eq!(inside(json, path).unwrap(), content, "{json}");
        }
    }

    #[test]
    fn invalid_json_and_other_types_are_errors() {
        for json in [
            "",
            "<html>",
            r#"{"data":1"#,
            r#"{"data" 1}"#,
            r#"{"data":1]"#,
            r#"{"a":1,}"#,
            r#"{"data":}"#,
            "{,}",
            "[1]",
            "\"data\"",
            r#"{"data":[{"user":1}]}"#,
        ] {
            assert!(inside(json, "data.user").is_err(), "{json}");
        }
    }
}
