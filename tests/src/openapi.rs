//! The facts of `data/api/` as an OpenAPI document, for a check of the declarations.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};
use stytch_client::EndpointInfo;

/// Returns an OpenAPI document with all operations of the APIs to which the endpoints belong.
///
/// # Panics
///
/// A file cannot be read.
pub fn document(endpoints: &[&EndpointInfo]) -> String {
    let files = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/api")).expect("tests/data/api");
    let read = |file: fs::DirEntry| fs::read_to_string(file.path()).expect("a readable file");
    let apis = files.flatten().map(|file| serde_json::from_str(&read(file)).expect("JSON"));
    let mut apis: Vec<Value> = apis.collect();
    // An operation of both APIs is taken from the consumer API.
    apis.sort_by_key(|facts| facts["api"] != "consumer");
    let is_of = |facts: &Value, endpoint: &EndpointInfo| {
        let key = (endpoint.method.as_str(), endpoint.path);
        list(&facts["operations"]).any(|facts| (text(&facts["method"]), text(&facts["path"])) == key)
    };
    let used: BTreeSet<_> = endpoints
        .iter()
        .filter_map(|endpoint| apis.iter().position(|facts| is_of(facts, endpoint)))
        .collect();

    let (mut paths, mut schemas) = (json!({}), Map::new());
    for facts in used.into_iter().map(|index| &apis[index]) {
        let api = Api(text(&facts["api"]));
        for operation in list(&facts["operations"]) {
            let method = text(&operation["method"]).to_lowercase();
            let slot = &mut paths[text(&operation["path"])][method];
            if slot.is_null() {
                *slot = api.operation(operation);
            }
        }
        let types = facts["types"].as_object().into_iter().flatten();
        schemas.extend(types.map(|(name, ty)| (api.name(name), api.named(ty))));
    }
    let info = json!({"title": "The facts", "version": "1"});
    json!({"openapi": "3.1.0", "info": info, "paths": paths, "components": {"schemas": schemas}}).to_string()
}

/// The name of an API. It is a part of the names of schemas, because types of two APIs can have the same name.
struct Api<'f>(&'f str);

impl Api<'_> {
    fn operation(&self, facts: &Value) -> Value {
        let is_in_body = |parameter: &&Value| parameter["place"] == "body";
        let (body, others): (Vec<_>, Vec<_>) = list(&facts["params"]).partition(is_in_body);
        let parameter = |facts: &Value| json!({"name": facts["name"], "in": facts["place"], "required": facts["required"], "schema": self.field(facts)});
        let parameters: Vec<_> = others.into_iter().map(parameter).collect();
        let response = self.object(list(&facts["response"]), |field| field["nullable"] == false);
        let mut operation = json!({
            "parameters": parameters,
            "responses": {"200": {"content": {"application/json": {"schema": response}}}}
        });
        if !body.is_empty() {
            let is_form = facts["content_type"] == "form";
            let media_type = if is_form { "application/x-www-form-urlencoded" } else { "application/json" };
            let schema = self.object(body.into_iter(), |field| field["required"] == true);
            operation["requestBody"]["content"][media_type]["schema"] = schema;
        }
        operation
    }

    fn object<'v>(&self, fields: impl Iterator<Item = &'v Value>, is_required: fn(&Value) -> bool) -> Value {
        let (mut properties, mut required) = (Map::new(), Vec::new());
        for field in fields {
            properties.insert(text(&field["name"]).to_owned(), self.field(field));
            required.extend(is_required(field).then(|| field["name"].clone()));
        }
        json!({"type": "object", "properties": properties, "required": required})
    }

    fn field(&self, facts: &Value) -> Value {
        match &facts["fixed"] {
            Value::Null => self.schema(text(&facts["type"])),
            fixed => json!({"const": fixed}),
        }
    }

    /// Returns the schema of a type in the facts.
    fn named(&self, ty: &Value) -> Value {
        match &ty["values"] {
            Value::Null => self.object(list(&ty["fields"]), |field| field["optional"] == false),
            values => json!({"type": "string", "enum": values}),
        }
    }

    fn schema(&self, ty: &str) -> Value {
        let inside = |kind: &str| ty.strip_prefix(kind).and_then(|rest| rest.strip_suffix('>'));
        if let Some(element) = inside("array<") {
            return json!({"type": "array", "items": self.schema(element)});
        }
        if let Some(value) = inside("map<") {
            return json!({"type": "object", "additionalProperties": self.schema(value)});
        }
        match ty {
            "string" | "datetime" => json!({"type": "string"}),
            "integer" | "number" | "boolean" => json!({"type": ty}),
            "any" => json!({}),
            _ => json!({"$ref": format!("#/components/schemas/{}", self.name(ty))}),
        }
    }

    fn name(&self, ty: &str) -> String {
        format!("{}:{}", self.0, ty.strip_prefix("enum ").unwrap_or(ty))
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
