//! The documented facts of every operation, from `data/api/`, and the test data that is derived from them.

mod examples;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::{Map, Value};
use stytch_client::EndpointInfo;

use self::examples::{Example, received, sent};
pub use self::examples::{SECRET_ENDINGS, is_secret};

/// The facts of one API.
struct Api {
    /// The prefix of the names of its operations.
    prefix: String,
    operations: Vec<Value>,
    types: Map<String, Value>,
}

/// One operation, as the facts describe it.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    prefix: &'static str,
    facts: &'static Value,
    types: &'static Map<String, Value>,
}

/// A parameter of an operation, or a field of its response.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Parameter {
    /// Its wire name.
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
            let json = fs::read_to_string(file.path()).expect("a readable file");
            let mut facts: Value = serde_json::from_str(&json).expect("JSON");
            let operations = facts["operations"].take();
            let types = facts["types"].take();
            Api {
                prefix: prefix(text(&facts["api"])),
                operations: serde_json::from_value(operations).expect("a list of operations"),
                types: serde_json::from_value(types).expect("an object of types"),
            }
        };
        let mut apis: Vec<Api> = files.into_iter().map(read).collect();
        // An operation of both APIs is found in the consumer API.
        apis.sort_by(|one, other| one.prefix.cmp(&other.prefix));
        apis
    })
}

/// Returns the number of operations of an API.
pub fn operations_of(api: &str) -> usize {
    let prefix = prefix(api);
    apis().iter().filter(|api| api.prefix == prefix).map(|api| api.operations.len()).sum()
}

/// Returns the prefix of the names of an API's operations.
fn prefix(api: &str) -> String {
    if api == "consumer" { String::new() } else { format!("{api}.") }
}

/// A field of an object in the facts, with its position in an example.
#[derive(Clone, Debug)]
pub struct Field {
    /// The owner of the field: a type of the facts, or the operation if the field is not in a type.
    pub owner: String,
    /// Its wire name.
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
    /// Every documented operation. An operation of both APIs is listed once.
    pub fn all() -> Vec<Self> {
        let mut known = BTreeSet::new();
        let mut is_new = |facts: &'static Value| known.insert((text(&facts["method"]), text(&facts["path"])));
        let mut all = Vec::new();
        for Api { prefix, operations, types } in apis() {
            let new = operations.iter().filter(|facts| is_new(facts));
            all.extend(new.map(|facts| Self { prefix, facts, types }));
        }
        all
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
            Some(Self { prefix: &api.prefix, facts, types: &api.types })
        };
        apis().iter().find_map(find).unwrap_or_else(|| {
            panic!(
                "tests/data/api/ has no operation {method} {path}: if the vendor has added it, add it there from \
                 the vendor's documentation, as tests/data/README.md describes"
            )
        })
    }

    /// Returns the resource and the name, for example `passwords.email.reset_start`. Names of the B2B API begin with
    /// `b2b.`.
    pub fn name(self) -> String {
        let resource = self.facts["resource"].as_array().into_iter().flatten();
        let words = resource.chain([&self.facts["name"]]).filter_map(Value::as_str);
        self.prefix.to_owned() + &words.collect::<Vec<_>>().join(".")
    }

    /// Returns the documented parameters that a caller sets.
    pub fn parameters(self) -> Vec<Parameter> {
        let parameter = |facts: &Value| Parameter {
            name: name_of(facts),
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

    /// Returns the host of the operation: `api` or `telemetry`.
    pub fn host(self) -> &'static str {
        text(&self.facts["host"])
    }

    /// Returns whether it accepts the session of a member.
    pub fn takes_a_session(self) -> bool {
        self.facts["session_headers"] == true
    }

    /// Returns whether it requires the credentials of the project.
    pub fn needs_credentials(self) -> bool {
        self.facts["auth"] == "basic"
    }

    /// Returns arguments for every documented parameter, with a canary in every secret one.
    pub fn arguments(self) -> Map<String, Value> {
        let sent = Example { types: self.types, string: sent };
        let of_the_client = self.placeholders_of_the_client().into_iter();
        let of_the_client = of_the_client.map(|name| (name.to_owned(), sent.value(name, "string", 0)));
        let argument = |facts: &Value| (name_of(facts), sent.field(facts, 0));
        self.set_parameters().map(argument).chain(of_the_client).collect()
    }

    /// Returns whether the facts allow retries, because of the method or because the operation only reads data.
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
        let (name, ty) = (name_of(facts), text(&facts["type"]));
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

    /// Returns whether a response always has this field.
    pub fn always_has(self, name: &str) -> bool {
        let mut fields = self.facts["response"].as_array().into_iter().flatten();
        fields.any(|field| field["name"] == name && field["nullable"] == false)
    }
}

/// Returns the name of a parameter or a field. Names of headers are in lower case, as in the descriptions of endpoints.
fn name_of(facts: &Value) -> String {
    let name = text(&facts["name"]);
    if facts["place"] == "header" { name.to_ascii_lowercase() } else { name.to_owned() }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
