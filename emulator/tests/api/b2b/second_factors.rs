//! Second factors: passcodes by text message, authenticator apps and recovery codes.

use std::time::Duration;

use serde_json::{Value, json};
use stytch_emulator::{Channel, Emulator};
use totp_rs::{Builder, Secret};

use super::{latest_code, log_in, member, organization};
use crate::support::{Peer, Reply, start, text};

/// 2026-01-01T00:00:00Z, the time of the stopped clock.
const START: u64 = 1_767_225_600;
const PHONE: &str = "+12025550162";

/// Returns the code of an app after this many seconds.
fn code(secret: &Value, seconds: u64) -> String {
    let secret = Secret::try_from_base32(text(secret)).expect("base32");
    Builder::new().with_secret(secret).build_noncompliant().generate(START + seconds).to_string()
}

/// Creates an organization that requires a second factor, and a member without one.
async fn strict() -> (Peer, Value) {
    let peer = Peer::with(Emulator::builder().strict(true).start_at(start())).await;
    organization(&peer, "acme", json!({ "mfa_policy": "REQUIRED_FOR_ALL" })).await;
    let ada = member(&peer, "acme", "ada@acme.co").await;
    (peer, ada["member_id"].clone())
}

async fn post(peer: &Peer, path: &str, member_id: &Value, fields: Value) -> Reply {
    let mut body = json!({ "organization_id": "acme", "member_id": member_id });
    body.as_object_mut().expect("an object").extend(fields.as_object().expect("fields").clone());
    peer.post(&format!("/v1/b2b/{path}"), body).await
}

/// Adds an app and logs in with it. Returns the app and the session.
async fn with_app(peer: &Peer, ada: &Value) -> (Value, Value) {
    let asked = log_in(peer, "acme", "ada@acme.co").await;
    let token = json!({ "intermediate_session_token": asked["intermediate_session_token"] });
    let app = post(peer, "totp", ada, token.clone()).await.ok();
    let mut enter = token;
    enter["code"] = json!(code(&app["secret"], 0));
    let done = post(peer, "totp/authenticate", ada, enter).await.ok();
    (app, done)
}

#[tokio::test]
async fn a_phone_completes_the_login() {
    let (peer, ada) = strict().await;
    let asked = log_in(&peer, "acme", "ada@acme.co").await;
    assert_eq!((&asked["member_authenticated"], &asked["session_token"]), (&json!(false), &json!("")));
    assert_eq!(asked["mfa_required"], json!({ "member_options": null, "secondary_auth_initiated": null }));
    assert_eq!(asked["intermediate_session_token_expires_at"], "2026-01-01T00:10:00Z");
    let token = asked["intermediate_session_token"].clone();
    let send = |number: &str| {
        let fields = json!({ "mfa_phone_number": number, "intermediate_session_token": token });
        post(&peer, "otps/sms/send", &ada, fields)
    };
    send("1").await.rejected(400, "invalid_phone_number");
    post(&peer, "otps/sms/send", &ada, json!({})).await.rejected(404, "member_phone_number_not_found");
    let reached = send(PHONE).await.ok();
    assert_eq!(reached["member"]["mfa_phone_number_verified"], false);
    send("+12025550163").await.rejected(400, "duplicate_member_phone_number_for_member");
    let message = peer.emulator.outbox().remove(0);
    assert_eq!((message.channel, message.to.as_str()), (Channel::Sms, PHONE));
    let code = latest_code(&peer);
    let without = post(&peer, "otps/sms/authenticate", &ada, json!({ "code": code })).await;
    without.rejected(400, "no_session_arguments");
    let enter = |code: &str| {
        let fields = json!({
            "code": code, "intermediate_session_token": token, "set_mfa_enrollment": "enroll",
            "session_duration_minutes": 5,
        });
        post(&peer, "otps/sms/authenticate", &ada, fields)
    };
    let wrong = if code == "000000" { "000001" } else { "000000" };
    enter(wrong).await.rejected(404, "otp_code_not_found");
    let done = enter(&code).await.ok();
    assert_eq!(done["member_session"]["expires_at"], "2026-01-01T00:05:00Z");
    let member = &done["member"];
    assert_eq!(
        (&member["mfa_enrolled"], &member["default_mfa_method"], &member["mfa_phone_number_verified"]),
        (&json!(true), &json!("sms_otp"), &json!(true))
    );
    let factors = done["member_session"]["authentication_factors"].as_array().expect("factors").clone();
    assert_eq!((factors.len(), &factors[1]["delivery_method"]), (2, &json!("sms")));
    enter(&code).await.rejected(404, "intermediate_session_not_found");

    // From now on, a correct password also sends the passcode.
    let asked = log_in(&peer, "acme", "ada@acme.co").await;
    let required = &asked["mfa_required"];
    assert_eq!(required["secondary_auth_initiated"], "sms_otp");
    assert_eq!(required["member_options"]["mfa_phone_number"], PHONE);
    let fields = json!({
        "code": latest_code(&peer), "intermediate_session_token": asked["intermediate_session_token"],
    });
    post(&peer, "otps/sms/authenticate", &ada, fields).await.ok();
}

