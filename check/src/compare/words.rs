//! Descriptions of values for a report.

use declapi::JsonKind;
use serde_json::Value;

use crate::document::{Kind, Schema};

/// The number of values of an enum that a report shows.
const SHOWN: usize = 12;

/// Describes the declared kind of a value.
pub(super) fn declared(kind: JsonKind) -> String {
    match kind {
        JsonKind::Null => "nothing".to_owned(),
        JsonKind::Boolean => "a boolean".to_owned(),
        JsonKind::Integer => "an integer".to_owned(),
        JsonKind::Number => "a number".to_owned(),
        JsonKind::String => "a string".to_owned(),
        JsonKind::Enum(_) => "an enum of strings".to_owned(),
        JsonKind::List(_) => "a list".to_owned(),
        JsonKind::Map(_) => "a map".to_owned(),
        JsonKind::Object(object) => format!("the object `{}`", object.name),
        JsonKind::Nullable(kind) => format!("{} or null", declared(*kind)),
        _ => "any value".to_owned(),
    }
}

/// Describes the documented kinds of a value.
pub(super) fn documented(schemas: &[&Schema]) -> String {
    let mut all: Vec<String> = Vec::new();
    for schema in schemas {
        let one = match &schema.kind {
            Kind::Null => "null".to_owned(),
            Kind::Boolean => "a boolean".to_owned(),
            Kind::Integer => "an integer".to_owned(),
            Kind::Number => "a number".to_owned(),
            Kind::String => "a string".to_owned(),
            Kind::Enum(values) => format!("one of {}", list(values.iter().map(Value::to_string))),
            Kind::List(_) => "a list".to_owned(),
            Kind::Object(_) => "an object".to_owned(),
            Kind::Any | Kind::OneOf(_) | Kind::Reference(_) => "any value".to_owned(),
        };
        if !all.contains(&one) {
            all.push(one);
        }
    }
    if all.is_empty() { "any value".to_owned() } else { all.join(" or ") }
}

/// Returns the first values, and the number of the others.
pub(super) fn list(values: impl Iterator<Item = String>) -> String {
    let mut values: Vec<_> = values.collect();
    let more = values.len().saturating_sub(SHOWN);
    values.truncate(SHOWN);
    let shown = values.join(", ");
    if more == 0 { shown } else { format!("{shown}, and {more} more") }
}
