//! GitHub's OpenAPI description, and the differences of the declarations.
//!
//! The mock server ignores a query pair or a field of the body that it does not know, and does not know which fields of
//! its response are read. So a name that is misspelt and a type that is wrong are found here.

use std::collections::BTreeMap;

use declapi::{EndpointInfo, FieldInfo, JsonKind, Location};
use serde_json::Value;

use super::mock;
use super::schema::{Schema, Writer};

/// The description.
pub(crate) struct Description(Value);

/// The fields of an operation: the schema of each, and whether it is required.
type Fields<'d> = BTreeMap<(&'static str, &'d str), (bool, Schema<'d>)>;

impl Description {
    /// Reads the description, unless it cannot be installed.
    pub(crate) fn read() -> Option<Self> {
        let file = std::fs::read(mock::description(mock::directory()?)).expect("the description");
        Some(Self(serde_json::from_slice(&file).expect("JSON")))
    }

    /// Returns the problems of a declaration.
    pub(crate) fn mistakes(&self, endpoint: &EndpointInfo) -> Vec<String> {
        let name = format!("{} {}", endpoint.method.as_str(), endpoint.path);
        let Some(operation) = self.operation(endpoint) else {
            return vec![format!("{name}: no such operation")];
        };
        let described = fields(operation);
        // A placeholder may have any name, because the path was compared. A whole body has no name.
        let is_named = |field: &FieldInfo| matches!(field.location, Location::Query | Location::Body);
        let declared: BTreeMap<_, _> = endpoint
            .fields()
            .filter(is_named)
            .map(|field| ((field.location.as_str(), field.name), field))
            .collect();

        let wrong = declared.iter().flat_map(|(key, field)| match described.get(key) {
            None => vec![format!("{key:?} is not in the description")],
            Some((true, _)) if !field.required => vec![format!("{key:?} is required in the description")],
            Some((_, schema)) => schema.mistakes(field.name, &field.kind, Writer::Client),
        });
        let missing =
            described.iter().filter(|(key, (required, _))| *required && !declared.contains_key(*key));
        let missing = missing.map(|(key, _)| format!("{key:?} is missing"));
        let response = response(operation, &endpoint.response);
        wrong.chain(missing).chain(response).map(|mistake| format!("{name}: {mistake}")).collect()
    }

    /// Returns the operation with the method and the path of an endpoint, whatever the placeholders are called.
    fn operation(&self, endpoint: &EndpointInfo) -> Option<Schema<'_>> {
        let paths = self.0["paths"].as_object()?;
        let (_, path) = paths.iter().find(|(path, _)| pattern(path) == pattern(endpoint.path))?;
        let value = path.get(endpoint.method.as_str().to_lowercase())?;
        Some(Schema { whole: &self.0, value })
    }
}

/// Returns the query and body parameters of an operation.
fn fields(operation: Schema<'_>) -> Fields<'_> {
    let query = operation.elements("parameters").filter(|parameter| parameter.value["in"] == "query");
    let query = query.map(|parameter| {
        let name = parameter.value["name"].as_str().expect("a parameter has a name");
        (("query", name), (parameter.value["required"] == true, parameter.get("schema")))
    });
    let body = json(operation.get("requestBody")).alternatives().into_iter().map(Schema::properties);
    // Of several alternatives, uses the first object.
    let body = body.into_iter().find(|properties| !properties.is_empty()).unwrap_or_default();
    query.chain(body.into_iter().map(|(name, property)| (("body", name), property))).collect()
}

/// Returns the differences between the type of the response and the schema of a success.
fn response(operation: Schema<'_>, kind: &JsonKind) -> Vec<String> {
    let responses = operation.get("responses");
    let successes = ["200", "201", "202"].map(|status| json(responses.get(status)));
    match successes.into_iter().find(|schema| !schema.is_missing()) {
        Some(schema) => schema.mistakes("the response", kind, Writer::Server),
        None => Vec::new(),
    }
}

/// Returns the schema of a body in JSON.
fn json(body: Schema<'_>) -> Schema<'_> {
    body.get("content").get("application/json").get("schema")
}

/// Returns a path in which a segment with a placeholder has no name.
fn pattern(path: &str) -> String {
    path.split('/')
        .map(|segment| if segment.contains('{') { "{}" } else { segment })
        .collect::<Vec<_>>()
        .join("/")
}
