//! A run of the tour: its emulator, the results of the client, and the requests that it sent.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Map, Value};
use stytch_emulator::{Emulator, EmulatorBuilder, RecordedRequest};

use super::tour::{Saved, TIME};

/// The paths of the keys, in both APIs.
const JWKS: [&str; 2] = ["/v1/sessions/jwks/", "/v1/b2b/sessions/jwks/"];
/// The headers with the session of the member who makes a request.
const ACTING: [&str; 2] = ["x-stytch-member-session", "x-stytch-member-sessionjwt"];

pub(crate) struct Run {
    /// The client that ran the tour.
    pub(crate) client: &'static str,
    /// `{"step", "status", "error_type", "values", "saved"}` for every step.
    pub(crate) lines: Vec<Value>,
    requests: Vec<RecordedRequest>,
    now: SystemTime,
}

/// The request of a call.
#[derive(PartialEq)]
pub(crate) struct Sent {
    pub(crate) method: String,
    pub(crate) path: String,
    /// The JSON or the form of the body, or the query of a `GET`.
    pub(crate) given: Value,
    /// The token and the JWT of the member who makes the request.
    pub(crate) acting: [Option<String>; 2],
    /// The names of the arguments that are in the path.
    pub(crate) in_path: Vec<String>,
}

/// The time of a run in whole seconds, because JWTs have whole seconds.
pub(crate) fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds(SystemTime::now()))
}

pub(crate) fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// The emulator for a run. The same seed and the same time give every run the same ids and tokens, so that the
/// requests of two runs can be compared.
pub(crate) fn emulator(now: SystemTime) -> EmulatorBuilder {
    Emulator::builder().deterministic(1).start_at(now)
}

impl Run {
    pub(crate) async fn finished(
        client: &'static str,
        lines: Vec<Value>,
        emulator: Emulator,
        now: SystemTime,
    ) -> Self {
        let requests = emulator.requests();
        emulator.shutdown().await;
        Self { client, lines, requests, now }
    }

    /// Returns the saved values before the first step.
    pub(crate) fn saved(&self) -> Saved {
        Saved::from([(TIME.to_owned(), seconds(self.now).into())])
    }

    /// Returns the requests without those for the keys, because a client fetches keys whenever it needs them.
    pub(crate) fn calls(&self) -> Vec<Sent> {
        self.requests.iter().filter(|request| !is_for_keys(&request.path)).map(Sent::of).collect()
    }

    pub(crate) fn has_fetched_the_keys(&self) -> bool {
        self.requests.iter().any(|request| is_for_keys(&request.path))
    }
}

impl Sent {
    fn of(request: &RecordedRequest) -> Self {
        let (method, path) = (request.method.clone(), request.path.clone());
        let acting = ACTING.map(|name| request.header(name).map(str::to_owned));
        Self { method, path, given: given(request), acting, in_path: Vec::new() }
    }

    /// Returns the request without the arguments of its path, which the Python SDK repeats in the query or the body.
    pub(crate) fn without_repeated(&self, expected: &Self) -> Self {
        let mut given = self.given.clone();
        if let Some(fields) = given.as_object_mut() {
            fields.retain(|name, _| !expected.in_path.contains(name));
        }
        Self {
            method: self.method.clone(),
            path: self.path.clone(),
            given,
            acting: self.acting.clone(),
            in_path: expected.in_path.clone(),
        }
    }
}

pub(crate) fn is_for_keys(path: &str) -> bool {
    JWKS.iter().any(|keys| path.starts_with(keys))
}

fn given(request: &RecordedRequest) -> Value {
    if request.method == "GET" {
        return pairs(request.query.as_deref().unwrap_or_default().as_bytes());
    }
    assert_eq!(request.query, None, "{} has a query", request.path);
    let content_type = request.header("content-type").unwrap_or_default();
    if content_type.starts_with("application/x-www-form-urlencoded") {
        return pairs(&request.body);
    }
    // A request without arguments has an empty object or no body.
    if request.body.is_empty() {
        return Value::Object(Map::new());
    }
    serde_json::from_slice(&request.body).expect("a JSON body")
}

fn pairs(encoded: &[u8]) -> Value {
    let value = |text: &str| match text {
        // The Python SDK writes booleans with a capital letter.
        "true" | "True" => Value::from(true),
        "false" | "False" => Value::from(false),
        text => text.parse::<i64>().map_or_else(|_| Value::from(text), Value::from),
    };
    let pairs = form_urlencoded::parse(encoded);
    pairs.map(|(name, text)| (name.into_owned(), value(&text))).collect()
}
