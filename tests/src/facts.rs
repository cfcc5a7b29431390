//! The documented facts of every operation, from `data/api/`, and the test data that is derived from them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::{Map, Value, json};
use stytch_client::EndpointInfo;

use crate::canaries;

/// The facts of one API.
struct Api {
    operations: Vec<Value>,
    types: Map<String, Value>,
}

/// One operation, as the facts describe it.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    facts: &'static Value,
    types: &'static Map<String, Value>,
}

/// A parameter of an operation, or a field of its response.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Parameter {
    /// Its name on the wire.
    pub name: String,
    /// `path`, `query`, `header` or `body`.
    pub place: String,
    /// Whether a request requires it.
    pub required: bool,
}

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name)
}

fn apis() -> &'static [Api] {
    static APIS: OnceLock<Vec<Api>> = OnceLock::new();
    APIS.get_or_init(|| {
        let mut files: Vec<_> = fs::read_dir(data("api")).expect("tests/data/api").flatten().collect();
        files.sort_by_key(fs::DirEntry::path);
        let read = |file: fs::DirEntry| {
            let text = fs::read_to_string(file.path()).expect("a readable file");
            let mut facts: Value = serde_json::from_str(&text).expect("JSON");
            let operations = facts["operations"].take();
            let types = facts["types"].take();
            Api {
                operations: serde_json::from_value(operations).expect("a list of operations"),
                types: serde_json::from_value(types).expect("an object of types"),
            }
        };
        files.into_iter().map(read).collect()
    })
}

/// A field of an object in the facts, with its position in an example.
#[derive(Clone, Debug)]
pub struct Field {
    /// The owner of the field: a type of the facts, or the operation if the field is not in a type.
    pub owner: String,
    /// Its name on the wire.
    pub name: String,
    /// Its type, in the notation of the facts.
    pub ty: &'static str,
    /// Whether it may be missing.
    pub optional: bool,
    /// Whether it is an object with fields.
    pub is_object: bool,
    /// The JSON pointer of its value.
    pub pointer: String,
}

impl Operation {
    /// Every documented operation.
    pub fn all() -> Vec<Self> {
        let of = |api: &'static Api| api.operations.iter().map(|facts| Self { facts, types: &api.types });
        apis().iter().flat_map(of).collect()
    }

