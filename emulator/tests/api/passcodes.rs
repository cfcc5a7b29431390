//! One-time passcodes by text message, WhatsApp and email.

use std::time::Duration;

use serde_json::{Value, json};
use stytch_emulator::{Channel, Message, MessageKind};

use crate::support::{PASSWORD, Peer, Reply, text};

/// The ways to send a passcode: the path, the channel, the parameter, two addresses, and the name of the id.
const WAYS: [(&str, Channel, &str, [&str; 2], &str); 3] = [
    ("sms", Channel::Sms, "phone_number", ["+12025550162", "+12025550163"], "phone_id"),
    ("whatsapp", Channel::Whatsapp, "phone_number", ["+12025550162", "+12025550163"], "phone_id"),
    ("email", Channel::Email, "email", ["ada@example.com", "bob@example.com"], "email_id"),
];

fn last(peer: &Peer) -> Message {
    peer.emulator.outbox().pop().expect("a message")
}

/// Returns the passcode in the last message.
fn code(peer: &Peer) -> String {
    last(peer).code.expect("a passcode")
}

async fn authenticate(peer: &Peer, method_id: &Value, code: &str) -> Reply {
    let body = json!({ "method_id": method_id, "code": code, "session_duration_minutes": 60 });
    peer.post("/v1/otps/authenticate", body).await
}

/// Returns six digits that differ from this passcode.
fn another(code: &str) -> String {
    format!("{:06}", (code.parse::<u32>().expect("digits") + 1) % 1_000_000)
}

#[tokio::test]
async fn a_passcode_logs_in_a_new_user() {
    for (way, channel, parameter, [address, _], id) in WAYS {
        let peer = Peer::start().await;
        let body = json!({ parameter: address, "create_user_as_pending": true, "locale": "pt-br" });
        let sent = peer.post(&format!("/v1/otps/{way}/login_or_create"), body.clone()).await.ok();
        assert_eq!(sent["user_created"], true, "{way}");
        let message = last(&peer);
        assert_eq!((message.channel, message.kind), (channel, MessageKind::Passcode));
        assert_eq!((message.to.as_str(), message.locale.as_deref()), (address, Some("pt-br")));
        assert_eq!((message.link.as_str(), message.token.as_str()), ("", ""));
        assert!(!format!("{message:?}").contains(&code(&peer)));
        let code = code(&peer);
        assert!(code.len() == 6 && code.bytes().all(|digit| digit.is_ascii_digit()), "{code}");

        authenticate(&peer, &sent[id], &another(&code)).await.rejected(404, "otp_code_not_found");
        let response = authenticate(&peer, &sent[id], &code).await.ok();
        assert_eq!((&response["method_id"], &response["user"]["status"]), (&sent[id], &json!("active")));
        let factor = &response["session"]["authentication_factors"][0];
        assert_eq!((&factor["type"], &factor["delivery_method"]), (&json!("otp"), &json!(way)));
        let (list, kind) = if parameter == "email" {
            ("emails", "email_factor")
        } else {
            ("phone_numbers", "phone_number_factor")
        };
        assert_eq!(response["user"][list][0]["verified"], true);
        assert_eq!(factor[kind][id], sent[id]);
        authenticate(&peer, &sent[id], &code).await.rejected(401, "unable_to_auth_otp_code");

        let again = peer.post(&format!("/v1/otps/{way}/login_or_create"), body).await.ok();
        assert_eq!((&again["user_created"], &again[id]), (&json!(false), &sent[id]));
    }
}

