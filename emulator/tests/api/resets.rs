//! The three ways to reset a password: by email, with the existing password, and with a session.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::{PASSWORD, Peer, Reply, start, text};

const NEW: &str = "staple battery horse correct";

async fn with_ada() -> (Peer, Value) {
    let peer = Peer::with(stytch_emulator::Emulator::builder().strict(true).start_at(start())).await;
    let body = json!({ "email": "ada@example.com", "password": PASSWORD, "session_duration_minutes": 60 });
    let created = peer.post("/v1/passwords", body).await.ok();
    (peer, created)
}

async fn login(peer: &Peer, password: &str) -> Reply {
    peer.post("/v1/passwords/authenticate", json!({ "email": "ada@example.com", "password": password })).await
}

/// Starts a reset by email, and returns the token in the email.
async fn start_reset(peer: &Peer, mut extra: Value) -> String {
    extra["email"] = json!("ada@example.com");
    peer.post("/v1/passwords/email/reset/start", extra).await.ok();
    peer.emulator.outbox().last().expect("an email").token.clone()
}

async fn reset(peer: &Peer, body: Value) -> Reply {
    peer.post("/v1/passwords/email/reset", body).await
}

/// Returns whether a session is active.
async fn is_active(peer: &Peer, token: &Value) -> bool {
    peer.post("/v1/sessions/authenticate", json!({ "session_token": token })).await.status == 200
}

#[tokio::test]
async fn the_token_in_an_email_resets_the_password_once() {
    let (peer, created) = with_ada().await;
    let started = peer
        .post(
            "/v1/passwords/email/reset/start",
            json!({
                "email": "ADA@example.com", "reset_password_redirect_url": "https://example.com/reset?a=b",
                "locale": "pt-br", "reset_password_template_id": "template-1",
            }),
        )
        .await
        .ok();
    assert_eq!((&started["user_id"], &started["email_id"]), (&created["user_id"], &created["email_id"]));
    let [email] = &peer.emulator.outbox()[..] else { panic!("expected exactly one email") };
    assert_eq!((email.to.as_str(), email.locale.as_deref()), ("ada@example.com", Some("pt-br")));
    assert_eq!(email.template_id.as_deref(), Some("template-1"));
    assert_eq!(
        email.link,
        format!("https://example.com/reset?a=b&stytch_token_type=reset_password&token={}", email.token)
    );
    assert!(!format!("{email:?}").contains(&email.token));

    let body = json!({ "token": email.token, "password": NEW, "session_duration_minutes": 30 });
    let response = reset(&peer, body.clone()).await.ok();
    assert_eq!(response["user"]["emails"][0]["verified"], true);
    assert_eq!(
        response["session"]["authentication_factors"][0]["email_factor"]["email_id"],
        created["email_id"]
    );
    assert!(is_active(&peer, &response["session_token"]).await);
    assert!(!is_active(&peer, &created["session_token"]).await, "the other sessions must end");
    login(&peer, NEW).await.ok();
    login(&peer, PASSWORD).await.rejected(401, "unauthorized_credentials");
    reset(&peer, body).await.rejected(401, "unable_to_auth_password_reset_token");
}

#[tokio::test]
async fn the_token_in_an_email_expires() {
    let (peer, _) = with_ada().await;
    let short = start_reset(&peer, json!({ "reset_password_expiration_minutes": 5 })).await;
    let usual = start_reset(&peer, json!({})).await;
    peer.emulator.advance(Duration::from_secs(5 * 60));
    reset(&peer, json!({ "token": short, "password": NEW }))
        .await
        .rejected(401, "unable_to_auth_password_reset_token");
    peer.emulator.advance(Duration::from_secs(25 * 60 - 1));
    reset(&peer, json!({ "token": usual, "password": "weak" })).await.rejected(400, "weak_password");
    peer.emulator.advance(Duration::from_secs(1));
    reset(&peer, json!({ "token": usual, "password": NEW }))
        .await
        .rejected(401, "unable_to_auth_password_reset_token");
}

#[tokio::test]
async fn a_weak_password_does_not_use_up_the_token() {
    let (peer, _) = with_ada().await;
    let token = start_reset(&peer, json!({})).await;
    reset(&peer, json!({ "token": token, "password": "weak" })).await.rejected(400, "weak_password");
    let breached = json!({ "token": token, "password": "Tr0ub4dour&3-breached" });
    reset(&peer, breached).await.rejected(400, "breached_password");
    reset(&peer, json!({ "token": token, "password": NEW })).await.ok();
}

#[tokio::test]
async fn the_verifier_must_match_the_challenge() {
    let (peer, _) = with_ada().await;
    let verifier = "a verifier that only the browser knows, long enough";
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
    let token = start_reset(&peer, json!({ "code_challenge": challenge })).await;
    let body = |verifier: Option<&str>| match verifier {
        Some(verifier) => json!({ "token": token, "password": NEW, "code_verifier": verifier }),
        None => json!({ "token": token, "password": NEW }),
    };
    reset(&peer, body(None)).await.rejected(400, "pkce_expected_code_verifier");
    reset(&peer, body(Some("another"))).await.rejected(400, "pkce_mismatch");
    reset(&peer, body(Some(verifier))).await.ok();

    let token = start_reset(&peer, json!({})).await;
    let unexpected = json!({ "token": token, "password": NEW, "code_verifier": verifier });
    reset(&peer, unexpected).await.rejected(400, "pkce_did_not_expect_code_verifier");
    let bad = json!({ "email": "ada@example.com", "code_challenge": "too short" });
    peer.post("/v1/passwords/email/reset/start", bad).await.rejected(400, "invalid_pkce_code_challenge");
}

