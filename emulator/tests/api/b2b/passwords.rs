//! The passwords of members.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use stytch_emulator::{Emulator, StrengthPolicy};

use super::{acting, latest_token, log_in, member, organization, session};
use crate::support::{PASSWORD, Peer, text};

const NEW: &str = "another correct horse battery staple";

async fn peer() -> Peer {
    let peer = Peer::start().await;
    organization(&peer, "acme", json!({})).await;
    peer
}

async fn enter(peer: &Peer, address: &str, password: &str) -> crate::support::Reply {
    let body = json!({ "organization_id": "acme", "email_address": address, "password": password });
    peer.post("/v1/b2b/passwords/authenticate", body).await
}

#[tokio::test]
async fn the_right_password_logs_in() {
    let peer = peer().await;
    let ada = member(&peer, "acme", "ada@example.com").await;
    let login = enter(&peer, "ADA@example.com", PASSWORD).await.ok();
    assert_eq!(login["member_id"], ada["member_id"]);
    assert_eq!((&login["member_authenticated"], &login["mfa_required"]), (&json!(true), &Value::Null));
    assert_eq!(login["intermediate_session_token_expires_at"], Value::Null);
    assert_eq!(login["member_session"]["authentication_factors"][0]["type"], "password");
    enter(&peer, "ada@example.com", "wrong").await.rejected(401, "unauthorized_credentials");
    enter(&peer, "nobody@example.com", PASSWORD).await.rejected(404, "member_not_found");
    let path = format!("/v1/b2b/organizations/acme/members/passwords/{}", text(&ada["member_password_id"]));
    let without = peer.delete(&path).await.ok();
    assert_eq!(without["member"]["member_password_id"], "");
    peer.delete(&path).await.rejected(404, "member_password_not_found");
    enter(&peer, "ada@example.com", PASSWORD).await.rejected(404, "member_password_not_found");
}

#[tokio::test]
async fn a_hash_is_imported_once() {
    let peer = peer().await;
    let body = json!({
        "organization_id": "acme", "email_address": "ada@example.com", "hash_type": "md_5",
        "hash": "0cc175b9c0f1b6a831c399e269772661", "name": "Ada", "mfa_phone_number": "+12025550162",
        "set_phone_number_verified": true, "external_id": "crm|1",
    });
    let migrated = peer.post("/v1/b2b/passwords/migrate", body.clone()).await.ok();
    assert_eq!(migrated["member_created"], true);
    assert_eq!(migrated["member"]["mfa_phone_number_verified"], true);
    enter(&peer, "ada@example.com", "a").await.ok();
    peer.post("/v1/b2b/passwords/migrate", body).await.rejected(400, "password_already_exists");
    let bad = json!({
        "organization_id": "acme", "email_address": "b@c.de", "hash_type": "md_5", "hash": "no hash",
    });
    peer.post("/v1/b2b/passwords/migrate", bad).await.rejected(400, "invalid_md_5_hash");
}

#[tokio::test]
async fn a_migration_verifies_the_address_and_keeps_the_external_id() {
    let peer = peer().await;
    let bob = json!({ "email_address": "bob@example.com", "external_id": "crm|1" });
    peer.post("/v1/b2b/organizations/acme/members", bob).await.ok();
    for (address, created, external_id) in
        [("bob@example.com", false, "crm|1"), ("eve@example.com", true, "crm|2")]
    {
        let body = json!({
            "organization_id": "acme", "email_address": address, "hash_type": "md_5",
            "hash": "0cc175b9c0f1b6a831c399e269772661", "external_id": "crm|2",
        });
        let migrated = peer.post("/v1/b2b/passwords/migrate", body).await.ok();
        assert_eq!(migrated["member_created"], created, "{address}");
        assert_eq!(migrated["member"]["external_id"], external_id, "{address}");
        assert_eq!(migrated["member"]["email_address_verified"], true, "{address}");
    }
}

