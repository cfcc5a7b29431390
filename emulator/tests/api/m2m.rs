//! Machine-to-machine: clients, their secrets, and access tokens.

use reqwest::Method;
use serde_json::{Value, json};
use stytch_emulator::Emulator;

use crate::jwts::verified;
use crate::support::{Peer, Reply, reply, start, text};

const SCOPES: [&str; 2] = ["read:documents", "write:documents"];

async fn created(peer: &Peer) -> Value {
    peer.post("/v1/m2m/clients", json!({ "scopes": SCOPES })).await.ok()["m2m_client"].clone()
}

fn credentials(client: &Value, secret: &Value) -> Value {
    json!({
        "grant_type": "client_credentials", "client_id": client["client_id"], "client_secret": secret,
    })
}

fn path(peer: &Peer) -> String {
    format!("/v1/public/{}/oauth2/token", peer.emulator.project_id())
}

/// Requests a token with JSON. The request also has the credentials of the project, which are not required.
async fn token(peer: &Peer, body: Value) -> Reply {
    peer.post(&path(peer), body).await
}

/// Checks that this is an error in OAuth's form.
#[track_caller]
fn oauth_error(reply: &Reply, status: u16, error: &str) {
    assert_eq!((reply.status, reply.body["error"].as_str()), (status, Some(error)), "{}", reply.body);
    assert_eq!(reply.body["status_code"], status);
    assert!(reply.body["error_description"].is_string() && reply.body["error_uri"].is_string());
    assert!(reply.body["request_id"].is_string() && reply.body.get("error_type").is_none());
}

#[tokio::test]
async fn a_client_can_be_created_changed_and_deleted() {
    let peer = Peer::start().await;
    let body = json!({
        "scopes": SCOPES, "client_id": "my-client", "client_secret": "my secret for tests", "client_name": "Name",
        "client_description": "Description", "trusted_metadata": { "plan": "pro", "drop": 1 },
    });
    let created = peer.post("/v1/m2m/clients", body.clone()).await.ok()["m2m_client"].clone();
    assert_eq!(created["client_secret"], "my secret for tests");
    let mut shown = created.clone();
    shown.as_object_mut().expect("an object").remove("client_secret");
    assert_eq!(
        shown,
        json!({
            "client_id": "my-client", "client_name": "Name", "client_description": "Description", "status": "active",
            "scopes": SCOPES, "client_secret_last_four": "ests", "next_client_secret_last_four": null,
            "trusted_metadata": { "plan": "pro", "drop": 1 },
        })
    );
    assert_eq!(peer.get("/v1/m2m/clients/my-client").await.ok()["m2m_client"], shown);
    peer.post("/v1/m2m/clients", body).await.rejected(400, "duplicate_m2m_client_id");

    let update = json!({ "client_name": "New", "status": "inactive", "scopes": [], "trusted_metadata": { "drop": null } });
    let updated = peer.put("/v1/m2m/clients/my-client", update).await.ok()["m2m_client"].clone();
    assert_eq!(
        (&updated["client_name"], &updated["client_description"]),
        (&json!("New"), &json!("Description"))
    );
    assert_eq!((&updated["status"], &updated["scopes"]), (&json!("inactive"), &json!([])));
    assert_eq!(updated["trusted_metadata"], json!({ "plan": "pro" }));

    assert_eq!(peer.delete("/v1/m2m/clients/my-client").await.ok()["client_id"], "my-client");
    for reply in [
        peer.get("/v1/m2m/clients/my-client").await,
        peer.delete("/v1/m2m/clients/my-client").await,
        peer.put("/v1/m2m/clients/my-client", json!({})).await,
        peer.post("/v1/m2m/clients/my-client/secrets/rotate/start", json!({})).await,
    ] {
        reply.rejected(404, "m2m_client_not_found");
    }
}

#[tokio::test]
async fn invalid_clients_have_specific_error_types() {
    let peer = Peer::start().await;
    for (body, error_type) in [
        (json!({ "scopes": [""] }), "invalid_m2m_client_scope"),
        (json!({ "scopes": ["a b"] }), "invalid_m2m_client_scope"),
        (json!({ "scopes": [], "client_id": "" }), "m2m_client_invalid_client_id"),
        (json!({ "scopes": [], "client_secret": "short" }), "m2m_client_invalid_client_secret"),
        (json!({ "scopes": [], "trusted_metadata": { "a": "x".repeat(5000) } }), "metadata_too_large"),
        (json!({}), "bad_request"),
    ] {
        peer.post("/v1/m2m/clients", body).await.rejected(400, error_type);
    }
    let client = created(&peer).await;
    let path = format!("/v1/m2m/clients/{}", text(&client["client_id"]));
    peer.put(&path, json!({ "status": "deleted" })).await.rejected(400, "m2m_client_invalid_status");
    peer.put(&path, json!({ "scopes": ["a\tb"] })).await.rejected(400, "invalid_m2m_client_scope");
}

