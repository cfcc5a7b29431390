//! Faults: error responses, delays and broken connections that a test requests from the emulator.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use stytch_emulator::{ControlError, Fault};

use crate::support::{PASSWORD, Peer, control, reply};

const CREATE: &str = "/v1/passwords";
const CHECK: &str = "/v1/passwords/strength_check";

fn ada() -> Value {
    json!({ "email": "ada@example.com", "password": PASSWORD })
}

async fn send(peer: &Peer, path: &str, body: &Value) -> Result<reqwest::Response, reqwest::Error> {
    peer.request(Method::POST, path).json(body).send().await
}

#[tokio::test]
async fn a_status_fault_happens_once() {
    let peer = Peer::start().await;
    peer.emulator.fail_next(Fault::status(503).retry_after(7)).expect("a valid fault");
    let response = send(&peer, CREATE, &ada()).await.expect("a response");
    assert_eq!(
        (response.status().as_u16(), &response.headers()["retry-after"]),
        (503, &"7".parse().expect("a value"))
    );
    let body: Value = response.json().await.expect("JSON");
    assert_eq!((&body["status_code"], &body["error_type"]), (&json!(503), &json!("injected_fault")));
    peer.post(CREATE, ada()).await.ok();
}

#[tokio::test]
async fn the_error_type_depends_on_the_status() {
    let peer = Peer::start().await;
    peer.emulator.fail_next(Fault::rate_limited(2)).expect("a valid fault");
    peer.emulator.fail_next(Fault::status(500)).expect("a valid fault");
    let response = send(&peer, CREATE, &ada()).await.expect("a response");
    assert_eq!(response.headers()["retry-after"], "2");
    assert_eq!(response.json::<Value>().await.expect("JSON")["error_type"], "too_many_requests");
    peer.post(CREATE, ada()).await.rejected(500, "internal_server_error");
}

#[tokio::test]
async fn a_fault_applies_to_its_path_only() {
    let peer = Peer::start().await;
    peer.emulator.fail_next(Fault::status(500).on(CHECK).times(2)).expect("a valid fault");
    peer.post(CREATE, ada()).await.ok();
    for _ in 0..2 {
        peer.post(CHECK, json!({ "password": PASSWORD })).await.rejected(500, "internal_server_error");
    }
    peer.post(CHECK, json!({ "password": PASSWORD })).await.ok();
}

#[tokio::test]
async fn a_connection_is_dropped_before_or_after_the_request_is_processed() {
    let peer = Peer::start().await;
    peer.emulator.fail_next(Fault::dropped()).expect("a valid fault");
    assert!(send(&peer, CREATE, &ada()).await.expect_err("no response").status().is_none());
    peer.post(CREATE, ada()).await.ok();

    peer.emulator.fail_next(Fault::dropped().once_handled()).expect("a valid fault");
    let bob = json!({ "email": "bob@example.com", "password": PASSWORD });
    send(&peer, CREATE, &bob).await.expect_err("no response");
    peer.post(CREATE, bob).await.rejected(400, "duplicate_email");
}

#[tokio::test]
async fn a_response_can_be_cut_short() {
    let peer = Peer::start().await;
    peer.emulator.fail_next(Fault::cut_short()).expect("a valid fault");
    let response = send(&peer, CHECK, &json!({ "password": PASSWORD })).await.expect("a status line");
    assert_eq!(response.status(), 200);
    response.bytes().await.expect_err("the body ends early");
}

#[tokio::test]
async fn a_fault_can_send_any_response() {
    let peer = Peer::start().await;
    peer.emulator.fail_next(Fault::raw(502, "text/html", "<h1>Bad Gateway</h1>")).expect("a valid fault");
    peer.emulator.fail_next(Fault::raw(200, "application/json", "")).expect("a valid fault");
    let response = send(&peer, CREATE, &ada()).await.expect("a response");
    assert_eq!(
        (response.status().as_u16(), &response.headers()["content-type"]),
        (502, &"text/html".parse().expect("a value"))
    );
    assert_eq!(response.text().await.expect("a body"), "<h1>Bad Gateway</h1>");
    assert_eq!(send(&peer, CREATE, &ada()).await.expect("a response").text().await.expect("a body"), "");
}

#[tokio::test]
async fn a_delayed_response_is_correct() {
    let peer = Peer::start().await;
    peer.emulator.fail_next(Fault::latency(Duration::from_secs(3600))).expect("a valid fault");
    let client = crate::support::http_builder().timeout(Duration::from_millis(50)).build().expect("a client");
    let url = format!("{}{CHECK}", peer.emulator.base_url());
    let impatient = client.post(url).json(&json!({ "password": PASSWORD })).send().await;
    assert!(impatient.expect_err("no response in time").is_timeout());
    peer.emulator.fail_next(Fault::latency(Duration::from_millis(20))).expect("a valid fault");
    peer.post(CHECK, json!({ "password": PASSWORD })).await.ok();
}

