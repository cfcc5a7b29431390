//! Compares the requests of this client with those of the official SDKs.
//!
//! The environment variable `WIRE_CASES` names further files with recorded requests, separated by colons.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

use serde::Deserialize;
use serde_json::{Map, Value};
use stytch_client::{Client, JsonObject, Request, http};
use stytch_client_tests::calls::{self, Call};
use stytch_client_tests::differences::Differences;

#[derive(Deserialize)]
struct Recorded {
    credentials: Credentials,
    #[serde(default)]
    headers: Map<String, Value>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Credentials {
    project_id: String,
    secret: String,
}

#[derive(Deserialize)]
struct Case {
    id: String,
    /// Resource and name of the operation.
    endpoint: String,
    method: String,
    path: String,
    #[serde(default)]
    query: Vec<(String, String)>,
    #[serde(default)]
    headers: Map<String, Value>,
    arguments: JsonObject,
    #[serde(default)]
    body: Value,
    /// Whether one of the SDKs sends `{}` where the other sends no body.
    #[serde(default)]
    empty_object_ok: bool,
    /// The request of the SDK for Node, if it differs from the one for Python.
    node: Option<FormRequest>,
    /// Whether objects lack fields that the types of the SDKs require.
    #[serde(default)]
    partial: bool,
}

/// A request with a form.
#[derive(Deserialize)]
struct FormRequest {
    authorization: Option<String>,
    content_type: String,
    form: Vec<(String, String)>,
}

/// Reads a file. Its path is relative to the folder of the package, in which Cargo runs tests, or to the
/// workspace.
fn recorded(file: &Path) -> Recorded {
    let from_root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file);
    let file = if file.exists() { file } else { &from_root };
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The recorded requests for passwords.
fn passwords() -> Recorded {
    recorded(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/passwords-wire.json"))
}

/// The recorded requests of the rest of the consumer API.
fn consumer() -> Recorded {
    recorded(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/consumer-wire.json"))
}

/// The recorded requests of the B2B API.
fn b2b() -> Recorded {
    recorded(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/b2b-wire.json"))
}

/// The case that the types cannot express: a `u32` cannot be negative. The API rejects a negative one too.
const NOT_EXPRESSIBLE: [&str; 1] = ["create.duration_neg1"];

/// The requests that differ from those of the SDKs, with the reason.
const DIFFERENT: &[(&str, &str)] = &[
    ("connected_app.clients.secrets.*: another body: all of it", NO_FIELDS),
    ("m2m.clients.secrets.*: another body: all of it", NO_FIELDS),
    ("users.revoke.*: another body: all of it", NO_FIELDS),
    (
        "idp.introspect_token_network.optional_strings_empty: another form: *",
        "an empty string that was set is sent, as by the SDK for Python; the SDK for Node leaves it out",
    ),
];
/// The same list for the B2B API.
const DIFFERENT_IN_B2B: &[(&str, &str)] = &[
    ("b2b.organizations.members.reactivate.*: another body: all of it", NO_FIELDS),
    ("b2b.organizations.members.connected_apps.revoke.*: another body: all of it", NO_FIELDS),
    ("b2b.scim.connection.rotate_start.*: another body: all of it", NO_FIELDS),
    ("b2b.scim.connection.rotate_complete.*: another body: all of it", NO_FIELDS),
    ("b2b.scim.connection.rotate_cancel.*: another body: all of it", NO_FIELDS),
    (
        "b2b.*.session_headers_empty: *`x-stytch-member-session` cannot be sent*",
        "the SDKs leave out an empty session, and the call then has all the rights of the project",
    ),
];
const NO_FIELDS: &str = "the SDKs send an empty object if there are no fields";

/// Returns the call of a case: by the name of the operation, or by the path if the recording uses another name.
fn call_of(case: &Case) -> Option<Call> {
    let by_path = |call: &Call| call.info.method.as_str() == case.method && call.info.path == case.path;
    let in_common = || calls::find(case.endpoint.strip_prefix("b2b.")?);
    let by_name = calls::find(&case.endpoint).or_else(in_common);
    by_name.or_else(|| calls::all().into_iter().find(by_path))
}

/// The result of comparing the cases of a file.
#[derive(Default)]
struct Compared {
    equal: usize,
    /// The ids of cases that the types cannot express.
    not_expressible: BTreeSet<String>,
    /// The operations that the client does not declare, and the number of their cases.
    undeclared: (BTreeSet<String>, usize),
    different: Vec<String>,
}

fn compare(cases: Vec<Case>) -> Compared {
    let mut compared = Compared::default();
    for mut case in cases {
        let Some(call) = call_of(&case) else {
            compared.undeclared.0.insert(case.endpoint);
            compared.undeclared.1 += 1;
            continue;
        };
        let project_id = case.path.split('/').nth(3).unwrap_or_default();
        call.as_ours(&mut case.arguments, project_id);
        let difference = match call.request_with(case.arguments.clone()) {
            Ok(Ok(request)) => difference(&case, &call, &request),
            Ok(Err(error)) => Some(error.to_string()),
            Err(_) if case.partial || NOT_EXPRESSIBLE.contains(&&*case.id) => {
                compared.not_expressible.insert(case.id);
                continue;
            }
            Err(error) => Some(error.to_string()),
        };
        match difference {
            Some(difference) => compared.different.push(format!("{}: {difference}", case.id)),
            None => compared.equal += 1,
        }
    }
    compared
}

/// Returns the first difference between a case and a request, without values.
fn difference(case: &Case, call: &Call, request: &Request) -> Option<String> {
    let (path, query) = request.path().split_once('?').unwrap_or((request.path(), ""));
    if (request.method().as_str(), path) != (case.method.as_str(), case.path.as_str()) {
        return Some("another method or path".to_owned());
    }
    let mut query: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    query.sort();
    if query != case.query {
        let names: Vec<_> = query.iter().map(|(name, _)| name).collect();
        return Some(format!("another query: {names:?}"));
    }
    let mut headers: Vec<(&str, &[u8])> =
        request.headers().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
    if let Some(node) = &case.node {
        let content_type = ("content-type", node.content_type.as_bytes());
        headers.retain(|header| *header != content_type);
    }
    for (name, value) in &case.headers {
        let expected = (&*name.to_ascii_lowercase(), value.as_str().unwrap_or_default().as_bytes());
        match headers.iter().position(|header| *header == expected) {
            Some(at) => headers.remove(at),
            None => return Some(format!("another header `{name}`")),
        };
    }
    if let Some((name, _)) = headers.first() {
        return Some(format!("a header `{name}` that the SDKs do not send"));
    }
    if let Some(node) = &case.node {
        return difference_of_forms(node, call, request);
    }
    let body: Option<Value> =
        request.body().map(|body| serde_json::from_slice(body).unwrap_or_else(|_| "no JSON".into()));
    let is_empty = body.as_ref().is_none_or(|body| body.as_object().is_some_and(Map::is_empty));
    if case.empty_object_ok && is_empty {
        return None;
    }
    let mut differing = String::new();
    differing_fields("", &case.body, &body.unwrap_or_default(), &mut differing);
    (!differing.is_empty()).then(|| format!("another body:{differing}"))
}

/// Returns the first difference between a form and that of a request, without values.
fn difference_of_forms(node: &FormRequest, call: &Call, request: &Request) -> Option<String> {
    if node.authorization.is_some() != call.info.auth().is_none() {
        return Some("other credentials".to_owned());
    }
    let body = request.body().unwrap_or_default();
    let (mut ours, mut theirs) =
        (form_urlencoded::parse(body).into_owned().collect::<Vec<_>>(), node.form.clone());
    ours.sort();
    theirs.sort();
    let names: Vec<_> = ours.iter().map(|(name, _)| name).collect();
    (ours != theirs).then(|| format!("another form: {names:?}"))
}

/// Appends the pointers of all values that differ.
fn differing_fields(at: &str, expected: &Value, sent: &Value, differing: &mut String) {
    match (expected, sent) {
        (Value::Object(expected), Value::Object(sent)) => {
            let names: BTreeSet<_> = expected.keys().chain(sent.keys()).collect();
            for name in names {
                match (expected.get(name), sent.get(name)) {
                    (Some(expected), Some(sent)) => {
                        differing_fields(&format!("{at}/{name}"), expected, sent, differing);
                    }
                    (Some(_), None) => write!(differing, " {at}/{name} is not sent").unwrap(),
                    _ => write!(differing, " {at}/{name} is sent").unwrap(),
                }
            }
        }
        (Value::Array(expected), Value::Array(sent)) if expected.len() == sent.len() => {
            for (index, (expected, sent)) in expected.iter().zip(sent).enumerate() {
                differing_fields(&format!("{at}/{index}"), expected, sent, differing);
            }
        }
        // `1e-07` and `1e-7` are different with serde_json's `arbitrary_precision`.
        (Value::Number(one), Value::Number(other))
            if one.is_f64() && other.is_f64() && one.as_f64() == other.as_f64() => {}
        _ if expected == sent => {}
        _ => write!(differing, " {}", if at.is_empty() { "all of it" } else { at }).unwrap(),
    }
}

#[test]
fn every_recorded_password_request_is_sent_in_the_same_way() {
    let compared = compare(passwords().cases);
    assert!(compared.different.is_empty(), "{:#?}", compared.different);
    assert_eq!(compared.not_expressible, BTreeSet::from(NOT_EXPRESSIBLE.map(str::to_owned)));
    assert_eq!(compared.undeclared, (BTreeSet::new(), 0));
    assert!(compared.equal > 100, "only {} cases were compared", compared.equal);
}

#[test]
fn every_recorded_request_of_the_consumer_api_is_sent_in_the_same_way() {
    check(consumer(), DIFFERENT, 776, 7);
}

#[test]
fn every_recorded_request_of_the_b2b_api_is_sent_in_the_same_way() {
    check(b2b(), DIFFERENT_IN_B2B, 1091, 12);
}

/// Checks all cases of a file. The types cannot express an object without a required field.
#[track_caller]
fn check(
    recorded: Recorded,
    different: &'static [(&'static str, &'static str)],
    cases: usize,
    not_expressible: usize,
) {
    let compared = compare(recorded.cases);
    let mut differences = Differences::new(different);
    for found in &compared.different {
        differences.note(found, "");
    }
    differences.check();
    assert_eq!(compared.not_expressible.len(), not_expressible, "{:?}", compared.not_expressible);
    assert_eq!(compared.equal + compared.different.len() + not_expressible, cases);
    assert_eq!(compared.undeclared, (BTreeSet::new(), 0));
}

/// Operations that are not declared are counted. Every other difference fails the test.
#[test]
fn further_recorded_requests_are_sent_in_the_same_way() {
    let files = env::var("WIRE_CASES").unwrap_or_default();
    let mut different = Vec::new();
    for file in files.split(':').filter(|file| !file.is_empty()) {
        let compared = compare(recorded(Path::new(file)).cases);
        println!(
            "{file}: {} equal, {} different, {} not expressible, {} of {} operations that are not declared",
            compared.equal,
            compared.different.len(),
            compared.not_expressible.len(),
            compared.undeclared.1,
            compared.undeclared.0.len(),
        );
        different.extend(compared.different);
    }
    assert!(different.is_empty(), "{different:#?}");
}

#[test]
fn differences_are_found_and_do_not_show_values() {
    let case = |change: &dyn Fn(&mut Value)| -> Case {
        let mut case = serde_json::json!({
            "id": "x", "endpoint": "passwords.create", "method": "POST", "path": "/v1/passwords",
            "arguments": {"email": "ada@example.com", "password": "hunter2"},
            "body": {"email": "ada@example.com", "password": "hunter2"},
        });
        change(&mut case);
        serde_json::from_value(case).unwrap()
    };
    assert_eq!(compare(vec![case(&|_| {})]).equal, 1);
    for change in [
        &(|case: &mut Value| case["path"] = "/v1/passwordz".into()) as &dyn Fn(&mut Value),
        &|case| case["query"] = serde_json::json!([["a", "b"]]),
        &|case| case["headers"] = serde_json::json!({"X-A": "hunter2"}),
        &|case| case["body"]["password"] = "hunter3".into(),
        &|case| case["body"]["more"] = 1.into(),
        &|case| case["body"] = Value::Null,
        &|case| case["arguments"]["more"] = "hunter2".into(),
        &|case| case["arguments"]["password"] = 7.into(),
    ] {
        let compared = compare(vec![case(change)]);
        assert_eq!(compared.different.len(), 1, "{} cases were equal", compared.equal);
        assert!(!compared.different[0].contains("hunter"), "{:?}", compared.different);
    }
}

#[tokio::test]
async fn the_headers_are_the_recorded_ones() {
    let recorded = passwords();
    let expected = recorded.headers;
    let client = Client::builder(recorded.credentials.project_id, recorded.credentials.secret)
        .transport(move |request: http::Request<_>| {
            for (name, value) in &expected {
                assert_eq!(request.headers()[name.as_str()], value.as_str().unwrap(), "{name}");
            }
            let agent = request.headers()["user-agent"].to_str().unwrap().to_owned();
            assert!(agent.starts_with("stytch-client/"), "{agent}");
            async { Ok(http::Response::new(r#"{"valid_password":true}"#.into())) }
        })
        .build()
        .unwrap();
    client.passwords().strength_check().password("x").send().await.unwrap();
}
