//! Tracing: a call has one span, with the names of OpenTelemetry.

#[path = "watching/seen.rs"]
mod seen;

use std::time::Duration;

use stytch_client::ClientBuilder;
use stytch_client_tests::calls;
use stytch_client_tests::clock::Clock;
use stytch_client_tests::server::{Act, ClosedPort, Server, response, success};

use self::seen::{Fields, Seen};

fn builder(url: &str, clock: &Clock) -> ClientBuilder {
    calls::client_of(url).timer(clock.clone())
}

fn skipping() -> Clock {
    Clock::skipping(Duration::from_secs(10))
}

/// Returns the only span of a call to a server with these scripts, one for each connection.
async fn watched(name: &str, scripts: Vec<Vec<Act>>) -> (Fields, Seen) {
    let (seen, _listening) = Seen::listen();
    let server = Server::start(vec![]);
    for script in scripts {
        server.next(script);
    }
    let client = builder(&server.url(), &skipping()).build().unwrap();
    let _ = calls::named(name).send(&client).await;
    let mut spans = seen.spans();
    assert_eq!(spans.len(), 1, "one call is one span: {spans:?}");
    let span = spans.remove(0);
    assert_eq!(span["server.address"], "127.0.0.1");
    assert_eq!(span["server.port"], server.address().port().to_string());
    (span, seen)
}

fn once(status: &str, headers: &[&str], body: &str) -> Vec<Act> {
    vec![Act::Read, Act::Write(response(status, &[headers, &["connection: close"]].concat(), body))]
}

#[tokio::test]
async fn a_success() {
    for call in calls::all() {
        let (span, _) = watched(call.name, vec![vec![Act::Read, Act::Write(success(call.response))]]).await;
        let (method, path) = (call.info.method.as_str(), call.info.path);
        let responded: serde_json::Value = serde_json::from_str(call.response).unwrap();
        for (name, value) in [
            ("name", "call"),
            ("otel.name", &format!("{method} {path}")),
            ("otel.kind", "client"),
            ("http.request.method", method),
            ("url.template", path),
            ("http.response.status_code", "200"),
            ("attempts", "1"),
            ("elapsed_ms", "0"),
            ("request_id", responded["request_id"].as_str().unwrap()),
        ] {
            assert_eq!(span.get(name).map(String::as_str), Some(value), "{call:?}: {name} in {span:?}");
        }
        for name in ["error.type", "otel.status_code", "http.request.resend_count"] {
            assert!(!span.contains_key(name), "{call:?}: {name} in {span:?}");
        }
    }
}

#[tokio::test]
async fn retries_are_counted_and_logged() {
    let slow_down = once("429 Too Many Requests", &["retry-after: 7"], "");
    let good = once("200 OK", &[], r#"{"user_id":"user-test-1","request_id":"request-id-test-1"}"#);
    let (span, seen) = watched("passwords.authenticate", vec![slow_down.clone(), slow_down, good]).await;
    assert_eq!((&*span["attempts"], &*span["http.request.resend_count"]), ("3", "2"));
    assert_eq!((&*span["elapsed_ms"], &*span["http.response.status_code"]), ("14000", "200"));
    let events = seen.events();
    assert_eq!(events.len(), 2, "{events:?}");
    for (event, attempts) in events.iter().zip(["1", "2"]) {
        assert_eq!(
            (&*event["message"], &*event["attempts"], &*event["wait_ms"]),
            ("retry", attempts, "7000")
        );
        assert_eq!((&*event["kind"], &*event["in"]), ("Status", "call"));
    }
}

#[tokio::test]
async fn failures_have_a_type_that_can_be_counted() {
    let rejection = r#"{"error_type":"email_not_found","request_id":"request-id-test-1"}"#;
    let cut = Act::Write(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{".into());
    for (script, kind, status, request_id) in [
        (once("404 No", &[], rejection), "email_not_found", Some("404"), Some("request-id-test-1")),
        (once("502 No", &[], "<html>"), "Status", Some("502"), None),
        (once("302 Found", &["location: /"], ""), "Redirect", Some("302"), None),
        (once("200 OK", &[], r#"{"request_id":"r-1"}"#), "Decode", Some("200"), Some("r-1")),
        (vec![Act::Read, cut], "Connection", Some("200"), None),
        (vec![Act::Read], "Connection", None, None),
    ] {
        let (span, _) = watched("passwords.authenticate", vec![script.clone()]).await;
        let field = |name: &str| span.get(name).map(String::as_str);
        assert_eq!(
            (field("error.type"), field("otel.status_code")),
            (Some(kind), Some("ERROR")),
            "{script:?}"
        );
        assert_eq!(
            (field("http.response.status_code"), field("request_id")),
            (status, request_id),
            "{script:?}"
        );
    }
}

/// A server chooses the type, but not how much of it is stored.
#[tokio::test]
async fn a_type_is_no_longer_than_a_type() {
    let rejection = format!(r#"{{"error_type":"a\u001b[31m\n{}"}}"#, "long ".repeat(5000));
    let (span, _) = watched("passwords.authenticate", vec![once("400 No", &[], &rejection)]).await;
    let kind = &span["error.type"];
    assert!(kind.starts_with("a [31m long long") && kind.chars().count() <= 101, "{kind:?}");
}

#[tokio::test]
async fn no_connection_and_no_time() {
    let (seen, _listening) = Seen::listen();
    let call = calls::named("passwords.authenticate");
    let rejecting = ClosedPort::bind();
    call.send(&builder(&rejecting.url(), &skipping()).build().unwrap()).await.unwrap_err();
    let server = Server::start(vec![Act::Read, Act::Stall]);
    let clock = Clock::standing();
    let client = builder(&server.url(), &clock).build().unwrap();
    let time = async {
        server.until(|state| state.stalled == 1).await;
        clock.advance(Duration::from_secs(30));
    };
    let (outcome, ()) = tokio::join!(call.send(&client), time);
    outcome.unwrap_err();
    let spans = seen.spans();
    assert_eq!((&*spans[0]["error.type"], &*spans[0]["attempts"]), ("Connect", "3"));
    assert_eq!((&*spans[1]["error.type"], &*spans[1]["elapsed_ms"]), ("Timeout", "30000"));
}

/// If the call is dropped, the span is closed without a result.
#[tokio::test]
async fn a_call_that_is_given_up_has_a_span_too() {
    let (seen, _listening) = Seen::listen();
    let server = Server::start(vec![Act::Read, Act::Stall]);
    let client = builder(&server.url(), &Clock::standing()).build().unwrap();
    tokio::select! {
        biased;
        outcome = calls::named("passwords.authenticate").send(&client) => panic!("{outcome:?}"),
        _ = server.until(|state| state.stalled == 1) => {}
    }
    let spans = seen.spans();
    assert_eq!((spans.len(), seen.open()), (1, 0));
    assert!(!spans[0].contains_key("attempts"), "{spans:?}");
}