#[tokio::test]
async fn sending_a_passcode_needs_an_existing_user() {
    for (way, _, parameter, [first, second], id) in WAYS {
        let peer = Peer::start().await;
        let path = format!("/v1/otps/{way}/send");
        let missing = if parameter == "email" { "email_not_found" } else { "phone_number_not_found" };
        peer.post(&path, json!({ parameter: first })).await.rejected(404, missing);
        let user = peer.post("/v1/users", json!({ parameter: first })).await.ok();
        let sent = peer.post(&path, json!({ parameter: first })).await.ok();
        assert_eq!(sent["user_id"], user["user_id"]);
        authenticate(&peer, &sent[id], &code(&peer)).await.ok();

        // A second address is added to the user when the passcode is used.
        let sent = peer.post(&path, json!({ parameter: second, "user_id": user["user_id"] })).await.ok();
        assert_ne!(sent[id], user[id]);
        let response = authenticate(&peer, &sent[id], &code(&peer)).await.ok();
        assert_eq!(response["user_id"], user["user_id"]);
        assert!(response["user"].to_string().contains(second));
        peer.post(&path, json!({ parameter: "wrong" }))
            .await
            .rejected(400, if parameter == "email" { "invalid_email" } else { "invalid_phone_number" });
    }
}

#[tokio::test]
async fn only_the_latest_passcode_is_valid_and_it_expires() {
    let peer = Peer::start().await;
    let deliver = async |body: Value| peer.post("/v1/otps/sms/login_or_create", body).await;
    let body = json!({ "phone_number": "+12025550162" });
    let sent = deliver(body.clone()).await.ok();
    let first = code(&peer);
    let mut second = first.clone();
    // One of a million new passcodes is equal to the first one.
    while second == first {
        deliver(body.clone()).await.ok();
        second = code(&peer);
    }
    authenticate(&peer, &sent["phone_id"], &first).await.rejected(404, "otp_code_not_found");
    peer.emulator.advance(Duration::from_secs(119));
    authenticate(&peer, &sent["phone_id"], &second).await.ok();

    for (minutes, seconds) in [(1, 60), (10, 600)] {
        let body = json!({ "phone_number": "+12025550162", "expiration_minutes": minutes });
        deliver(body.clone()).await.ok();
        let code = code(&peer);
        peer.emulator.advance(Duration::from_secs(seconds));
        authenticate(&peer, &sent["phone_id"], &code).await.rejected(401, "unable_to_auth_otp_code");
    }
    for minutes in [0, 11] {
        let body = json!({ "phone_number": "+12025550162", "expiration_minutes": minutes });
        deliver(body).await.rejected(400, "bad_request");
    }
}

#[tokio::test]
async fn a_passcode_is_a_second_factor_of_a_session() {
    let peer = Peer::start().await;
    let ada = json!({ "email": "ada@example.com", "password": PASSWORD, "session_duration_minutes": 60 });
    let ada = peer.post("/v1/passwords", ada).await.ok();
    let body = json!({ "phone_number": "+12025550162", "session_token": ada["session_token"] });
    let sent = peer.post("/v1/otps/sms/send", body).await.ok();
    let body = json!({
        "method_id": sent["phone_id"], "code": code(&peer), "session_token": ada["session_token"],
        "session_duration_minutes": 60,
    });
    let response = peer.post("/v1/otps/authenticate", body).await.ok();
    assert_eq!(response["session"]["session_id"], ada["session"]["session_id"]);
    let factors = response["session"]["authentication_factors"].as_array().expect("a list");
    let types: Vec<String> = factors.iter().map(|factor| text(&factor["type"])).collect();
    assert_eq!(types, ["password", "otp"]);
}

#[tokio::test]
async fn an_unknown_method_has_no_passcode() {
    let peer = Peer::start().await;
    authenticate(&peer, &json!("phone-number-test-1"), "123456")
        .await
        .rejected(401, "unable_to_auth_otp_code");
    let sent = peer.post("/v1/otps/email/login_or_create", json!({ "email": "ada@example.com" })).await.ok();
    let passcode = code(&peer);
    peer.delete(&format!("/v1/users/emails/{}", text(&sent["email_id"]))).await.ok();
    authenticate(&peer, &sent["email_id"], &passcode).await.rejected(401, "unable_to_auth_otp_code");
}
