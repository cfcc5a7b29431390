//! GitHub's OpenAPI description, and what the declarations have that it does not.
//!
//! The mock server ignores a query pair or a field of the body that it does not know. So a name that is misspelt is
//! found here.

use std::collections::BTreeMap;

use declapi::{EndpointInfo, FieldInfo, Location};
use serde_json::Value;

use super::mock;

/// The description.
pub(crate) struct Description(Value);

/// The fields of an operation, each with whether it is required.
type Fields = BTreeMap<(&'static str, String), bool>;

impl Description {
    /// Reads the description, unless it cannot be installed.
    pub(crate) fn read() -> Option<Self> {
        let file = std::fs::read(mock::description(mock::directory()?)).expect("the description");
        Some(Self(serde_json::from_slice(&file).expect("JSON")))
    }

    /// Returns what is wrong with a declaration.
    pub(crate) fn mistakes(&self, endpoint: &EndpointInfo) -> Vec<String> {
        let name = format!("{} {}", endpoint.method.as_str(), endpoint.path);
        let Some(operation) = self.operation(endpoint) else {
            return vec![format!("{name}: no such operation")];
        };
        let described = self.fields(operation);
        let declared = |field: FieldInfo| ((field.location.as_str(), field.name.to_owned()), field.required);
        // A placeholder may be named as it reads best, since the path has been compared. What is the whole body has no
        // name.
        let is_named = |field: &FieldInfo| matches!(field.location, Location::Query | Location::Body);
        let declared: Fields = endpoint.fields().filter(is_named).map(declared).collect();

        let wrong = declared.iter().filter_map(|(field, required)| match described.get(field) {
            None => Some(format!("{name}: {field:?} is not in the description")),
            Some(true) if !required => Some(format!("{name}: {field:?} is required")),
            Some(_) => None,
        });
        let missing =
            described.iter().filter(|&(field, &required)| required && !declared.contains_key(field));
        wrong.chain(missing.map(|(field, _)| format!("{name}: {field:?} is missing"))).collect()
    }

    /// Returns the operation with the method and the path of an endpoint, whatever the placeholders are called.
    fn operation(&self, endpoint: &EndpointInfo) -> Option<&Value> {
        let paths = self.0["paths"].as_object()?;
        let (_, path) = paths.iter().find(|(path, _)| pattern(path) == pattern(endpoint.path))?;
        path.get(endpoint.method.as_str().to_lowercase())
    }

    /// Returns what an operation takes in the query and the body.
    fn fields(&self, operation: &Value) -> Fields {
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let query =
            parameters.map(|parameter| self.resolve(parameter)).filter(|query| query["in"] == "query");
        let query = query.map(|query| (("query", text(&query["name"])), query["required"] == true));
        let body = &self.resolve(&operation["requestBody"])["content"]["application/json"]["schema"];
        query.chain(self.properties(body)).collect()
    }

    /// Returns the properties of an object. Of several alternatives, it is the first that is an object.
    fn properties(&self, schema: &Value) -> Fields {
        let schema = self.resolve(schema);
        if let Some(alternatives) = ["oneOf", "anyOf"].iter().find_map(|key| schema[key].as_array()) {
            let mut alternatives = alternatives.iter().map(|schema| self.properties(schema));
            return alternatives.find(|fields| !fields.is_empty()).unwrap_or_default();
        }
        let required = schema["required"].as_array();
        let is_required = |name: &str| required.is_some_and(|names| names.iter().any(|other| other == name));
        let names = schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name);
        names.map(|name| (("body", name.clone()), is_required(name))).collect()
    }

    /// Follows references within the description.
    fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value["$ref"].as_str().and_then(|reference| reference.strip_prefix('#')) {
            Some(pointer) => self.resolve(self.0.pointer(pointer).expect("a reference leads somewhere")),
            None => value,
        }
    }
}

/// Returns a path in which a segment with a placeholder has no name.
fn pattern(path: &str) -> String {
    path.split('/')
        .map(|segment| if segment.contains('{') { "{}" } else { segment })
        .collect::<Vec<_>>()
        .join("/")
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
