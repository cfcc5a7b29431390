"""Writes the same operations as `declared` for other macros: ruma's attributes, and progenitor's OpenAPI document."""

import json
import re

from measure.declared import BY_SERDE, DERIVED, camel

RUMA = """//! All.
use ruma_common::{api::{auth_scheme::NoAuthentication, request, response}, metadata};

/// The token of the session.
pub const SESSION: http::HeaderName = http::HeaderName::from_static("x-stytch-member-session");
/// The JWT of that session.
pub const SESSION_JWT: http::HeaderName = http::HeaderName::from_static("x-stytch-member-sessionjwt");
"""
HEADERS = {"X-Stytch-Member-Session": "SESSION", "X-Stytch-Member-SessionJWT": "SESSION_JWT"}
SKIP = '    #[serde(skip_serializing_if = "Option::is_none")]\n'


def ruma(declarations):
    """Returns a module for each operation, because ruma's requests and responses have the same names in each."""
    modules = [ruma_module(name, operation, declarations) for name, operation in declarations.operations]
    objects = [item for item in [*declarations.requests, *declarations.responses] if re.search("pub struct (Sent|Read)", item)]
    objects = "\n".join(objects).replace("#[response]\n", "").replace("#[object]\n#[derive(Clone, PartialEq)]", DERIVED)
    objects = re.sub(r"(    pub (?:r#)?\w+: Option<)", SKIP + r"\1", objects.replace(DERIVED, BY_SERDE))
    return "\n".join([RUMA, *modules, owned(objects)])


def ruma_module(name, operation, declarations):
    fields, responses = [], []
    for parameter in located(operation):
        location = {"path": "path", "query": "query", "body": None}.get(parameter["place"], f"header = {HEADERS.get(parameter['name'])}")
        if parameter["place"] == "body" and operation["method"] == "GET":
            location = "query"
        optional = not parameter.get("required", False)
        line = declarations.field(parameter, True, optional, f"L{location}" if location else None)
        line = re.sub(r"#\[endpoint\(L(.*)\)\]", r"#[ruma_api(\1)]", line)
        fields.append(line if not optional or "header" in (location or "") else SKIP + line)
    for field in operation["response"]:
        responses.append(declarations.field(field, False, field.get("nullable", False)))
    metadata = f"method: {operation['method']}, rate_limited: false, authentication: NoAuthentication, path: \"{operation['path']}\""
    return owned(f"""
/// {name}.
pub mod {name[0].lower() + name[1:]} {{
    #[allow(unused_imports)]
    use crate::*;
    metadata! {{ {metadata} }}
    /// Request.
    #[request]
    pub struct Request {{
{"".join(fields)}    }}
    /// Response.
    #[response]
    pub struct Response {{
{"".join(responses)}    }}
}}
""")


def owned(text):
    return text.replace("Cow<'a, str>", "String").replace("<'a>", "")


def located(operation):
    """Returns the parameters, with those that only the path names, and those of the path in its order."""
    parameters = {parameter["name"]: parameter for parameter in operation["params"]}
    in_path = re.findall(r"\{(\w+)\}", operation["path"])
    path = [parameters.pop(name, {"name": name, "place": "path", "type": "string"}) for name in in_path]
    return [*({**parameter, "place": "path", "required": True} for parameter in path), *parameters.values()]


def openapi(declarations):
    """Returns an OpenAPI document of the operations."""
    schemas, paths = {}, {}
    for name, fields in declarations.objects.items():
        schemas[camel(name)] = schema(fields, lambda field: not field.get("optional", False), declarations)
    for name, operation in declarations.operations:
        is_body = lambda parameter: parameter["place"] == "body" and operation["method"] in ("POST", "PUT")
        body = [parameter for parameter in located(operation) if is_body(parameter)]
        described = {"operationId": name, "parameters": [
            {
                "name": parameter["name"],
                "in": parameter["place"] if parameter["place"] != "body" else "query",
                "required": parameter.get("required", False),
                "schema": kind(parameter["type"], declarations),
            }
            for parameter in located(operation)
            if not is_body(parameter)
        ]}
        if body:
            schemas[f"{name}Body"] = schema(body, lambda field: field.get("required", False), declarations)
            described["requestBody"] = {"required": True, **content(f"{name}Body")}
        schemas[f"{name}Response"] = schema(operation["response"], lambda field: not field.get("nullable", False), declarations)
        described["responses"] = {"200": {"description": "", **content(f"{name}Response")}}
        paths.setdefault(operation["path"], {})[operation["method"].lower()] = described
    info = {"title": "Generated", "version": "1"}
    return json.dumps({"openapi": "3.0.0", "info": info, "paths": paths, "components": {"schemas": schemas}})


def content(name):
    return {"content": {"application/json": {"schema": reference(name)}}}


def reference(name):
    return {"$ref": f"#/components/schemas/{name}"}


def schema(fields, is_required, declarations):
    required = [field["name"] for field in fields if is_required(field)]
    properties = {field["name"]: kind(field["type"], declarations) for field in fields}
    return {"type": "object", "properties": properties, **({"required": required} if required else {})}


SCALARS = {
    "integer": {"type": "integer", "format": "int32"},
    "number": {"type": "number", "format": "double"},
    "boolean": {"type": "boolean"},
    "any": {},
}


def kind(text, declarations):
    if inner := re.fullmatch(r"map<(.*)>", text):
        return {"type": "object", "additionalProperties": kind(inner[1], declarations)}
    if inner := re.fullmatch(r"array<(.*)>", text):
        return {"type": "array", "items": kind(inner[1], declarations)}
    if text in declarations.objects:
        return reference(camel(text))
    return SCALARS.get(text, {"type": "string"})