#[tokio::test]
async fn a_new_address_removes_the_password() {
    let peer = peer().await;
    let ada = member(&peer, "acme", "ada@example.com").await;
    let path = format!("/v1/b2b/organizations/acme/members/{}", text(&ada["member_id"]));
    // The same address in another spelling is not a new one.
    peer.put(&path, json!({ "email_address": "ADA@example.com" })).await.ok();
    enter(&peer, "ada@example.com", PASSWORD).await.ok();
    let changed = peer.put(&path, json!({ "email_address": "ada@new.co" })).await.ok();
    assert_eq!(changed["member"]["member_password_id"], "");
    enter(&peer, "ada@new.co", PASSWORD).await.rejected(404, "member_password_not_found");
}

#[tokio::test]
async fn a_strength_check_has_the_feedback_of_the_policy() {
    let check = json!({ "password": "password", "email_address": "ada@example.com" });
    let peer = Peer::start().await;
    let weak = peer.post("/v1/b2b/passwords/strength_check", check.clone()).await.ok();
    assert_eq!((&weak["valid_password"], &weak["luds_feedback"]), (&json!(false), &Value::Null));
    assert!(!text(&weak["zxcvbn_feedback"]["warning"]).is_empty());
    let policy = StrengthPolicy::Luds { minimum_length: 8, minimum_complexity: 3 };
    let peer = Peer::with(Emulator::builder().strict(true).strength_policy(policy)).await;
    let weak = peer.post("/v1/b2b/passwords/strength_check", check).await.ok();
    assert_eq!((&weak["strength_policy"], &weak["zxcvbn_feedback"]), (&json!("luds"), &Value::Null));
    assert_eq!(weak["luds_feedback"]["missing_complexity"], 2);
}

#[tokio::test]
async fn a_password_is_reset_by_email() {
    let peer = peer().await;
    let token = session(&peer, "acme", "ada@example.com").await;
    let start = json!({ "organization_id": "acme", "email_address": "ada@example.com" });
    let started = peer.post("/v1/b2b/passwords/email/reset/start", start).await.ok();
    let message = peer.emulator.outbox().remove(0);
    assert!(message.link.contains("stytch_token_type=multi_tenant_passwords"), "{}", message.link);
    assert_eq!(message.user_id, text(&started["member_id"]));
    let reset = |password: &str| {
        peer.post(
            "/v1/b2b/passwords/email/reset",
            json!({ "password_reset_token": message.token, "password": password }),
        )
    };
    reset("weak").await.rejected(400, "weak_password");
    let done = reset(NEW).await.ok();
    assert_eq!(done["member_email_id"], started["member_email_id"]);
    assert_eq!(done["member"]["email_address_verified"], true);
    reset(NEW).await.rejected(401, "unable_to_auth_password_reset_token");
    enter(&peer, "ada@example.com", PASSWORD).await.rejected(401, "unauthorized_credentials");
    enter(&peer, "ada@example.com", NEW).await.ok();
    let old = json!({ "session_token": token });
    peer.post("/v1/b2b/sessions/authenticate", old).await.rejected(404, "session_not_found");
    let nobody = json!({ "organization_id": "acme", "email_address": "nobody@example.com" });
    peer.post("/v1/b2b/passwords/email/reset/start", nobody).await.rejected(404, "member_not_found");
}

#[tokio::test]
async fn a_password_is_reset_with_the_old_one_or_with_a_session() {
    let peer = peer().await;
    let old = session(&peer, "acme", "ada@example.com").await;
    let body = json!({
        "organization_id": "acme", "email_address": "ada@example.com", "existing_password": PASSWORD,
        "new_password": NEW,
    });
    let path = "/v1/b2b/passwords/existing_password/reset";
    let done = peer.post(path, body.clone()).await.ok();
    peer.post(path, body).await.rejected(401, "unauthorized_credentials");
    let ended = json!({ "session_token": old });
    peer.post("/v1/b2b/sessions/authenticate", ended).await.rejected(404, "session_not_found");

    let reset = |organization: &str, password: &str| {
        let body = json!({
            "organization_id": organization, "session_token": done["session_token"], "password": password,
        });
        peer.post("/v1/b2b/passwords/session/reset", body)
    };
    organization(&peer, "globex", json!({})).await;
    reset("globex", PASSWORD).await.rejected(404, "session_not_found");
    let again = reset("acme", PASSWORD).await.ok();
    let id = |login: &Value| login["member_session"]["member_session_id"].clone();
    assert_eq!(id(&again), id(&done));
    enter(&peer, "ada@example.com", PASSWORD).await.ok();
    peer.emulator.advance(Duration::from_secs(5 * 60 + 1));
    reset("acme", NEW).await.rejected(400, "session_too_old_to_reset_password");
    let none = json!({ "organization_id": "acme", "password": NEW });
    peer.post("/v1/b2b/passwords/session/reset", none).await.rejected(400, "no_session_arguments");
}

