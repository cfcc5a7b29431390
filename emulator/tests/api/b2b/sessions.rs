//! The sessions of members: tokens and JWTs, exchange, checks and revocation.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use stytch_emulator::Emulator;

use super::{acting, log_in, member, organization, session};
use crate::{
    jwts::{claims, verified},
    support::{PASSWORD, Peer, reply, start, text},
};

async fn authenticate(peer: &Peer, body: Value) -> crate::support::Reply {
    peer.post("/v1/b2b/sessions/authenticate", body).await
}

#[tokio::test]
async fn a_jwt_has_the_claims_of_stytch() {
    let peer = Peer::with(Emulator::builder().strict(true).start_at(start())).await;
    let id = organization(&peer, "acme", json!({})).await;
    let ada = member(&peer, "acme", "ada@example.com").await;
    let login = json!({
        "organization_id": "acme", "email_address": "ada@example.com", "password": PASSWORD,
        "session_custom_claims": { "tier": "gold", "sub": "somebody else" },
    });
    let login = peer.post("/v1/b2b/passwords/authenticate", login).await.ok();
    let claims = verified(&peer, &login["session_jwt"]).await;
    assert_eq!((&claims["sub"], &claims["tier"]), (&ada["member_id"], &json!("gold")));
    assert_eq!(claims["https://stytch.com/organization"], json!({ "organization_id": id, "slug": "acme" }));
    let inner = &claims["https://stytch.com/session"];
    assert_eq!(inner["id"], login["member_session"]["member_session_id"]);
    // Without a duration, a session lasts one hour.
    assert_eq!(inner["expires_at"], "2026-01-01T01:00:00Z");
    assert_eq!(inner["roles"], json!(["stytch_member"]));
    let project = peer.emulator.project_id().to_owned();
    let keys = reply(peer.anonymous(Method::GET, &format!("/v1/b2b/sessions/jwks/{project}"))).await.ok();
    assert_eq!(keys["keys"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_token_and_a_jwt_identify_the_same_session() {
    let peer = Peer::start().await;
    organization(&peer, "acme", json!({})).await;
    member(&peer, "acme", "ada@example.com").await;
    let login = log_in(&peer, "acme", "ada@example.com").await;
    for body in [
        json!({ "session_token": login["session_token"], "session_duration_minutes": 120 }),
        json!({ "session_jwt": login["session_jwt"], "session_custom_claims": { "a": 1 } }),
    ] {
        let again = authenticate(&peer, body).await.ok();
        let id = &login["member_session"]["member_session_id"];
        assert_eq!(&again["member_session"]["member_session_id"], id);
        assert_eq!((&again["member"], &again["organization"]), (&login["member"], &login["organization"]));
        assert_eq!(again["verdict"], Value::Null);
    }
    let list = format!("/v1/b2b/sessions?organization_id=acme&member_id={}", text(&login["member_id"]));
    let sessions = peer.get(&list).await.ok()["member_sessions"].clone();
    assert_eq!(sessions.as_array().map(Vec::len), Some(1));
    assert_eq!(sessions[0]["custom_claims"], json!({ "a": 1 }));
    peer.emulator.advance(Duration::from_secs(120 * 60));
    authenticate(&peer, json!({ "session_token": login["session_token"] }))
        .await
        .rejected(404, "session_not_found");
    assert_eq!(peer.get(&list).await.ok()["member_sessions"], json!([]));
}

#[tokio::test]
async fn members_and_users_do_not_share_sessions() {
    let peer = Peer::start().await;
    organization(&peer, "acme", json!({})).await;
    let token = session(&peer, "acme", "ada@example.com").await;
    let user = json!({ "email": "ada@example.com", "password": PASSWORD, "session_duration_minutes": 60 });
    let user = peer.post("/v1/passwords", user).await.ok();
    for body in [json!({ "session_token": token }), json!({ "session_id": "x", "session_token": token })] {
        assert_eq!(peer.post("/v1/sessions/revoke", body).await.status / 100, 4);
    }
    peer.post("/v1/sessions/authenticate", json!({ "session_token": token }))
        .await
        .rejected(404, "session_not_found");
    for name in ["session_token", "session_jwt"] {
        authenticate(&peer, json!({ name: user[name] })).await.rejected(404, "session_not_found");
        peer.post("/v1/b2b/sessions/revoke", json!({ name: user[name] }))
            .await
            .rejected(404, "session_not_found");
    }
    authenticate(&peer, json!({ "session_token": token })).await.ok();
}

#[tokio::test]
async fn a_request_needs_exactly_one_session() {
    let peer = Peer::start().await;
    authenticate(&peer, json!({})).await.rejected(400, "no_session_arguments");
    let both = json!({ "session_token": "a", "session_jwt": "b" });
    authenticate(&peer, both.clone()).await.rejected(400, "too_many_session_arguments");
    authenticate(&peer, json!({ "session_jwt": "a.b.c" })).await.rejected(400, "unable_to_parse_session_jwt");
    let revoke = |body| peer.post("/v1/b2b/sessions/revoke", body);
    revoke(json!({})).await.rejected(400, "no_session_revoke_arguments");
    revoke(both).await.rejected(400, "too_many_session_revoke_arguments");
    revoke(json!({ "member_session_id": "a" })).await.rejected(404, "session_not_found");
    revoke(json!({ "member_id": "a" })).await.rejected(404, "member_not_found");
}

#[tokio::test]
async fn one_or_all_sessions_of_a_member_can_be_revoked() {
    let peer = Peer::start().await;
    organization(&peer, "acme", json!({})).await;
    member(&peer, "acme", "ada@example.com").await;
    for name in ["member_session_id", "session_token", "session_jwt"] {
        let login = log_in(&peer, "acme", "ada@example.com").await;
        let value = if login[name].is_null() { &login["member_session"][name] } else { &login[name] };
        peer.post("/v1/b2b/sessions/revoke", json!({ name: value })).await.ok();
        authenticate(&peer, json!({ "session_token": login["session_token"] }))
            .await
            .rejected(404, "session_not_found");
    }
    let (one, other) =
        (log_in(&peer, "acme", "ada@example.com").await, log_in(&peer, "acme", "ada@example.com").await);
    peer.post("/v1/b2b/sessions/revoke", json!({ "member_id": one["member_id"] })).await.ok();
    for login in [one, other] {
        let token = json!({ "session_token": login["session_token"] });
        authenticate(&peer, token).await.rejected(404, "session_not_found");
    }
}

#[tokio::test]
async fn a_listed_session_has_the_current_roles_of_the_member() {
    let peer = Peer::start().await;
    organization(&peer, "acme", json!({})).await;
    let ada = text(&member(&peer, "acme", "ada@example.com").await["member_id"]);
    let path = format!("/v1/b2b/organizations/acme/members/{ada}");
    peer.put(&path, json!({ "roles": ["stytch_admin"] })).await.ok();
    let login = log_in(&peer, "acme", "ada@example.com").await;
    assert_eq!(login["member_session"]["roles"], json!(["stytch_member", "stytch_admin"]));
    peer.put(&path, json!({ "roles": [] })).await.ok();
    let list = format!("/v1/b2b/sessions?organization_id=acme&member_id={ada}");
    assert_eq!(peer.get(&list).await.ok()["member_sessions"][0]["roles"], json!(["stytch_member"]));
}

#[tokio::test]
async fn an_external_id_does_not_revoke_sessions() {
    let peer = Peer::start().await;
    for slug in ["acme", "globex"] {
        organization(&peer, slug, json!({})).await;
        let ada = member(&peer, slug, "ada@example.com").await;
        let path = format!("/v1/b2b/organizations/{slug}/members/{}", text(&ada["member_id"]));
        peer.put(&path, json!({ "external_id": "crm|1" })).await.ok();
    }
    peer.post("/v1/b2b/sessions/revoke", json!({ "member_id": "crm|1" }))
        .await
        .rejected(404, "member_not_found");
}

#[tokio::test]
async fn a_login_extends_the_session_in_its_request() {
    let peer = Peer::start().await;
    organization(&peer, "acme", json!({})).await;
    let token = session(&peer, "acme", "ada@example.com").await;
    let before = authenticate(&peer, json!({ "session_token": token })).await.ok();
    let body = json!({
        "organization_id": "acme", "email_address": "ada@example.com", "password": PASSWORD,
        "session_token": token,
    });
    let again = peer.post("/v1/b2b/passwords/authenticate", body.clone()).await.ok();
    let id = |login: &Value| login["member_session"]["member_session_id"].clone();
    assert_eq!(id(&again), id(&before));
    let mut stolen = body;
    stolen["session_token"] = session(&peer, "acme", "bob@example.com").await;
    let message = peer.post("/v1/b2b/passwords/authenticate", stolen).await.rejected(400, "bad_request");
    assert_eq!(message, "`session_token` belongs to another member.");
}

#[tokio::test]
async fn a_link_starts_a_session_if_the_given_one_belongs_to_another_member() {
    let peer = Peer::start().await;
    organization(&peer, "acme", json!({})).await;
    let bob = session(&peer, "acme", "bob@example.com").await;
    let ada = member(&peer, "acme", "ada@example.com").await;
    let to = json!({ "organization_id": "acme", "email_address": "ada@example.com" });
    for (send, use_it, name) in [
        ("magic_links/email/login_or_signup", "magic_links/authenticate", "magic_links_token"),
        ("passwords/email/reset/start", "passwords/email/reset", "password_reset_token"),
    ] {
        peer.post(&format!("/v1/b2b/{send}"), to.clone()).await.ok();
        let mut body = json!({ name: super::latest_token(&peer), "session_token": bob });
        if name == "password_reset_token" {
            body["password"] = json!(PASSWORD);
        }
        let login = peer.post(&format!("/v1/b2b/{use_it}"), body).await.ok();
        assert_eq!(login["member_session"]["member_id"], ada["member_id"], "{use_it}");
        assert_ne!(login["session_token"], bob, "{use_it}");
    }
    let still = authenticate(&peer, json!({ "session_token": bob })).await.ok();
    assert_eq!(still["member"]["email_address"], "bob@example.com");
}

#[tokio::test]
async fn a_session_is_exchanged_for_one_in_another_organization() {
    let peer = Peer::start().await;
    let other = organization(&peer, "globex", json!({})).await;
    organization(&peer, "acme", json!({})).await;
    let token = session(&peer, "acme", "ada@example.com").await;
    let exchange = |organization: &str| {
        peer.post(
            "/v1/b2b/sessions/exchange",
            json!({ "organization_id": organization, "session_token": token }),
        )
    };
    exchange("globex").await.rejected(404, "member_not_found");
    exchange("nothing").await.rejected(404, "organization_not_found");
    member(&peer, "globex", "ada@example.com").await;
    // A password belongs to one organization.
    let asked = exchange("globex").await.ok();
    assert_eq!((&asked["member_authenticated"], &asked["session_token"]), (&json!(false), &json!("")));
    assert_eq!(asked["primary_required"], json!({ "allowed_auth_methods": [] }));
    assert_eq!(asked["member_session"], Value::Null);
    let body = json!({
        "organization_id": "globex", "email_address": "ada@example.com", "password": PASSWORD,
        "intermediate_session_token": asked["intermediate_session_token"],
    });
    let done = peer.post("/v1/b2b/passwords/authenticate", body.clone()).await.ok();
    assert_eq!(done["member_session"]["organization_id"], other);
    peer.post("/v1/b2b/passwords/authenticate", body).await.rejected(404, "intermediate_session_not_found");

    // A factor that proves the address is valid in every organization.
    let link = json!({ "organization_id": "acme", "email_address": "ada@example.com" });
    peer.post("/v1/b2b/magic_links/email/login_or_signup", link).await.ok();
    let link = json!({ "magic_links_token": super::latest_token(&peer) });
    let login = peer.post("/v1/b2b/magic_links/authenticate", link).await.ok();
    let body = json!({ "organization_id": "globex", "session_jwt": login["session_jwt"] });
    let there = peer.post("/v1/b2b/sessions/exchange", body).await.ok();
    assert_eq!((&there["member_authenticated"], &there["primary_required"]), (&json!(true), &Value::Null));
    assert_eq!(there["intermediate_session_token"], "");
    let claims = claims(&text(&there["session_jwt"]));
    assert_eq!(claims["https://stytch.com/organization"]["slug"], "globex");
    let factor = &there["member_session"]["authentication_factors"][0]["email_factor"];
    assert_eq!(factor["email_address"], "ada@example.com");
}

#[tokio::test]
async fn a_factor_does_not_prove_an_address_that_the_member_got_later() {
    let peer = Peer::start().await;
    organization(&peer, "globex", json!({})).await;
    member(&peer, "globex", "victim@example.com").await;
    organization(&peer, "acme", json!({})).await;
    let created = json!({ "email_address": "eve@example.com" });
    let eve = peer.post("/v1/b2b/organizations/acme/members", created).await.ok()["member_id"].clone();
    let link = json!({ "organization_id": "acme", "email_address": "eve@example.com" });
    peer.post("/v1/b2b/magic_links/email/login_or_signup", link).await.ok();
    let link = json!({ "magic_links_token": super::latest_token(&peer) });
    let token = peer.post("/v1/b2b/magic_links/authenticate", link).await.ok()["session_token"].clone();
    let path = format!("/v1/b2b/organizations/acme/members/{}", text(&eve));
    peer.put(&path, json!({ "email_address": "victim@example.com" })).await.ok();

    let body = json!({ "organization_id": "globex", "session_token": token });
    let asked = peer.post("/v1/b2b/sessions/exchange", body).await.ok();
    assert_eq!((&asked["member_authenticated"], &asked["session_token"]), (&json!(false), &json!("")));
    let body = json!({ "organization_id": "acme", "session_token": token });
    let own = peer.post("/v1/b2b/sessions/exchange", body).await.ok();
    assert_eq!(
        (&own["member_authenticated"], &own["member"]["email_address_verified"]),
        (&json!(true), &json!(false))
    );
}

#[tokio::test]
async fn sessions_of_other_systems_are_not_supported() {
    let peer = Peer::start().await;
    for (path, body, status, error_type) in [
        (
            "migrate",
            json!({ "session_token": "x", "organization_id": "acme" }),
            400,
            "migrate_from_external_missing_userinfo",
        ),
        ("exchange_access_token", json!({ "access_token": "x" }), 404, "idp_access_token_not_found"),
        ("attest", json!({ "profile_id": "p", "token": "x" }), 404, "trusted_auth_token_profile_not_found"),
    ] {
        peer.post(&format!("/v1/b2b/sessions/{path}"), body).await.rejected(status, error_type);
        peer.post(&format!("/v1/b2b/sessions/{path}"), json!({})).await.rejected(400, "bad_request");
    }
}

#[tokio::test]
async fn only_endpoints_that_accept_a_session_check_it() {
    let peer = Peer::start().await;
    organization(&peer, "acme", json!({})).await;
    let nothing = json!("nothing");
    acting(&peer, &nothing, Method::GET, "/v1/b2b/organizations/acme", None).await.ok();
    let delete = acting(&peer, &nothing, Method::DELETE, "/v1/b2b/organizations/acme", None).await;
    delete.rejected(404, "session_not_found");
    // An empty header is ignored.
    acting(&peer, &json!(""), Method::DELETE, "/v1/b2b/organizations/acme", None).await.ok();
}