#[tokio::test]
async fn an_app_completes_the_login() {
    let (peer, ada) = strict().await;
    let (app, done) = with_app(&peer, &ada).await;
    assert_eq!(done["member"]["totp_registration_id"], app["totp_registration_id"]);
    assert_eq!(done["member"]["default_mfa_method"], "totp");
    assert_eq!(app["recovery_codes"].as_array().map(Vec::len), Some(10));
    assert!(text(&app["qr_code"]).starts_with("data:image/png;base64,"));
    let asked = log_in(&peer, "acme", "ada@acme.co").await;
    let options = &asked["mfa_required"]["member_options"];
    assert_eq!(options["totp_registration_id"], app["totp_registration_id"]);
    let enter = |code: &str| {
        let token = &asked["intermediate_session_token"];
        post(&peer, "totp/authenticate", &ada, json!({ "code": code, "intermediate_session_token": token }))
    };
    enter(&code(&app["secret"], 0)).await.rejected(400, "totp_code_already_authenticated");
    enter("no code").await.rejected(400, "invalid_totp_code");
    enter(&text(&app["recovery_codes"][0])).await.rejected(400, "recovery_code_used_as_totp_code");
    enter(&code(&app["secret"], 3600)).await.rejected(401, "unable_to_authenticate_totp");
    enter(&code(&app["secret"], 30)).await.ok();
    post(&peer, "totp", &ada, json!({})).await.rejected(400, "insufficient_factors");
    let session = json!({ "session_token": done["session_token"] });
    post(&peer, "totp", &ada, session).await.rejected(400, "active_totp_exists");
}

#[tokio::test]
async fn an_app_that_is_not_verified_in_time_expires() {
    let (peer, ada) = strict().await;
    let app = post(&peer, "totp", &ada, json!({ "expiration_minutes": 5 })).await.ok();
    post(&peer, "totp", &ada, json!({})).await.rejected(400, "pending_totp_exists");
    peer.emulator.advance(Duration::from_secs(5 * 60));
    let asked = log_in(&peer, "acme", "ada@acme.co").await;
    let token = &asked["intermediate_session_token"];
    let enter = json!({ "code": code(&app["secret"], 300), "intermediate_session_token": token });
    post(&peer, "totp/authenticate", &ada, enter).await.rejected(400, "expired_totp");
    // Without a duration, it is one hour.
    post(&peer, "totp", &ada, json!({})).await.ok();
    peer.emulator.advance(Duration::from_secs(60 * 60 - 1));
    post(&peer, "totp", &ada, json!({})).await.rejected(400, "pending_totp_exists");
    peer.emulator.advance(Duration::from_secs(1));
    post(&peer, "totp", &ada, json!({})).await.ok();
}

