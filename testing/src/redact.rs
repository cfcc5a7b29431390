//! Removes secrets from messages and files.

use declapi::{FieldInfo, JsonKind, ObjectInfo};
use serde_json::Value;

/// The replacement of a secret.
pub(crate) const REDACTED: &str = "<redacted>";

/// Names that mean a secret if a field is not declared.
const SECRET_NAMES: [&str; 18] = [
    "access_token",
    "api_key",
    "apikey",
    "authorization",
    "client_secret",
    "cookie",
    "id_token",
    "passwd",
    "password",
    "private_key",
    "refresh_token",
    "secret",
    "session_jwt",
    "session_token",
    "sig",
    "signature",
    "token",
    "x_amz_signature",
];

/// Hides a whole value but keeps its structure, so that it can still be deserialized.
pub(crate) fn hide(value: &mut Value) {
    match value {
        Value::String(text) if !text.is_empty() => REDACTED.clone_into(text),
        Value::Number(_) => *value = 0.into(),
        Value::Array(items) => items.iter_mut().for_each(hide),
        Value::Object(values) => values.values_mut().for_each(hide),
        Value::String(_) | Value::Bool(_) | Value::Null => {}
    }
}

/// Hides the secrets that a field's declaration marks.
pub(crate) fn field(value: &mut Value, info: &FieldInfo) {
    if is_secret(info) { hide(value) } else { json(value, info.kind) }
}

/// Hides the secrets that the declaration of a type marks, at any depth of the value.
pub(crate) fn json(value: &mut Value, kind: JsonKind) {
    let mut names = Vec::new();
    secret_names(kind, &mut Vec::new(), &mut names);
    by_kind(value, kind, &names);
}

/// Returns whether a type marks secrets.
pub(crate) fn has_secrets(kind: JsonKind) -> bool {
    let mut names = Vec::new();
    secret_names(kind, &mut Vec::new(), &mut names);
    !names.is_empty()
}

/// Returns whether the name of an undeclared field means a secret.
pub(crate) fn means_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase().replace('-', "_");
    SECRET_NAMES.contains(&name.as_str())
}

/// Returns whether a field is marked as secret, or has the type `Secret`.
pub(crate) fn is_secret(info: &FieldInfo) -> bool {
    let mut words = info.ty.split(|char: char| !char.is_alphanumeric() && char != '_');
    info.secret || words.any(|word| word == "Secret")
}

fn by_kind(value: &mut Value, kind: JsonKind, names: &[&'static str]) {
    match (kind, value) {
        (JsonKind::Nullable(kind), value) => by_kind(value, *kind, names),
        (JsonKind::List(kind), Value::Array(items)) => {
            for item in items {
                by_kind(item, *kind, names);
            }
        }
        (JsonKind::Map(kind), Value::Object(values)) => {
            values.values_mut().for_each(|value| by_kind(value, *kind, names));
        }
        (JsonKind::Object(object), Value::Object(values)) => {
            for (name, value) in values {
                match declared(object, name) {
                    Some(info) if is_secret(&info) => hide(value),
                    Some(info) => by_kind(value, info.kind, names),
                    None => undeclared(name, value, names),
                }
            }
        }
        (_, value) => unknown(value, names),
    }
}

/// Hides secrets in a value without a declaration: an envelope, an error, or drift.
fn unknown(value: &mut Value, names: &[&'static str]) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| unknown(item, names)),
        Value::Object(values) => values.iter_mut().for_each(|(name, value)| undeclared(name, value, names)),
        _ => {}
    }
}

fn undeclared(name: &str, value: &mut Value, names: &[&'static str]) {
    if means_secret(name) || names.contains(&name) { hide(value) } else { unknown(value, names) }
}

/// Returns the field with this name, also from flattened structs.
pub(crate) fn declared(object: &ObjectInfo, name: &str) -> Option<FieldInfo> {
    object.fields().find(|field| field.name == name).or_else(|| {
        object.fields().filter(|field| field.name == "*").find_map(|field| match inner(field.kind) {
            JsonKind::Object(object) => declared(object, name),
            _ => None,
        })
    })
}

/// Returns the kind without `Nullable`.
pub(crate) fn inner(kind: JsonKind) -> JsonKind {
    if let JsonKind::Nullable(kind) = kind { inner(*kind) } else { kind }
}

/// Collects the names of all secret fields inside a type. The type may contain itself.
fn secret_names(kind: JsonKind, seen: &mut Vec<&'static ObjectInfo>, names: &mut Vec<&'static str>) {
    match kind {
        JsonKind::Nullable(kind) | JsonKind::List(kind) | JsonKind::Map(kind) => {
            secret_names(*kind, seen, names);
        }
        JsonKind::Object(object) if !seen.contains(&object) => {
            seen.push(object);
            for field in object.fields() {
                if is_secret(&field) {
                    names.push(field.name);
                }
                secret_names(field.kind, seen, names);
            }
        }
        _ => {}
    }
}

/// The secrets of a request, because a server may repeat them in its response.
#[derive(Default)]
pub(crate) struct Known(Vec<String>);

/// A shorter secret is only replaced if it is a whole string, because it may be a part of other words.
const LEAST: usize = 6;

impl Known {
    pub(crate) fn add(&mut self, secret: &str) {
        if !secret.is_empty() && secret != REDACTED && !self.0.iter().any(|known| known == secret) {
            self.0.push(secret.to_owned());
            // The longest secrets come first, so that no part of one is left.
            self.0.sort_by_key(|known| std::cmp::Reverse(known.len()));
        }
    }

    /// Adds the strings of a value that are hidden in its redacted form.
    pub(crate) fn add_hidden(&mut self, value: &Value, hidden: &Value) {
        match (value, hidden) {
            (Value::String(text), Value::String(hidden)) if text != hidden => self.add(text),
            (Value::Array(items), Value::Array(hidden)) => {
                items.iter().zip(hidden).for_each(|(item, hidden)| self.add_hidden(item, hidden));
            }
            (Value::Object(values), Value::Object(hidden)) => {
                values
                    .values()
                    .zip(hidden.values())
                    .for_each(|(value, hidden)| self.add_hidden(value, hidden));
            }
            _ => {}
        }
    }

    pub(crate) fn hide_in(&self, text: &str) -> String {
        let mut hidden = url_keys(text);
        for secret in &self.0 {
            if hidden == *secret {
                return REDACTED.to_owned();
            }
            if secret.len() >= LEAST {
                hidden = hidden.replace(secret.as_str(), REDACTED);
            }
        }
        hidden
    }

    pub(crate) fn hide_in_json(&self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.hide_in(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.hide_in_json(item)),
            Value::Object(values) => values.values_mut().for_each(|value| self.hide_in_json(value)),
            _ => {}
        }
    }
}

/// Hides the keys in the query of a URL, for example the signature of a presigned URL.
fn url_keys(text: &str) -> String {
    let Some((start, query)) = text.split_once('?').filter(|(start, _)| start.contains("://")) else {
        return text.to_owned();
    };
    let pairs = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, _)) if means_secret(name) => format!("{name}={REDACTED}"),
        _ => pair.to_owned(),
    });
    format!("{start}?{}", pairs.collect::<Vec<_>>().join("&"))
}
