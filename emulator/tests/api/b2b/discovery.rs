//! Discovery: a person first proves an address, and then chooses an organization.

use std::time::Duration;

use serde_json::{Value, json};

use super::{latest_code, latest_token, member, organization};
use crate::support::{Peer, text};

/// Proves an address with a link, and returns the response with the organizations.
async fn discovered(peer: &Peer, address: &str) -> Value {
    let send = json!({ "email_address": address });
    peer.post("/v1/b2b/magic_links/email/discovery/send", send).await.ok();
    let token = json!({ "discovery_magic_links_token": latest_token(peer) });
    peer.post("/v1/b2b/magic_links/discovery/authenticate", token).await.ok()
}

async fn exchange(peer: &Peer, token: &Value, organization: &str) -> crate::support::Reply {
    let body = json!({ "intermediate_session_token": token, "organization_id": organization });
    peer.post("/v1/b2b/discovery/intermediate_sessions/exchange", body).await
}

#[tokio::test]
async fn all_organizations_of_an_address_are_found() {
    let peer = Peer::start().await;
    for slug in ["active", "other"] {
        organization(&peer, slug, json!({})).await;
        member(&peer, slug, "ada@acme.co").await;
    }
    organization(&peer, "foreign", json!({})).await;
    member(&peer, "foreign", "bob@acme.co").await;
    organization(&peer, "invited", json!({})).await;
    let invite = json!({ "organization_id": "invited", "email_address": "ada@acme.co" });
    peer.post("/v1/b2b/magic_links/email/invite", invite).await.ok();
    let domain = json!({ "email_jit_provisioning": "RESTRICTED", "email_allowed_domains": ["acme.co"] });
    organization(&peer, "open", domain).await;
    member(&peer, "open", "bob@ACME.co").await;
    // Nobody with a verified address of the domain is in it.
    let domains = json!(["acme.co", "other.co"]);
    organization(
        &peer,
        "empty",
        json!({ "email_jit_provisioning": "RESTRICTED", "email_allowed_domains": domains }),
    )
    .await;
    member(&peer, "empty", "bob@other.co").await;
    let unverified = json!({ "email_address": "bob@acme.co" });
    peer.post("/v1/b2b/organizations/empty/members", unverified).await.ok();
    organization(&peer, "strict", json!({ "mfa_policy": "REQUIRED_FOR_ALL" })).await;
    member(&peer, "strict", "ADA@acme.co").await;

    let found = discovered(&peer, "ada@ACME.co").await;
    assert!(peer.emulator.outbox().last().expect("a message").link.contains("stytch_token_type=discovery"));
    let organizations = found["discovered_organizations"].as_array().expect("a list").clone();
    let mut seen: Vec<(String, String, bool)> = organizations
        .iter()
        .map(|found| {
            let slug = text(&found["organization"]["organization_slug"]);
            (slug, text(&found["membership"]["type"]), found["member_authenticated"] == true)
        })
        .collect();
    seen.sort();
    let expected = [
        ("active", "active_member", true),
        ("invited", "invited_member", true),
        ("open", "eligible_to_join_by_email_domain", false),
        ("other", "active_member", true),
        ("strict", "active_member", false),
    ];
    assert_eq!(seen, expected.map(|(slug, kind, is)| (slug.to_owned(), kind.to_owned(), is)));
    let strict = organizations.iter().find(|found| !found["mfa_required"].is_null()).expect("one");
    assert_eq!(strict["mfa_required"]["secondary_auth_initiated"], Value::Null);

    let list = json!({ "intermediate_session_token": found["intermediate_session_token"] });
    let again = peer.post("/v1/b2b/discovery/organizations", list).await.ok();
    assert_eq!(again["discovered_organizations"].as_array().map(Vec::len), Some(5));
    let accepted = exchange(&peer, &found["intermediate_session_token"], "invited").await.ok();
    assert_eq!(
        (&accepted["member_authenticated"], &accepted["member"]["status"]),
        (&json!(true), &json!("active"))
    );
    exchange(&peer, &found["intermediate_session_token"], "active")
        .await
        .rejected(404, "intermediate_session_not_found");
}

#[tokio::test]
async fn a_person_joins_an_organization_that_allows_their_domain() {
    let peer = Peer::start().await;
    organization(&peer, "closed", json!({})).await;
    let domain = json!({ "email_jit_provisioning": "RESTRICTED", "email_allowed_domains": ["acme.co"] });
    organization(&peer, "open", domain).await;
    let found = discovered(&peer, "ada@acme.co").await;
    let token = &found["intermediate_session_token"];
    exchange(&peer, token, "closed").await.rejected(400, "email_jit_provisioning_not_allowed");
    exchange(&peer, token, "nothing").await.rejected(404, "organization_not_found");
    let joined = exchange(&peer, token, "open").await.ok();
    assert_eq!(
        (&joined["member"]["status"], &joined["member_authenticated"]),
        (&json!("active"), &json!(true))
    );
    let other = discovered(&peer, "ada@example.com").await;
    exchange(&peer, &other["intermediate_session_token"], "open")
        .await
        .rejected(400, "invalid_email_for_jit_provisioning");
}

