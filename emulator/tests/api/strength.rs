//! Strength policies, their feedback, and the list of breached passwords.

use serde_json::{Value, json};
use stytch_emulator::{Emulator, FeedbackForm, StrengthPolicy};

use crate::support::{PASSWORD, Peer};

const LUDS: StrengthPolicy = StrengthPolicy::Luds { minimum_length: 10, minimum_complexity: 3 };

async fn check(peer: &Peer, password: &str) -> Value {
    peer.post("/v1/passwords/strength_check", json!({ "password": password })).await.ok()
}

#[tokio::test]
async fn zxcvbn_rates_a_password() {
    let peer = Peer::start().await;
    let strong = check(&peer, PASSWORD).await;
    assert_eq!((&strong["valid_password"], &strong["strength_policy"]), (&json!(true), &json!("zxcvbn")));
    assert!(strong["score"].as_u64() >= Some(3));
    assert_eq!(strong["feedback"], json!({ "warning": "", "suggestions": [], "luds_requirements": null }));
    let weak = check(&peer, "password").await;
    assert_eq!((&weak["valid_password"], &weak["score"]), (&json!(false), &json!(0)));
    assert!(weak["feedback"]["warning"].as_str().is_some_and(|warning| !warning.is_empty()));
    assert!(weak["feedback"]["suggestions"].as_array().is_some_and(|list| !list.is_empty()));
    assert_eq!(check(&peer, "").await["valid_password"], false);
}

#[tokio::test]
async fn an_address_in_the_password_weakens_it() {
    let peer = Peer::start().await;
    let address = "lovelace1843analyst@example.com";
    let score = |response: Value| response["score"].as_u64().expect("a score");
    let alone = score(check(&peer, address).await);
    let with_address = json!({ "password": address, "email": address });
    let known = score(peer.post("/v1/passwords/strength_check", with_address).await.ok());
    assert!(known < alone, "{known} is not below {alone}");
}

#[tokio::test]
async fn luds_counts_characters_and_their_kinds() {
    let peer = Peer::with(Emulator::builder().strength_policy(LUDS)).await;
    let weak = check(&peer, "abc1").await;
    assert_eq!((&weak["valid_password"], &weak["strength_policy"]), (&json!(false), &json!("luds")));
    let expected = json!({
        "has_lower_case": true, "has_upper_case": false, "has_digit": true, "has_symbol": false,
        "missing_complexity": 1, "missing_characters": 6,
    });
    assert_eq!(weak["feedback"]["luds_requirements"], expected);
    // zxcvbn would reject this password.
    assert_eq!(check(&peer, "Password12").await["valid_password"], true);
    let create = |password: &str| {
        peer.post("/v1/passwords", json!({ "email": "a@example.com", "password": password }))
    };
    create("abcdefghijklmnopqrstuvwxyz").await.rejected(400, "weak_password");
    create("Password12").await.ok();
}

#[tokio::test]
async fn feedback_can_have_the_form_of_the_documented_examples() {
    let peer = Peer::with(Emulator::builder().strength_policy(LUDS).feedback_form(FeedbackForm::Flat)).await;
    let feedback = check(&peer, PASSWORD).await["feedback"].take();
    assert_eq!(feedback["missing_complexity"], 1);
    assert_eq!((&feedback["warning"], &feedback["suggestions"]), (&Value::Null, &Value::Null));
    assert!(feedback.get("luds_requirements").is_none());
}

#[tokio::test]
async fn breached_passwords_are_rejected() {
    let peer = Peer::with(Emulator::builder().breached(["a breached but long one"])).await;
    let body = |password: &str| json!({ "email": "ada@example.com", "password": password });
    peer.post("/v1/passwords", body("a breached but long one")).await.rejected(400, "breached_password");
    let checked = check(&peer, "a breached but long one").await;
    assert_eq!((&checked["breached_password"], &checked["valid_password"]), (&json!(true), &json!(false)));
    // The setting replaces the default list.
    peer.post("/v1/passwords", body("Tr0ub4dour&3-breached")).await.ok();
}

#[tokio::test]
async fn breached_credentials_apply_to_their_address_only() {
    let peer = Peer::start().await;
    peer.emulator.add_breached_credentials("Ada@example.com", PASSWORD).expect("room on the list");
    let breached = |body| async {
        peer.post("/v1/passwords/strength_check", body).await.ok()["breached_password"].take()
    };
    assert_eq!(breached(json!({ "password": PASSWORD })).await, false);
    assert_eq!(breached(json!({ "password": PASSWORD, "email": "ada@example.com" })).await, true);
    assert_eq!(breached(json!({ "password": PASSWORD, "email": "bob@example.com" })).await, false);
}

#[tokio::test]
async fn a_password_that_became_breached_must_be_reset() {
    let peer = Peer::start().await;
    let body = json!({ "email": "ada@example.com", "password": PASSWORD });
    peer.post("/v1/passwords", body.clone()).await.ok();
    let login = |body: &Value| peer.post("/v1/passwords/authenticate", body.clone());
    login(&body).await.ok();
    peer.emulator.add_breached_password(PASSWORD).expect("room on the list");
    let wrong = json!({ "email": "ada@example.com", "password": "wrong" });
    login(&wrong).await.rejected(401, "unauthorized_credentials");
    login(&body).await.rejected(400, "reset_password");

    peer.post("/v1/passwords/email/reset/start", json!({ "email": "ada@example.com" })).await.ok();
    let token = peer.emulator.outbox()[0].token.clone();
    let reset = json!({ "token": token, "password": "staple battery horse correct" });
    let response = peer.post("/v1/passwords/email/reset", reset).await.ok();
    assert_eq!(response["user"]["password"]["requires_reset"], false);
    login(&json!({ "email": "ada@example.com", "password": "staple battery horse correct" })).await.ok();
}

#[tokio::test]
async fn breach_detection_can_be_turned_off() {
    let peer = Peer::with(Emulator::builder().breach_detection(false)).await;
    let checked = check(&peer, "Tr0ub4dour&3-breached").await;
    assert_eq!(
        (&checked["breached_password"], &checked["breach_detection_on_create"]),
        (&json!(false), &json!(false))
    );
    peer.post("/v1/passwords", json!({ "email": "a@example.com", "password": "Tr0ub4dour&3-breached" }))
        .await
        .ok();
}

#[tokio::test]
async fn an_invalid_policy_is_rejected() {
    for (minimum_length, minimum_complexity) in [(7, 1), (33, 1), (8, 0), (8, 5)] {
        let policy = StrengthPolicy::Luds { minimum_length, minimum_complexity };
        let error = Emulator::builder().strength_policy(policy).start().await.expect_err("an error");
        assert!(error.to_string().starts_with("the setting `strength_policy` cannot be used: "), "{error}");
    }
}
