//! Sessions: tokens and JWTs, extension, expiry and revocation.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use reqwest::Method;
use serde_json::{Value, json};

use crate::jwts::{claims, verified};
use crate::support::{PASSWORD, Peer, reply, start, text};

async fn session(peer: &Peer, email: &str) -> Value {
    let body = json!({ "email": email, "password": PASSWORD, "session_duration_minutes": 60 });
    peer.post("/v1/passwords", body).await.ok()
}

async fn authenticate(peer: &Peer, body: Value) -> crate::support::Reply {
    peer.post("/v1/sessions/authenticate", body).await
}

#[tokio::test]
async fn the_published_key_verifies_the_jwt() {
    let peer = Peer::start().await;
    let created = session(&peer, "ada@example.com").await;
    let claims = verified(&peer, &created["session_jwt"]).await;
    assert_eq!(claims["sub"], created["user_id"]);
    reply(peer.anonymous(Method::GET, "/v1/sessions/jwks/project-test-other"))
        .await
        .rejected(404, "project_not_found");
}

#[tokio::test]
async fn a_jwt_has_the_claims_of_stytch() {
    let peer = Peer::with(stytch_emulator::Emulator::builder().strict(true).start_at(start())).await;
    let body = json!({
        "email": "ada@example.com", "password": PASSWORD, "session_duration_minutes": 60,
        "session_custom_claims": { "tier": "gold", "sub": "somebody else", "exp": 1 },
    });
    let created = peer.post("/v1/passwords", body).await.ok();
    let claims = claims(&text(&created["session_jwt"]));
    let now = 1_767_225_600;
    let project = peer.emulator.project_id();
    assert_eq!(claims["iss"], format!("stytch.com/{project}"));
    assert_eq!(claims["aud"], json!([project]));
    assert_eq!(claims["sub"], created["user_id"]);
    assert_eq!(
        (&claims["iat"], &claims["nbf"], &claims["exp"]),
        (&json!(now), &json!(now), &json!(now + 300))
    );
    assert_eq!(claims["tier"], "gold");
    let inner = &claims["https://stytch.com/session"];
    assert_eq!(inner["id"], created["session"]["session_id"]);
    assert_eq!(inner["expires_at"], "2026-01-01T01:00:00Z");
    assert_eq!(inner["authentication_factors"], created["session"]["authentication_factors"]);
    assert_eq!(inner["roles"], json!(["stytch_user"]));
}

#[tokio::test]
async fn a_token_and_a_jwt_identify_the_same_session() {
    let peer = Peer::start().await;
    let created = session(&peer, "ada@example.com").await;
    let by_token = authenticate(&peer, json!({ "session_token": created["session_token"] })).await.ok();
    let by_jwt = authenticate(&peer, json!({ "session_jwt": created["session_jwt"] })).await.ok();
    for response in [&by_token, &by_jwt] {
        assert_eq!(response["session"]["session_id"], created["session"]["session_id"]);
        assert_eq!(response["session_token"], created["session_token"]);
        assert_eq!(response["user"], created["user"]);
        assert_eq!(response["session"]["expires_at"], created["session"]["expires_at"]);
    }
}

#[tokio::test]
async fn an_expired_jwt_is_exchanged_while_the_session_is_active() {
    let peer = Peer::with(stytch_emulator::Emulator::builder().start_at(start())).await;
    let created = session(&peer, "ada@example.com").await;
    let jwt = &created["session_jwt"];
    peer.emulator.advance(Duration::from_secs(59 * 60));
    let renewed = authenticate(&peer, json!({ "session_jwt": jwt })).await.ok();
    assert_eq!(claims(&text(&renewed["session_jwt"]))["iat"], 1_767_225_600 + 59 * 60);
    peer.emulator.advance(Duration::from_secs(60));
    authenticate(&peer, json!({ "session_jwt": jwt })).await.rejected(404, "session_not_found");
    authenticate(&peer, json!({ "session_token": created["session_token"] }))
        .await
        .rejected(404, "session_not_found");
}

#[tokio::test]
async fn a_duration_extends_the_session_and_claims_are_merged() {
    let peer = Peer::with(stytch_emulator::Emulator::builder().start_at(start())).await;
    let created = session(&peer, "ada@example.com").await;
    let token = &created["session_token"];
    let extended = authenticate(&peer, json!({
        "session_token": token, "session_duration_minutes": 120, "session_custom_claims": { "a": 1, "b": { "c": null } },
    }))
    .await
    .ok();
    assert_eq!(extended["session"]["expires_at"], "2026-01-01T02:00:00Z");
    let changed = authenticate(
        &peer,
        json!({ "session_token": token, "session_custom_claims": { "a": null, "d": 2 } }),
    );
    assert_eq!(changed.await.ok()["session"]["custom_claims"], json!({ "b": { "c": null }, "d": 2 }));
    let large = "x".repeat(4096);
    let rejected =
        authenticate(&peer, json!({ "session_token": token, "session_custom_claims": { "e": large } }));
    rejected.await.rejected(400, "custom_claims_too_large");
}

#[tokio::test]
async fn a_login_extends_the_session_in_its_request() {
    let peer = Peer::start().await;
    let created = session(&peer, "ada@example.com").await;
    let login = json!({
        "email": "ada@example.com", "password": PASSWORD,
        "session_token": created["session_token"], "session_duration_minutes": 5,
    });
    let again = peer.post("/v1/passwords/authenticate", login.clone()).await.ok();
    assert_eq!(again["session"]["session_id"], created["session"]["session_id"]);
    assert_eq!(again["session"]["authentication_factors"].as_array().map(Vec::len), Some(1));

    let other = session(&peer, "bob@example.com").await;
    let mut stolen = login.clone();
    stolen["session_token"] = other["session_token"].clone();
    let message = peer.post("/v1/passwords/authenticate", stolen).await.rejected(400, "bad_request");
    assert_eq!(message, "`session_token` belongs to another user.");
    let mut both = login;
    both["session_jwt"] = created["session_jwt"].clone();
    peer.post("/v1/passwords/authenticate", both).await.rejected(400, "too_many_session_arguments");
}