#[tokio::test]
async fn a_search_finds_clients() {
    let peer = Peer::start().await;
    for (id, name, scope) in [("a", "One", "read"), ("b", "Two", "read"), ("c", "Three", "write")] {
        let body = json!({ "client_id": id, "client_name": name, "scopes": [scope] });
        peer.post("/v1/m2m/clients", body).await.ok();
    }
    let found = async |operator: &str, operands: Value| {
        let query = json!({ "query": { "operator": operator, "operands": operands } });
        let response = peer.post("/v1/m2m/clients/search", query).await.ok();
        let clients = response["m2m_clients"].as_array().expect("a list").clone();
        clients.iter().map(|client| text(&client["client_id"])).collect::<Vec<_>>()
    };
    let filter = |name: &str, value: Value| json!({ "filter_name": name, "filter_value": value });
    assert_eq!(found("AND", json!([filter("client_id", json!(["a", "c"]))])).await, ["a", "c"]);
    assert_eq!(found("AND", json!([filter("client_name", json!(["Two"]))])).await, ["b"]);
    let read = filter("scopes", json!(["read"]));
    assert_eq!(found("AND", json!([read])).await, ["a", "b"]);
    assert_eq!(found("AND", json!([read, filter("client_id", json!(["b"]))])).await, ["b"]);
    assert_eq!(found("OR", json!([read, filter("client_id", json!(["c"]))])).await, ["a", "b", "c"]);

    let first = peer.post("/v1/m2m/clients/search", json!({ "limit": 2 })).await.ok();
    assert_eq!(
        (first["m2m_clients"].as_array().expect("a list").len(), &first["results_metadata"]["total"]),
        (2, &json!(3))
    );
    let cursor = &first["results_metadata"]["next_cursor"];
    let second = peer.post("/v1/m2m/clients/search", json!({ "limit": 2, "cursor": cursor })).await.ok();
    assert_eq!(second["m2m_clients"][0]["client_id"], "c");
    assert_eq!(second["results_metadata"]["next_cursor"], "");

    for (body, error_type) in [
        (json!({ "limit": 0 }), "bad_request"),
        (json!({ "cursor": "!" }), "bad_request"),
        (json!({ "query": { "operator": "NOT" } }), "bad_request"),
        (json!({ "query": { "operands": [{}] } }), "m2m_search_missing_filter_name"),
        (json!({ "query": { "operands": [{ "filter_name": 1 }] } }), "m2m_search_filter_name_must_be_string"),
        (
            json!({ "query": { "operands": [{ "filter_name": "x" }] } }),
            "m2m_search_filter_name_not_recognized",
        ),
        (
            json!({ "query": { "operands": [{ "filter_name": "scopes" }] } }),
            "m2m_search_missing_filter_value",
        ),
        (
            json!({ "query": { "operands": [filter("scopes", json!("read"))] } }),
            "m2m_search_expected_array_of_strings",
        ),
    ] {
        peer.post("/v1/m2m/clients/search", body).await.rejected(400, error_type);
    }
}

#[tokio::test]
async fn both_secrets_are_valid_during_a_rotation() {
    let peer = Peer::start().await;
    let client = created(&peer).await;
    let rotate = async |step: &str| {
        let path = format!("/v1/m2m/clients/{}/secrets/rotate{step}", text(&client["client_id"]));
        peer.post(&path, json!({})).await
    };
    let old = client["client_secret"].clone();
    rotate("").await.rejected(400, "m2m_client_not_rotating_secret");
    rotate("/cancel").await.rejected(400, "m2m_client_not_rotating_secret");

    let started = rotate("/start").await.ok()["m2m_client"].clone();
    let new = started["next_client_secret"].clone();
    assert!(text(&new).ends_with(&text(&started["next_client_secret_last_four"])));
    rotate("/start").await.rejected(400, "m2m_client_already_rotating_secret");
    for secret in [&old, &new] {
        token(&peer, credentials(&client, secret)).await.ok();
    }
    rotate("/cancel").await.ok();
    oauth_error(&token(&peer, credentials(&client, &new)).await, 401, "invalid_client");

    let new = rotate("/start").await.ok()["m2m_client"]["next_client_secret"].clone();
    let rotated = rotate("").await.ok()["m2m_client"].clone();
    assert_eq!(rotated["next_client_secret_last_four"], Value::Null);
    assert!(text(&new).ends_with(&text(&rotated["client_secret_last_four"])));
    token(&peer, credentials(&client, &new)).await.ok();
    oauth_error(&token(&peer, credentials(&client, &old)).await, 401, "invalid_client");
}

