//! The types in the description, compared with the declared types.

use std::collections::BTreeMap;

use declapi::{FieldInfo, JsonKind, ObjectInfo};
use serde_json::Value;

/// A schema of the description, with the description to resolve its references.
#[derive(Clone, Copy)]
pub(crate) struct Schema<'d> {
    pub(crate) whole: &'d Value,
    pub(crate) value: &'d Value,
}

/// The writer of the value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writer {
    Client,
    Server,
}

impl<'d> Schema<'d> {
    /// Returns the schema under a name, with resolved references.
    pub(crate) fn get(self, name: &str) -> Self {
        Self { value: &self.value[name], ..self }.resolved()
    }

    pub(crate) fn resolved(self) -> Self {
        match self.value["$ref"].as_str().and_then(|reference| reference.strip_prefix('#')) {
            Some(pointer) => {
                let value = self.whole.pointer(pointer).expect("a reference leads somewhere");
                Self { value, ..self }.resolved()
            }
            None => self,
        }
    }

    pub(crate) fn elements(self, name: &str) -> impl Iterator<Item = Self> + use<'d> {
        let elements = self.value[name].as_array().into_iter().flatten();
        elements.map(move |value| Self { value, ..self }.resolved())
    }

    pub(crate) fn is_missing(self) -> bool {
        self.value.is_null()
    }

    /// Returns the alternatives of a schema; the schema itself if it has none.
    pub(crate) fn alternatives(self) -> Vec<Self> {
        let alternatives: Vec<_> = self.elements("oneOf").chain(self.elements("anyOf")).collect();
        if alternatives.is_empty() { vec![self] } else { alternatives }
    }

    /// Returns the properties of an object, and whether each is required.
    pub(crate) fn properties(self) -> BTreeMap<&'d str, (bool, Self)> {
        let required = self.value["required"].as_array();
        let is_required = |name: &str| required.is_some_and(|names| names.iter().any(|other| other == name));
        let own = self.value["properties"].as_object().into_iter().flatten();
        let own = own.map(|(name, value)| (&**name, (is_required(name), Self { value, ..self }.resolved())));
        self.elements("allOf").flat_map(Self::properties).chain(own).collect()
    }

    /// Returns the problems with the kind of a declared value whose name is `at`.
    pub(crate) fn mistakes(self, at: &str, kind: &JsonKind, writer: Writer) -> Vec<String> {
        if let JsonKind::Nullable(inner) = kind {
            let null = (writer == Writer::Client && !self.is_nullable())
                .then(|| format!("{at} may be null, but not in the description"));
            return null.into_iter().chain(self.mistakes(at, inner, writer)).collect();
        }
        let tries = self.alternatives().into_iter().map(|schema| schema.differences(at, kind, writer));
        // Uses the alternative with the fewest problems.
        tries.min_by_key(Vec::len).unwrap_or_default()
    }

    fn differences(self, at: &str, kind: &JsonKind, writer: Writer) -> Vec<String> {
        let ty =
            self.value["type"].as_str().or_else(|| self.elements("allOf").next()?.value["type"].as_str());
        let is = |wanted: &[&str]| match ty {
            Some(ty) if !wanted.contains(&ty) => {
                vec![format!("{at} is {kind:?}, but {ty} in the description")]
            }
            _ => Vec::new(),
        };
        match kind {
            JsonKind::Boolean => is(&["boolean"]),
            JsonKind::Integer => is(&["integer", "number"]),
            JsonKind::Number => is(&["number", "integer"]),
            JsonKind::String => is(&["string"]),
            JsonKind::Enum(values) => [is(&["string"]), self.unknown_values(at, values, writer)].concat(),
            JsonKind::List(inner) => {
                [is(&["array"]), self.get("items").mistakes(&format!("{at}[]"), inner, writer)].concat()
            }
            JsonKind::Map(inner) => {
                let values = self.get("additionalProperties");
                let values = values.value.is_object().then_some(("*", values));
                let named =
                    self.properties().into_iter().map(|(name, (_, schema))| (name, schema)).chain(values);
                let wrong =
                    named.flat_map(|(name, schema)| schema.mistakes(&format!("{at}.{name}"), inner, writer));
                is(&["object"]).into_iter().chain(wrong).collect()
            }
            JsonKind::Object(object) => {
                let fields = object.fields().flat_map(|field| self.field_mistakes(at, &field, writer));
                is(&["object"]).into_iter().chain(fields).chain(self.missing(at, object, writer)).collect()
            }
            _ => Vec::new(),
        }
    }

    fn is_nullable(self) -> bool {
        self.value["nullable"] == true
            || self.alternatives().iter().any(|schema| schema.value["nullable"] == true)
    }

    /// A server may send unknown values, but a client may not.
    fn unknown_values(self, at: &str, values: &[&str], writer: Writer) -> Vec<String> {
        let Some(known) = self.value["enum"].as_array().filter(|_| writer == Writer::Client) else {
            return Vec::new();
        };
        let unknown = values.iter().filter(|value| !known.iter().any(|other| other == *value));
        unknown.map(|value| format!("{at} may be {value:?}, but not in the description")).collect()
    }

    fn field_mistakes(self, at: &str, field: &FieldInfo, writer: Writer) -> Vec<String> {
        let name = format!("{at}.{}", field.name);
        match self.properties().get(field.name) {
            None => vec![format!("{name} is not in the description")],
            Some((false, _)) if field.required && writer == Writer::Server => {
                vec![format!("{name} is required, but not in the description")]
            }
            Some((_, schema)) => schema.mistakes(&name, &field.kind, writer),
        }
    }

    /// Returns the required properties that a client does not have to set.
    fn missing(self, at: &str, object: &ObjectInfo, writer: Writer) -> Vec<String> {
        let is_set = |name: &str| object.fields().any(|field| field.name == name && field.required);
        let required = self.properties().into_iter().filter(|(_, (required, _))| *required);
        let missing = required.filter(|(name, _)| writer == Writer::Client && !is_set(name));
        missing.map(|(name, _)| format!("{at}.{name} is required in the description")).collect()
    }
}
