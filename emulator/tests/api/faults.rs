//! Faults on request, and the record of what arrived.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use stytch_emulator::{Emulator, Fault};

use crate::support::{PASSWORD, Peer, reply};

const CREATE: &str = "/v1/passwords";
const CHECK: &str = "/v1/passwords/strength_check";

fn ada() -> Value {
    json!({ "email": "ada@example.com", "password": PASSWORD })
}

async fn send(peer: &Peer, path: &str, body: &Value) -> Result<reqwest::Response, reqwest::Error> {
    peer.request(Method::POST, path).json(body).send().await
}

async fn control(peer: &Peer, method: Method, path: &str, body: Option<Value>) -> crate::support::Reply {
    let request = peer.anonymous(method, &format!("/_emulator/{path}"));
    reply(match body {
        Some(body) => request.json(&body),
        None => request,
    })
    .await
}

#[tokio::test]
async fn a_status_once_and_then_the_truth() {
    let peer = Peer::start().await;
    peer.emulator.fail_next(Fault::status(503).retry_after(7));
    let answer = send(&peer, CREATE, &ada()).await.expect("an answer");
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()["retry-after"]),
        (503, &"7".parse().expect("a value"))
    );
    let body: Value = answer.json().await.expect("JSON");
    assert_eq!((&body["status_code"], &body["error_type"]), (&json!(503), &json!("injected_fault")));
    peer.post(CREATE, ada()).await.ok();
}

#[tokio::test]
async fn the_usual_error_types() {
    let peer = Peer::start().await;
    peer.emulator.fail_next(Fault::rate_limited(2));
    peer.emulator.fail_next(Fault::status(500));
    let answer = send(&peer, CREATE, &ada()).await.expect("an answer");
    assert_eq!(answer.headers()["retry-after"], "2");
    assert_eq!(answer.json::<Value>().await.expect("JSON")["error_type"], "too_many_requests");
    peer.post(CREATE, ada()).await.refused(500, "internal_server_error");
}

#[tokio::test]
async fn a_fault_waits_for_its_path() {
    let peer = Peer::start().await;
    peer.emulator.fail_next(Fault::status(500).on(CHECK).times(2));
    peer.post(CREATE, ada()).await.ok();
    for _ in 0..2 {
        peer.post(CHECK, json!({ "password": PASSWORD })).await.refused(500, "internal_server_error");
    }
    peer.post(CHECK, json!({ "password": PASSWORD })).await.ok();
}

#[tokio::test]
async fn a_dropped_connection_before_and_after_the_work() {
    let peer = Peer::start().await;
    peer.emulator.fail_next(Fault::dropped());
    assert!(send(&peer, CREATE, &ada()).await.expect_err("no answer").status().is_none());
    peer.post(CREATE, ada()).await.ok();

    peer.emulator.fail_next(Fault::dropped().once_handled());
    let bob = json!({ "email": "bob@example.com", "password": PASSWORD });
    send(&peer, CREATE, &bob).await.expect_err("no answer");
    peer.post(CREATE, bob).await.refused(400, "duplicate_email");
}

#[tokio::test]
async fn half_an_answer() {
    let peer = Peer::start().await;
    peer.emulator.fail_next(Fault::cut_short());
    let answer = send(&peer, CHECK, &json!({ "password": PASSWORD })).await.expect("a head");
    assert_eq!(answer.status(), 200);
    answer.bytes().await.expect_err("the body breaks off");
}

#[tokio::test]
async fn an_answer_that_stytch_would_not_give() {
    let peer = Peer::start().await;
    peer.emulator.fail_next(Fault::raw(502, "text/html", "<h1>Bad Gateway</h1>"));
    peer.emulator.fail_next(Fault::raw(200, "application/json", ""));
    let answer = send(&peer, CREATE, &ada()).await.expect("an answer");
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()["content-type"]),
        (502, &"text/html".parse().expect("a value"))
    );
    assert_eq!(answer.text().await.expect("a body"), "<h1>Bad Gateway</h1>");
    assert_eq!(send(&peer, CREATE, &ada()).await.expect("an answer").text().await.expect("a body"), "");
}

