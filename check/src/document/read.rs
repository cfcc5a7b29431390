//! Reads a document into the model.

use std::collections::BTreeMap;

use oas3::spec as oas;
use oas3::spec::ObjectOrReference;
use yaml_serde::Value;

use super::parts::Part;
use super::schemas::Reader;
use super::{
    Content, Document, DocumentError, Kind, Operation, Parameter, ParameterLocation, ParameterStyle,
    RequestBody, Response, Schema, Tag,
};
use super::{extras, upgrade};

pub(super) fn document(text: &str) -> Result<Document, DocumentError> {
    let source = value(text)?;
    version(&source)?;
    let current = upgrade::document(&source, None)?;
    let spec = match yaml_serde::from_value::<oas3::Spec>(current.clone()) {
        Ok(spec) => spec,
        // The parser does not return the location, so try each part by itself.
        Err(error) => {
            upgrade::document(&source, Some(probe))?;
            return Err(DocumentError::new("#", error.to_string()));
        }
    };
    let reader = Reader::new(&spec);
    let schemas = reader.components();
    without_circles(&schemas)?;
    let mut document = Document {
        title: spec.info.title.clone(),
        description: spec.info.description.clone(),
        servers: Vec::new(),
        tags: spec.tags.iter().map(tag).collect(),
        operations: operations(&spec, &current, &reader),
        schemas,
        security: None,
        security_schemes: BTreeMap::new(),
        webhooks: Vec::new(),
    };
    reader.finish()?;
    extras::add(&mut document, &source);
    Ok(document)
}

/// Reads JSON or YAML. Both keep the order of the document.
fn value(text: &str) -> Result<Value, DocumentError> {
    // Editors on Windows write a byte order mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let is_json = text.trim_start().starts_with(['{', '[']);
    let whole = |problem: String| DocumentError::new("#", problem);
    // Both parsers have a limit, which protects the stack.
    let problem = |format: &str, error: String| {
        let is_deep = error.contains("recursion limit");
        let what = if is_deep {
            "its values are nested too deeply".to_owned()
        } else {
            format!("it is not {format}")
        };
        whole(format!("{what}: {error}"))
    };
    if is_json {
        return serde_json::from_str(text).map_err(|error| problem("JSON", error.to_string()));
    }
    let mut value: Value = yaml_serde::from_str(text).map_err(|error| problem("YAML", error.to_string()))?;
    value.apply_merge().map_err(|error| whole(format!("it is not YAML: {error}")))?;
    Ok(value)
}

