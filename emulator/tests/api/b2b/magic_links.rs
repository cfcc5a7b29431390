//! Magic links to members: logins, sign-ups and invitations.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};
use stytch_emulator::MessageKind;

use super::{latest_token, member, organization};
use crate::support::{PASSWORD, Peer, Reply, text};

async fn peer(settings: Value) -> Peer {
    let peer = Peer::start().await;
    organization(&peer, "acme", settings).await;
    peer
}

async fn send(peer: &Peer, address: &str) -> Reply {
    let body = json!({ "organization_id": "acme", "email_address": address });
    peer.post("/v1/b2b/magic_links/email/login_or_signup", body).await
}

async fn click(peer: &Peer, token: &str) -> Reply {
    peer.post("/v1/b2b/magic_links/authenticate", json!({ "magic_links_token": token })).await
}

#[tokio::test]
async fn a_link_logs_a_member_in_once() {
    let peer = peer(json!({})).await;
    let ada = member(&peer, "acme", "ada@example.com").await;
    let body = json!({
        "organization_id": "acme", "email_address": "ADA@example.com", "locale": "fr",
        "login_redirect_url": "https://app.example.com/in", "signup_redirect_url": "https://app.example.com/up",
    });
    let sent = peer.post("/v1/b2b/magic_links/email/login_or_signup", body).await.ok();
    assert_eq!((&sent["member_id"], &sent["member_created"]), (&ada["member_id"], &json!(false)));
    let message = peer.emulator.outbox().remove(0);
    assert_eq!((message.kind, message.locale.as_deref()), (MessageKind::Login, Some("fr")));
    let link = format!(
        "https://app.example.com/in?stytch_token_type=multi_tenant_magic_links&token={}",
        message.token
    );
    assert_eq!(message.link, link);
    let login = click(&peer, &message.token).await.ok();
    assert_eq!(login["member"]["email_address_verified"], true);
    let factor = &login["member_session"]["authentication_factors"][0];
    assert_eq!(
        (&factor["type"], &factor["email_factor"]["email_id"]),
        (&json!("magic_link"), &login["method_id"])
    );
    click(&peer, &message.token).await.rejected(401, "unable_to_auth_magic_link");
    send(&peer, "ada@example.com").await.ok();
    peer.emulator.advance(Duration::from_secs(60 * 60));
    click(&peer, &latest_token(&peer)).await.rejected(401, "unable_to_auth_magic_link");
}

#[tokio::test]
async fn tokens_of_users_and_members_are_separate() {
    let peer = peer(json!({})).await;
    member(&peer, "acme", "ada@example.com").await;
    peer.post("/v1/passwords", json!({ "email": "ada@example.com", "password": PASSWORD })).await.ok();
    send(&peer, "ada@example.com").await.ok();
    let body = json!({ "token": latest_token(&peer) });
    peer.post("/v1/magic_links/authenticate", body).await.rejected(401, "unable_to_auth_magic_link");
    peer.post("/v1/magic_links/email/send", json!({ "email": "ada@example.com" })).await.ok();
    click(&peer, &latest_token(&peer)).await.rejected(401, "unable_to_auth_magic_link");
}

#[tokio::test]
async fn a_new_person_joins_if_the_organization_allows_it() {
    let closed = peer(json!({})).await;
    send(&closed, "ada@acme.co").await.rejected(400, "email_jit_provisioning_not_allowed");
    let peer =
        peer(json!({ "email_jit_provisioning": "RESTRICTED", "email_allowed_domains": ["acme.co"] })).await;
    send(&peer, "ada@example.com").await.rejected(400, "invalid_email_for_jit_provisioning");
    send(&peer, "ada").await.rejected(400, "invalid_email");
    let sent = send(&peer, "ada@ACME.co").await.ok();
    assert_eq!((&sent["member_created"], &sent["member"]["status"]), (&json!(true), &json!("pending")));
    assert_eq!(peer.emulator.outbox()[0].kind, MessageKind::Signup);
    assert_eq!(click(&peer, &latest_token(&peer)).await.ok()["member"]["status"], "active");
}

#[tokio::test]
async fn an_invitation_is_accepted_with_its_link() {
    let peer = peer(json!({})).await;
    let invite = json!({
        "organization_id": "acme", "email_address": "bob@example.com", "name": "Bob",
        "roles": ["stytch_admin"], "invite_redirect_url": "https://app.example.com/",
    });
    let invited = peer.post("/v1/b2b/magic_links/email/invite", invite.clone()).await.ok();
    assert_eq!(
        (&invited["member"]["status"], &invited["member"]["name"]),
        (&json!("invited"), &json!("Bob"))
    );
    let first = latest_token(&peer);
    peer.post("/v1/b2b/magic_links/email/invite", invite.clone()).await.ok();
    let login = click(&peer, &first).await.ok();
    assert_eq!(login["member_session"]["roles"], json!(["stytch_member", "stytch_admin"]));
    peer.post("/v1/b2b/magic_links/email/invite", invite.clone())
        .await
        .rejected(400, "duplicate_member_email");
    // Deleting the member revokes the invitation.
    let mut other = invite;
    other["email_address"] = json!("eve@example.com");
    let eve = peer.post("/v1/b2b/magic_links/email/invite", other.clone()).await.ok();
    let path = format!("/v1/b2b/organizations/acme/members/{}", text(&eve["member_id"]));
    peer.delete(&path).await.ok();
    click(&peer, &latest_token(&peer)).await.rejected(401, "unable_to_auth_magic_link");
    other["invited_by_member_id"] = json!("nobody");
    peer.post("/v1/b2b/magic_links/email/invite", other).await.rejected(404, "member_not_found");
}

