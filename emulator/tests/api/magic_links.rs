//! Magic links: links by email, invitations, and links that the application delivers itself.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use stytch_emulator::{Channel, Message, MessageKind};

use crate::support::{PASSWORD, Peer, Reply, text};

fn last(peer: &Peer) -> Message {
    peer.emulator.outbox().pop().expect("a message")
}

async fn authenticate(peer: &Peer, body: Value) -> Reply {
    peer.post("/v1/magic_links/authenticate", body).await
}

async fn send(peer: &Peer, path: &str, body: Value) -> Reply {
    peer.post(&format!("/v1/magic_links/email/{path}"), body).await
}

#[tokio::test]
async fn a_new_user_signs_up_and_logs_in_with_links() {
    let peer = Peer::start().await;
    let body = json!({
        "email": "ada@example.com", "login_magic_link_url": "https://example.com/login",
        "signup_magic_link_url": "https://example.com/signup?a=b#c", "login_template_id": "l", "signup_template_id": "s",
        "create_user_as_pending": true, "locale": "fr",
    });
    let sent = send(&peer, "login_or_create", body.clone()).await.ok();
    assert_eq!(sent["user_created"], true);
    let message = last(&peer);
    assert_eq!((message.channel, message.kind), (Channel::Email, MessageKind::Signup));
    assert_eq!((message.to.as_str(), message.code.as_deref()), ("ada@example.com", None));
    assert_eq!((message.template_id.as_deref(), message.locale.as_deref()), (Some("s"), Some("fr")));
    let expected =
        format!("https://example.com/signup?a=b&stytch_token_type=magic_links&token={}#c", message.token);
    assert_eq!(message.link, expected);
    let user = peer.get(&format!("/v1/users/{}", text(&sent["user_id"]))).await.ok();
    assert_eq!((&user["status"], &user["emails"][0]["verified"]), (&json!("pending"), &json!(false)));

    let login = json!({ "token": message.token, "session_duration_minutes": 60 });
    let response = authenticate(&peer, login.clone()).await.ok();
    assert_eq!((&response["user_id"], &response["method_id"]), (&sent["user_id"], &sent["email_id"]));
    assert_eq!((&response["user"]["status"], &response["reset_sessions"]), (&json!("active"), &json!(false)));
    assert_eq!(response["user"]["emails"][0]["verified"], true);
    let factor = &response["session"]["authentication_factors"][0];
    assert_eq!((&factor["type"], &factor["delivery_method"]), (&json!("magic_link"), &json!("email")));
    assert_eq!(factor["email_factor"]["email_id"], sent["email_id"]);
    authenticate(&peer, login).await.rejected(401, "unable_to_auth_magic_link");

    let again = send(&peer, "login_or_create", body).await.ok();
    assert_eq!((&again["user_created"], &again["user_id"]), (&json!(false), &sent["user_id"]));
    let message = last(&peer);
    assert_eq!((message.kind, message.template_id.as_deref()), (MessageKind::Login, Some("l")));
    assert!(message.link.starts_with("https://example.com/login?stytch_token_type=magic_links&token="));
    authenticate(&peer, json!({ "token": message.token })).await.ok();
}

#[tokio::test]
async fn sending_a_link_needs_an_existing_user() {
    let peer = Peer::start().await;
    send(&peer, "send", json!({ "email": "ada@example.com" })).await.rejected(404, "email_not_found");
    send(&peer, "send", json!({ "email": "ada" })).await.rejected(400, "invalid_email");
    peer.post("/v1/users", json!({ "email": "ada@example.com" })).await.ok();
    send(&peer, "send", json!({ "email": "ADA@example.com" })).await.ok();
    let message = last(&peer);
    assert_eq!((message.to.as_str(), message.kind), ("ada@example.com", MessageKind::Login));
    assert!(
        message.link.starts_with("http://localhost:3000/authenticate?stytch_token_type=magic_links&token=")
    );
    for name in ["login_magic_link_url", "signup_magic_link_url"] {
        let body = json!({ "email": "ada@example.com", name: "not a url" });
        send(&peer, "send", body).await.rejected(400, &format!("invalid_{name}"));
    }
}

