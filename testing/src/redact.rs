//! Removes secrets from messages and files.

mod known;
mod names;

use declapi::{EndpointInfo, FieldInfo, JsonKind, ObjectInfo};
use serde_json::Value;

pub(crate) use self::known::Known;
pub(crate) use self::names::{REDACTED_IN_URL, means_secret};

/// The replacement of a secret.
pub(crate) const REDACTED: &str = "<redacted>";

/// The name of a flattened field.
pub(crate) const FLAT: &str = "*";

/// Hides a whole value but keeps its structure, so that it can still be deserialized.
pub(crate) fn hide(value: &mut Value) {
    match value {
        Value::String(text) => REDACTED.clone_into(text),
        Value::Number(_) => *value = 0.into(),
        Value::Array(items) => items.iter_mut().for_each(hide),
        Value::Object(values) => values.values_mut().for_each(hide),
        Value::Bool(_) => *value = false.into(),
        Value::Null => {}
    }
}

/// Hides the secrets that a field's declaration marks.
pub(crate) fn field(value: &mut Value, info: &FieldInfo) {
    if is_secret(info) { hide(value) } else { json(value, info.kind) }
}

/// Hides the secrets that the declaration of a type marks, at any depth of the value.
pub(crate) fn json(value: &mut Value, kind: JsonKind) {
    by_kind(value, kind, &names(kind));
}

/// Hides the secrets in an object whose entries are these fields.
pub(crate) fn entries(value: &mut Value, fields: &[FieldInfo]) {
    let mut names = Names::secret();
    names.add_fields(fields.iter().copied());
    let names = names.found;
    match value {
        Value::Object(values) => {
            values.iter_mut().for_each(|(name, value)| entry(fields, name, value, &names));
        }
        value => unknown(value, &names),
    }
}

/// Returns whether a type marks secrets.
pub(crate) fn has_secrets(kind: JsonKind) -> bool {
    !names(kind).is_empty()
}

/// Returns whether a field is marked as secret, or has the type `Secret`.
pub(crate) fn is_secret(info: &FieldInfo) -> bool {
    let mut words = info.ty.split(|char: char| !char.is_alphanumeric() && char != '_');
    info.secret || words.any(|word| word == "Secret")
}

fn by_kind(value: &mut Value, kind: JsonKind, names: &[&'static str]) {
    match (kind, value) {
        (JsonKind::List(kind) | JsonKind::Map(kind), Value::Array(items)) => {
            for item in items {
                by_kind(item, *kind, names);
            }
        }
        // A value of a list alone is a line of a stream, or one of several parts with the same name.
        (JsonKind::Nullable(kind) | JsonKind::List(kind), value) => by_kind(value, *kind, names),
        (JsonKind::Map(kind), Value::Object(values)) => {
            for (name, value) in values {
                if means_secret(name) { hide(value) } else { by_kind(value, *kind, names) }
            }
        }
        (JsonKind::Object(object), Value::Object(values)) => {
            let fields = spread(object.fields());
            values.iter_mut().for_each(|(name, value)| entry(&fields, name, value, names));
        }
        (_, value) => unknown(value, names),
    }
}

fn entry(fields: &[FieldInfo], name: &str, value: &mut Value, names: &[&'static str]) {
    match find(fields, name) {
        Some(info) if is_secret(&info) => hide(value),
        Some(info) if info.name == FLAT => undeclared(name, value, names, info.kind),
        Some(info) => by_kind(value, info.kind, names),
        None => undeclared(name, value, names, JsonKind::Unknown),
    }
}

/// Hides secrets in a value without a declaration: an envelope, an error, or drift.
fn unknown(value: &mut Value, names: &[&'static str]) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| unknown(item, names)),
        Value::Object(values) => {
            values.iter_mut().for_each(|(name, value)| undeclared(name, value, names, JsonKind::Unknown));
        }
        Value::String(text) => {
            if let Some(value) = inside(text) {
                let mut hidden = value.clone();
                unknown(&mut hidden, names);
                if hidden != value {
                    *text = hidden.to_string();
                }
            }
        }
        _ => {}
    }
}

/// Returns the JSON object or list that a string contains.
pub(crate) fn inside(text: &str) -> Option<Value> {
    if text.trim_start().starts_with(['{', '[']) { declapi::from_json(text).ok() } else { None }
}

fn undeclared(name: &str, value: &mut Value, names: &[&'static str], kind: JsonKind) {
    if means_secret(name) || names.contains(&name) { hide(value) } else { by_kind(value, kind, names) }
}

/// Returns the field with this name, also from flattened structs. If there is none, the value belongs to a flattened
/// field, for example a map, which is returned with the name `*` and the kind of its values.
pub(crate) fn declared(object: &ObjectInfo, name: &str) -> Option<FieldInfo> {
    find(&spread(object.fields()), name)
}

fn find(fields: &[FieldInfo], name: &str) -> Option<FieldInfo> {
    let flat = || fields.iter().filter(|field| field.name == FLAT);
    let found =
        fields.iter().find(|field| field.name == name).or_else(|| flat().find(|field| is_secret(field)));
    let found = found.or_else(|| flat().next());
    let mut found = *found?;
    if let (FLAT, JsonKind::Map(kind)) = (found.name, inner(found.kind)) {
        found.kind = *kind;
    }
    Some(found)
}

/// Replaces each flattened struct by its fields.
pub(crate) fn spread(fields: impl IntoIterator<Item = FieldInfo>) -> Vec<FieldInfo> {
    let mut all = Vec::new();
    for field in fields {
        match inner(field.kind) {
            JsonKind::Object(object) if field.name == FLAT => {
                let is_secret = is_secret(&field);
                let mut inside = spread(object.fields());
                for field in &mut inside {
                    field.secret |= is_secret;
                }
                all.extend(inside);
                // A name that the struct does not declare is not safe either.
                all.extend(Some(field).filter(|_| is_secret));
            }
            _ => all.push(field),
        }
    }
    all
}

/// Returns the kind without `Nullable`.
pub(crate) fn inner(kind: JsonKind) -> JsonKind {
    if let JsonKind::Nullable(kind) = kind { inner(*kind) } else { kind }
}

/// Returns the names of all secret fields inside a type.
fn names(kind: JsonKind) -> Vec<&'static str> {
    let mut names = Names::secret();
    names.add(kind);
    names.found
}

/// Returns the names of all fields of a request and its response, at any depth.
pub(crate) fn declared_names(info: &EndpointInfo) -> Vec<&'static str> {
    let mut names = Names { is_wanted: |_| true, ..Names::secret() };
    names.add_fields(info.fields());
    names.add(info.response);
    names.found
}

/// The names of fields inside of types.
struct Names {
    is_wanted: fn(&FieldInfo) -> bool,
    /// A type may contain itself.
    seen: Vec<&'static ObjectInfo>,
    found: Vec<&'static str>,
}

impl Names {
    fn secret() -> Self {
        Self { is_wanted: is_secret, seen: Vec::new(), found: Vec::new() }
    }

    fn add(&mut self, kind: JsonKind) {
        match kind {
            JsonKind::Nullable(kind) | JsonKind::List(kind) | JsonKind::Map(kind) => self.add(*kind),
            JsonKind::Object(object) if !self.seen.contains(&object) => {
                self.seen.push(object);
                self.add_fields(object.fields());
            }
            _ => {}
        }
    }

    fn add_fields(&mut self, fields: impl Iterator<Item = FieldInfo>) {
        for field in fields {
            if (self.is_wanted)(&field) {
                self.found.push(field.name);
            }
            self.add(field.kind);
        }
    }
}
