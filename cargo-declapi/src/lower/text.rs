//! Docs of declarations.

use declapi_check::document::Schema;
use serde_json::Value;

use crate::docs::{capital, sentence};
use crate::names::words;

/// Returns a title as a sentence.
pub(super) fn title(title: &str) -> String {
    let title = title.trim();
    if title.is_empty() || title.ends_with('.') { title.to_owned() } else { format!("{title}.") }
}

/// Returns a name as a sentence.
pub(super) fn label(name: &str) -> String {
    title(&capital(&words(name).join(" ")))
}

/// Returns the docs of an operation: its summary, then its description.
pub(super) fn operation(summary: Option<&str>, description: Option<&str>, otherwise: &str) -> String {
    let description = description.unwrap_or_default().trim();
    let summary = summary.unwrap_or_default().trim();
    match (summary, description) {
        ("", "") => otherwise.to_owned(),
        ("", description) => description_of(description),
        (summary, description) if same(summary, description) => sentence(summary),
        (summary, description) => format!("{}\n\n{description}", sentence(summary)).trim().to_owned(),
    }
}

fn same(one: &str, other: &str) -> bool {
    let other = other.trim_end_matches('.');
    other.is_empty() || one.trim_end_matches('.').eq_ignore_ascii_case(other)
}

/// Returns a description whose first line is a sentence.
fn description_of(description: &str) -> String {
    match description.split_once('\n') {
        Some((first, rest)) if rest.starts_with('\n') => format!("{}\n{rest}", sentence(first)),
        Some(_) => description.to_owned(),
        None => sentence(description),
    }
}

/// Returns the docs of a field: its description, its default, and its range.
pub(super) fn field(
    description: Option<&str>,
    name: &str,
    schema: &Schema,
    always: Option<&Value>,
) -> String {
    let description = description.map(str::trim).filter(|text| !text.is_empty());
    let mut docs = description.map_or_else(|| format!("The {}.", words(name).join(" ")), str::to_owned);
    if words(name).is_empty() && description.is_none() {
        docs = format!("`{name}`.");
    }
    end(&mut docs);
    if let Some(value) = always {
        docs.push_str(&format!(" Always `{}`.", plain(value)));
    }
    let says_default = docs.to_lowercase().contains("default");
    if let Some(value) = schema.default.as_ref().filter(|value| !says_default && is_short(value)) {
        docs.push_str(&format!(" `{}` by default.", plain(value)));
    }
    if let Some(range) = range(schema.minimum, schema.maximum) {
        docs.push_str(&format!(" {range}."));
    }
    docs
}

/// Ends the docs so that another sentence can follow.
fn end(docs: &mut String) {
    let inside = docs.trim_end_matches(['"', '\'', ')', '*', '_', '`']);
    if !inside.ends_with(['.', '!', '?', ':', ',', ';']) && !docs.contains('\n') {
        docs.push('.');
    }
    // A sentence must not continue another block, for example a list.
    if docs.contains('\n') {
        docs.push_str("\n\n");
    }
}

fn range(minimum: Option<f64>, maximum: Option<f64>) -> Option<String> {
    let shown = |number: f64| number.to_string();
    // Some documents give the bounds of the type.
    let is_meant = |number: &f64| number.abs() < 2_147_483_647.0;
    match (minimum.filter(is_meant), maximum.filter(is_meant)) {
        (Some(minimum), Some(maximum)) => Some(format!("From {} to {}", shown(minimum), shown(maximum))),
        (Some(minimum), None) if minimum != 0.0 => Some(format!("At least {}", shown(minimum))),
        (None, Some(maximum)) => Some(format!("At most {}", shown(maximum))),
        _ => None,
    }
}

/// Returns a value without quotes.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.replace('`', "'"),
        value => value.to_string(),
    }
}

fn is_short(value: &Value) -> bool {
    let is_scalar = !value.is_null() && !value.is_array() && !value.is_object();
    is_scalar && (1..40).contains(&plain(value).len())
}

/// Returns the docs of a type. They are empty if the document has none.
pub(super) fn type_docs(schema: &Schema) -> String {
    let description = schema.description.as_deref().map(str::trim).filter(|text| !text.is_empty());
    description.map(description_of).or_else(|| schema.title.as_deref().map(title)).unwrap_or_default()
}

/// Returns the first sentence or paragraph.
pub(super) fn first(description: &str) -> &str {
    let paragraph = description.trim().split("\n\n").next().unwrap_or_default();
    paragraph.split_inclusive(". ").next().unwrap_or_default().trim()
}