#[tokio::test]
async fn a_token_is_a_signed_jwt_with_the_scopes() {
    let peer = Peer::with(Emulator::builder().strict(true).start_at(start())).await;
    let client = created(&peer).await;
    let mut body = credentials(&client, &client["client_secret"]);
    let response = token(&peer, body.clone()).await.ok();
    assert_eq!((&response["token_type"], &response["expires_in"]), (&json!("bearer"), &json!(3600)));
    let claims = verified(&peer, &response["access_token"]).await;
    let project = peer.emulator.project_id();
    assert_eq!(claims["iss"], format!("stytch.com/{project}"));
    assert_eq!((&claims["aud"], &claims["sub"]), (&json!([project]), &client["client_id"]));
    assert_eq!(claims["scope"], "read:documents write:documents");
    let now = 1_767_225_600;
    assert_eq!(
        (&claims["iat"], &claims["nbf"], &claims["exp"]),
        (&json!(now), &json!(now), &json!(now + 3600))
    );

    body["scope"] = "write:documents".into();
    let response = token(&peer, body.clone()).await.ok();
    assert_eq!(verified(&peer, &response["access_token"]).await["scope"], "write:documents");
    body["scope"] = "write:documents admin".into();
    oauth_error(&token(&peer, body.clone()).await, 400, "invalid_scope");
    body.as_object_mut().expect("an object").remove("scope");
    body["scopes"] = json!(["read:documents"]);
    let response = token(&peer, body).await.ok();
    assert_eq!(verified(&peer, &response["access_token"]).await["scope"], "read:documents");
}

/// Some of Stytch's SDKs send a form without credentials of the project, others JSON with them.
#[tokio::test]
async fn a_token_can_be_requested_with_a_form() {
    let peer = Peer::start().await;
    let client = created(&peer).await;
    let fields = [
        ("grant_type", "client_credentials".to_owned()),
        ("client_id", text(&client["client_id"])),
        ("client_secret", text(&client["client_secret"])),
        ("scope", "read:documents".to_owned()),
    ];
    let form: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(&fields).finish();
    let send = async |form: &str, kind: &str| {
        let request = peer.anonymous(Method::POST, &path(&peer)).header("content-type", kind.to_owned());
        reply(request.body(form.to_owned())).await
    };
    for kind in ["application/x-www-form-urlencoded", "Application/X-WWW-Form-Urlencoded; charset=utf-8"] {
        let response = send(&form, kind).await.ok();
        assert_eq!(verified(&peer, &response["access_token"]).await["scope"], "read:documents");
    }
    oauth_error(&send(&form, "text/plain").await, 415, "invalid_request");
    oauth_error(
        &send("grant_type=a&grant_type=b", "application/x-www-form-urlencoded").await,
        400,
        "invalid_request",
    );
    // Other endpoints do not accept a form.
    let request =
        peer.request(Method::POST, "/v1/users").header("content-type", "application/x-www-form-urlencoded");
    reply(request.body("email=ada@example.com")).await.rejected(415, "unsupported_media_type");
}

#[tokio::test]
async fn only_active_clients_of_the_project_get_tokens() {
    let peer = Peer::start().await;
    let client = created(&peer).await;
    let good = credentials(&client, &client["client_secret"]);
    oauth_error(&token(&peer, credentials(&client, &json!("wrong"))).await, 401, "invalid_client");
    let unknown = json!({ "client_id": "nobody" });
    oauth_error(&token(&peer, credentials(&unknown, &client["client_secret"])).await, 401, "invalid_client");
    let mut body = good.clone();
    body["grant_type"] = "password".into();
    oauth_error(&token(&peer, body).await, 400, "unsupported_grant_type");
    oauth_error(&token(&peer, json!({})).await, 400, "invalid_request");
    let elsewhere = peer.post("/v1/public/project-test-other/oauth2/token", good.clone()).await;
    oauth_error(&elsewhere, 404, "project_not_found");

    let path = format!("/v1/m2m/clients/{}", text(&client["client_id"]));
    peer.put(&path, json!({ "status": "inactive" })).await.ok();
    oauth_error(&token(&peer, good.clone()).await, 401, "invalid_client");
    peer.put(&path, json!({ "status": "active" })).await.ok();
    token(&peer, good.clone()).await.ok();
    peer.delete(&path).await.ok();
    oauth_error(&token(&peer, good).await, 401, "invalid_client");
}

#[tokio::test]
async fn a_seed_can_have_clients() {
    let seed = json!({ "users": [], "m2m_clients": [
        { "client_id": "worker", "client_secret": "seeded secret", "scopes": ["read"], "client_name": "Worker" },
        { "client_id": "retired", "client_secret": "seeded secret", "scopes": [], "inactive": true },
    ] });
    let peer = Peer::with(Emulator::builder().strict(true).seed(seed.to_string())).await;
    for _ in 0..2 {
        let login = |id: &str| credentials(&json!({ "client_id": id }), &json!("seeded secret"));
        token(&peer, login("worker")).await.ok();
        oauth_error(&token(&peer, login("retired")).await, 401, "invalid_client");
        peer.delete("/v1/m2m/clients/worker").await.ok();
        peer.emulator.reset();
    }
    for (clients, complaint) in [
        (json!({}), "`m2m_clients` must be a list"),
        (json!([{ "client_id": "a" }]), "`m2m_clients[0].client_secret` is required."),
        (json!([1]), "`m2m_clients[0]` must be an object."),
    ] {
        let seed = json!({ "users": [], "m2m_clients": clients }).to_string();
        let error = Emulator::builder().seed(seed).start().await.expect_err("an error").to_string();
        assert!(error.ends_with(complaint), "{error}");
    }
}