fn version(source: &Value) -> Result<(), DocumentError> {
    let said = |key: &str| match source.get(key) {
        Some(Value::String(text)) => Some(text.clone()),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let problem = match (said("openapi"), said("swagger")) {
        (Some(version), _) if ["3.0", "3.1"].iter().any(|known| version.starts_with(known)) => return Ok(()),
        (Some(version), _) => {
            format!("it is OpenAPI {version}, which is not supported: use a document of version 3.0 or 3.1")
        }
        (None, Some(version)) => format!(
            "it is Swagger {version}, which is not supported: convert it to OpenAPI 3, for example with `swagger2openapi`"
        ),
        (None, None) => {
            "it has no field `openapi` with a version such as \"3.1.0\": pass an OpenAPI document".to_owned()
        }
    };
    Err(DocumentError::new("#", problem))
}

/// Returns an error if the parser rejects a part.
fn probe(part: Part, value: &Value) -> Result<(), String> {
    fn parse<T: serde::de::DeserializeOwned>(value: &Value) -> Result<(), String> {
        yaml_serde::from_value::<T>(value.clone()).map(drop).map_err(|error| error.to_string())
    }
    match part {
        // A converted reference has no other keys.
        Part::Schema if value.is_bool() || value.get("$ref").is_some() => Ok(()),
        Part::Schema => parse::<oas::ObjectSchema>(value),
        Part::MediaType => parse::<oas::MediaType>(value),
        Part::Response => parse::<oas::Response>(value),
        Part::RequestBody => parse::<oas::RequestBody>(value),
        Part::Parameter => parse::<oas::Parameter>(value),
        Part::Operation => parse::<oas::Operation>(value),
        Part::PathItem => parse::<oas::PathItem>(value),
        Part::Components => parse::<oas::Components>(value),
        Part::Info => parse::<oas::Info>(value),
        Part::Server => parse::<oas::Server>(value),
        Part::Tag => parse::<oas::Tag>(value),
        Part::Document => parse::<oas3::Spec>(value),
    }
}

fn without_circles(schemas: &BTreeMap<String, Schema>) -> Result<(), DocumentError> {
    for name in schemas.keys() {
        let mut next = name;
        for _ in 0..=schemas.len() {
            match schemas.get(next).map(|schema| &schema.kind) {
                Some(Kind::Reference(target)) => next = target,
                _ => break,
            }
        }
        if matches!(schemas.get(next).map(|schema| &schema.kind), Some(Kind::Reference(_))) {
            let at = if name.starts_with('#') { name.clone() } else { format!("{}{name}", upgrade::SCHEMAS) };
            return Err(DocumentError::new(
                at,
                "the reference leads back to itself: make it lead to a schema",
            ));
        }
    }
    Ok(())
}

fn tag(tag: &oas::Tag) -> Tag {
    Tag { name: tag.name.clone(), description: tag.description.clone() }
}

/// Returns the operations in the order of the document. The parser keeps the order of paths, but not of methods.
fn operations(spec: &oas3::Spec, current: &Value, reader: &Reader<'_>) -> Vec<Operation> {
    let mut operations = Vec::new();
    for (path, item) in spec.paths.iter().flatten() {
        let order: Vec<&str> = match current["paths"].get(path) {
            Some(Value::Mapping(fields)) => fields.keys().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let place = |method: &str| order.iter().position(|other| other.eq_ignore_ascii_case(method));
        let mut methods: Vec<_> = item.methods().into_iter().collect();
        methods.sort_by_key(|(method, _)| place(method.as_str()));
        for (method, operation) in methods {
            operations.push(read_operation(method.as_str(), path, &item.parameters, operation, reader));
        }
    }
    operations
}

fn read_operation(
    method: &str,
    path: &str,
    inherited: &[ObjectOrReference<oas::Parameter>],
    operation: &oas::Operation,
    reader: &Reader<'_>,
) -> Operation {
    let own: Vec<_> = operation.parameters.iter().filter_map(inline).collect();
    let is_replaced = |parameter: &oas::Parameter| own.iter().any(|own| is_same(own, parameter));
    let inherited = inherited.iter().filter_map(inline).filter(|parameter| !is_replaced(parameter));
    let mut all: Vec<&oas::Parameter> = Vec::new();
    for parameter in inherited.chain(own.iter().copied()).filter(|parameter| !is_of_http(parameter)) {
        // OpenAPI does not allow a parameter twice. Of some documents, the first one is used.
        if !all.iter().any(|before| is_same(before, parameter)) {
            all.push(parameter);
        }
    }
    Operation {
        method: method.to_owned(),
        path: path.to_owned(),
        id: operation.operation_id.clone(),
        tags: operation.tags.clone(),
        summary: operation.summary.clone(),
        description: operation.description.clone(),
        deprecated: operation.deprecated == Some(true),
        parameters: all.into_iter().map(|parameter| read_parameter(parameter, reader)).collect(),
        body: operation.request_body.as_ref().and_then(inline).map(|body| RequestBody {
            required: body.required == Some(true),
            description: body.description.clone(),
            contents: contents(&body.content, reader),
        }),
        responses: operation
            .responses
            .iter()
            .flatten()
            .filter_map(|(status, response)| {
                let response = inline(response)?;
                Some(Response {
                    status: status.clone(),
                    description: response.description.clone(),
                    contents: contents(&response.content, reader),
                    headers: Vec::new(),
                })
            })
            .collect(),
        servers: Vec::new(),
        security: None,
        callbacks: Vec::new(),
    }
}

/// Returns a part that is not a reference. Only references to schemas are left.
fn inline<T>(part: &ObjectOrReference<T>) -> Option<&T> {
    match part {
        ObjectOrReference::Object(part) => Some(part),
        ObjectOrReference::Ref { .. } => None,
    }
}

/// Returns whether two parameters are the same part of a request. HTTP compares the names of headers without case.
fn is_same(one: &oas::Parameter, other: &oas::Parameter) -> bool {
    let is_header = one.location == oas::ParameterIn::Header;
    let has_name = one.name == other.name || is_header && one.name.eq_ignore_ascii_case(&other.name);
    has_name && one.location == other.location
}

/// Returns whether OpenAPI ignores a header as a parameter.
fn is_of_http(parameter: &oas::Parameter) -> bool {
    parameter.location == oas::ParameterIn::Header
        && ["accept", "content-type", "authorization"]
            .iter()
            .any(|name| parameter.name.eq_ignore_ascii_case(name))
}

fn read_parameter(parameter: &oas::Parameter, reader: &Reader<'_>) -> Parameter {
    let location = match parameter.location {
        oas::ParameterIn::Path => ParameterLocation::Path,
        oas::ParameterIn::Query => ParameterLocation::Query,
        oas::ParameterIn::Header => ParameterLocation::Header,
        oas::ParameterIn::Cookie => ParameterLocation::Cookie,
    };
    let style = match parameter.style {
        None if matches!(location, ParameterLocation::Path | ParameterLocation::Header) => {
            ParameterStyle::Simple
        }
        Some(oas::ParameterStyle::Form) | None => ParameterStyle::Form,
        Some(oas::ParameterStyle::Simple) => ParameterStyle::Simple,
        Some(oas::ParameterStyle::SpaceDelimited) => ParameterStyle::SpaceDelimited,
        Some(oas::ParameterStyle::PipeDelimited) => ParameterStyle::PipeDelimited,
        Some(oas::ParameterStyle::DeepObject) => ParameterStyle::DeepObject,
        Some(oas::ParameterStyle::Matrix) => ParameterStyle::Matrix,
        Some(oas::ParameterStyle::Label) => ParameterStyle::Label,
    };
    let content = || parameter.content.iter().flatten().find_map(|(_, content)| content.schema.as_ref());
    Parameter {
        name: parameter.name.clone(),
        location,
        required: parameter.required == Some(true),
        style,
        explode: parameter.explode.unwrap_or(style == ParameterStyle::Form),
        description: parameter.description.clone(),
        deprecated: parameter.deprecated == Some(true),
        schema: parameter
            .schema
            .as_ref()
            .or_else(content)
            .map(|schema| reader.schema(schema))
            .unwrap_or_default(),
        media_type: parameter.content.iter().flatten().map(|(media_type, _)| media_type.clone()).next(),
    }
}

fn contents(contents: &oas3::Map<String, oas::MediaType>, reader: &Reader<'_>) -> Vec<Content> {
    let content = |(media_type, content): (&String, &oas::MediaType)| Content {
        media_type: media_type.clone(),
        schema: content.schema.as_ref().map(|schema| reader.schema(schema)).unwrap_or_default(),
    };
    contents.iter().map(content).collect()
}
