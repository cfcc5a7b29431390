//! Impersonation, with tokens that the tests create at the emulator.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use stytch_emulator::Emulator;

use crate::jwts::verified;
use crate::support::{Peer, Reply, control};

async fn started() -> Peer {
    let seed = r#"{ "users": [{ "email": "ada@example.com", "user_id": "user-test-ada", "external_id": "crm-1" }] }"#;
    Peer::with(Emulator::builder().strict(true).seed(seed)).await
}

async fn token(peer: &Peer, body: Value) -> Value {
    control(peer, Method::POST, "impersonation", Some(body)).await.ok()["impersonation_token"].clone()
}

async fn authenticate(peer: &Peer, token: &Value) -> Reply {
    peer.post("/v1/impersonation/authenticate", json!({ "impersonation_token": token })).await
}

#[tokio::test]
async fn a_token_logs_in_as_a_user_once() {
    let peer = started().await;
    let body = json!({ "user_id": "crm-1", "impersonator_email_address": "eve@example.com" });
    let token = token(&peer, body).await;
    let response = authenticate(&peer, &token).await.ok();
    assert_eq!(response["user_id"], "user-test-ada");
    let factor = &response["session"]["authentication_factors"][0];
    assert_eq!(
        (&factor["type"], &factor["delivery_method"]),
        (&json!("impersonated"), &json!("impersonation"))
    );
    assert_eq!(factor["impersonated_factor"]["impersonator_email_address"], "eve@example.com");
    assert_eq!(verified(&peer, &response["session_jwt"]).await["sub"], "user-test-ada");
    authenticate(&peer, &token).await.rejected(401, "unable_to_auth_impersonation_token");

    let session = json!({ "session_token": response["session_token"] });
    peer.emulator.advance(Duration::from_secs(3599));
    peer.post("/v1/sessions/authenticate", session.clone()).await.ok();
    peer.emulator.advance(Duration::from_secs(1));
    peer.post("/v1/sessions/authenticate", session).await.rejected(404, "session_not_found");
}

#[tokio::test]
async fn a_token_expires_after_five_minutes() {
    let peer = started().await;
    let body = json!({ "user_id": "user-test-ada" });
    for (seconds, status) in [(299, 200), (300, 401)] {
        let token = token(&peer, body.clone()).await;
        peer.emulator.advance(Duration::from_secs(seconds));
        assert_eq!(authenticate(&peer, &token).await.status, status, "after {seconds} s");
    }
    authenticate(&peer, &json!("nothing")).await.rejected(401, "unable_to_auth_impersonation_token");
    let unknown = control(&peer, Method::POST, "impersonation", Some(json!({ "user_id": "nobody" }))).await;
    unknown.rejected(404, "user_not_found");
}