/// The address is added to the user when its owner uses the link, and not before.
#[tokio::test]
async fn a_user_gets_another_address_with_a_link() {
    let peer = Peer::start().await;
    let ada = json!({ "email": "ada@example.com", "password": PASSWORD, "session_duration_minutes": 60 });
    let ada = peer.post("/v1/passwords", ada).await.ok();
    for (selection, address) in [
        (json!({ "user_id": ada["user_id"] }), "second@example.com"),
        (json!({ "session_token": ada["session_token"] }), "third@example.com"),
        (json!({ "session_jwt": ada["session_jwt"] }), "fourth@example.com"),
    ] {
        let mut body = selection;
        body["email"] = address.into();
        let sent = send(&peer, "send", body).await.ok();
        assert_eq!(sent["user_id"], ada["user_id"]);
        let path = format!("/v1/users/{}", text(&ada["user_id"]));
        assert!(!peer.get(&path).await.ok()["emails"].to_string().contains(address), "{address}");
        let login = json!({ "token": last(&peer).token, "session_token": ada["session_token"], "session_duration_minutes": 60 });
        let response = authenticate(&peer, login).await.ok();
        let emails = response["user"]["emails"].as_array().expect("a list").clone();
        let added = emails.last().expect("an address");
        assert_eq!((&added["email"], &added["verified"]), (&json!(address), &json!(true)));
        assert_eq!((&added["email_id"], &response["method_id"]), (&sent["email_id"], &sent["email_id"]));
    }
    peer.post("/v1/users", json!({ "email": "bob@example.com" })).await.ok();
    let body = json!({ "email": "bob@example.com", "user_id": ada["user_id"] });
    send(&peer, "send", body).await.rejected(400, "duplicate_email");
    let body =
        json!({ "email": "x@example.com", "user_id": ada["user_id"], "session_token": ada["session_token"] });
    send(&peer, "send", body).await.rejected(400, "too_many_user_selection_arguments");
    let body = json!({ "email": "x@example.com", "user_id": "nobody" });
    send(&peer, "send", body).await.rejected(404, "user_not_found");
}

/// Two users have started to add the same address. The user who uses the link first gets the address.
#[tokio::test]
async fn an_address_belongs_to_one_user() {
    let peer = Peer::start().await;
    let mut tokens = Vec::new();
    for email in ["ada@example.com", "bob@example.com"] {
        let user = peer.post("/v1/users", json!({ "email": email })).await.ok();
        send(&peer, "send", json!({ "email": "shared@example.com", "user_id": user["user_id"] })).await.ok();
        tokens.push(last(&peer).token);
    }
    authenticate(&peer, json!({ "token": tokens[1] })).await.ok();
    authenticate(&peer, json!({ "token": tokens[0] })).await.rejected(400, "duplicate_email");
}

#[tokio::test]
async fn an_invitation_can_be_sent_again_revoked_and_accepted() {
    let peer = Peer::start().await;
    let body = json!({
        "email": "ada@example.com", "invite_magic_link_url": "https://example.com/invite", "invite_template_id": "t",
        "name": { "first_name": "Ada" }, "trusted_metadata": { "plan": "pro" }, "untrusted_metadata": { "theme": "dark" },
    });
    let invited = send(&peer, "invite", body.clone()).await.ok();
    let first = last(&peer);
    assert_eq!((first.kind, first.template_id.as_deref()), (MessageKind::Invite, Some("t")));
    assert!(first.link.starts_with("https://example.com/invite?stytch_token_type=magic_links&token="));
    let user = peer.get(&format!("/v1/users/{}", text(&invited["user_id"]))).await.ok();
    assert_eq!((&user["status"], &user["trusted_metadata"]), (&json!("pending"), &json!({ "plan": "pro" })));
    assert_eq!(user["name"]["first_name"], "Ada");

    assert_eq!(send(&peer, "invite", body.clone()).await.ok()["user_id"], invited["user_id"]);
    let second = last(&peer);
    send(&peer, "revoke_invite", json!({ "email": "ada@example.com" })).await.ok();
    for message in [&first, &second] {
        authenticate(&peer, json!({ "token": message.token }))
            .await
            .rejected(401, "unable_to_auth_magic_link");
    }
    send(&peer, "revoke_invite", json!({ "email": "ada@example.com" })).await.rejected(404, "user_not_found");
    send(&peer, "revoke_invite", json!({ "email": "bob@example.com" }))
        .await
        .rejected(404, "email_not_found");

    send(&peer, "invite", body.clone()).await.ok();
    // An invitation is valid for one week.
    peer.emulator.advance(Duration::from_secs(7 * 24 * 3600 - 1));
    let accepted = authenticate(&peer, json!({ "token": last(&peer).token })).await.ok();
    assert_eq!(accepted["user"]["status"], "active");
    send(&peer, "invite", body).await.rejected(400, "duplicate_email");
    let body = json!({ "email": "eve@example.com", "invite_magic_link_url": "invite" });
    send(&peer, "invite", body).await.rejected(400, "invalid_invite_magic_link_url");
}

#[tokio::test]
async fn an_embeddable_link_does_not_verify_an_address() {
    let peer = Peer::start().await;
    let user =
        peer.post("/v1/users", json!({ "email": "ada@example.com", "external_id": "crm-1" })).await.ok();
    let created =
        peer.post("/v1/magic_links", json!({ "user_id": "crm-1", "expiration_minutes": 5 })).await.ok();
    assert_eq!(created["user_id"], user["user_id"]);
    assert!(peer.emulator.outbox().is_empty());
    let login = json!({ "token": created["token"], "session_duration_minutes": 60 });
    let response = authenticate(&peer, login.clone()).await.ok();
    assert_eq!(response["user"]["emails"][0]["verified"], false);
    let factor = &response["session"]["authentication_factors"][0];
    assert_eq!((&factor["type"], &factor["delivery_method"]), (&json!("magic_link"), &json!("embedded")));
    assert_eq!(factor["embeddable_magic_link_factor"]["embedded_id"], response["method_id"]);
    authenticate(&peer, login).await.rejected(401, "unable_to_auth_magic_link");

    peer.post("/v1/magic_links", json!({ "user_id": "nobody" })).await.rejected(404, "user_not_found");
    let created = peer.post("/v1/magic_links", json!({ "user_id": "crm-1" })).await.ok();
    let login = json!({ "token": created["token"], "code_verifier": "x" });
    authenticate(&peer, login).await.rejected(400, "pkce_did_not_expect_code_verifier");
}

