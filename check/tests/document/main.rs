//! Documents of each version are read into the same model.

mod mistakes;

use declapi_check::document::{Document, Field, Kind, ParameterLocation, ParameterStyle, Schema};
use serde_json::{Value, json};

/// Returns a document with one operation, whose response has the schema.
fn responding(version: &str, schema: &Value, schemas: &Value) -> String {
    json!({
        "openapi": version,
        "info": {"title": "Notes", "version": "1"},
        "paths": {"/notes": {"get": {"responses": {"200": {
            "description": "A note", "content": {"application/json": {"schema": schema}}
        }}}}},
        "components": {"schemas": schemas}
    })
    .to_string()
}

fn read(text: &str) -> Document {
    Document::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn response(document: &Document) -> &Schema {
    &document.operations[0].responses[0].contents[0].schema
}

fn schema(version: &str, schema: &Value, schemas: &Value) -> Schema {
    response(&read(&responding(version, schema, schemas))).clone()
}

fn fields(schema: &Schema) -> &[Field] {
    let Kind::Object(object) = &schema.kind else { panic!("not an object: {schema:?}") };
    &object.fields
}

#[test]
fn each_version_of_a_schema_gives_the_same_model() {
    let named = json!({"note": {"type": "object", "properties": {"title": {"type": "string"}}}});
    let reference = json!({"$ref": "#/components/schemas/note"});
    for (name, old, new) in [
        ("a string", json!({"type": "string", "nullable": true}), json!({"type": ["string", "null"]})),
        (
            "an enum",
            json!({"type": "string", "nullable": true, "enum": ["a", "b", null]}),
            json!({"type": ["string", "null"], "enum": ["a", "b"]}),
        ),
        ("one value", json!({"type": "string", "enum": ["a"]}), json!({"const": "a"})),
        ("only null", json!({"enum": [null]}), json!({"type": "null"})),
        (
            "a file",
            json!({"type": "string", "format": "binary"}),
            json!({"type": "string", "contentMediaType": "image/png"}),
        ),
        (
            "text in a string",
            json!({"type": "string"}),
            json!({"type": "string", "contentMediaType": "image/png", "contentEncoding": "base64"}),
        ),
        (
            "null without quotes",
            json!({"type": "string", "nullable": true}),
            json!({"type": ["string", null]}),
        ),
        ("null as a constant", json!({"enum": [null]}), json!({"const": null})),
        (
            "a reference",
            json!({"nullable": true, "allOf": [reference]}),
            json!({"anyOf": [reference, {"type": "null"}]}),
        ),
        (
            "a reference that is described",
            json!({"nullable": true, "description": "The note", "allOf": [reference]}),
            json!({"oneOf": [{"type": "null"}, reference], "description": "The note"}),
        ),
        (
            "a keyword next to a reference",
            json!({"$ref": "#/components/schemas/note", "nullable": true}),
            json!({"oneOf": [reference, {"type": "null"}]}),
        ),
        (
            "a bound",
            json!({"type": "integer", "minimum": 0, "exclusiveMinimum": true}),
            json!({"type": "integer", "exclusiveMinimum": 0}),
        ),
        (
            "several types",
            json!({"oneOf": [{"type": "string"}, {"type": "integer"}], "nullable": true}),
            json!({"type": ["string", "integer", "null"]}),
        ),
        (
            "an object that may be null",
            json!({"type": "object", "nullable": true, "oneOf": [reference]}),
            json!({"anyOf": [{"type": "null"}, reference]}),
        ),
    ] {
        assert_eq!(schema("3.0.3", &old, &named), schema("3.1.0", &new, &named), "{name}");
    }
}

#[test]
fn the_keywords_of_a_schema_are_kept() {
    let schema = schema(
        "3.1.0",
        &json!({
            "type": "object",
            "required": ["id", "unlisted"],
            "properties": {
                "id": {"type": "integer", "format": "int64", "minimum": 1, "maximum": 9, "readOnly": true},
                "size": {"type": ["integer", "number"], "default": 2.5},
                "kind": {"type": ["string", "null"], "enum": ["a", "b", null], "title": "Kind"},
                "old": {"type": "boolean", "deprecated": true, "description": "Not used."},
                "labels": {"type": "array", "items": {"type": "string"}},
                "pair": {"prefixItems": [{"type": "string"}, {"type": "integer"}]},
                "anything": true,
                "counts": {"additionalProperties": {"type": "integer"}},
                "nullable": {"type": "string", "writeOnly": true},
            },
            "additionalProperties": true
        }),
        &json!({}),
    );
    let Kind::Object(object) = &schema.kind else { panic!("{schema:?}") };
    assert_eq!(object.others.as_deref(), Some(&Schema::default()));
    let mut names: Vec<_> = object.fields.iter().map(|field| (field.name.as_str(), field.required)).collect();
    // `json!` sorts them.
    names.sort_unstable();
    assert_eq!(
        names,
        [
            ("anything", false),
            ("counts", false),
            ("id", true),
            ("kind", false),
            ("labels", false),
            ("nullable", false),
            ("old", false),
            ("pair", false),
            ("size", false),
            ("unlisted", true)
        ]
    );
    let field = |name| &object.field(name).unwrap().schema;
    let id = field("id");
    assert_eq!(
        (&id.kind, id.format.as_deref(), id.minimum, id.maximum),
        (&Kind::Integer, Some("int64"), Some(1.0), Some(9.0))
    );
    assert!(id.read_only && !id.write_only && field("nullable").write_only && !field("nullable").nullable);
    assert_eq!((&field("size").kind, &field("size").default), (&Kind::Number, &Some(json!(2.5))));
    let kind = field("kind");
    assert_eq!(kind.kind, Kind::Enum(vec![json!("a"), json!("b")]));
    assert!(kind.nullable && kind.title.as_deref() == Some("Kind"));
    assert!(field("old").deprecated && field("old").description.as_deref() == Some("Not used."));
    let Kind::List(label) = &field("labels").kind else { panic!("no list") };
    assert_eq!(label.kind, Kind::String);
    let Kind::List(element) = &field("pair").kind else { panic!("no list") };
    let Kind::OneOf(elements) = &element.kind else { panic!("no alternatives") };
    assert_eq!(elements.iter().map(|one| &one.kind).collect::<Vec<_>>(), [&Kind::String, &Kind::Integer]);
    assert_eq!(field("anything").kind, Kind::Any);
    let Kind::Object(counts) = &field("counts").kind else { panic!("no object") };
    assert_eq!(counts.others.as_ref().unwrap().kind, Kind::Integer);
}

#[test]
fn all_of_is_merged() {
    let schemas = json!({
        "base": {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}, "name": {}}},
        "more": {"allOf": [
            {"$ref": "#/components/schemas/base"},
            {"properties": {"name": {"type": "string"}, "size": {"type": "integer"}}},
            {"required": ["size"]},
        ]},
        "circle": {"allOf": [{"$ref": "#/components/schemas/circle"}, {"properties": {"a": {"type": "string"}}}]},
        "list": {"type": "object", "properties": {"next": {"allOf": [{"$ref": "#/components/schemas/list"}]}}},
    });
    let document = read(&responding("3.0.0", &json!({"$ref": "#/components/schemas/more"}), &schemas));
    let more = document.resolve(response(&document));
    assert_eq!(more.name, Some("more"));
    let found: Vec<_> =
        fields(more.schema).iter().map(|field| (&*field.name, field.required, &field.schema.kind)).collect();
    assert_eq!(
        found,
        [("id", true, &Kind::Integer), ("name", false, &Kind::String), ("size", true, &Kind::Integer)]
    );
    assert_eq!(fields(&document.schemas["circle"])[0].name, "a");
    // A schema may contain itself, and keeps its name.
    assert_eq!(fields(&document.schemas["list"])[0].schema.kind, Kind::Reference("list".to_owned()));
}

