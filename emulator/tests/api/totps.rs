//! Authenticator apps, and their recovery codes.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use stytch_emulator::Emulator;
use totp_rs::{Builder, Secret};

use crate::support::{PASSWORD, Peer, Reply, control, start, text};

/// 2026-01-01T00:00:00Z, the time of the stopped clock.
const START: u64 = 1_767_225_600;

/// Returns the code that an app shows this many seconds after the start.
fn code(secret: &Value, seconds: u64) -> String {
    let secret = Secret::try_from_base32(text(secret)).expect("base32");
    Builder::new().with_secret(secret).build_noncompliant().generate(START + seconds).to_string()
}

/// Starts an emulator with one user, and returns the response to the creation of the user.
async fn with_ada() -> (Peer, Value) {
    let peer = Peer::with(Emulator::builder().strict(true).start_at(start())).await;
    let ada = json!({ "email": "ada@example.com", "password": PASSWORD, "session_duration_minutes": 60 });
    let ada = peer.post("/v1/passwords", ada).await.ok();
    (peer, ada)
}

async fn authenticate(peer: &Peer, user_id: &Value, code: &str) -> Reply {
    peer.post("/v1/totps/authenticate", json!({ "user_id": user_id, "totp_code": code })).await
}

#[tokio::test]
async fn an_app_is_verified_by_its_first_code() {
    let (peer, ada) = with_ada().await;
    let created = peer.post("/v1/totps", json!({ "user_id": ada["user_id"] })).await.ok();
    assert_eq!(created["user"]["totps"], json!([{ "totp_id": created["totp_id"], "verified": false }]));
    assert!(text(&created["qr_code"]).starts_with("data:image/png;base64,"));
    assert_eq!(text(&created["secret"]).len(), 32);
    let body = json!({
        "user_id": ada["user_id"], "totp_code": code(&created["secret"], 0), "session_token": ada["session_token"],
        "session_duration_minutes": 60,
    });
    let response = peer.post("/v1/totps/authenticate", body.clone()).await.ok();
    assert_eq!((&response["totp_id"], &response["user_id"]), (&created["totp_id"], &ada["user_id"]));
    assert_eq!(response["user"]["totps"][0]["verified"], true);
    let factor = &response["session"]["authentication_factors"][1];
    assert_eq!((&factor["type"], &factor["delivery_method"]), (&json!("totp"), &json!("authenticator_app")));
    assert_eq!(factor["authenticator_app_factor"]["totp_id"], created["totp_id"]);
    peer.post("/v1/totps/authenticate", body).await.rejected(400, "totp_code_already_authenticated");

    let again = json!({ "user_id": ada["user_id"] });
    peer.post("/v1/totps", again.clone()).await.rejected(400, "active_totp_exists");
    peer.delete(&format!("/v1/users/totps/{}", text(&created["totp_id"]))).await.ok();
    peer.post("/v1/totps", again).await.ok();
}

#[tokio::test]
async fn codes_of_neighbouring_time_steps_are_accepted_once() {
    let (peer, ada) = with_ada().await;
    let secret = peer.post("/v1/totps", json!({ "user_id": ada["user_id"] })).await.ok()["secret"].clone();
    let user_id = &ada["user_id"];
    peer.emulator.advance(Duration::from_secs(60));
    authenticate(&peer, user_id, &code(&secret, 0)).await.rejected(401, "unable_to_authenticate_totp");
    authenticate(&peer, user_id, &code(&secret, 120)).await.rejected(401, "unable_to_authenticate_totp");
    authenticate(&peer, user_id, &code(&secret, 30)).await.ok();
    authenticate(&peer, user_id, &code(&secret, 90)).await.ok();
    // This code is older than the latest one that was accepted.
    let old = authenticate(&peer, user_id, &code(&secret, 60)).await;
    old.rejected(400, "totp_code_already_authenticated");
    for malformed in ["12345", "1234567", "12345a", "+12345", ""] {
        authenticate(&peer, user_id, malformed).await.rejected(400, "invalid_totp_code");
    }
}

#[tokio::test]
async fn an_app_can_be_used_after_the_clock_has_moved_back() {
    let (peer, ada) = with_ada().await;
    let secret = peer.post("/v1/totps", json!({ "user_id": ada["user_id"] })).await.ok()["secret"].clone();
    let user_id = &ada["user_id"];
    peer.emulator.advance(Duration::from_secs(3600));
    authenticate(&peer, user_id, &code(&secret, 3600)).await.ok();
    let back = json!({ "now": "2026-01-01T00:00:00Z" });
    control(&peer, Method::POST, "clock", Some(back)).await.ok();
    authenticate(&peer, user_id, &code(&secret, 0)).await.ok();
    let again = authenticate(&peer, user_id, &code(&secret, 0)).await;
    again.rejected(400, "totp_code_already_authenticated");
}

