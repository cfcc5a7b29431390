//! The tour that Stytch's own SDKs take, which nobody here wrote: `tests/conformance/README.md` says how it is read.

#![expect(clippy::expect_used, reason = "what is not as expected fails the test that asked")]

use std::{
    collections::BTreeMap,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde_json::{Map, Value};
use stytch_emulator::{Emulator, RecordedRequest};

const JWKS: &str = "/v1/sessions/jwks/";

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/conformance")
}

fn tour() -> Vec<Value> {
    let text = std::fs::read_to_string(directory().join("tour.json")).expect("the tour");
    let tour: Value = serde_json::from_str(&text).expect("the tour is JSON");
    tour["steps"].as_array().expect("its steps").clone()
}

/// Where the SDKs are; or why they are not there, which is no failure on somebody's own machine.
fn install() -> Result<PathBuf, String> {
    let Output { status, stdout, stderr } =
        match Command::new("sh").arg(directory().join("install.sh")).output() {
            Ok(output) => output,
            Err(error) => return Err(format!("there is no shell: {error}")),
        };
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).trim().to_owned();
    if status.success() { Ok(PathBuf::from(text(stdout))) } else { Err(text(stderr)) }
}

/// The SDKs, or a word on standard error and nothing to do. CI does not let that pass.
fn installed() -> Option<PathBuf> {
    match install() {
        Ok(path) => Some(path),
        Err(reason) => {
            assert!(
                std::env::var("CI").as_deref() != Ok("true"),
                "the official SDKs are not installed: {reason}"
            );
            // Past the test harness, which keeps what a test prints to itself.
            let _ = writeln!(std::io::stderr(), "skipped: the official SDKs are not installed: {reason}");
            None
        }
    }
}

/// What came of a run of the tour.
struct Run {
    lines: Vec<Value>,
    requests: Vec<RecordedRequest>,
}

/// Runs the tour. The same seed and the same time give every run the same ids and tokens, so that the requests of two
/// runs can be compared.
async fn run(mut command: Command, now: SystemTime) -> Run {
    let emulator =
        Emulator::builder().deterministic(1).start_at(now).start().await.expect("the emulator starts");
    command
        .arg(directory().join("tour.json"))
        .env("STYTCH_BASE_URL", emulator.base_url())
        .env("STYTCH_PROJECT_ID", emulator.project_id())
        .env("STYTCH_SECRET", emulator.secret());
    let output =
        tokio::task::spawn_blocking(move || command.output()).await.expect("no panic").expect("the SDK runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("text");
    let lines = text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    let requests = emulator.requests();
    emulator.shutdown().await;
    Run { lines, requests }
}

/// A value of the tour with what was saved in the place of `$saved`.
fn resolve(value: &Value, saved: &BTreeMap<String, Value>) -> Value {
    match value {
        Value::Object(members) => match members.get("$saved").and_then(Value::as_str) {
            Some(name) => saved[name].clone(),
            None => members.iter().map(|(key, value)| (key.clone(), resolve(value, saved))).collect(),
        },
        Value::Array(items) => items.iter().map(|item| resolve(item, saved)).collect(),
        other => other.clone(),
    }
}

/// What a run should have sent: method, path, and the arguments.
type Expected = (String, String, String, Value);

/// Holds the answers against the tour, and gives the requests that should have been sent.
fn check_answers(sdk: &str, steps: &[Value], lines: &[Value]) -> Vec<Expected> {
    let (mut saved, mut expected) = (BTreeMap::new(), Vec::new());
    assert_eq!(steps.len(), lines.len(), "{sdk} did not finish the tour");
    for (step, line) in steps.iter().zip(lines) {
        let name = step["id"].as_str().expect("an id");
        assert_eq!(line["step"], name);
        if let Some(path) = step["request"]["path"].as_str() {
            let method = step["request"]["method"].as_str().expect("a method").to_owned();
            expected.push((name.to_owned(), method, path.to_owned(), resolve(&step["arguments"], &saved)));
        }
        let wanted = (&step["expect"]["status"], &step["expect"]["error_type"]);
        assert_eq!((&line["status"], &line["error_type"]), wanted, "{sdk}: {name}");
        for (path, value) in step["expect"]["values"].as_object().unwrap_or(&Map::new()) {
            // The values may be tokens, and are not shown.
            assert!(line["values"][path] == resolve(value, &saved), "{sdk}: {name}: {path} is another value");
        }
        for (name, value) in line["saved"].as_object().expect("what was saved") {
            assert!(!value.is_null(), "{sdk}: there is no {name} in the answer of {}", step["id"]);
            saved.insert(name.clone(), value.clone());
        }
    }
    expected
}

/// The JSON of a body, or the query of a `GET`.
fn given(request: &RecordedRequest) -> Value {
    if request.method == "GET" {
        let pairs = form_urlencoded::parse(request.query.as_deref().unwrap_or_default().as_bytes());
        return Value::Object(
            pairs.map(|(name, value)| (name.into_owned(), value.into_owned().into())).collect(),
        );
    }
    serde_json::from_slice(&request.body).expect("a JSON body")
}

/// Holds the requests against the tour. Requests for the keys come when an SDK thinks it needs them, and say nothing.
fn check_requests(sdk: &str, expected: &[Expected], requests: &[RecordedRequest]) {
    let sent: Vec<_> = requests.iter().filter(|request| !request.path.starts_with(JWKS)).collect();
    let expected: Vec<_> = expected.iter().filter(|(_, _, path, _)| !path.starts_with(JWKS)).collect();
    for ((name, method, path, arguments), request) in expected.iter().zip(&sent) {
        assert_eq!((&request.method, &request.path), (method, path), "{sdk}: {name}");
        assert!(given(request) == *arguments, "{sdk}: {name} did not send its arguments and nothing else");
    }
    assert_eq!(expected.len(), sent.len(), "{sdk} sent another number of requests");
    assert!(requests.iter().any(|request| request.path.starts_with(JWKS)), "{sdk} never asked for the keys");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_official_sdks_take_the_tour() {
    let Some(sdks) = installed() else { return };
    let steps = tour();
    // Whole seconds, as JWTs count them.
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
    let now = UNIX_EPOCH + Duration::from_secs(now);

    let mut python = Command::new(sdks.join("python/bin/python"));
    python.arg(directory().join("tour.py"));
    let mut node = Command::new("node");
    node.arg(directory().join("tour.mjs")).env("STYTCH_CONFORMANCE_DIR", &sdks);
    let mut sent = Vec::new();
    for (sdk, command) in [("Python", python), ("Node", node)] {
        let Run { lines, requests } = run(command, now).await;
        let expected = check_answers(sdk, &steps, &lines);
        check_requests(sdk, &expected, &requests);
        let all = requests.iter().filter(|request| !request.path.starts_with(JWKS));
        sent.push(
            all.map(|request| (request.method.clone(), request.path.clone(), given(request)))
                .collect::<Vec<_>>(),
        );
    }
    assert!(sent[0] == sent[1], "the requests of the two SDKs do not agree");
}