#[tokio::test]
async fn the_sessions_of_a_user_are_listed() {
    let peer = Peer::start().await;
    let created = session(&peer, "ada@example.com").await;
    let login = json!({ "email": "ada@example.com", "password": PASSWORD, "session_duration_minutes": 10 });
    peer.post("/v1/passwords/authenticate", login).await.ok();
    session(&peer, "bob@example.com").await;
    let get = |id: &str| reply(peer.request(Method::GET, &format!("/v1/sessions?user_id={id}")));
    let user_id = text(&created["user_id"]);
    assert_eq!(get(&user_id).await.ok()["sessions"].as_array().map(Vec::len), Some(2));
    peer.emulator.advance(Duration::from_secs(10 * 60));
    assert_eq!(get(&user_id).await.ok()["sessions"], json!([created["session"]]));
    get("user-test-nobody").await.rejected(404, "user_not_found");
    let message = reply(peer.request(Method::GET, "/v1/sessions")).await.rejected(400, "bad_request");
    assert_eq!(message, "`user_id` is required.");
    let twice = reply(peer.request(Method::GET, "/v1/sessions?user_id=a&user_id=b")).await;
    assert_eq!(twice.rejected(400, "bad_request"), "`user_id` is given twice.");
}

#[tokio::test]
async fn a_revoked_session_has_ended() {
    let peer = Peer::start().await;
    for name in ["session_id", "session_token", "session_jwt"] {
        let created = session(&peer, &format!("{name}@example.com")).await;
        let value = if name == "session_id" { &created["session"][name] } else { &created[name] };
        let revoke = || peer.post("/v1/sessions/revoke", json!({ name: value }));
        revoke().await.ok();
        revoke().await.rejected(404, "session_not_found");
        let token = json!({ "session_token": created["session_token"] });
        authenticate(&peer, token).await.rejected(404, "session_not_found");
        let jwt = json!({ "session_jwt": created["session_jwt"] });
        authenticate(&peer, jwt).await.rejected(404, "session_not_found");
    }
}

#[tokio::test]
async fn a_request_needs_exactly_one_session() {
    let peer = Peer::start().await;
    let both = json!({ "session_token": "a", "session_jwt": "b" });
    authenticate(&peer, json!({})).await.rejected(400, "no_session_arguments");
    authenticate(&peer, both.clone()).await.rejected(400, "too_many_session_arguments");
    authenticate(&peer, json!({ "session_token": "a" })).await.rejected(404, "session_not_found");
    authenticate(&peer, json!({ "session_token": "a", "authorization_check": {} }))
        .await
        .rejected(400, "bad_request");
    let revoke = |body| peer.post("/v1/sessions/revoke", body);
    revoke(json!({})).await.rejected(400, "no_session_revoke_arguments");
    revoke(both).await.rejected(400, "too_many_session_revoke_arguments");
    revoke(json!({ "session_id": "a" })).await.rejected(404, "session_not_found");
}

#[tokio::test]
async fn a_forged_jwt_is_rejected() {
    let peer = Peer::start().await;
    let jwt = text(&session(&peer, "ada@example.com").await["session_jwt"]);
    let (signed, signature) = jwt.rsplit_once('.').expect("a signature");
    let (header, _) = signed.split_once('.').expect("a header");
    let mut claims = claims(&jwt);
    claims["sub"] = json!("user-test-somebody-else");
    let forged = format!("{header}.{}.{signature}", URL_SAFE_NO_PAD.encode(claims.to_string()));
    let unsigned = URL_SAFE_NO_PAD.encode(json!({ "alg": "none", "typ": "JWT" }).to_string());
    let unsigned = format!("{unsigned}.{}.", URL_SAFE_NO_PAD.encode(claims.to_string()));
    for bad in [forged.as_str(), &unsigned, signed, "", "..", "a.b.c"] {
        authenticate(&peer, json!({ "session_jwt": bad })).await.rejected(400, "unable_to_parse_session_jwt");
    }
    // Every emulator has the same key, but accepts only JWTs for its project.
    let other = Peer::with(stytch_emulator::Emulator::builder().project_id("project-test-other")).await;
    authenticate(&other, json!({ "session_jwt": jwt })).await.rejected(400, "unable_to_parse_session_jwt");
}

#[tokio::test]
async fn sessions_of_other_systems_are_not_supported() {
    let peer = Peer::start().await;
    let all = json!({ "session_duration_minutes": 60, "session_custom_claims": {}, "telemetry_id": "t" });
    let with = |fields: Value| {
        let mut body = all.clone();
        body.as_object_mut().expect("an object").extend(fields.as_object().expect("an object").clone());
        body
    };
    for (path, body, status, error_type) in [
        ("migrate", with(json!({ "session_token": "x" })), 400, "migrate_from_external_missing_userinfo"),
        ("exchange_access_token", with(json!({ "access_token": "x" })), 404, "idp_access_token_not_found"),
        (
            "attest",
            with(json!({ "profile_id": "p", "token": "x" })),
            404,
            "trusted_auth_token_profile_not_found",
        ),
    ] {
        peer.post(&format!("/v1/sessions/{path}"), body).await.rejected(status, error_type);
        peer.post(&format!("/v1/sessions/{path}"), all.clone()).await.rejected(400, "bad_request");
    }
}