#[tokio::test]
async fn the_settings_control_who_can_be_invited() {
    for (settings, error_type) in [
        (json!({ "email_invites": "NOT_ALLOWED" }), "invalid_email_for_invites"),
        (
            json!({ "email_invites": "RESTRICTED", "email_allowed_domains": ["acme.co"] }),
            "invalid_email_for_invites",
        ),
        (
            json!({ "auth_methods": "RESTRICTED", "allowed_auth_methods": ["password"] }),
            "operation_restricted_by_organization_auth_methods",
        ),
    ] {
        let peer = peer(settings).await;
        let body = json!({ "organization_id": "acme", "email_address": "ada@example.com" });
        peer.post("/v1/b2b/magic_links/email/invite", body).await.rejected(400, error_type);
    }
}

#[tokio::test]
async fn a_restricted_organization_lists_the_accepted_methods() {
    let peer = peer(json!({})).await;
    member(&peer, "acme", "ada@example.com").await;
    send(&peer, "ada@example.com").await.ok();
    let token = latest_token(&peer);
    let restrict = json!({ "auth_methods": "RESTRICTED", "allowed_auth_methods": ["password", "sso"] });
    peer.put("/v1/b2b/organizations/acme", restrict).await.ok();
    let asked = click(&peer, &token).await.ok();
    assert_eq!(asked["member_authenticated"], false);
    assert_eq!(asked["primary_required"]["allowed_auth_methods"], json!(["password", "sso"]));
    send(&peer, "ada@example.com").await.rejected(400, "operation_restricted_by_organization_auth_methods");
    let body = json!({
        "organization_id": "acme", "email_address": "ada@example.com", "password": PASSWORD,
        "intermediate_session_token": asked["intermediate_session_token"],
    });
    let done = peer.post("/v1/b2b/passwords/authenticate", body).await.ok();
    let factors = done["member_session"]["authentication_factors"].as_array().expect("factors").clone();
    let types: Vec<String> = factors.iter().map(|factor| text(&factor["type"])).collect();
    assert_eq!(types, ["magic_link", "password"]);

    let path = format!("/v1/b2b/organizations/acme/members/{}", text(&done["member_id"]));
    peer.put(&path, json!({ "is_breakglass": true })).await.ok();
    send(&peer, "ada@example.com").await.ok();
    assert_eq!(click(&peer, &latest_token(&peer)).await.ok()["member_authenticated"], true);
}

#[tokio::test]
async fn a_flow_with_a_challenge_needs_its_verifier() {
    let peer = peer(json!({})).await;
    member(&peer, "acme", "ada@example.com").await;
    let verifier = "a verifier of some length";
    let challenge = URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()));
    let body = json!({
        "organization_id": "acme", "email_address": "ada@example.com", "pkce_code_challenge": challenge,
    });
    peer.post("/v1/b2b/magic_links/email/login_or_signup", body.clone()).await.ok();
    let token = latest_token(&peer);
    click(&peer, &token).await.rejected(400, "pkce_expected_code_verifier");
    let with = |verifier: &str| {
        let body = json!({ "magic_links_token": token, "pkce_code_verifier": verifier });
        peer.post("/v1/b2b/magic_links/authenticate", body)
    };
    with("another").await.rejected(400, "pkce_mismatch");
    with(verifier).await.ok();
    let mut bad = body;
    bad["pkce_code_challenge"] = json!("no hash");
    peer.post("/v1/b2b/magic_links/email/login_or_signup", bad)
        .await
        .rejected(400, "invalid_pkce_code_challenge");
}

#[tokio::test]
async fn redirect_urls_must_be_absolute() {
    let peer = peer(json!({})).await;
    for (path, name, error_type) in [
        ("magic_links/email/login_or_signup", "login_redirect_url", "invalid_login_redirect_url"),
        ("magic_links/email/login_or_signup", "signup_redirect_url", "invalid_signup_redirect_url"),
        ("magic_links/email/invite", "invite_redirect_url", "invalid_invite_redirect_url"),
        ("passwords/email/reset/start", "reset_password_redirect_url", "invalid_password_reset_redirect_url"),
    ] {
        member(&peer, "acme", &format!("{name}@example.com")).await;
        let body = json!({
            "organization_id": "acme", "email_address": format!("{name}@example.com"), name: "/relative",
        });
        peer.post(&format!("/v1/b2b/{path}"), body).await.rejected(400, error_type);
    }
    let body = json!({ "email_address": "a@b.co", "discovery_redirect_url": "relative" });
    peer.post("/v1/b2b/magic_links/email/discovery/send", body)
        .await
        .rejected(400, "invalid_discovery_redirect_url");
}
