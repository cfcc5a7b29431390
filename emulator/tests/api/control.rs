//! The endpoints of the emulator itself.

use std::time::{Duration, SystemTime};

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use reqwest::Method;
use serde_json::{Value, json};
use stytch_emulator::{ControlError, Emulator, Fault};

use crate::support::{PASSWORD, Peer, control, start};

const CREATE: &str = "/v1/passwords";
const CHECK: &str = "/v1/passwords/strength_check";

fn ada() -> Value {
    json!({ "email": "ada@example.com", "password": PASSWORD })
}

#[tokio::test]
async fn requests_are_recorded_byte_for_byte_for_the_program_that_started_the_emulator() {
    let peer = Peer::start().await;
    let raw = "{ \"password\" :\t\"p\\u00e4ss\" , \"n\":1.0e0}";
    let request = peer.request(Method::POST, &format!("{CHECK}?a=%20b"));
    request.header("content-type", "application/json").body(raw).send().await.expect("a response");
    let [request] = &peer.emulator.requests()[..] else { panic!("expected exactly one request") };
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", CHECK));
    assert_eq!((request.query.as_deref(), &request.body[..]), (Some("a=%20b"), raw.as_bytes()));
    assert_eq!(request.header("Content-Type"), Some("application/json"));
    assert!(request.header("authorization").is_some_and(|value| value.starts_with("Basic ")));
    let shown = format!("{request:?}");
    assert_eq!(
        shown,
        "RecordedRequest { method: \"POST\", path: \"/v1/passwords/strength_check\", body_bytes: 39, .. }"
    );
}