#[test]
fn alternatives_contain_the_common_fields() {
    let schemas = json!({"a": {"type": "object", "properties": {"a": {"type": "string"}}}});
    let both = schema(
        "3.1.0",
        &json!({
            "type": "object",
            "properties": {"id": {"type": "integer"}},
            "oneOf": [{"$ref": "#/components/schemas/a"}, {"properties": {"b": {"type": "string"}}}]
        }),
        &schemas,
    );
    let Kind::OneOf(alternatives) = &both.kind else { panic!("{both:?}") };
    let names = |schema| fields(schema).iter().map(|field| field.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&alternatives[0]), ["id", "a"]);
    assert_eq!(names(&alternatives[1]), ["id", "b"]);

    // Lists of required fields are not alternatives.
    let present = schema(
        "3.0.0",
        &json!({
            "type": "object",
            "properties": {"a": {"type": "string"}, "b": {"type": "string"}},
            "anyOf": [{"required": ["a"]}, {"required": ["b"]}]
        }),
        &schemas,
    );
    assert_eq!(names(&present), ["a", "b"]);

    // Names are kept, and alternatives inside an alternative are added to the outer ones.
    let nested = schema(
        "3.1.0",
        &json!({"type": "object", "oneOf": [{"$ref": "#/components/schemas/a"}, {"anyOf": [{"type": "null"}, {"type": "array"}]}]}),
        &schemas,
    );
    let Kind::OneOf(alternatives) = &nested.kind else { panic!("{nested:?}") };
    assert!(nested.nullable);
    assert_eq!(alternatives[0].kind, Kind::Reference("a".to_owned()));
}

