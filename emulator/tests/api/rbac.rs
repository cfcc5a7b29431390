//! The RBAC policy, and the checks of a session against it.

use serde_json::{Value, json};
use stytch_emulator::{Emulator, EmulatorBuilder};

use crate::support::{PASSWORD, Peer};

fn policy() -> Value {
    json!({
        "roles": [
            { "role_id": "editor", "description": "Writes", "permissions": [
                { "resource_id": "documents", "actions": ["read", "write"] },
            ] },
            { "role_id": "admin", "description": "", "permissions": [{ "resource_id": "documents", "actions": ["*"] }] },
        ],
        "resources": [{ "resource_id": "documents", "description": "", "actions": ["read", "write", "delete"] }],
        "scopes": [{ "scope": "read:all", "description": "", "permissions": [
            { "resource_id": "documents", "actions": ["read"] },
        ] }],
    })
}

fn seeded() -> EmulatorBuilder {
    let seed = json!({
        "users": [
            { "email": "ada@example.com", "password": PASSWORD, "roles": ["editor", "admin"] },
            { "email": "bob@example.com", "password": PASSWORD },
        ],
        "rbac_policy": policy(),
    });
    Emulator::builder().strict(true).seed(seed.to_string())
}

async fn session(peer: &Peer, email: &str) -> Value {
    let login = json!({ "email": email, "password": PASSWORD, "session_duration_minutes": 60 });
    peer.post("/v1/passwords/authenticate", login).await.ok()["session_token"].clone()
}

#[tokio::test]
async fn a_policy_comes_from_the_seed_or_from_a_setting() {
    let everybody =
        json!({ "role_id": "stytch_user", "description": "The role of every user.", "permissions": [] });
    let peer = Peer::start().await;
    let default = peer.get("/v1/rbac/policy").await.ok();
    assert_eq!(default["policy"], json!({ "roles": [everybody], "resources": [], "scopes": [] }));

    let mut expected = policy();
    expected["roles"].as_array_mut().expect("a list").insert(0, everybody.clone());
    let peer = Peer::with(seeded()).await;
    assert_eq!(peer.get("/v1/rbac/policy").await.ok()["policy"], expected);
    peer.emulator.reset();
    assert_eq!(peer.get("/v1/rbac/policy").await.ok()["policy"], expected);

    let setting = json!({ "roles": [{ "role_id": "stytch_user", "description": "Everybody",
        "permissions": [{ "resource_id": "documents", "actions": ["read"] }] }] });
    let peer = Peer::with(seeded().rbac_policy(setting.to_string())).await;
    assert_eq!(peer.get("/v1/rbac/policy").await.ok()["policy"]["roles"], setting["roles"]);
    let check = json!({
        "session_token": session(&peer, "bob@example.com").await,
        "authorization_check": { "resource_id": "documents", "action": "read" },
    });
    let verdict = peer.post("/v1/sessions/authenticate", check).await.ok()["verdict"].clone();
    assert_eq!(verdict, json!({ "authorized": true, "granting_roles": ["stytch_user"] }));
}

#[tokio::test]
async fn a_session_is_checked_against_the_policy() {
    let peer = Peer::with(seeded()).await;
    let (ada, bob) = (session(&peer, "ada@example.com").await, session(&peer, "bob@example.com").await);
    let check = async |token: &Value, resource_id: &str, action: &str| {
        let body = json!({
            "session_token": token, "authorization_check": { "resource_id": resource_id, "action": action },
        });
        peer.post("/v1/sessions/authenticate", body).await
    };
    for (action, granting) in [("write", json!(["editor", "admin"])), ("delete", json!(["admin"]))] {
        let verdict = check(&ada, "documents", action).await.ok()["verdict"].clone();
        assert_eq!(verdict, json!({ "authorized": true, "granting_roles": granting }), "{action}");
    }
    check(&ada, "invoices", "read").await.rejected(403, "session_authorization_error");
    check(&bob, "documents", "read").await.rejected(403, "session_authorization_error");
    let without = peer.post("/v1/sessions/authenticate", json!({ "session_token": bob })).await.ok();
    assert_eq!(without["verdict"], Value::Null);
    let incomplete = json!({ "session_token": bob, "authorization_check": { "resource_id": "documents" } });
    peer.post("/v1/sessions/authenticate", incomplete).await.rejected(400, "bad_request");
}

#[tokio::test]
async fn mistakes_in_a_policy_are_reported_at_the_start() {
    for (policy, complaint) in [
        ("{", "it is not JSON: the error is at line 1, column 1"),
        (r#"{ "roles": [{}] }"#, "`roles[0].role_id` is required."),
        (
            r#"{ "roles": [{ "role_id": "a" }, { "role_id": "a" }] }"#,
            "`roles[1].role_id` is the id of an earlier role.",
        ),
        (r#"{ "rules": [] }"#, "`rules` is not a known parameter."),
    ] {
        let error = Emulator::builder().rbac_policy(policy).start().await.expect_err("an error").to_string();
        assert_eq!(error, format!("the setting `rbac_policy` cannot be used: {complaint}"));
    }
    let seed = r#"{ "users": [], "rbac_policy": { "scopes": [{}] } }"#;
    let error = Emulator::builder().seed(seed).start().await.expect_err("an error").to_string();
    assert!(error.ends_with("`rbac_policy.scopes[0].scope` is required."), "{error}");
}