#[tokio::test]
async fn a_breached_password_must_be_reset() {
    let peer = peer().await;
    member(&peer, "acme", "ada@example.com").await;
    peer.emulator.add_breached_password(PASSWORD).expect("a free entry");
    for _ in 0..2 {
        enter(&peer, "ada@example.com", PASSWORD).await.rejected(400, "member_reset_password");
    }
}

#[tokio::test]
async fn a_reset_can_be_required() {
    let peer = peer().await;
    organization(&peer, "globex", json!({})).await;
    let ada = member(&peer, "acme", "ada@example.com").await;
    let require = json!({ "email_address": "ada@example.com" });
    let path = "/v1/b2b/passwords/email/require_reset";
    let only = peer.post(path, require.clone()).await.ok();
    assert_eq!((&only["member_id"], &only["member"]["member_password_id"]), (&ada["member_id"], &json!("")));
    member(&peer, "acme", "ada@example.com").await;
    member(&peer, "globex", "ada@example.com").await;
    let several = peer.post(path, require).await.ok();
    assert_eq!(several["member"], Value::Null);
    enter(&peer, "ada@example.com", PASSWORD).await.rejected(400, "member_reset_password");
    peer.post(path, json!({ "email_address": "nobody@example.com" })).await.rejected(404, "member_not_found");

    let bob = session(&peer, "acme", "bob@example.com").await;
    let own = json!({ "organization_id": "acme", "email_address": "bob@example.com" });
    let missing =
        acting(&peer, &bob, Method::POST, path, Some(json!({ "email_address": "bob@example.com" })));
    missing.await.rejected(400, "bad_request");
    let others = json!({ "organization_id": "acme", "email_address": "ada@example.com" });
    acting(&peer, &bob, Method::POST, path, Some(others)).await.rejected(403, "session_authorization_error");
    acting(&peer, &bob, Method::POST, path, Some(own)).await.ok();
}

#[tokio::test]
async fn a_password_that_must_be_reset_does_not_count_before_an_organization_is_chosen() {
    let peer = peer().await;
    organization(&peer, "globex", json!({})).await;
    for slug in ["acme", "globex"] {
        member(&peer, slug, "ada@example.com").await;
    }
    let require = json!({ "email_address": "ada@example.com" });
    peer.post("/v1/b2b/passwords/email/require_reset", require).await.ok();
    let discover = || {
        let body = json!({ "email_address": "ada@example.com", "password": PASSWORD });
        peer.post("/v1/b2b/passwords/discovery/authenticate", body)
    };
    discover().await.rejected(400, "member_reset_password");
    let start = json!({ "organization_id": "acme", "email_address": "ada@example.com" });
    peer.post("/v1/b2b/passwords/email/reset/start", start).await.ok();
    let reset = json!({ "password_reset_token": latest_token(&peer), "password": PASSWORD });
    peer.post("/v1/b2b/passwords/email/reset", reset).await.ok();
    let found = discover().await.ok()["discovered_organizations"].clone();
    assert_eq!(found.as_array().map(Vec::len), Some(2));
    for found in found.as_array().expect("a list") {
        let is_reset = found["organization"]["organization_slug"] == "acme";
        assert_eq!(found["member_authenticated"], is_reset, "{}", found["organization"]["organization_slug"]);
    }
}

