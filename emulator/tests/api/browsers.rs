//! Requests that a web page of another site can make a browser send.

use reqwest::{Method, StatusCode, header};
use serde_json::json;
use stytch_emulator::Emulator;

use crate::support::{PASSWORD, Peer, Reply, control, reply};

const CREATE: &str = "/v1/passwords";

async fn with_ada(peer: &Peer) {
    peer.post(CREATE, json!({ "email": "ada@example.com", "password": PASSWORD })).await.ok();
}

async fn log_in(peer: &Peer) -> Reply {
    let body = json!({ "email": "ada@example.com", "password": PASSWORD });
    peer.post("/v1/passwords/authenticate", body).await
}

#[tokio::test]
async fn a_page_under_a_foreign_host_name_cannot_read_the_emulator() {
    let peer = Peer::start().await;
    with_ada(&peer).await;
    for path in ["requests", "outbox", "health", "faults", "users", "clock", "breaches", "page.js", "nothing"]
    {
        for host in ["rebound.example.com", "localhost.example.com:80", "192.0.2.1"] {
            let request = peer.anonymous(Method::GET, &format!("/_emulator/{path}"));
            let message = reply(request.header(header::HOST, host)).await.rejected(403, "foreign_host");
            assert!(message.contains(host) && message.contains("--host"), "{message}");
        }
        let request = peer.anonymous(Method::GET, &format!("/_emulator/{path}"));
        let status = request.header(header::HOST, "localhost").send().await.expect("a response").status();
        assert_eq!(status, if path == "nothing" { StatusCode::NOT_FOUND } else { StatusCode::OK });
    }
}

#[tokio::test]
async fn a_post_from_another_site_is_rejected() {
    let peer = Peer::start().await;
    with_ada(&peer).await;
    for origin in ["https://example.com", "null", "http://localhost:3000"] {
        // Browsers send these requests without a preflight: no header and no content type requires one.
        for path in
            ["/_emulator/reset", "/_emulator/users", "/_emulator/faults", "/_emulator/clock", "/", CREATE]
        {
            let request = peer.anonymous(Method::POST, path).header(header::ORIGIN, origin);
            let request = request.header(header::CONTENT_TYPE, "text/plain").body(r#"{"kind":"drop"}"#);
            reply(request).await.rejected(403, "foreign_origin");
        }
    }
    assert_eq!(peer.emulator.requests().len(), 1, "rejected requests are not recorded");
    log_in(&peer).await.ok();
}

#[tokio::test]
async fn a_foreign_page_cannot_use_the_api_even_with_the_credentials() {
    let peer = Peer::start().await;
    let host = "rebound.example.com:7898";
    let request = peer.request(Method::POST, CREATE).header(header::HOST, host);
    let request = request.header(header::ORIGIN, format!("http://{host}"));
    let body = json!({ "email": "ada@example.com", "password": PASSWORD });
    reply(request.json(&body)).await.rejected(403, "foreign_origin");
    log_in(&peer).await.rejected(404, "email_not_found");
    // A client in a container uses a name that the emulator does not know. It is not a browser, and does not send an
    // origin.
    let request = peer.request(Method::POST, CREATE).header(header::HOST, "emulator:7898");
    reply(request.json(&body)).await.ok();
}

#[tokio::test]
async fn a_foreign_page_does_not_use_up_a_fault() {
    let peer = Peer::start().await;
    peer.emulator.fail_next(stytch_emulator::Fault::status(503)).expect("a valid fault");
    let request = peer.anonymous(Method::POST, CREATE).header(header::ORIGIN, "https://example.com");
    reply(request.json(&json!({}))).await.rejected(403, "foreign_origin");
    assert_eq!(peer.emulator.pending_faults().len(), 1);
}

#[tokio::test]
async fn the_emulators_own_origin_and_the_name_it_was_started_with_are_accepted() {
    let peer = Peer::with(Emulator::builder().host("localhost")).await;
    let own = peer.emulator.base_url().to_owned();
    let request = peer.anonymous(Method::POST, "/_emulator/reset").header(header::ORIGIN, own);
    reply(request).await.ok();
    control(&peer, Method::POST, "reset", None).await.ok();
}
