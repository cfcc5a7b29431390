"""Writes declarations for all operations of an API, from the facts that the tests use.

They show what a whole API costs to compile, and not how one declares it: enums are strings, and every object that a
response holds is optional.
"""

import json
import os
import re

from measure import cargo

FACTS = os.path.join(cargo.HERE, "..", "tests", "data", "api")
KEYWORDS = {"type", "ref", "use", "override", "self", "move", "match"}
SCALARS = {"integer": "i32", "number": "f64", "boolean": "bool", "datetime": "String", "any": "serde_json::Value"}
DERIVED = "#[derive(Clone, PartialEq, Debug)]"
BY_SERDE = "#[derive(Clone, PartialEq, Debug, serde::Serialize, serde::Deserialize)]"
READ_BY_SERDE = "#[derive(Clone, PartialEq, Debug, serde::Deserialize)]"


class Declarations:
    """Both APIs as items of Rust: `requests` and `responses`, each with the types of its fields."""

    def __init__(self):
        facts = [(name, json.load(open(os.path.join(FACTS, f"{name}.json")))) for name in ("consumer", "b2b")]
        types = [named for _, api in facts for named in api["types"].items()]
        self.objects = {name: type["fields"] for name, type in types if type["kind"] == "object"}
        self.operations = []
        self.requests, self.responses, self.wanted = [], [], set()
        resources = {}
        for api, declared in facts:
            for operation in declared["operations"]:
                resources.setdefault(".".join([api, *operation["resource"]]), []).append(operation)
        for resource, operations in resources.items():
            self.requests.append(f"/// {resource}.\n#[resource]\npub struct {camel(resource)};\n")
            for operation in operations:
                self.operation(resource, operation)
        written = set()
        while missing := sorted(self.wanted - written):
            written.add(missing[0])
            self.object(*missing[0])
        self.fields = sum(item.count("    pub ") for item in self.responses)

    def operation(self, resource, operation):
        name = camel(f"{resource}.{operation['name']}")
        self.operations.append((name, operation))
        reads, fields = operation["method"] in ("GET", "DELETE"), {}
        for parameter in operation["params"]:
            place = parameter["place"]
            given = {"header": f'header = "{parameter["name"].lower()}"', "query": None if reads else "query"}.get(place)
            required = parameter.get("required", False)
            fields.setdefault(parameter["name"], self.field(parameter, True, not required, given))
        for placeholder in re.findall(r"\{(\w+)\}", operation["path"]):
            fields.setdefault(placeholder, self.field({"name": placeholder, "type": "string"}, True, False))
        body = "".join(fields.values())
        method = "" if operation["name"] == "new" else f", name = {identifier(operation['name'])}"
        arguments = f'{operation["method"].lower()} = "{operation["path"]}", response = {name}Response'
        attribute = f"#[endpoint({arguments}, on = {camel(resource)}{method})]"
        self.requests.append(f"/// {name}.\n{attribute}\npub struct {name}{borrowing(body)} {{\n{body}}}\n")
        fields = "".join(self.field(field, False, field.get("nullable", False)) for field in operation["response"])
        self.responses.append(f"/// Response.\n#[response]\n{DERIVED}\npub struct {name}Response {{\n{fields}}}\n")

    def object(self, name, is_sent):
        fields = "".join(self.field(field, is_sent, field.get("optional", False)) for field in self.objects[name])
        if is_sent:
            item = f"#[object]\n#[derive(Clone, PartialEq)]\npub struct Sent{camel(name)}{borrowing(fields)}"
            self.requests.append(f"/// {name}.\n{item} {{\n{fields}}}\n")
        else:
            item = f"#[response]\n{DERIVED}\npub struct Read{camel(name)}"
            self.responses.append(f"/// {name}.\n{item} {{\n{fields}}}\n")

    def field(self, field, is_sent, is_optional, location=None):
        name, kind = field["name"], self.kind(field["type"], is_sent)
        # A struct whose fields may all be missing may be missing itself.
        if is_optional or (not is_sent and kind.startswith("Read")):
            kind = f"Option<{kind}>"
        ident = identifier(name)
        lines = [f"    /// {name}.\n"]
        if location:
            lines.append(f"    #[endpoint({location})]\n")
        if ident.removeprefix("r#") != name and not (location or "").startswith("header"):
            lines.append(f'    #[serde(rename = "{name}")]\n')
        return "".join([*lines, f"    pub {ident}: {kind},\n"])

    def kind(self, text, is_sent):
        if inner := re.fullmatch(r"map<(.*)>", text):
            object_of_any = "serde_json::Map<String, serde_json::Value>"
            inner = inner[1]
            return object_of_any if inner == "any" else f"std::collections::BTreeMap<String, {self.kind(inner, is_sent)}>"
        if inner := re.fullmatch(r"array<(.*)>", text):
            return f"Vec<{self.kind(inner[1], is_sent)}>"
        if text in SCALARS:
            return SCALARS[text]
        if text not in self.objects:
            return "Cow<'a, str>" if is_sent else "String"
        self.wanted.add((text, is_sent))
        if not is_sent:
            return f"Read{camel(text)}"
        return f"Sent{camel(text)}" + ("<'a>" if self.borrows(text, ()) else "")

    def borrows(self, name, above):
        """Whether an object in a request contains a string, at any depth."""
        inner = [re.sub(r"^(array|map)<|>+$", "", field["type"]) for field in self.objects[name]]
        inner = [re.sub(r"^(array|map)<", "", kind) for kind in inner]
        is_string = lambda kind: kind not in SCALARS and kind not in self.objects
        return any(
            is_string(kind) or (kind in self.objects and kind not in above and self.borrows(kind, (*above, name)))
            for kind in inner
        )

    def crates(self):
        """{contender: source}"""
        imports = "use std::borrow::Cow;\nuse declapi::{endpoint, object, resource"
        requests, responses = "\n".join(self.requests), "\n".join(self.responses)
        alone = re.sub(r"response = \w+", "response = ()", requests)
        plain = responses.replace("#[response]\n", "")
        return {
            "everything": f"//! All.\n{imports}, response}};\n\n{requests}\n{responses}",
            "requests": f"//! Requests.\n{imports}}};\n\n{alone}",
            "responses": f"//! Responses.\nuse declapi::response;\n\n{responses}",
            "serde": f"//! Responses.\n\n{plain.replace(DERIVED, BY_SERDE)}",
            "serde-read": f"//! Responses.\n\n{plain.replace(DERIVED, READ_BY_SERDE)}",
        }


def identifier(name):
    name = re.sub(r"[^A-Za-z0-9_]+", "_", name)
    snake = name if name.islower() else re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()
    return f"r#{snake}" if snake in KEYWORDS else snake


def camel(name):
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[._]", name))


def borrowing(fields):
    return "<'a>" if "'a" in fields else ""