const YAML: &str = "
openapi: 3.0.3
info: {title: Notes, version: 1.0}
servers: [{url: https://api.example.com/v1}]
tags: [{name: notes, description: The notes of a user}]
x-of-the-vendor: 7
paths:
  x-more: 1
  /z/{id}:
    parameters:
      - $ref: '#/components/parameters/id'
      - {name: trace, in: header, schema: {type: string}}
    post:
      tags: [notes]
      operationId: z/create
      summary: Creates one
      deprecated: true
      parameters:
        - {name: trace, in: header, required: true, schema: {type: integer}}
        - {name: accept, in: header, schema: {type: string}}
        - {name: filter, in: query, style: deepObject, explode: true, content: {application/json: {schema: {type: object}}}}
        - {name: tags, in: query, explode: false, schema: {type: array, items: {type: string}}}
        - {name: tags, in: query, schema: {type: string}}
        - {name: Trace, in: header, schema: {type: string}}
      requestBody: {$ref: '#/components/requestBodies/note'}
      responses:
        201: {description: Made, content: {application/vnd.note+json: {schema: {$ref: '#/paths/~1a/get/responses/200/content/application~1json/schema'}}}}
        default: {$ref: '#/components/responses/failed'}
    get: {responses: {}}
  /a:
    get:
      responses:
        200:
          description: All
          content:
            application/json:
              schema: {type: array, items: {type: integer}}
components:
  parameters:
    id: {name: id, in: path, required: true, schema: {type: integer}}
  requestBodies:
    note: {required: true, content: {multipart/form-data: {schema: {type: object, properties: {z: {}, a: {}}}}}}
  responses:
    failed: {$ref: '#/components/responses/error'}
    error: {description: An error}
";

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_ignored() {
    let json = format!("\u{feff}{}", responding("3.1.0", &json!({"title": "\u{1f980}"}), &json!({})));
    let escaped = json.replace('\u{1f980}', "\\ud83e\\udd80");
    assert_eq!(response(&read(&escaped)).title.as_deref(), Some("\u{1f980}"));
    let yaml = format!("\u{feff}{}", YAML.replace('\n', "\r\n"));
    assert_eq!(read(&yaml).operations.len(), 3);
}

#[test]
fn operations_have_the_order_of_the_document_and_all_their_parts() {
    let document = read(YAML);
    let names: Vec<_> =
        document.operations.iter().map(|one| format!("{} {}", one.method, one.path)).collect();
    assert_eq!(names, ["POST /z/{id}", "GET /z/{id}", "GET /a"]);
    assert_eq!(
        (&*document.title, &*document.servers),
        ("Notes", &["https://api.example.com/v1".to_owned()][..])
    );
    assert_eq!(document.tags[0].description.as_deref(), Some("The notes of a user"));

    let create = &document.operations[0];
    assert_eq!((create.id.as_deref(), create.summary.as_deref()), (Some("z/create"), Some("Creates one")));
    assert!(create.deprecated && create.tags == ["notes"]);
    let parameters: Vec<_> = create
        .parameters
        .iter()
        .map(|one| (&*one.name, one.location, one.required, one.style, one.explode))
        .collect();
    assert_eq!(
        parameters,
        [
            ("id", ParameterLocation::Path, true, ParameterStyle::Simple, false),
            ("trace", ParameterLocation::Header, true, ParameterStyle::Simple, false),
            ("filter", ParameterLocation::Query, false, ParameterStyle::DeepObject, true),
            ("tags", ParameterLocation::Query, false, ParameterStyle::Form, false),
        ]
    );
    assert!(matches!(create.parameters[2].schema.kind, Kind::Object(_)));
    let body = create.body.as_ref().unwrap();
    assert_eq!((body.required, &*body.contents[0].media_type), (true, "multipart/form-data"));
    let names: Vec<_> = fields(&body.contents[0].schema).iter().map(|field| &*field.name).collect();
    assert_eq!(names, ["z", "a"]);
    let statuses: Vec<_> = create.responses.iter().map(|one| (&*one.status, one.is_success())).collect();
    assert_eq!(statuses, [("201", true), ("default", false)]);
    assert_eq!(create.responses[1].description.as_deref(), Some("An error"));
    assert!(create.responses[0].contents[0].is_json() && !body.contents[0].is_json());
    // A reference leads to a schema outside `components`.
    let made = document.resolve(&create.responses[0].contents[0].schema);
    assert_eq!(made.name, Some("#/paths/~1a/get/responses/200/content/application~1json/schema"));
    assert!(matches!(made.schema.kind, Kind::List(_)));
    assert_eq!(document.operations[1].parameters.len(), 2);
}
