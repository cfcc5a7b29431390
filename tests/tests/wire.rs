//! What we would send, against what three official SDKs send.

#[path = "wire/arguments.rs"]
mod arguments;

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Map, Value};
use stytch_client::Client;
use stytch_client::http;

#[derive(Deserialize)]
struct Recorded {
    credentials: Credentials,
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
    endpoint: String,
    method: String,
    path: String,
    arguments: Value,
    body: Value,
}

fn recorded() -> Recorded {
    serde_json::from_str(include_str!("../data/passwords-wire.json")).unwrap()
}

/// A negative duration has no `u32`: the type refuses what the API would.
const NOT_EXPRESSIBLE: [&str; 1] = ["create.duration_neg1"];

#[test]
fn every_recorded_request_is_ours() {
    let mut not_expressible = BTreeSet::new();
    for case in recorded().cases {
        let Some(request) = arguments::request(&case.endpoint, &case.arguments) else {
            not_expressible.insert(case.id);
            continue;
        };
        let request = request.unwrap();
        assert_eq!((request.method().as_str(), request.path()), (case.method.as_str(), case.path.as_str()));
        let body: Value = serde_json::from_slice(request.body().unwrap()).unwrap();
        assert_eq!(body, case.body, "{}", case.id);
    }
    assert_eq!(not_expressible, BTreeSet::from(NOT_EXPRESSIBLE.map(str::to_owned)));
}

#[tokio::test]
async fn the_headers_are_the_recorded_ones() {
    let recorded = recorded();
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