#[tokio::test]
async fn the_creator_of_an_organization_is_its_administrator() {
    let peer = Peer::start().await;
    let found = discovered(&peer, "ada@acme.co").await;
    let body = json!({
        "intermediate_session_token": found["intermediate_session_token"], "organization_name": "Acme",
        "organization_slug": "acme", "session_duration_minutes": 5, "email_invites": "NOT_ALLOWED",
    });
    let mut wrong = body.clone();
    wrong["mfa_policy"] = json!("NEVER");
    peer.post("/v1/b2b/discovery/organizations/create", wrong)
        .await
        .rejected(400, "invalid_organization_mfa_policy");
    let created = peer.post("/v1/b2b/discovery/organizations/create", body.clone()).await.ok();
    assert_eq!(
        (&created["member"]["is_admin"], &created["member_authenticated"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(created["member"]["email_address_verified"], true);
    assert_eq!(created["organization"]["email_invites"], "NOT_ALLOWED");
    peer.post("/v1/b2b/discovery/organizations/create", body)
        .await
        .rejected(404, "intermediate_session_not_found");

    let found = discovered(&peer, "bob@acme.co").await;
    let token = &found["intermediate_session_token"];
    let unnamed = json!({ "intermediate_session_token": token, "mfa_policy": "REQUIRED_FOR_ALL" });
    let created = peer.post("/v1/b2b/discovery/organizations/create", unnamed).await.ok();
    assert_eq!(created["organization"]["organization_name"], "bob@acme.co's organization");
    assert_eq!(created["member_authenticated"], false);
    assert_eq!(created["mfa_required"]["member_options"], Value::Null);
}

#[tokio::test]
async fn a_passcode_proves_an_address_too() {
    let peer = Peer::start().await;
    organization(&peer, "acme", json!({})).await;
    member(&peer, "acme", "ada@acme.co").await;
    let send = json!({ "email_address": "ada@acme.co" });
    peer.post("/v1/b2b/otps/email/discovery/send", send).await.ok();
    let code = latest_code(&peer);
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let enter = |code: &str| {
        let body = json!({ "email_address": "ADA@acme.co", "code": code });
        peer.post("/v1/b2b/otps/email/discovery/authenticate", body)
    };
    enter(wrong).await.rejected(404, "otp_code_not_found");
    let found = enter(&code).await.ok();
    enter(&code).await.rejected(401, "unable_to_auth_otp_code");
    let done = exchange(&peer, &found["intermediate_session_token"], "acme").await.ok();
    let factor = &done["member_session"]["authentication_factors"][0];
    assert_eq!((&factor["type"], &factor["delivery_method"]), (&json!("otp"), &json!("email")));
}

#[tokio::test]
async fn an_intermediate_session_lasts_ten_minutes() {
    let peer = Peer::start().await;
    organization(&peer, "acme", json!({})).await;
    member(&peer, "acme", "ada@acme.co").await;
    let link = json!({ "organization_id": "acme", "email_address": "ada@acme.co" });
    peer.post("/v1/b2b/magic_links/email/login_or_signup", link).await.ok();
    let link = json!({ "magic_links_token": latest_token(&peer) });
    let member_session =
        peer.post("/v1/b2b/magic_links/authenticate", link).await.ok()["session_token"].clone();
    let found = discovered(&peer, "ada@acme.co").await;
    let token = &found["intermediate_session_token"];
    let list = |body: Value| peer.post("/v1/b2b/discovery/organizations", body);
    let both = json!({ "intermediate_session_token": token, "session_token": member_session });
    list(both).await.rejected(400, "too_many_session_arguments");
    list(json!({})).await.rejected(400, "no_session_arguments");
    let domain = json!({ "email_jit_provisioning": "RESTRICTED", "email_allowed_domains": ["acme.co"] });
    organization(&peer, "open", domain).await;
    member(&peer, "open", "bob@acme.co").await;
    let joinable = list(json!({ "intermediate_session_token": token })).await.ok();
    assert_eq!(joinable["discovered_organizations"].as_array().map(Vec::len), Some(2));
    // A session cannot be exchanged for one in an organization that the person has not joined.
    let own = list(json!({ "session_token": member_session })).await.ok();
    assert_eq!(own["email_address"], "ada@acme.co");
    assert_eq!(own["discovered_organizations"].as_array().map(Vec::len), Some(1));
    peer.emulator.advance(Duration::from_secs(10 * 60));
    list(json!({ "intermediate_session_token": token }))
        .await
        .rejected(404, "intermediate_session_not_found");
    exchange(&peer, token, "acme").await.rejected(404, "intermediate_session_not_found");
}

#[tokio::test]
async fn an_intermediate_session_belongs_to_its_address() {
    let peer = Peer::start().await;
    organization(&peer, "acme", json!({})).await;
    member(&peer, "acme", "bob@acme.co").await;
    let found = discovered(&peer, "ada@acme.co").await;
    let body = json!({
        "organization_id": "acme", "email_address": "bob@acme.co", "password": crate::support::PASSWORD,
        "intermediate_session_token": found["intermediate_session_token"],
    });
    peer.post("/v1/b2b/passwords/authenticate", body)
        .await
        .rejected(400, "invalid_intermediate_session_token_for_organization");
}