#[tokio::test]
async fn a_recovery_code_is_used_once() {
    let (peer, ada) = strict().await;
    let get = format!("/v1/b2b/recovery_codes/acme/{}", text(&ada));
    peer.get(&get).await.rejected(404, "recovery_codes_not_found");
    let rotate = || post(&peer, "recovery_codes/rotate", &ada, json!({}));
    rotate().await.rejected(404, "recovery_codes_not_found");
    let (app, _) = with_app(&peer, &ada).await;
    assert_eq!(peer.get(&get).await.ok()["recovery_codes"], app["recovery_codes"]);
    let recover = async |code: &Value| {
        let asked = log_in(&peer, "acme", "ada@acme.co").await;
        let token = &asked["intermediate_session_token"];
        let fields = json!({ "recovery_code": code, "intermediate_session_token": token });
        post(&peer, "recovery_codes/recover", &ada, fields).await
    };
    let done = recover(&app["recovery_codes"][3]).await.ok();
    assert_eq!(done["recovery_codes_remaining"], 9);
    assert_eq!(done["member_session"]["authentication_factors"][1]["type"], "recovery_codes");
    recover(&app["recovery_codes"][3]).await.rejected(401, "unable_to_authenticate_recovery_code");
    recover(&json!("123456")).await.rejected(400, "totp_code_used_as_recovery_code");
    let rotated = rotate().await.ok();
    assert_eq!(rotated["recovery_codes"].as_array().map(Vec::len), Some(10));
    recover(&app["recovery_codes"][4]).await.rejected(401, "unable_to_authenticate_recovery_code");
    recover(&rotated["recovery_codes"][0]).await.ok();
    let removed = format!("/v1/b2b/organizations/acme/members/{}/totp", text(&ada));
    assert_eq!(peer.delete(&removed).await.ok()["member"]["totp_registration_id"], "");
}

#[tokio::test]
async fn an_app_of_another_system_is_migrated() {
    let (peer, ada) = strict().await;
    let secret = json!("JBSWY3DPEHPK3PXP");
    let migrate = |secret: &Value, codes: Value| {
        post(&peer, "totp/migrate", &ada, json!({ "secret": secret, "recovery_codes": codes }))
    };
    migrate(&json!("no base32!"), json!([])).await.rejected(400, "bad_request");
    let migrated = migrate(&secret, json!(["one", "two"])).await.ok();
    assert_eq!(migrated["recovery_codes"], json!(["one", "two"]));
    migrate(&secret, json!([])).await.rejected(400, "active_totp_exists");
    let asked = log_in(&peer, "acme", "ada@acme.co").await;
    let token = &asked["intermediate_session_token"];
    let enter = json!({ "code": code(&secret, 0), "intermediate_session_token": token });
    post(&peer, "totp/authenticate", &ada, enter).await.ok();
}

#[tokio::test]
async fn enrolled_members_need_a_second_factor_even_if_it_is_optional() {
    let (peer, ada) = strict().await;
    peer.put("/v1/b2b/organizations/acme", json!({ "mfa_policy": "OPTIONAL" })).await.ok();
    let done = log_in(&peer, "acme", "ada@acme.co").await;
    assert_eq!(done["member_authenticated"], true);
    let path = format!("/v1/b2b/organizations/acme/members/{}", text(&ada));
    peer.put(&path, json!({ "mfa_enrolled": true })).await.ok();
    assert_eq!(log_in(&peer, "acme", "ada@acme.co").await["member_authenticated"], false);
    // A login that extends a valid session does not need a second factor.
    let body = json!({
        "organization_id": "acme", "email_address": "ada@acme.co", "password": crate::support::PASSWORD,
        "session_token": done["session_token"],
    });
    let extended = peer.post("/v1/b2b/passwords/authenticate", body).await.ok();
    assert_eq!(extended["member_authenticated"], true);
    // A second factor can be added to a session.
    let session = json!({ "session_token": done["session_token"], "mfa_phone_number": PHONE });
    post(&peer, "otps/sms/send", &ada, session).await.ok();
    let enter = json!({
        "code": latest_code(&peer), "session_token": done["session_token"], "set_mfa_enrollment": "unenroll",
    });
    let stepped = post(&peer, "otps/sms/authenticate", &ada, enter).await.ok();
    let id = |login: &Value| login["member_session"]["member_session_id"].clone();
    assert_eq!((id(&stepped), &stepped["member"]["mfa_enrolled"]), (id(&done), &json!(false)));
}