    /// Returns the operation that an endpoint calls.
    ///
    /// # Panics
    ///
    /// The facts do not have the endpoint.
    pub fn of(info: &EndpointInfo) -> Self {
        let (method, path) = (info.method.as_str(), info.path);
        let is_it = |facts: &&Value| facts["method"] == method && facts["path"] == path;
        let find = |api: &'static Api| {
            let facts = api.operations.iter().find(is_it)?;
            Some(Self { facts, types: &api.types })
        };
        apis().iter().find_map(find).unwrap_or_else(|| {
            panic!("no file in tests/data/api/ has the operation {method} {path}: copy the facts of its API there")
        })
    }

    /// Its resource and its name, as in `passwords.email.reset_start`.
    pub fn name(self) -> String {
        let resource = self.facts["resource"].as_array().into_iter().flatten();
        let words = resource.chain([&self.facts["name"]]).filter_map(Value::as_str);
        words.collect::<Vec<_>>().join(".")
    }

    /// Returns the documented parameters that a caller sets.
    pub fn parameters(self) -> Vec<Parameter> {
        let parameter = |facts: &Value| Parameter {
            name: text(&facts["name"]).to_owned(),
            place: text(&facts["place"]).to_owned(),
            required: facts["required"] == true,
        };
        self.set_parameters().map(parameter).collect()
    }

    /// Returns the facts of the parameters with a variable value.
    fn set_parameters(self) -> impl Iterator<Item = &'static Value> {
        let parameters = self.facts["params"].as_array().into_iter().flatten();
        parameters.filter(|facts| facts["fixed"].is_null())
    }

    /// Returns the parameters with a constant value.
    pub fn fixed_parameters(self) -> Vec<(&'static str, &'static str)> {
        let parameters = self.facts["params"].as_array().into_iter().flatten();
        let fixed = |facts: &'static Value| Some((text(&facts["name"]), facts["fixed"].as_str()?));
        parameters.filter_map(fixed).collect()
    }

    /// Returns the placeholders of the path that the client sets.
    pub fn placeholders_of_the_client(self) -> Vec<&'static str> {
        let names = text(&self.facts["path"]).split('{').skip(1).filter_map(|rest| rest.split('}').next());
        names.filter(|name| self.parameters().iter().all(|parameter| parameter.name != *name)).collect()
    }

    /// The host of the operation: `api` or `telemetry`.
    pub fn host(self) -> &'static str {
        text(&self.facts["host"])
    }

    /// Whether it requires the credentials of the project.
    pub fn needs_credentials(self) -> bool {
        self.facts["auth"] == "basic"
    }

    /// Returns arguments for every documented parameter, with a canary in every secret one.
    pub fn arguments(self) -> Map<String, Value> {
        let sent = Example { types: self.types, string: sent };
        let of_the_client = self.placeholders_of_the_client().into_iter();
        let of_the_client = of_the_client.map(|name| (name.to_owned(), sent.value(name, "string", 0)));
        let argument = |facts: &Value| (text(&facts["name"]).to_owned(), sent.field(facts, 0));
        self.set_parameters().map(argument).chain(of_the_client).collect()
    }

    /// Whether the facts say that it can be retried: by its method, or because it only reads.
    pub fn is_idempotent(self) -> bool {
        self.facts["idempotent_hint"] != "POST"
    }

    /// Returns every field of the parameters, including fields of objects, with its position in
    /// [`arguments`](Self::arguments).
    pub fn argument_fields(self) -> Vec<Field> {
        self.fields(self.set_parameters(), |facts| facts["required"] != true)
    }

    /// Returns every field of the response, including fields of objects, with its position in
    /// [`made_response`](Self::made_response).
    pub fn response_fields(self) -> Vec<Field> {
        let response = self.facts["response"].as_array().into_iter().flatten();
        self.fields(response, |facts| facts["nullable"] == true)
    }

    fn fields(
        self,
        facts: impl Iterator<Item = &'static Value>,
        is_optional: fn(&Value) -> bool,
    ) -> Vec<Field> {
        let mut found = Vec::new();
        for facts in facts {
            let field = self.field(self.name(), "", facts, is_optional(facts));
            self.inside(field.ty, &field.pointer, &mut found);
            found.push(field);
        }
        found
    }

    /// Collects the fields of a type, and of the types inside it.
    fn inside(self, ty: &str, at: &str, found: &mut Vec<Field>) {
        if let Some(element) = ty.strip_prefix("array<").and_then(|rest| rest.strip_suffix('>')) {
            return self.inside(element, &format!("{at}/0"), found);
        }
        for facts in self.types.get(ty).into_iter().filter_map(|ty| ty["fields"].as_array()).flatten() {
            let field = self.field(ty.to_owned(), at, facts, facts["optional"] == true);
            self.inside(field.ty, &field.pointer, found);
            found.push(field);
        }
    }

    fn field(self, owner: String, at: &str, facts: &'static Value, optional: bool) -> Field {
        let (name, ty) = (text(&facts["name"]).to_owned(), text(&facts["type"]));
        let is_object = self.types.contains_key(ty);
        Field { owner, pointer: format!("{at}/{name}"), name, ty, optional, is_object }
    }

    /// Returns the values of an enum in the facts.
    pub fn values(self, ty: &str) -> Vec<&'static str> {
        let name = ty.strip_prefix("enum ").unwrap_or(ty);
        self.types[name]["values"].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// Returns a complete successful response: `data/responses/NAME.json`, or a response that is made from the facts.
    pub fn response(self) -> String {
        let documented = fs::read_to_string(data("responses").join(format!("{}.json", self.name())));
        documented.unwrap_or_else(|_| self.made_response().to_string())
    }

    /// Returns a response with every field of the facts.
    pub fn made_response(self) -> Value {
        let fields = self.facts["response"].as_array().into_iter().flatten();
        let received = Example { types: self.types, string: received };
        let fields = fields.map(|facts| (text(&facts["name"]).to_owned(), received.field(facts, 0)));
        let mut response: Map<String, Value> = fields.collect();
        response.insert("status_code".to_owned(), 200.into());
        Value::Object(response)
    }

    /// Whether a response always has this field.
    pub fn always_has(self, name: &str) -> bool {
        let mut fields = self.facts["response"].as_array().into_iter().flatten();
        fields.any(|field| field["name"] == name && field["nullable"] == false)
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The last words of the names of secrets. `code_challenge` is public by design.
pub const SECRET_ENDINGS: [&str; 13] = [
    "password", "passcode", "hash", "salt", "token", "jwt", "verifier", "secret", "code", "codes", "otp",
    "pin", "key",
];
/// Names with these endings that are not secret.
const NO_SECRETS: [&str; 2] = ["country_code", "public_key"];

/// Whether the name of a parameter or of a response field is the name of a secret.
pub fn is_secret(name: &str) -> bool {
    let ends_so = name.rsplit('_').next().is_some_and(|last| SECRET_ENDINGS.contains(&last));
    ends_so && !NO_SECRETS.contains(&name)
}

/// Returns the string to send for a parameter.
fn sent(name: &str) -> String {
    match name {
        "existing_password" => canaries::OLD_PASSWORD,
        "password" | "new_password" => canaries::PASSWORD,
        "hash" => canaries::HASH,
        "salt" => canaries::SALT,
        "prepend_salt" => canaries::PREPEND_SALT,
        "append_salt" => canaries::APPEND_SALT,
        "session_token" => canaries::SESSION_TOKEN,
        "session_jwt" => canaries::SESSION_JWT,
        "token" => canaries::RESET_TOKEN,
        "code_verifier" => canaries::CODE_VERIFIER,
        "project_id" => canaries::PROJECT_ID,
        "email" => "ada@example.com",
        _ if is_secret(name) => return format!("{}{}", canaries::MARK, name.replace('_', "")),
        _ => return format!("{name}-1"),
    }
    .to_owned()
}

/// Returns the string for a field of a response.
fn received(name: &str) -> String {
    match name {
        "session_token" => canaries::RESPONSE_TOKEN.to_owned(),
        "session_jwt" => canaries::RESPONSE_JWT.to_owned(),
        _ if is_secret(name) => format!("{}responded{}", canaries::MARK, name.replace('_', "")),
        _ => format!("{name}-1"),
    }
}

/// Creates values of the types in the facts.
struct Example {
    types: &'static Map<String, Value>,
    /// Returns the string for a field with this name.
    string: fn(&str) -> String,
}

impl Example {
    fn field(&self, facts: &Value, depth: usize) -> Value {
        self.value(text(&facts["name"]), text(&facts["type"]), depth)
    }

    fn value(&self, name: &str, ty: &str, depth: usize) -> Value {
        let inside = |kind: &str| ty.strip_prefix(kind).and_then(|rest| rest.strip_suffix('>'));
        if let Some(element) = inside("array<") {
            return json!([self.value(name, element, depth)]);
        }
        if let Some(value) = inside("map<") {
            return json!({"team": self.value(name, value, depth)});
        }
        match ty {
            "string" => (self.string)(name).into(),
            "integer" => 60.into(),
            "number" => 0.5.into(),
            "boolean" => true.into(),
            "datetime" => "2026-11-22T10:00:00Z".into(),
            "any" => "difference engine".into(),
            _ => self.named(ty.strip_prefix("enum ").unwrap_or(ty), depth),
        }
    }

    /// Returns a value of a named type: the first value of an enum, or an object with every field.
    fn named(&self, ty: &str, depth: usize) -> Value {
        // Some types contain themselves.
        const DEEPEST: usize = 6;
        let facts =
            self.types.get(ty).unwrap_or_else(|| panic!("tests/data/api/ does not describe the type {ty}"));
        if let Some(values) = facts["values"].as_array() {
            return values.first().cloned().unwrap_or_default();
        }
        let fields = facts["fields"].as_array().into_iter().flatten();
        let fields = fields.filter(|_| depth < DEEPEST);
        fields.map(|facts| (text(&facts["name"]).to_owned(), self.field(facts, depth + 1))).collect()
    }
}
