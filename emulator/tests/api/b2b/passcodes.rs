//! Passcodes by email.

use std::time::Duration;

use serde_json::json;

use super::{latest_code, member, organization};
use crate::support::{Peer, Reply, text};

async fn enter(peer: &Peer, code: &str) -> Reply {
    let body = json!({ "organization_id": "acme", "email_address": "ada@acme.co", "code": code });
    peer.post("/v1/b2b/otps/email/authenticate", body).await
}

#[tokio::test]
async fn a_passcode_logs_a_member_in_once() {
    let peer = Peer::start().await;
    organization(&peer, "acme", json!({})).await;
    member(&peer, "acme", "ada@acme.co").await;
    let send = json!({ "organization_id": "acme", "email_address": "ada@acme.co" });
    enter(&peer, "123456").await.rejected(401, "unable_to_auth_otp_code");
    peer.post("/v1/b2b/otps/email/login_or_signup", send.clone()).await.ok();
    let first = latest_code(&peer);
    peer.post("/v1/b2b/otps/email/login_or_signup", send.clone()).await.ok();
    let second = latest_code(&peer);
    if first != second {
        enter(&peer, &first).await.rejected(404, "otp_code_not_found");
    }
    let login = enter(&peer, &second).await.ok();
    assert_eq!(login["member"]["email_address_verified"], true);
    assert_eq!(login["member_session"]["authentication_factors"][0]["type"], "otp");
    enter(&peer, &second).await.rejected(401, "unable_to_auth_otp_code");
    peer.post("/v1/b2b/otps/email/login_or_signup", send).await.ok();
    peer.emulator.advance(Duration::from_secs(10 * 60));
    enter(&peer, &latest_code(&peer)).await.rejected(401, "unable_to_auth_otp_code");
}

#[tokio::test]
async fn an_expired_update_does_not_hide_a_later_one() {
    let peer = Peer::start().await;
    organization(&peer, "acme", json!({})).await;
    let ada = text(&member(&peer, "acme", "ada@old.co").await["member_id"]);
    let bob = text(&member(&peer, "acme", "bob@old.co").await["member_id"]);
    let update = json!({ "email_address": "ada@acme.co", "delivery_method": "EMAIL_OTP" });
    for member in [&ada, &bob, &ada, &bob, &ada, &bob] {
        let path = format!("/v1/b2b/organizations/acme/members/{member}/start_email_update");
        peer.emulator.advance(Duration::from_secs(10 * 60));
        peer.post(&path, update.clone()).await.ok();
    }
    let changed = enter(&peer, &latest_code(&peer)).await.ok();
    assert_eq!(changed["member_id"], bob);
}

#[tokio::test]
async fn a_new_person_joins_if_the_organization_allows_it() {
    let peer = Peer::start().await;
    let domain = json!({ "email_jit_provisioning": "RESTRICTED", "email_allowed_domains": ["acme.co"] });
    organization(&peer, "acme", domain).await;
    let send = |address: &str| {
        let body = json!({
            "organization_id": "acme", "email_address": address, "signup_expiration_minutes": 2,
            "signup_template_id": "welcome",
        });
        peer.post("/v1/b2b/otps/email/login_or_signup", body)
    };
    send("ada@example.com").await.rejected(400, "invalid_email_for_jit_provisioning");
    assert_eq!(send("ada@acme.co").await.ok()["member_created"], true);
    assert_eq!(peer.emulator.outbox()[0].template_id.as_deref(), Some("welcome"));
    assert_eq!(enter(&peer, &latest_code(&peer)).await.ok()["member"]["status"], "active");
    let restrict = json!({ "auth_methods": "RESTRICTED", "allowed_auth_methods": ["sso"] });
    peer.put("/v1/b2b/organizations/acme", restrict).await.ok();
    send("ada@acme.co").await.rejected(400, "operation_restricted_by_organization_auth_methods");
}
