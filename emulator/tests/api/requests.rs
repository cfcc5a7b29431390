//! Requests that every endpoint rejects: wrong paths, methods, credentials, bodies and parameters.

use reqwest::{Method, header::CONTENT_TYPE};
use serde_json::json;
use stytch_emulator::Emulator;

use crate::support::{PASSWORD, Peer, reply};

const CHECK: &str = "/v1/passwords/strength_check";

#[tokio::test]
async fn wrong_credentials_are_rejected() {
    let peer = Peer::start().await;
    let body = json!({ "password": PASSWORD });
    let post = || peer.anonymous(Method::POST, CHECK).json(&body);
    for (project, secret) in [("wrong", peer.emulator.secret()), (peer.emulator.project_id(), "wrong")] {
        let message =
            reply(post().basic_auth(project, Some(secret))).await.rejected(401, "unauthorized_credentials");
        assert!(!message.contains(peer.emulator.secret()));
    }
    reply(post()).await.rejected(401, "unauthorized_credentials");
    reply(post().bearer_auth("token")).await.rejected(401, "unauthorized_credentials");
    reply(post().header("authorization", "Basic !!!")).await.rejected(401, "unauthorized_credentials");
}

#[tokio::test]
async fn unknown_paths_and_wrong_methods_are_rejected() {
    let peer = Peer::start().await;
    for path in [
        "/",
        "/v1",
        "/v1/passwords/",
        "/v1/passwords/nothing",
        "/v2/passwords",
        "/V1/passwords",
        "//v1/passwords",
    ] {
        peer.post(path, json!({})).await.rejected(404, "route_not_found");
    }
    let response = peer.request(Method::PUT, CHECK).json(&json!({})).send().await.expect("a response");
    assert_eq!(response.headers()["allow"], "POST");
    let response = reply(peer.request(Method::GET, CHECK)).await;
    assert_eq!(response.rejected(405, "method_not_allowed"), "This endpoint takes POST, not GET.");
}

#[tokio::test]
async fn a_head_request_gets_the_headers_of_get_without_a_body() {
    let peer = Peer::start().await;
    let keys = format!("/v1/sessions/jwks/{}", peer.emulator.project_id());
    for path in ["/_emulator/health", "/_emulator/outbox", keys.as_str(), "/v1/sessions?user_id=user-test-1"]
    {
        let get = peer.request(Method::GET, path).send().await.expect("a response");
        let head = peer.request(Method::HEAD, path).send().await.expect("a response");
        assert_eq!(head.status(), get.status(), "{path}");
        assert_eq!(head.headers()[CONTENT_TYPE], "application/json", "{path}");
        assert_eq!(head.headers()["content-length"], get.headers()["content-length"], "{path}");
        assert_eq!(head.bytes().await.expect("a body").len(), 0, "{path}");
    }
    for path in [CHECK, "/_emulator/reset"] {
        let head = peer.request(Method::HEAD, path).send().await.expect("a response");
        assert_eq!(
            (head.status().as_u16(), &head.headers()["allow"]),
            (405, &"POST".parse().expect("a value"))
        );
    }
    let put = peer.request(Method::PUT, "/_emulator/health").send().await.expect("a response");
    assert_eq!(put.headers()["allow"], "GET, HEAD");
}