#[tokio::test]
async fn a_password_of_one_organization_does_not_open_another_one() {
    let peer = peer().await;
    member(&peer, "acme", "ada@example.com").await;
    organization(&peer, "globex", json!({})).await;
    let other = json!({
        "organization_id": "globex", "email_address": "ada@example.com", "hash_type": "md_5",
        "hash": "0cc175b9c0f1b6a831c399e269772661",
    });
    peer.post("/v1/b2b/passwords/migrate", other).await.ok();
    let discover = async |password: &str| {
        let body = json!({ "email_address": "ada@example.com", "password": password });
        peer.post("/v1/b2b/passwords/discovery/authenticate", body).await.ok()
    };
    for (password, own, other) in [(PASSWORD, "acme", "globex"), ("a", "globex", "acme")] {
        let found = discover(password).await;
        let list = json!({ "intermediate_session_token": found["intermediate_session_token"] });
        let listed = peer.post("/v1/b2b/discovery/organizations", list).await.ok();
        for organizations in [&found["discovered_organizations"], &listed["discovered_organizations"]] {
            for found in organizations.as_array().expect("a list") {
                let is_own = found["organization"]["organization_slug"] == own;
                assert_eq!(found["member_authenticated"], is_own, "{own}");
                assert_eq!(found["primary_required"].is_null(), is_own, "{own}");
            }
        }
        for (organization, opens) in [(own, true), (other, false)] {
            let token = discover(password).await["intermediate_session_token"].clone();
            let exchange = json!({ "organization_id": organization, "intermediate_session_token": token });
            let done = peer.post("/v1/b2b/discovery/intermediate_sessions/exchange", exchange).await.ok();
            assert_eq!(done["member_authenticated"], opens, "{own} {organization}");
            assert_eq!(done["session_token"] != "", opens, "{own} {organization}");
        }
    }
}

#[tokio::test]
async fn a_password_can_be_entered_before_an_organization_is_chosen() {
    let peer = peer().await;
    member(&peer, "acme", "ada@example.com").await;
    let path = "/v1/b2b/passwords/discovery/authenticate";
    let body = |password: &str| json!({ "email_address": "ada@example.com", "password": password });
    peer.post(path, body("wrong")).await.rejected(401, "unauthorized_credentials");
    peer.post(path, json!({ "email_address": "nobody@example.com", "password": PASSWORD }))
        .await
        .rejected(404, "email_not_found");
    let found = peer.post(path, body(PASSWORD)).await.ok();
    assert_eq!(found["discovered_organizations"][0]["member_authenticated"], true);
    let exchange = json!({
        "organization_id": "acme", "intermediate_session_token": found["intermediate_session_token"],
    });
    let done = peer.post("/v1/b2b/discovery/intermediate_sessions/exchange", exchange).await.ok();
    assert_eq!(done["member_authenticated"], true);

    let start = json!({ "email_address": "eve@example.com" });
    peer.post("/v1/b2b/passwords/discovery/email/reset/start", start).await.ok();
    let reset = json!({ "password_reset_token": latest_token(&peer), "password": NEW });
    let found = peer.post("/v1/b2b/passwords/discovery/email/reset", reset.clone()).await.ok();
    assert_eq!(found["discovered_organizations"], json!([]));
    peer.post("/v1/b2b/passwords/discovery/email/reset", reset)
        .await
        .rejected(401, "unable_to_auth_password_reset_token");
    let create = json!({
        "organization_name": "Eve Inc.", "organization_slug": "eve",
        "intermediate_session_token": found["intermediate_session_token"],
    });
    peer.post("/v1/b2b/discovery/organizations/create", create).await.ok();
    let login = json!({ "organization_id": "eve", "email_address": "eve@example.com", "password": NEW });
    peer.post("/v1/b2b/passwords/authenticate", login).await.ok();
    // The token of a member is not valid for discovery, and vice versa.
    let start = json!({ "organization_id": "acme", "email_address": "ada@example.com" });
    peer.post("/v1/b2b/passwords/email/reset/start", start).await.ok();
    let reset = json!({ "password_reset_token": latest_token(&peer), "password": NEW });
    peer.post("/v1/b2b/passwords/discovery/email/reset", reset)
        .await
        .rejected(401, "unable_to_auth_password_reset_token");
    let start = json!({ "email_address": "ada@example.com" });
    peer.post("/v1/b2b/passwords/discovery/email/reset/start", start).await.ok();
    let reset = json!({ "password_reset_token": latest_token(&peer), "password": NEW });
    peer.post("/v1/b2b/passwords/email/reset", reset)
        .await
        .rejected(401, "unable_to_auth_password_reset_token");
    log_in(&peer, "acme", "ada@example.com").await;
}