#[tokio::test]
async fn a_slow_answer_is_a_good_one() {
    let peer = Peer::start().await;
    peer.emulator.fail_next(Fault::latency(Duration::from_secs(3600)));
    let client = crate::support::http_builder().timeout(Duration::from_millis(50)).build().expect("a client");
    let url = format!("{}{CHECK}", peer.emulator.base_url());
    let impatient = client.post(url).json(&json!({ "password": PASSWORD })).send().await;
    assert!(impatient.expect_err("no answer in time").is_timeout());
    peer.emulator.fail_next(Fault::latency(Duration::from_millis(20)));
    peer.post(CHECK, json!({ "password": PASSWORD })).await.ok();
}

#[tokio::test]
async fn faults_over_http() {
    let peer = Peer::start().await;
    let fault = |body| control(&peer, Method::POST, "faults", Some(body));
    fault(json!({ "kind": "rate_limit", "retry_after_seconds": 3, "path": CREATE })).await.ok();
    let answer = send(&peer, CREATE, &ada()).await.expect("an answer");
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()["retry-after"]),
        (429, &"3".parse().expect("a value"))
    );

    fault(json!({ "kind": "status", "status": 418 })).await.ok();
    assert_eq!(send(&peer, CREATE, &ada()).await.expect("an answer").status(), 418);
    fault(json!({ "kind": "raw", "status": 502, "content_type": "text/html", "body": "<p>" })).await.ok();
    assert_eq!(send(&peer, CREATE, &ada()).await.expect("an answer").text().await.expect("a body"), "<p>");
    fault(json!({ "kind": "drop", "once_handled": true })).await.ok();
    send(&peer, CREATE, &ada()).await.expect_err("no answer");
    fault(json!({ "kind": "cut_short" })).await.ok();
    let half = send(&peer, CREATE, &ada()).await.expect("a head");
    half.bytes().await.expect_err("the body breaks off");
    fault(json!({ "kind": "latency", "delay_ms": 5 })).await.ok();
    peer.post(CREATE, ada()).await.refused(400, "duplicate_email");

    fault(json!({ "kind": "status", "times": 100 })).await.ok();
    control(&peer, Method::DELETE, "faults", None).await.ok();
    peer.post(CREATE, ada()).await.refused(400, "duplicate_email");

    let message = fault(json!({ "kind": "explode" })).await.refused(400, "bad_request");
    assert_eq!(message, "`kind` must be one of status, rate_limit, latency, drop, cut_short, raw.");
    let message = fault(json!({ "kind": "drop", "tiems": 3 })).await.refused(400, "bad_request");
    assert_eq!(message, "`tiems` is not a known parameter.");
    for (slip, complaint) in [
        (json!({ "kind": "latency" }), "`delay_ms` is required for a fault of this kind."),
        (json!({ "kind": "rate_limit", "status": 503 }), "`status` has no meaning for a fault of this kind."),
        (json!({ "kind": "drop", "body": "<p>" }), "`body` has no meaning for a fault of this kind."),
        (
            json!({ "kind": "status", "content_type": "a" }),
            "`content_type` has no meaning for a fault of this kind.",
        ),
        (
            json!({ "kind": "drop", "retry_after_seconds": 1 }),
            "`retry_after_seconds` has no meaning for a fault of this kind.",
        ),
    ] {
        assert_eq!(fault(slip).await.refused(400, "bad_request"), complaint);
    }
    // None of them waits now.
    peer.post(CREATE, ada()).await.refused(400, "duplicate_email");
}

