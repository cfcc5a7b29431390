//! A run of the tour: the emulator that it is taken against, what the client made of the answers, and what it sent.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;
use stytch_emulator::{Emulator, EmulatorBuilder, RecordedRequest};

const JWKS: &str = "/v1/sessions/jwks/";

pub(crate) struct Run {
    /// Who took the tour.
    pub(crate) client: &'static str,
    /// `{"step", "status", "error_type", "values", "saved"}` for every step.
    pub(crate) lines: Vec<Value>,
    requests: Vec<RecordedRequest>,
}

/// What a call sent.
#[derive(PartialEq)]
pub(crate) struct Sent {
    pub(crate) method: String,
    pub(crate) path: String,
    /// The JSON of the body, or the query of a `GET`.
    pub(crate) given: Value,
}

/// The time of a run: whole seconds, as JWTs count them.
pub(crate) fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs())
}

/// The emulator for a run. The same seed and the same time give every run the same ids and tokens, so that the requests
/// of two runs can be compared.
pub(crate) fn emulator(now: SystemTime) -> EmulatorBuilder {
    Emulator::builder().deterministic(1).start_at(now)
}

impl Run {
    pub(crate) async fn finished(client: &'static str, lines: Vec<Value>, emulator: Emulator) -> Self {
        let requests = emulator.requests();
        emulator.shutdown().await;
        Self { client, lines, requests }
    }

    /// What was sent, but for the requests for the keys: they come when a client thinks it needs them.
    pub(crate) fn calls(&self) -> Vec<Sent> {
        self.requests.iter().filter(|request| !is_for_keys(&request.path)).map(Sent::of).collect()
    }

    pub(crate) fn asked_for_the_keys(&self) -> bool {
        self.requests.iter().any(|request| is_for_keys(&request.path))
    }
}

impl Sent {
    fn of(request: &RecordedRequest) -> Self {
        Self { method: request.method.clone(), path: request.path.clone(), given: given(request) }
    }
}

pub(crate) fn is_for_keys(path: &str) -> bool {
    path.starts_with(JWKS)
}

fn given(request: &RecordedRequest) -> Value {
    if request.method == "GET" {
        let pairs = form_urlencoded::parse(request.query.as_deref().unwrap_or_default().as_bytes());
        return pairs.map(|(name, value)| (name.into_owned(), Value::from(value.into_owned()))).collect();
    }
    assert_eq!(request.query, None, "{} has a query", request.path);
    serde_json::from_slice(&request.body).expect("a JSON body")
}