#[tokio::test]
async fn an_app_that_is_not_verified_in_time_expires() {
    let (peer, ada) = with_ada().await;
    let body = json!({ "user_id": ada["user_id"], "expiration_minutes": 5 });
    let secret = peer.post("/v1/totps", body.clone()).await.ok()["secret"].clone();
    peer.post("/v1/totps", body.clone()).await.rejected(400, "pending_totp_exists");
    peer.emulator.advance(Duration::from_secs(300));
    authenticate(&peer, &ada["user_id"], &code(&secret, 300)).await.rejected(400, "expired_totp");
    let secret = peer.post("/v1/totps", body).await.ok()["secret"].clone();
    authenticate(&peer, &ada["user_id"], &code(&secret, 300)).await.ok();
    for minutes in [4, 1441] {
        let body = json!({ "user_id": ada["user_id"], "expiration_minutes": minutes });
        peer.post("/v1/totps", body).await.rejected(400, "bad_request");
    }
}

#[tokio::test]
async fn each_recovery_code_can_be_used_once() {
    let (peer, ada) = with_ada().await;
    let created = peer.post("/v1/totps", json!({ "user_id": ada["user_id"] })).await.ok();
    let codes: Vec<String> = created["recovery_codes"].as_array().expect("a list").iter().map(text).collect();
    assert_eq!(codes.len(), 10);
    assert!(codes.iter().all(|code| code.len() == 14 && code.as_bytes()[4] == b'-'));
    let recover = async |code: &str| {
        let body =
            json!({ "user_id": ada["user_id"], "recovery_code": code, "session_duration_minutes": 60 });
        peer.post("/v1/totps/recover", body).await
    };
    recover(&codes[3]).await.rejected(404, "totps_not_found_for_user");
    authenticate(&peer, &ada["user_id"], &code(&created["secret"], 0)).await.ok();
    let response = recover(&codes[3]).await.ok();
    assert_eq!(response["totp_id"], created["totp_id"]);
    let factor = &response["session"]["authentication_factors"][0];
    assert_eq!(
        (&factor["type"], &factor["delivery_method"]),
        (&json!("recovery_codes"), &json!("recovery_code"))
    );
    recover(&codes[3]).await.rejected(401, "unable_to_authenticate_recovery_code");
    recover("aaaa-bbbb-cccc").await.rejected(401, "unable_to_authenticate_recovery_code");
    recover(&code(&created["secret"], 0)).await.rejected(400, "totp_code_used_as_recovery_code");
    let wrong = authenticate(&peer, &ada["user_id"], &codes[4]).await;
    wrong.rejected(400, "recovery_code_used_as_totp_code");

    let left = peer.post("/v1/totps/recovery_codes", json!({ "user_id": ada["user_id"] })).await.ok();
    let expected: Vec<_> = codes.iter().filter(|code| **code != codes[3]).collect();
    assert_eq!(left["totps"][0]["recovery_codes"], json!(expected));
    assert_eq!((&left["totps"][0]["totp_id"], &left["user_id"]), (&created["totp_id"], &ada["user_id"]));
}

#[tokio::test]
async fn users_without_an_app_cannot_use_one() {
    let (peer, ada) = with_ada().await;
    let user_id = &ada["user_id"];
    authenticate(&peer, user_id, "123456").await.rejected(404, "totps_not_found_for_user");
    authenticate(&peer, &json!("nobody"), "123456").await.rejected(404, "user_not_found");
    let recover = json!({ "user_id": user_id, "recovery_code": "aaaa-bbbb-cccc" });
    peer.post("/v1/totps/recover", recover).await.rejected(404, "totps_not_found_for_user");
    let codes = peer.post("/v1/totps/recovery_codes", json!({ "user_id": user_id })).await.ok();
    assert_eq!(codes["totps"], json!([]));
    peer.post("/v1/totps", json!({ "user_id": "nobody" })).await.rejected(404, "user_not_found");
}

#[tokio::test]
async fn a_seed_can_have_an_app() {
    let secret = json!("JBSWY3DPEHPK3PXP");
    let seed = |secret: &str| {
        json!({ "users": [{ "email": "ada@example.com", "user_id": "ada",
            "totps": [{ "secret": secret, "recovery_codes": ["one"] }] }] })
        .to_string()
    };
    let builder = || Emulator::builder().strict(true).start_at(start());
    let peer = Peer::with(builder().seed(seed("JBSWY3DPEHPK3PXP"))).await;
    authenticate(&peer, &json!("ada"), &code(&secret, 0)).await.ok();
    peer.post("/v1/totps/recover", json!({ "user_id": "ada", "recovery_code": "one" })).await.ok();
    let error = builder().seed(seed("0 1 8")).start().await.expect_err("an error").to_string();
    assert!(error.ends_with("`users[0].totps` has a `secret` that is not base32."), "{error}");
}
