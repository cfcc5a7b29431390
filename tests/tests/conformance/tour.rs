//! The steps of the tour, and their expected results.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::run::{Run, Sent, is_for_keys};

/// The name for the time of a run, in seconds since 1970.
pub(crate) const TIME: &str = "$time";

/// The values that earlier steps saved, by name.
pub(crate) type Saved = BTreeMap<String, Value>;

pub(crate) struct Tour {
    /// The name of its file.
    pub(crate) file: &'static str,
    pub(crate) steps: Vec<Value>,
}

/// The files of the tours of the consumer API.
pub(crate) const TOURS: [&str; 2] = ["tour.json", "week.json"];
/// The file of the tour of the B2B API.
pub(crate) const B2B_TOUR: &str = "b2b.json";

pub(crate) fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance")
}

impl Tour {
    pub(crate) fn read(file: &'static str) -> Self {
        let text = std::fs::read_to_string(directory().join(file)).expect("the tour");
        let tour: Value = serde_json::from_str(&text).expect("the tour is JSON");
        Self { file, steps: tour["steps"].as_array().expect("its steps").clone() }
    }

    /// Returns the names of the operations in the tour.
    pub(crate) fn calls(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().filter_map(|step| step["call"].as_str())
    }

    /// Returns the ids of the steps that every client sends in the same order.
    pub(crate) fn recorded(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().filter(|step| request_of(step).is_some()).map(id)
    }

    /// Compares a run with the tour: the responses, and the requests.
    pub(crate) fn check(&self, run: &Run) {
        let (client, sent) = (run.client, run.calls());
        let expected = self.check_responses(run);
        for ((step, expected), sent) in self.recorded().zip(&expected).zip(&sent) {
            let sent = sent.without_repeated(expected);
            assert_eq!((&sent.method, &sent.path), (&expected.method, &expected.path), "{client}: {step}");
            assert!(
                sent.given == expected.given,
                "{client}: {step} did not send its arguments and nothing else"
            );
            assert!(sent.acting == expected.acting, "{client}: {step} did not send the member's session");
        }
        assert_eq!(expected.len(), sent.len(), "{client} sent another number of requests");
        let verifies = self.steps.iter().any(|step| step["local"] == true);
        assert!(run.has_fetched_the_keys() || !verifies, "{client} did not fetch the keys");
    }

    /// Compares only the responses of a client with the tour. The client does not have a few of the steps, and sends
    /// nulls and other names for some languages.
    pub(crate) fn check_only_responses(&self, run: &Run) {
        self.check_responses(run);
        let skipped = run.lines.iter().filter(|line| line["skipped"] == true).count();
        assert!(skipped < 5, "{} cannot take {skipped} steps", run.client);
    }

    /// Compares the responses with the tour, and returns the expected requests.
    fn check_responses(&self, run: &Run) -> Vec<Sent> {
        let (mut saved, mut expected, client) = (run.saved(), Vec::new(), run.client);
        assert_eq!(self.steps.len(), run.lines.len(), "{client} did not finish the tour");
        for (step, line) in self.steps.iter().zip(&run.lines) {
            assert_eq!(line["step"], id(step), "{client}");
            if let Some((method, path)) = request_of(step) {
                expected.push(expected_request(step, method, path, &saved));
            }
            if line["skipped"] != true {
                check_responses(client, step, line, &saved);
            }
            for (name, value) in line["saved"].as_object().expect("what was saved") {
                assert!(!value.is_null(), "{client}: there is no {name} in the response of {}", id(step));
                saved.insert(name.clone(), value.clone());
            }
        }
        expected
    }
}

/// Returns the expected request of a step. The arguments that its path names are in the path.
fn expected_request(step: &Value, method: &str, template: &str, saved: &Saved) -> Sent {
    let given = step.get("sends").unwrap_or(&step["arguments"]);
    let mut given = resolve(given, saved);
    let (mut path, mut in_path) = (String::new(), Vec::new());
    for segment in template.split('/').skip(1) {
        let name = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        let value = name.and_then(|name| given.as_object_mut().and_then(|fields| fields.remove(name)));
        let text = value.as_ref().and_then(Value::as_str).unwrap_or(segment);
        path = format!("{path}/{}", encoded(text));
        in_path.extend(name.map(str::to_owned));
    }
    let acting = ["session_token", "session_jwt"].map(|name| {
        let session = step["authorization"].get(name)?;
        resolve(session, saved).as_str().map(str::to_owned)
    });
    Sent { method: method.to_owned(), path, given, acting, in_path }
}

/// Returns a segment of a path, encoded like in all SDKs.
fn encoded(segment: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    segment
        .bytes()
        .map(|byte| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

fn check_responses(client: &str, step: &Value, line: &Value, saved: &Saved) {
    let wanted = (&step["expect"]["status"], &step["expect"]["error_type"]);
    assert_eq!(
        (&line["status"], &line["error_type"]),
        wanted,
        "{client}: {}: what came, and what the tour expects",
        id(step)
    );
    for (path, value) in step["expect"]["values"].as_object().unwrap_or(&Map::new()) {
        let (wanted, got) = (resolve(value, saved), &line["values"][path]);
        // Our client treats an empty token as missing, and the others as an empty string.
        let is_none = wanted == "" && got.is_null();
        // The values may be tokens, and are not shown.
        assert!(*got == wanted || is_none, "{client}: {}: {path} has another value", id(step));
    }
}

pub(crate) fn id(step: &Value) -> &str {
    step["id"].as_str().expect("an id")
}

/// Returns the method and the path of a step that sends a request, unless it is a request for the keys.
fn request_of(step: &Value) -> Option<(&str, &str)> {
    let request = &step["request"];
    let path = request["path"].as_str().filter(|path| !is_for_keys(path))?;
    Some((request["method"].as_str().expect("a method"), path))
}

/// Returns a value of the tour, with `$saved` replaced by the saved value.
pub(crate) fn resolve(value: &Value, saved: &Saved) -> Value {
    match value {
        Value::Object(members) => match members.get("$saved").and_then(Value::as_str) {
            Some(name) => saved[name].clone(),
            None if members.contains_key("$totp") => {
                totp(&saved[members["$totp"].as_str().expect("a name")], saved)
            }
            None => members.iter().map(|(key, value)| (key.clone(), resolve(value, saved))).collect(),
        },
        Value::Array(items) => items.iter().map(|item| resolve(item, saved)).collect(),
        other => other.clone(),
    }
}

/// Returns the code that an authenticator app shows at the time of the run.
fn totp(secret: &Value, saved: &Saved) -> Value {
    let secret = totp_rs::Secret::try_from_base32(secret.as_str().expect("a secret")).expect("base32");
    let now = saved[TIME].as_u64().expect("the time of the run");
    totp_rs::Builder::new().with_secret(secret).build_noncompliant().generate(now).to_string().into()
}

/// Returns the value at a path such as `user.emails.0.email_id`, where -1 is the last element; null if the path does
/// not exist.
pub(crate) fn at(response: &Value, path: &str) -> Value {
    let found = path.split('.').try_fold(response, |inner, key| match inner {
        Value::Array(items) if key == "-1" => items.last(),
        Value::Array(items) => key.parse().ok().and_then(|index: usize| items.get(index)),
        other => other.get(key),
    });
    found.cloned().unwrap_or_default()
}
