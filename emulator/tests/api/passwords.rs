//! The main endpoints for passwords: their responses and their errors.

use serde_json::json;

use crate::support::{PASSWORD, Peer};

/// Made by Python's `bcrypt` package from the password `correct horse battery staple`, cost 4.
const BCRYPT: &str = "$2b$04$KC7M9oBBS9m3C9O6wf/X/OIqul37ijWqe1NXHq4nnK171t3rWw2Y6";

#[tokio::test]
async fn a_created_user_can_log_in() {
    let peer = Peer::start().await;
    let created = peer
        .post(
            "/v1/passwords",
            json!({
                "email": "Ada@example.com", "password": PASSWORD,
                "name": { "first_name": "Ada" }, "trusted_metadata": { "plan": "pro" },
            }),
        )
        .await
        .ok();
    assert!(created["user_id"].as_str().is_some_and(|id| id.starts_with("user-test-")));
    assert_eq!(created["email_id"], created["user"]["emails"][0]["email_id"]);
    assert_eq!(created["user"]["emails"][0]["verified"], false);
    assert_eq!(created["user"]["name"], json!({ "first_name": "Ada", "middle_name": "", "last_name": "" }));
    assert_eq!(created["user"]["trusted_metadata"], json!({ "plan": "pro" }));
    assert_eq!(created["user"]["password"]["requires_reset"], false);
    assert_eq!((&created["session"], &created["session_token"]), (&json!(null), &json!("")));

    let login = peer
        .post("/v1/passwords/authenticate", json!({ "email": "ada@EXAMPLE.com", "password": PASSWORD }))
        .await
        .ok();
    assert_eq!(login["user_id"], created["user_id"]);
    assert_eq!(login["user"], created["user"]);
}

#[tokio::test]
async fn a_duration_starts_a_session() {
    let peer = Peer::start().await;
    let created = peer
        .post(
            "/v1/passwords",
            json!({
                "email": "ada@example.com", "password": PASSWORD, "session_duration_minutes": 60,
                "session_custom_claims": { "tier": 2, "iss": "ignored", "none": null },
            }),
        )
        .await
        .ok();
    let session = &created["session"];
    assert_eq!(session["user_id"], created["user_id"]);
    assert_eq!(session["custom_claims"], json!({ "tier": 2 }));
    assert_eq!(session["authentication_factors"][0]["type"], "password");
    assert_eq!(created["session_token"].as_str().map(str::len), Some(43));
    assert_eq!(created["session_jwt"].as_str().map(|jwt| jwt.split('.').count()), Some(3));
}

#[tokio::test]
async fn create_has_specific_errors() {
    let peer = Peer::start().await;
    let create = |body| peer.post("/v1/passwords", body);
    create(json!({ "email": "ada@example.com", "password": PASSWORD })).await.ok();
    create(json!({ "email": "ADA@example.com", "password": PASSWORD }))
        .await
        .rejected(400, "duplicate_email");
    create(json!({ "email": "ada", "password": PASSWORD })).await.rejected(400, "invalid_email");
    create(json!({ "email": "b@example.com", "password": "password" })).await.rejected(400, "weak_password");
    let message = create(json!({ "email": "b@example.com" })).await.rejected(400, "bad_request");
    assert_eq!(message, "`password` is required.");
}

#[tokio::test]
async fn a_login_has_specific_errors() {
    let peer = Peer::start().await;
    let login = |body| peer.post("/v1/passwords/authenticate", body);
    login(json!({ "email": "ada@example.com", "password": PASSWORD })).await.rejected(404, "email_not_found");
    peer.post("/v1/passwords", json!({ "email": "ada@example.com", "password": PASSWORD })).await.ok();
    login(json!({ "email": "ada@example.com", "password": "another password" }))
        .await
        .rejected(401, "unauthorized_credentials");
    login(json!({ "email": "ada@example.com", "password": PASSWORD, "session_token": "no such" }))
        .await
        .rejected(404, "session_not_found");
}

#[tokio::test]
async fn a_migrated_user_can_log_in() {
    let peer = Peer::start().await;
    let migrate = |email: &'static str, hash: &'static str, hash_type: &'static str| {
        peer.post("/v1/passwords/migrate", json!({ "email": email, "hash": hash, "hash_type": hash_type }))
    };
    let migrated = migrate("ada@example.com", BCRYPT, "bcrypt").await.ok();
    assert_eq!(migrated["user_created"], true);
    let login = |password| {
        peer.post("/v1/passwords/authenticate", json!({ "email": "ada@example.com", "password": password }))
    };
    login(PASSWORD).await.ok();
    login("correct horse battery stapler").await.rejected(401, "unauthorized_credentials");
    migrate("ada@example.com", BCRYPT, "bcrypt").await.rejected(400, "password_already_exists");
    migrate("b@example.com", BCRYPT, "rot13").await.rejected(400, "invalid_hash_type");
    migrate("b@example.com", "$2b$10$tooshort", "bcrypt").await.rejected(400, "invalid_bcrypt_hash");
    migrate("b@example.com", "not a hash", "bcrypt").await.rejected(400, "invalid_bcrypt_hash");
    let costly = "$2b$31$5DzvGmnCRJRsTvhfVHZK9.mtTLXVqLxDCCWgKPTcvvFwM0GSy8xMe";
    migrate("b@example.com", costly, "bcrypt").await.rejected(400, "invalid_bcrypt_cost");
    migrate("b", BCRYPT, "bcrypt").await.rejected(400, "invalid_email");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_of_many_equal_creations_succeeds() {
    let peer = std::sync::Arc::new(Peer::start().await);
    let mut attempts = tokio::task::JoinSet::new();
    for _ in 0..16 {
        let peer = std::sync::Arc::clone(&peer);
        attempts.spawn(async move {
            peer.post("/v1/passwords", json!({ "email": "ada@example.com", "password": PASSWORD }))
                .await
                .status
        });
    }
    let mut statuses = attempts.join_all().await;
    statuses.sort_unstable();
    assert_eq!(statuses[0], 200);
    assert!(statuses[1..].iter().all(|status| *status == 400), "{statuses:?}");
}
