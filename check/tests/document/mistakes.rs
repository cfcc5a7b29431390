//! Documents with mistakes. The error contains the location. A mistake in a part that is not read is ignored.

use declapi_check::document::Document;
use serde_json::{Value, json};

use super::responding;

fn error(text: &str) -> String {
    Document::parse(text).expect_err("it cannot be read").to_string()
}

#[test]
fn an_error_contains_the_location_of_the_mistake() {
    let of = |schema: Value| {
        error(&responding(
            "3.1.0",
            &schema,
            &json!({"a": {"$ref": "#/components/schemas/b"}, "b": {"$ref": "#/components/schemas/a"}}),
        ))
    };
    let at = "#/paths/~1notes/get/responses/200/content/application~1json/schema";
    for (text, parts) in [
        ("{\"openapi\"".to_owned(), vec!["it is not JSON", "line 1"]),
        ("a: [".to_owned(), vec!["it is not YAML", "line"]),
        (format!("{}{}", "{\"a\":".repeat(1600), "0"), vec!["nested too deeply", "line 1"]),
        (format!("a: {}{}", "[".repeat(1600), "]".repeat(1600)), vec!["nested too deeply"]),
        ("[]".to_owned(), vec!["no field `openapi`"]),
        ("just text".to_owned(), vec!["no field `openapi`"]),
        (json!({"swagger": "2.0"}).to_string(), vec!["Swagger 2.0", "convert it"]),
        (json!({"openapi": "4.0.0"}).to_string(), vec!["OpenAPI 4.0.0"]),
        (json!({"openapi": "3.1.0", "info": {"version": "1"}}).to_string(), vec!["`#/info`", "title"]),
        (json!({"openapi": "3.1.0", "info": [], "paths": {}}).to_string(), vec!["`#/info`", "a list is here, but it must be an object"]),
        (json!({"openapi": "3.1.0", "paths": {"/a": {"get": {"parameters": {}}}}}).to_string(), vec!["`#/paths/~1a/get/parameters`", "must be a list"]),
        (json!({"openapi": "3.1.0", "paths": {"/a": {"get": {"parameters": [{"in": "body", "name": "a"}]}}}}).to_string(), vec!["`#/paths/~1a/get/parameters/0`", "body"]),
        (json!({"openapi": "3.1.0", "paths": {"/a": {"$ref": "#/paths/~1a"}}}).to_string(), vec!["`#/paths/~1a`", "leads back to itself"]),
    ] {
        let error = error(&text);
        for part in parts {
            assert!(error.contains(part), "{part} is not in: {error}");
        }
    }
    let cases = [
        (
            json!({"properties": {"a": {"$ref": "#/components/schemas/lost"}}}),
            vec!["/schema/properties/a`", "`#/components/schemas/lost` leads nowhere"],
        ),
        (json!({"items": {"$ref": "common.yaml#/Note"}}), vec!["/schema/items`", "another file", "bundle"]),
        (json!({"anyOf": [{}, {"type": "file"}]}), vec!["/schema/anyOf/1`", "`file` is not a type"]),
        (json!({"properties": {"a": {"required": true}}}), vec!["/schema/properties/a`", "true"]),
    ];
    for (schema, parts) in cases {
        let mut text = responding("3.1.0", &schema, &json!({}));
        let error = error(&text);
        text.clear();
        assert!(error.contains(at), "{error}");
        for part in parts {
            assert!(error.contains(part), "{part} is not in: {error}");
        }
    }
    let circle = of(json!({}));
    assert!(
        circle.contains("`#/components/schemas/a`") && circle.contains("leads back to itself"),
        "{circle}"
    );
    let lost = Document::parse(&responding("3.1.0", &json!({"$ref": "#/lost"}), &json!({}))).unwrap_err();
    assert_eq!(lost.location(), at);
}

#[test]
fn a_chain_of_references_in_all_of_does_not_overflow_the_stack() {
    let link = |at: usize| {
        let next = json!({"$ref": format!("#/components/schemas/{}", at + 1)});
        (at.to_string(), json!({"allOf": [next, {"properties": {"a": {}}}]}))
    };
    let mut chain: serde_json::Map<String, Value> = (0..2000).map(link).collect();
    chain.insert("2000".to_owned(), json!({}));
    let long = error(&responding("3.1.0", &json!({}), &chain.into()));
    assert!(long.contains("at `#/components/schemas/") && long.contains("more than 64 references"), "{long}");
}

#[test]
fn a_mistake_in_a_part_that_is_not_read_is_ignored() {
    let document = Document::parse(
        &json!({
            "openapi": "3.1.0",
            "info": {"title": "Notes", "version": 1, "license": 7},
            "security": 7, "webhooks": 7, "x-more": 7,
            "paths": {"/a": {"get": {
                "callbacks": 7, "servers": 7,
                "parameters": [{"name": "a", "in": "query", "example": 7, "examples": 7, "schema": {"minLength": -1, "examples": 7}}],
                "responses": {"200": {"headers": 7, "links": 7, "x-more": 7}, "x-more": 7}
            }}},
            "components": {"securitySchemes": 7, "schemas": {}}
        })
        .to_string(),
    )
    .unwrap();
    assert_eq!(document.operations[0].parameters[0].name, "a");
}