#[tokio::test]
async fn bodies_that_are_not_json_are_rejected() {
    let peer = Peer::start().await;
    let send = |content_type: &'static str, body: &'static str| {
        reply(peer.request(Method::POST, CHECK).header(CONTENT_TYPE, content_type).body(body))
    };
    let good = r#"{"password":"correct horse battery staple"}"#;
    send("application/json; charset=utf-8", good).await.ok();
    send("text/plain", good).await.rejected(415, "unsupported_media_type");
    reply(peer.request(Method::POST, CHECK).body(good)).await.rejected(415, "unsupported_media_type");
    for broken in ["", "{", "nothing", "{\"password\":\"secret-word\",}", "{} {}", "\u{feff}{}"] {
        let message = send("application/json", broken).await.rejected(400, "bad_request");
        assert!(message.starts_with("The body is not JSON"), "{message}");
        assert!(!message.contains("secret-word"));
    }
    for (other, name) in
        [("[]", "a list"), ("null", "null"), ("1", "a number"), ("\"a\"", "a string"), ("true", "a boolean")]
    {
        let message = send("application/json", other).await.rejected(400, "bad_request");
        assert_eq!(message, format!("The body must be a JSON object, not {name}."));
    }
    let request = peer.request(Method::POST, CHECK).header(CONTENT_TYPE, "application/json");
    reply(request.body(b"{\"password\":\"\xff\"}".to_vec())).await.rejected(400, "bad_request");
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let request = peer.request(Method::POST, CHECK).header(CONTENT_TYPE, "application/json");
    reply(request.body(deep)).await.rejected(400, "bad_request");
}

#[tokio::test]
async fn the_parameter_at_fault_is_named() {
    let peer = Peer::start().await;
    let create = |extra: serde_json::Value| {
        let mut body = json!({ "email": "ada@example.com", "password": PASSWORD });
        body.as_object_mut().expect("an object").extend(extra.as_object().expect("an object").clone());
        peer.post("/v1/passwords", body)
    };
    for (extra, message) in [
        (json!({ "email": 1 }), "`email` must be a string, not a number."),
        (json!({ "password": ["a"] }), "`password` must be a string, not a list."),
        (
            json!({ "session_duration_minutes": "60" }),
            "`session_duration_minutes` must be an integer, not a string.",
        ),
        (
            json!({ "session_duration_minutes": 4 }),
            "`session_duration_minutes` must be an integer from 5 to 527040.",
        ),
        (
            json!({ "session_duration_minutes": 527_041 }),
            "`session_duration_minutes` must be an integer from 5 to 527040.",
        ),
        (
            json!({ "session_duration_minutes": 5.5 }),
            "`session_duration_minutes` must be an integer from 5 to 527040.",
        ),
        (json!({ "session_custom_claims": [] }), "`session_custom_claims` must be an object, not a list."),
        (json!({ "name": "Ada" }), "`name` must be an object, not a string."),
        (json!({ "name": { "first_name": 1 } }), "`name.first_name` must be a string, not a number."),
        (json!({ "name": { "nickname": "A" } }), "`name.nickname` is not a known parameter."),
        (json!({ "emial": "x" }), "`emial` is not a known parameter."),
        (json!({ "name": null }), "`name` is null; leave out a parameter that has no value."),
        (
            json!({ "name": { "last_name": null } }),
            "`name.last_name` is null; leave out a parameter that has no value.",
        ),
    ] {
        assert_eq!(create(extra).await.rejected(400, "bad_request"), message);
    }
    let migrate = json!({ "email": "a@example.com", "hash": "h", "hash_type": "md_5", "roles": ["a", 1] });
    let message = peer.post("/v1/passwords/migrate", migrate).await.rejected(400, "bad_request");
    assert_eq!(message, "`roles[1]` must be a string, not a number.");
    create(json!({ "trusted_metadata": { "kept": null } })).await.ok();
}

#[tokio::test]
async fn nulls_and_unknown_parameters_are_ignored_unless_strict() {
    let peer = Peer::with(Emulator::builder()).await;
    let body = json!({
        "email": "ada@example.com", "password": PASSWORD, "session_duration_minutes": null, "unknown": 1,
        "name": { "first_name": "Ada", "middle_name": null }, "trusted_metadata": null,
    });
    let created = peer.post("/v1/passwords", body).await.ok();
    assert_eq!(created["user"]["name"]["first_name"], "Ada");
    assert_eq!(created["user"]["trusted_metadata"], json!({}));
    let message = peer.post("/v1/passwords", json!({ "email": null })).await.rejected(400, "bad_request");
    assert_eq!(message, "`email` is required.");
}