#[tokio::test]
async fn faults_can_be_added_over_http() {
    let peer = Peer::start().await;
    let fault = |body| control(&peer, Method::POST, "faults", Some(body));
    fault(json!({ "kind": "rate_limit", "retry_after_seconds": 3, "path": CREATE })).await.ok();
    let response = send(&peer, CREATE, &ada()).await.expect("a response");
    assert_eq!(
        (response.status().as_u16(), &response.headers()["retry-after"]),
        (429, &"3".parse().expect("a value"))
    );

    fault(json!({ "kind": "status", "status": 418 })).await.ok();
    assert_eq!(send(&peer, CREATE, &ada()).await.expect("a response").status(), 418);
    fault(json!({ "kind": "raw", "status": 502, "content_type": "text/html", "body": "<p>" })).await.ok();
    assert_eq!(send(&peer, CREATE, &ada()).await.expect("a response").text().await.expect("a body"), "<p>");
    fault(json!({ "kind": "drop", "once_handled": true })).await.ok();
    send(&peer, CREATE, &ada()).await.expect_err("no response");
    fault(json!({ "kind": "cut_short" })).await.ok();
    let half = send(&peer, CREATE, &ada()).await.expect("a status line");
    half.bytes().await.expect_err("the body ends early");
    fault(json!({ "kind": "latency", "delay_ms": 5 })).await.ok();
    peer.post(CREATE, ada()).await.rejected(400, "duplicate_email");

    fault(json!({ "kind": "status", "times": 100 })).await.ok();
    control(&peer, Method::DELETE, "faults", None).await.ok();
    peer.post(CREATE, ada()).await.rejected(400, "duplicate_email");

    let message = fault(json!({ "kind": "explode" })).await.rejected(400, "bad_request");
    assert_eq!(message, "`kind` must be one of status, rate_limit, latency, drop, cut_short, raw.");
    let message = fault(json!({ "kind": "drop", "tiems": 3 })).await.rejected(400, "bad_request");
    assert_eq!(message, "`tiems` is not a known parameter.");
    for (mistake, message) in [
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
        assert_eq!(fault(mistake).await.rejected(400, "bad_request"), message);
    }
    // No rejected fault is pending.
    peer.post(CREATE, ada()).await.rejected(400, "duplicate_email");
}

#[tokio::test]
async fn a_fault_for_a_path_without_an_endpoint_is_rejected() {
    let peer = Peer::start().await;
    for path in [
        "/v1/paswords",
        "/v1/passwords/",
        "v1/passwords",
        "",
        "/v1/passwords?a=b",
        "/_emulator/reset",
        "/nowhere",
    ] {
        let unknown = ControlError::UnknownPath { path: path.to_owned() };
        assert_eq!(peer.emulator.fail_next(Fault::dropped().on(path)), Err(unknown), "{path}");
        let fault = json!({ "kind": "drop", "path": path });
        let message = control(&peer, Method::POST, "faults", Some(fault)).await.rejected(400, "bad_request");
        let expected = format!(
            "`path` is wrong: no endpoint of the API has the path `{path}`, so the fault would never happen."
        );
        assert_eq!(message, expected);
    }
    assert_eq!(peer.emulator.pending_faults(), []);
    peer.post(CREATE, ada()).await.ok();
}

#[tokio::test]
async fn a_fault_for_an_endpoint_with_a_placeholder_happens() {
    let peer = Peer::start().await;
    let keys = format!("/v1/sessions/jwks/{}", peer.emulator.project_id());
    for path in [keys.as_str(), "/v1/sessions/jwks/{project_id}"] {
        peer.emulator.fail_next(Fault::status(503).on(path)).expect("a valid fault");
        reply(peer.anonymous(Method::GET, &keys)).await.rejected(503, "injected_fault");
        reply(peer.anonymous(Method::GET, &keys)).await.ok();
    }
}

#[tokio::test]
async fn pending_faults_are_listed() {
    let peer = Peer::start().await;
    let list = async || control(&peer, Method::GET, "faults", None).await.ok()["faults"].take();
    assert_eq!(list().await, json!([]));
    let rate_limit = Fault::rate_limited(2).on(CREATE).times(3).after(Duration::from_millis(5));
    let raw = Fault::raw(502, "text/html", "<p>").once_handled();
    for fault in [rate_limit.clone(), raw.clone()] {
        peer.emulator.fail_next(fault).expect("a valid fault");
    }
    assert_eq!(peer.emulator.pending_faults(), [rate_limit.clone(), raw.clone()]);
    let raw_listed = json!({
        "kind": "raw", "path": null, "times": 1, "delay_ms": 0, "once_handled": true, "retry_after_seconds": null,
        "status": 502, "content_type": "text/html", "body_bytes": 3,
    });
    let rate_limit_listed = |times: u32| {
        json!({
            "kind": "status", "path": CREATE, "times": times, "delay_ms": 5, "once_handled": false,
            "retry_after_seconds": 2, "status": 429,
        })
    };
    assert_eq!(list().await, json!([rate_limit_listed(3), raw_listed]));
    peer.post(CREATE, ada()).await.rejected(429, "too_many_requests");
    assert_eq!(list().await, json!([rate_limit_listed(2), raw_listed]));
    control(&peer, Method::DELETE, "faults", None).await.ok();
    assert_eq!(list().await, json!([]));
}

#[tokio::test]
async fn the_number_of_pending_faults_is_limited() {
    let peer = Peer::start().await;
    for _ in 0..1000 {
        peer.emulator.fail_next(Fault::dropped()).expect("a valid fault");
    }
    assert_eq!(peer.emulator.fail_next(Fault::dropped()), Err(ControlError::TooManyFaults));
    let fault = json!({ "kind": "drop" });
    let message =
        control(&peer, Method::POST, "faults", Some(fault.clone())).await.rejected(400, "bad_request");
    assert!(message.starts_with("too many faults are pending"), "{message}");
    control(&peer, Method::DELETE, "faults", None).await.ok();
    control(&peer, Method::POST, "faults", Some(fault)).await.ok();
}

#[tokio::test]
async fn a_fault_that_happens_zero_times_is_rejected() {
    let peer = Peer::start().await;
    let fault = json!({ "kind": "drop", "times": 0 });
    control(&peer, Method::POST, "faults", Some(fault)).await.rejected(400, "bad_request");
}