#[tokio::test]
async fn the_list_of_requests_shows_no_credentials_and_no_passwords() {
    let peer = Peer::with(Emulator::builder().secret("Zq7-the-secret")).await;
    let body = json!({ "email": "ada@example.com", "password": "Zq7-a-password", "telemetry_id": "t-1" });
    peer.post(&format!("{CREATE}?session_token=Zq7-a-token"), body).await;
    let request = peer.request(Method::POST, CREATE).header("content-type", "application/json");
    request.body(r#"{"password":"Zq7-not-even-JSON"#).send().await.expect("a response");

    let listed = control(&peer, Method::GET, "requests", None).await.ok();
    let credentials = STANDARD.encode(format!("{}:Zq7-the-secret", peer.emulator.project_id()));
    for secret in ["Zq7", credentials.as_str()] {
        assert!(!listed.to_string().contains(secret), "{secret} is in {listed}");
    }
    let [first, second] = &listed["requests"].as_array().expect("a list")[..] else {
        panic!("expected exactly two requests")
    };
    assert_eq!((&first["method"], &first["path"]), (&json!("POST"), &json!(CREATE)));
    assert_eq!(
        first["body"],
        json!({ "email": "ada@example.com", "password": "[redacted]", "telemetry_id": "t-1" })
    );
    let headers = first["headers"].as_array().expect("a list");
    assert!(headers.contains(&json!(["authorization", "[redacted]"])), "{headers:?}");
    assert!(headers.contains(&json!(["content-type", "application/json"])), "{headers:?}");
    assert_eq!((&second["body"], &second["body_bytes"]), (&Value::Null, &json!(30)));

    control(&peer, Method::DELETE, "requests", None).await.ok();
    assert!(peer.emulator.requests().is_empty());
}

#[tokio::test]
async fn the_size_of_the_recorded_requests_is_limited() {
    let peer = Peer::start().await;
    let long = json!({ "password": "x".repeat(900_000) });
    for _ in 0..20 {
        peer.post(CHECK, long.clone()).await.ok();
    }
    let kept: usize = peer.emulator.requests().iter().map(|request| request.body.len()).sum();
    assert!(kept <= 16 << 20, "{kept} bytes");
    assert!(peer.emulator.requests().len() > 10);
}

#[tokio::test]
async fn the_control_endpoints_can_be_used_over_http() {
    let peer = Peer::with(Emulator::builder().strict(true).start_at(start())).await;
    let health = control(&peer, Method::GET, "health", None).await.ok();
    assert_eq!(
        (&health["status"], health["project_id"].as_str()),
        (&json!("ok"), Some(peer.emulator.project_id()))
    );

    let advance =
        |seconds: i64| control(&peer, Method::POST, "clock", Some(json!({ "advance_seconds": seconds })));
    assert_eq!(advance(3600).await.ok()["now"], "2026-01-01T01:00:00Z");
    assert_eq!(advance(0).await.ok()["now"], "2026-01-01T01:00:00Z");
    advance(-1).await.rejected(400, "bad_request");

    control(&peer, Method::POST, "breaches", Some(json!({ "password": PASSWORD }))).await.ok();
    peer.post(CREATE, ada()).await.rejected(400, "breached_password");
    control(&peer, Method::POST, "reset", None).await.ok();
    peer.post(CREATE, ada()).await.ok();

    let start = json!({ "email": "ada@example.com" });
    peer.post("/v1/passwords/email/reset/start", start).await.ok();
    let outbox = control(&peer, Method::GET, "outbox", None).await.ok();
    let email = &outbox["messages"][0];
    assert_eq!(
        (&email["to"], &email["expires_at"]),
        (&json!("ada@example.com"), &json!("2026-01-01T00:30:00Z"))
    );
    let reset = json!({ "token": email["token"], "password": "staple battery horse correct" });
    peer.post("/v1/passwords/email/reset", reset).await.ok();
    control(&peer, Method::GET, "nothing", None).await.rejected(404, "route_not_found");
    control(&peer, Method::PUT, "health", None).await.rejected(405, "method_not_allowed");
}

#[tokio::test]
async fn a_reset_restores_the_initial_state() {
    let peer = Peer::with(Emulator::builder().deterministic(7).start_at(start())).await;
    let first = peer.post(CREATE, ada()).await.ok();
    peer.emulator.advance(Duration::from_secs(60));
    peer.emulator.fail_next(Fault::status(500)).expect("a valid fault");
    peer.emulator.reset();
    assert!(peer.emulator.requests().is_empty());
    assert_eq!(peer.post(CREATE, ada()).await.ok(), first, "a reset must lead to the same ids and times");
}

#[tokio::test]
async fn the_same_seed_gives_the_same_responses() {
    let mut responses = Vec::new();
    for seed in [1, 1, 2] {
        let peer = Peer::with(Emulator::builder().deterministic(seed).start_at(start())).await;
        let mut body = ada();
        body["session_duration_minutes"] = json!(60);
        peer.post(CREATE, json!({ "email": "invalid" })).await;
        responses.push(peer.post(CREATE, body).await.ok());
    }
    assert_eq!(responses[0], responses[1]);
    assert_ne!(responses[0]["user_id"], responses[2]["user_id"]);
}

#[tokio::test]
async fn without_a_start_time_the_clock_shows_the_real_time() {
    for builder in [Emulator::builder(), Emulator::builder().deterministic(1)] {
        let peer = Peer::with(builder).await;
        let before = SystemTime::now() - Duration::from_secs(1);
        let mut body = ada();
        body["session_duration_minutes"] = json!(60);
        let created = peer.post(CREATE, body).await.ok();
        let jwt = created["session_jwt"].as_str().expect("a JWT");
        let claims = URL_SAFE_NO_PAD.decode(jwt.split('.').nth(1).expect("claims")).expect("base64url");
        let claims: Value = serde_json::from_slice(&claims).expect("JSON");
        let second = |time: SystemTime| {
            time.duration_since(SystemTime::UNIX_EPOCH).expect("a time after 1970").as_secs()
        };
        let issued = second(before)..=second(SystemTime::now());
        assert!(issued.contains(&claims["iat"].as_u64().expect("a number")), "{claims}");
        assert!(claims["exp"].as_u64() > Some(second(SystemTime::now())), "{claims}");
    }
}

#[tokio::test]
async fn a_start_time_outside_of_the_calendar_is_rejected() {
    let year = Duration::from_secs(366 * 24 * 3600);
    for time in [SystemTime::UNIX_EPOCH + 8000 * year, SystemTime::UNIX_EPOCH + Duration::from_secs(1 << 62)]
    {
        let error = Emulator::builder().start_at(time).start().await.expect_err("an error");
        assert_eq!(
            error.to_string(),
            "the setting `start_at` cannot be used: the year must be from 0 to 8999"
        );
    }
}

#[tokio::test]
async fn the_list_of_breached_passwords_is_limited() {
    let peer = Peer::with(Emulator::builder().breached((0..9_999).map(|number| number.to_string()))).await;
    let add =
        |password: &str| control(&peer, Method::POST, "breaches", Some(json!({ "password": password })));
    add("the last one").await.ok();
    add("the last one").await.ok();
    let message = add("one too many").await.rejected(400, "bad_request");
    assert!(message.starts_with("the list of breached passwords is full"), "{message}");
    assert_eq!(peer.emulator.add_breached_password("one too many"), Err(ControlError::TooManyBreaches));
    let pair = peer.emulator.add_breached_credentials("ada@example.com", "one too many");
    assert_eq!(pair, Err(ControlError::TooManyBreaches));
}
