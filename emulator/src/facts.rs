//! The routes, compared with the facts of Stytch's API. The facts were read from Stytch's SDKs.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use serde_json::Value;

use crate::{
    parameter::{Kind, Parameter},
    route::{Access, Route, is_control},
    routes::ROUTES,
};

/// Parameters that the endpoint checks itself, or that accept more than the facts say. Each has a reason.
const EXCEPTIONS: [(&str, &str, &str); 5] = [
    ("/v1/b2b/organizations/search", "query", "each mistake in it has a separate error type"),
    ("/v1/b2b/organizations/members/search", "query", "each mistake in it has a separate error type"),
    ("/v1/users/search", "query", "each mistake in it has a separate error type"),
    ("/v1/m2m/clients/search", "query", "each mistake in it has a separate error type"),
    ("/v1/public/{project_id}/oauth2/token", "scopes", "one of the SDKs sends it instead of `scope`"),
];

/// The files of the facts.
const FILES: [&str; 2] = ["tests/data/api/consumer.json", "tests/data/api/b2b.json"];

struct Facts {
    operations: Vec<Value>,
    types: BTreeMap<String, Value>,
}

fn facts(file: &str) -> Facts {
    let path = format!("{}/../{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let facts: Value = serde_json::from_str(&text).expect("the facts are JSON");
    let types = facts["types"].as_object().cloned().expect("types");
    Facts {
        operations: facts["operations"].as_array().expect("operations").clone(),
        types: types.into_iter().collect(),
    }
}

fn route_of(operation: &Value) -> Option<&'static Route> {
    let fits =
        |route: &&&Route| operation["method"] == route.method.as_str() && operation["path"] == route.path;
    ROUTES.iter().find(fits).copied()
}

#[test]
fn every_operation_of_stytch_has_a_route() {
    let mut known = BTreeSet::new();
    for file in FILES {
        for operation in facts(file).operations {
            let route = route_of(&operation);
            let route = route.unwrap_or_else(|| {
                let (method, path) = (&operation["method"], &operation["path"]);
                panic!("routes.rs has no {method} {path}: add a `not_emulated` line, or emulate it")
            });
            known.insert((route.method.as_str(), route.path));
        }
    }
    for route in ROUTES.iter().filter(|route| !is_control(route.path)) {
        assert!(known.contains(&(route.method.as_str(), route.path)), "the facts have no {}", route.path);
    }
    let unique: BTreeSet<_> = ROUTES.iter().map(|route| (route.method.as_str(), route.path)).collect();
    assert_eq!(unique.len(), ROUTES.len(), "an endpoint is in the table twice");
}

#[test]
fn parameters_are_those_of_the_facts() {
    for facts in FILES.map(facts) {
        for operation in &facts.operations {
            // Another test reports an operation without a route.
            let Some(route) = route_of(operation).filter(|route| route.is_emulated()) else { continue };
            let parameters = operation["params"].as_array().expect("parameters");
            let is_read = |field: &&Value| field["place"] != "path" && field["place"] != "header";
            let fields: Vec<&Value> = parameters.iter().filter(is_read).collect();
            compare(&facts, route.path, route.parameters, &fields);
            let takes_session = operation["session_headers"] == true;
            assert_eq!(route.access == Access::Member, takes_session, "{}: a member's session", route.path);
        }
    }
}

/// Returns the names of the fields in a response of an endpoint; `None` if Stytch does not have the endpoint.
pub(crate) fn response_fields(route: &Route) -> Option<&'static BTreeSet<String>> {
    static FIELDS: LazyLock<BTreeMap<(String, String), BTreeSet<String>>> = LazyLock::new(|| {
        let text = |value: &Value| value.as_str().expect("a string").to_owned();
        let of = |operation: &Value| {
            let fields = operation["response"].as_array().expect("fields").iter();
            let names = fields.map(|field| text(&field["name"])).collect();
            ((text(&operation["method"]), text(&operation["path"])), names)
        };
        FILES.map(facts).iter().flat_map(|facts| &facts.operations).map(of).collect()
    });
    FIELDS.get(&(route.method.to_string(), route.path.to_owned()))
}

/// Compares the declared parameters of one object with its fields in the facts.
fn compare(facts: &Facts, place: &str, declared: &[Parameter], fields: &[&Value]) {
    let is_excepted = |name: &str| EXCEPTIONS.iter().any(|(at, known, _)| *at == place && *known == name);
    let known: BTreeSet<&str> = fields.iter().filter_map(|field| field["name"].as_str()).collect();
    let unknown = |parameter: &&Parameter| is_excepted(parameter.name) && !known.contains(parameter.name);
    let declared: Vec<&Parameter> = declared.iter().filter(|parameter| !unknown(parameter)).collect();
    let names: BTreeSet<&str> = declared.iter().map(|parameter| parameter.name).collect();
    assert_eq!(names, known, "{place}: the parameters of the route and those of the facts");
    for parameter in declared {
        let path = format!("{place} {}", parameter.name);
        let field = fields.iter().find(|field| field["name"] == parameter.name).expect("a field");
        if let Some(required) = field["required"].as_bool() {
            assert_eq!(parameter.required, required, "{path}: whether it is required");
        }
        if !is_excepted(parameter.name) {
            compare_kind(facts, &path, &parameter.kind, field["type"].as_str().expect("a type"));
        }
    }
}

fn compare_kind(facts: &Facts, path: &str, kind: &Kind, known: &str) {
    let fits = match (kind, known) {
        (Kind::String | Kind::Secret | Kind::OneOf(_), "string" | "datetime")
        | (Kind::Integer { .. }, "integer")
        | (Kind::Bool, "boolean")
        | (Kind::Map, "map<any>")
        | (Kind::StringList | Kind::SecretList, "array<string>") => true,
        (Kind::OneOf(choices), known) if known.starts_with("enum ") => {
            let values = facts.types[&known["enum ".len()..]]["values"].as_array().expect("values");
            let values: BTreeSet<_> = values.iter().filter_map(Value::as_str).collect();
            values == choices.iter().copied().collect()
        }
        // The endpoint has a separate error type for other values.
        (Kind::String, known) => known.starts_with("enum "),
        (Kind::Object(declared), known) => {
            let fields = facts.types[known]["fields"].as_array().expect("fields");
            compare(facts, path, declared, &fields.iter().collect::<Vec<_>>());
            true
        }
        (Kind::ObjectList(declared), known) => {
            let item = known.strip_prefix("array<").and_then(|rest| rest.strip_suffix('>'));
            let fields = item.and_then(|item| facts.types[item]["fields"].as_array()).expect("fields");
            compare(facts, path, declared, &fields.iter().collect::<Vec<_>>());
            true
        }
        _ => false,
    };
    assert!(fits, "{path}: {kind:?} is not {known}");
}
