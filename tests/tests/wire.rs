//! What we would send, against what three official SDKs send.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Map, Value};
use stytch_client::{Client, Endpoint, Error, Request, http};
use stytch_client_tests::arguments::Arguments;
use stytch_client_tests::requests;

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

/// The request for a case; `None` where its arguments have no place in our types.
fn request(endpoint: &str, arguments: Value) -> Option<Result<Request, Error>> {
    if arguments.as_object()?.values().any(|value| value.is_i64() && !value.is_u64()) {
        return None;
    }
    let given = &mut Arguments::new(arguments);
    Some(match endpoint {
        "passwords.create" => requests::create(given).request(),
        "passwords.authenticate" => requests::authenticate(given).request(),
        "passwords.migrate" => requests::migrate(given).request(),
        "passwords.strength_check" => requests::strength_check(given).request(),
        "passwords.email.reset_start" => requests::email_reset_start(given).request(),
        "passwords.email.reset" => requests::email_reset(given).request(),
        "passwords.existing_password.reset" => requests::existing_password_reset(given).request(),
        "passwords.session.reset" => requests::session_reset(given).request(),
        other => panic!("no endpoint `{other}` here"),
    })
}

#[test]
fn every_recorded_request_is_ours() {
    let mut not_expressible = BTreeSet::new();
    for case in recorded().cases {
        let Some(request) = request(&case.endpoint, case.arguments) else {
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
