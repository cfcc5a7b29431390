//! What is documented of every operation: the files in `data/api/`, and what follows from them for a test.

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
    /// Whether a request needs it.
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

impl Operation {
    /// The operation that an endpoint calls.
    ///
    /// # Panics
    ///
    /// Nothing is documented of the endpoint.
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

    /// The documented parameters.
    pub fn parameters(self) -> Vec<Parameter> {
        let parameters = self.facts["params"].as_array().into_iter().flatten();
        let parameter = |facts: &Value| Parameter {
            name: text(&facts["name"]).to_owned(),
            place: text(&facts["place"]).to_owned(),
            required: facts["required"] == true,
        };
        parameters.map(parameter).collect()
    }

    /// Arguments that set every documented parameter, with a canary in every secret one.
    pub fn arguments(self) -> Map<String, Value> {
        let parameters = self.facts["params"].as_array().into_iter().flatten();
        let sent = Example { types: self.types, string: sent };
        parameters.map(|facts| (text(&facts["name"]).to_owned(), sent.field(facts, 0))).collect()
    }

    /// A whole successful response: `data/answers/NAME.json`, or else one that is made from the facts.
    pub fn response(self) -> String {
        if let Ok(documented) = fs::read_to_string(data("answers").join(format!("{}.json", self.name()))) {
            return documented;
        }
        let fields = self.facts["response"].as_array().into_iter().flatten();
        let received = Example { types: self.types, string: received };
        let fields = fields.map(|facts| (text(&facts["name"]).to_owned(), received.field(facts, 0)));
        let mut response: Map<String, Value> = fields.collect();
        response.insert("status_code".to_owned(), 200.into());
        Value::Object(response).to_string()
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

/// The last words of names that are secrets. `code_challenge` is made to be seen.
pub const SECRET_ENDINGS: [&str; 13] = [
    "password", "passcode", "hash", "salt", "token", "jwt", "verifier", "secret", "code", "codes", "otp",
    "pin", "key",
];
/// Names that end so and are no secrets.
const NO_SECRETS: [&str; 2] = ["country_code", "public_key"];

/// Whether the name of a parameter or of a field of a response says that it is a secret.
pub fn is_secret(name: &str) -> bool {
    let ends_so = name.rsplit('_').next().is_some_and(|last| SECRET_ENDINGS.contains(&last));
    ends_so && !NO_SECRETS.contains(&name)
}

/// The string that is sent for a parameter.
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

/// The string that a response has for a field.
fn received(name: &str) -> String {
    match name {
        "session_token" => canaries::ANSWERED_TOKEN.to_owned(),
        "session_jwt" => canaries::ANSWERED_JWT.to_owned(),
        _ if is_secret(name) => format!("{}answered{}", canaries::MARK, name.replace('_', "")),
        _ => format!("{name}-1"),
    }
}

/// Makes values of the types of the facts.
struct Example {
    types: &'static Map<String, Value>,
    /// The string for a field of a name.
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

    /// A value of a type that the facts name: the first value of an enum, or an object with every field.
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