#[tokio::test]
async fn attributes_must_match_if_the_options_require_it() {
    let (peer, _) = with_ada().await;
    let started = json!({ "attributes": { "ip_address": "192.0.2.1", "user_agent": "one" } });
    let token = start_reset(&peer, started).await;
    let body = |ip: &str, option: &str| {
        json!({
            "token": token, "password": NEW, "attributes": { "ip_address": ip, "user_agent": "two" },
            "options": { option: true },
        })
    };
    reset(&peer, body("192.0.2.1", "user_agent_match_required")).await.rejected(401, "attribute_mismatch");
    reset(&peer, body("192.0.2.2", "ip_match_required")).await.rejected(401, "attribute_mismatch");
    reset(&peer, body("192.0.2.1", "ip_match_required")).await.ok();
}

#[tokio::test]
async fn the_start_of_a_reset_has_specific_errors() {
    let (peer, _) = with_ada().await;
    let start = |extra: Value| {
        let mut body = extra;
        if body.get("email").is_none() {
            body["email"] = json!("ada@example.com");
        }
        peer.post("/v1/passwords/email/reset/start", body)
    };
    start(json!({ "email": "nobody@example.com" })).await.rejected(404, "email_not_found");
    let relative = json!({ "reset_password_redirect_url": "/reset" });
    start(relative).await.rejected(400, "invalid_password_reset_redirect_url");
    start(json!({ "login_redirect_url": "nowhere" })).await.rejected(400, "invalid_login_redirect_url");
    let message = start(json!({ "locale": "ptbr" })).await.rejected(400, "bad_request");
    assert_eq!(message, "`locale` must be one of en, es, pt-br, fr.");
    for minutes in [4, 10_081] {
        let message =
            start(json!({ "reset_password_expiration_minutes": minutes })).await.rejected(400, "bad_request");
        assert_eq!(message, "`reset_password_expiration_minutes` must be an integer from 5 to 10080.");
    }
    assert!(peer.emulator.outbox().is_empty());
}

#[tokio::test]
async fn a_password_can_be_reset_with_the_existing_one() {
    let (peer, created) = with_ada().await;
    let path = "/v1/passwords/existing_password/reset";
    let body = |old: &str, new: &str| json!({ "email": "ada@example.com", "existing_password": old, "new_password": new, "session_duration_minutes": 10 });
    peer.post(path, body("wrong", NEW)).await.rejected(401, "unauthorized_credentials");
    peer.post(path, body(PASSWORD, "weak")).await.rejected(400, "weak_password");
    let response = peer.post(path, body(PASSWORD, NEW)).await.ok();
    assert!(is_active(&peer, &response["session_token"]).await);
    assert!(!is_active(&peer, &created["session_token"]).await, "the other sessions must end");
    login(&peer, NEW).await.ok();
    login(&peer, PASSWORD).await.rejected(401, "unauthorized_credentials");
}

#[tokio::test]
async fn a_password_can_be_reset_with_a_recent_session() {
    let (peer, created) = with_ada().await;
    let path = "/v1/passwords/session/reset";
    let login_body =
        json!({ "email": "ada@example.com", "password": PASSWORD, "session_duration_minutes": 60 });
    let other = peer.post("/v1/passwords/authenticate", login_body).await.ok();
    peer.post(path, json!({ "password": NEW })).await.rejected(400, "no_session_arguments");
    let weak = json!({ "password": "weak", "session_token": created["session_token"] });
    peer.post(path, weak).await.rejected(400, "weak_password");
    peer.emulator.advance(Duration::from_secs(5 * 60));
    let body = json!({ "password": NEW, "session_jwt": created["session_jwt"] });
    let response = peer.post(path, body).await.ok();
    assert_eq!((&response["session"], text(&response["session_token"]).as_str()), (&Value::Null, ""));
    assert!(is_active(&peer, &created["session_token"]).await, "the session of the request must stay active");
    assert!(!is_active(&peer, &other["session_token"]).await, "the other sessions must end");
    login(&peer, NEW).await.ok();
}

#[tokio::test]
async fn a_session_that_is_too_old_cannot_reset_the_password() {
    let (peer, created) = with_ada().await;
    peer.emulator.advance(Duration::from_secs(5 * 60 + 1));
    let body = json!({ "password": NEW, "session_token": created["session_token"] });
    peer.post("/v1/passwords/session/reset", body).await.rejected(400, "session_too_old_to_reset_password");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn only_one_of_two_simultaneous_requests_uses_a_token() {
    let (peer, _) = with_ada().await;
    let token = start_reset(&peer, json!({})).await;
    let body = json!({ "token": token, "password": NEW });
    let (one, two) = tokio::join!(reset(&peer, body.clone()), reset(&peer, body));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn only_one_of_many_simultaneous_requests_uses_the_existing_password() {
    let (peer, _) = with_ada().await;
    let peer = std::sync::Arc::new(peer);
    let mut attempts = tokio::task::JoinSet::new();
    for number in 0..8 {
        let peer = std::sync::Arc::clone(&peer);
        attempts.spawn(async move {
            let new = format!("{NEW} {number}");
            let body =
                json!({ "email": "ada@example.com", "existing_password": PASSWORD, "new_password": new });
            peer.post("/v1/passwords/existing_password/reset", body).await.status
        });
    }
    let mut statuses = attempts.join_all().await;
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401, 401, 401, 401, 401, 401, 401]);
}