#[tokio::test]
async fn a_link_expires() {
    let peer = Peer::start().await;
    for (minutes, seconds) in [(json!(5), 300), (Value::Null, 3600)] {
        let mut body = json!({ "email": "ada@example.com" });
        if !minutes.is_null() {
            body["login_expiration_minutes"] = minutes.clone();
            body["signup_expiration_minutes"] = minutes;
        }
        for (wait, status) in [(seconds - 1, 200), (seconds, 401)] {
            send(&peer, "login_or_create", body.clone()).await.ok();
            peer.emulator.advance(Duration::from_secs(wait));
            assert_eq!(
                authenticate(&peer, json!({ "token": last(&peer).token })).await.status,
                status,
                "after {wait} s"
            );
        }
    }
    for minutes in [4, 10_081] {
        let body = json!({ "email": "ada@example.com", "login_expiration_minutes": minutes });
        send(&peer, "send", body).await.rejected(400, "bad_request");
    }
}

#[tokio::test]
async fn a_flow_with_a_challenge_needs_its_verifier() {
    let peer = Peer::start().await;
    let verifier = "a verifier that only the browser knows, long enough";
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
    let body = json!({ "email": "ada@example.com", "code_challenge": challenge });
    send(&peer, "login_or_create", body).await.ok();
    let token = last(&peer).token;
    let login = |verifier: &str| json!({ "token": token, "code_verifier": verifier });
    authenticate(&peer, json!({ "token": token })).await.rejected(400, "pkce_expected_code_verifier");
    authenticate(&peer, login("another")).await.rejected(400, "pkce_mismatch");
    authenticate(&peer, login(verifier)).await.ok();
    let body = json!({ "email": "ada@example.com", "code_challenge": "short" });
    send(&peer, "send", body).await.rejected(400, "invalid_pkce_code_challenge");
}

#[tokio::test]
async fn attributes_must_match_if_the_options_require_it() {
    let peer = Peer::start().await;
    let attributes = json!({ "ip_address": "192.0.2.1", "user_agent": "test" });
    send(&peer, "login_or_create", json!({ "email": "ada@example.com", "attributes": attributes }))
        .await
        .ok();
    let login = |ip: &str, user_agent: &str, options: Value| {
        let attributes = json!({ "ip_address": ip, "user_agent": user_agent });
        json!({ "token": last(&peer).token, "attributes": attributes, "options": options })
    };
    for (ip, user_agent, option) in
        [("192.0.2.2", "test", "ip_match_required"), ("192.0.2.1", "other", "user_agent_match_required")]
    {
        let body = login(ip, user_agent, json!({ option: true }));
        authenticate(&peer, body).await.rejected(401, "attribute_mismatch");
    }
    authenticate(&peer, login("192.0.2.2", "test", json!({ "user_agent_match_required": true }))).await.ok();
}

/// A token of one kind is not valid as another kind.
#[tokio::test]
async fn a_password_reset_token_is_not_a_magic_link() {
    let peer = Peer::start().await;
    send(&peer, "login_or_create", json!({ "email": "ada@example.com" })).await.ok();
    let reset = json!({ "token": last(&peer).token, "password": PASSWORD });
    peer.post("/v1/passwords/email/reset", reset).await.rejected(401, "unable_to_auth_password_reset_token");
    peer.post("/v1/passwords/email/reset/start", json!({ "email": "ada@example.com" })).await.ok();
    authenticate(&peer, json!({ "token": last(&peer).token }))
        .await
        .rejected(401, "unable_to_auth_magic_link");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_of_many_logins_with_a_link_succeeds() {
    let peer = std::sync::Arc::new(Peer::start().await);
    send(&peer, "login_or_create", json!({ "email": "ada@example.com" })).await.ok();
    let token = last(&peer).token;
    let logins: Vec<_> = (0..20)
        .map(|_| {
            let (peer, token) = (std::sync::Arc::clone(&peer), token.clone());
            tokio::spawn(async move { authenticate(&peer, json!({ "token": token })).await.status })
        })
        .collect();
    let mut succeeded = 0;
    for login in logins {
        match login.await.expect("no panic") {
            200 => succeeded += 1,
            status => assert_eq!(status, 401),
        }
    }
    assert_eq!(succeeded, 1);
}