#[tokio::test]
async fn an_intermediate_session_keeps_its_token_until_the_login_is_complete() {
    let (peer, ada) = strict().await;
    let send = json!({ "email_address": "ada@acme.co" });
    peer.post("/v1/b2b/magic_links/email/discovery/send", send).await.ok();
    let link = json!({ "discovery_magic_links_token": super::latest_token(&peer) });
    let found = peer.post("/v1/b2b/magic_links/discovery/authenticate", link).await.ok();
    let token = found["intermediate_session_token"].clone();
    let exchange = json!({ "organization_id": "acme", "intermediate_session_token": token });
    let path = "/v1/b2b/discovery/intermediate_sessions/exchange";
    let asked = peer.post(path, exchange.clone()).await.ok();
    assert_eq!(
        (&asked["member_authenticated"], &asked["intermediate_session_token"]),
        (&json!(false), &token)
    );
    let login = json!({
        "organization_id": "acme", "email_address": "ada@acme.co", "password": crate::support::PASSWORD,
        "intermediate_session_token": token,
    });
    let asked = peer.post("/v1/b2b/passwords/authenticate", login).await.ok();
    assert_eq!(
        (&asked["member_authenticated"], &asked["intermediate_session_token"]),
        (&json!(false), &token)
    );
    let send = json!({ "mfa_phone_number": PHONE, "intermediate_session_token": token });
    post(&peer, "otps/sms/send", &ada, send).await.ok();
    let enter = json!({ "code": latest_code(&peer), "intermediate_session_token": token });
    let done = post(&peer, "otps/sms/authenticate", &ada, enter).await.ok();
    let factors = &done["member_session"]["authentication_factors"];
    assert_eq!(factors.as_array().map(Vec::len), Some(3));
    peer.post(path, exchange).await.rejected(404, "intermediate_session_not_found");
}

#[tokio::test]
async fn members_stay_enrolled_if_a_second_factor_is_required() {
    let (peer, ada) = strict().await;
    for send in [json!({ "mfa_phone_number": PHONE }), json!({})] {
        let asked = log_in(&peer, "acme", "ada@acme.co").await;
        let mut send = send;
        send["intermediate_session_token"] = asked["intermediate_session_token"].clone();
        post(&peer, "otps/sms/send", &ada, send).await.ok();
        let enter = json!({
            "code": latest_code(&peer), "intermediate_session_token": asked["intermediate_session_token"],
            "set_mfa_enrollment": "unenroll",
        });
        let done = post(&peer, "otps/sms/authenticate", &ada, enter).await.ok();
        assert_eq!(done["member"]["mfa_enrolled"], true);
    }
}

#[tokio::test]
async fn an_organization_can_restrict_second_factors() {
    let (peer, ada) = strict().await;
    let restrict = json!({ "mfa_methods": "RESTRICTED", "allowed_mfa_methods": ["totp"] });
    peer.put("/v1/b2b/organizations/acme", restrict).await.ok();
    let send = json!({ "mfa_phone_number": PHONE });
    post(&peer, "otps/sms/send", &ada, send)
        .await
        .rejected(400, "operation_restricted_by_organization_mfa_methods");
    with_app(&peer, &ada).await;
}

#[tokio::test]
async fn a_second_factor_needs_a_first_one() {
    let (peer, ada) = strict().await;
    let (app, _) = with_app(&peer, &ada).await;
    let restrict = json!({ "auth_methods": "RESTRICTED", "allowed_auth_methods": ["sso"] });
    peer.put("/v1/b2b/organizations/acme", restrict).await.ok();
    let asked = log_in(&peer, "acme", "ada@acme.co").await;
    assert_eq!(asked["primary_required"]["allowed_auth_methods"], json!(["sso"]));
    let token = &asked["intermediate_session_token"];
    let enter = json!({ "code": code(&app["secret"], 30), "intermediate_session_token": token });
    post(&peer, "totp/authenticate", &ada, enter)
        .await
        .rejected(400, "action_available_only_once_primary_authentication_is_met");
}