#[tokio::test]
async fn requests_are_recorded_byte_for_byte() {
    let peer = Peer::start().await;
    let raw = "{ \"password\" :\t\"p\\u00e4ss\" , \"n\":1.0e0}";
    let request = peer.request(Method::POST, &format!("{CHECK}?a=%20b"));
    request.header("content-type", "application/json").body(raw).send().await.expect("an answer");
    let [request] = &peer.emulator.requests()[..] else { panic!("one request") };
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", CHECK));
    assert_eq!((request.query.as_deref(), &request.body[..]), (Some("a=%20b"), raw.as_bytes()));
    assert_eq!(request.header("Content-Type"), Some("application/json"));
    assert!(request.header("authorization").is_some_and(|value| value.starts_with("Basic ")));
    let shown = format!("{request:?}");
    assert_eq!(
        shown,
        "RecordedRequest { method: \"POST\", path: \"/v1/passwords/strength_check\", body_bytes: 39, .. }"
    );

    let listed = control(&peer, Method::GET, "requests", None).await.ok();
    assert_eq!(listed["requests"].as_array().map(Vec::len), Some(1), "the emulator's own are not recorded");
    assert_eq!(listed["requests"][0]["body"], json!({ "password": "päss", "n": 1.0 }));
    control(&peer, Method::DELETE, "requests", None).await.ok();
    assert!(peer.emulator.requests().is_empty());
}

#[tokio::test]
async fn the_record_is_bounded() {
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
async fn the_emulator_answers_about_itself() {
    let peer = Peer::with(Emulator::builder().strict(true).deterministic(1)).await;
    let health = control(&peer, Method::GET, "health", None).await.ok();
    assert_eq!(
        (&health["status"], health["project_id"].as_str()),
        (&json!("ok"), Some(peer.emulator.project_id()))
    );

    let advance =
        |seconds: i64| control(&peer, Method::POST, "clock", Some(json!({ "advance_seconds": seconds })));
    assert_eq!(advance(3600).await.ok()["now"], "2026-01-01T01:00:00Z");
    assert_eq!(advance(0).await.ok()["now"], "2026-01-01T01:00:00Z");
    advance(-1).await.refused(400, "bad_request");

    control(&peer, Method::POST, "breaches", Some(json!({ "password": PASSWORD }))).await.ok();
    peer.post(CREATE, ada()).await.refused(400, "breached_password");
    control(&peer, Method::POST, "reset", None).await.ok();
    peer.post(CREATE, ada()).await.ok();

    let start = json!({ "email": "ada@example.com" });
    peer.post("/v1/passwords/email/reset/start", start).await.ok();
    let outbox = control(&peer, Method::GET, "outbox", None).await.ok();
    let mail = &outbox["messages"][0];
    assert_eq!(
        (&mail["to"], &mail["expires_at"]),
        (&json!("ada@example.com"), &json!("2026-01-01T00:30:00Z"))
    );
    let reset = json!({ "token": mail["token"], "password": "staple battery horse correct" });
    peer.post("/v1/passwords/email/reset", reset).await.ok();
    control(&peer, Method::GET, "nothing", None).await.refused(404, "route_not_found");
    control(&peer, Method::PUT, "health", None).await.refused(405, "method_not_allowed");
}

#[tokio::test]
async fn a_reset_begins_anew() {
    let peer = Peer::with(Emulator::builder().deterministic(7)).await;
    let first = peer.post(CREATE, ada()).await.ok();
    peer.emulator.advance(Duration::from_secs(60));
    peer.emulator.fail_next(Fault::status(500));
    peer.emulator.reset();
    assert!(peer.emulator.requests().is_empty());
    assert_eq!(peer.post(CREATE, ada()).await.ok(), first, "the same ids, the same times");
}

#[tokio::test]
async fn a_seed_gives_the_same_answers_in_another_emulator() {
    let mut answers = Vec::new();
    for seed in [1, 1, 2] {
        let peer = Peer::with(Emulator::builder().deterministic(seed)).await;
        let mut body = ada();
        body["session_duration_minutes"] = json!(60);
        peer.post(CREATE, json!({ "email": "refused" })).await;
        answers.push(peer.post(CREATE, body).await.ok());
    }
    assert_eq!(answers[0], answers[1]);
    assert_ne!(answers[0]["user_id"], answers[2]["user_id"]);
}
