//! Signing up, logging in, logging out, and the messages of failures.

use serde_json::json;

use crate::site::{ADA, PASSWORD, Site, WEAK_PASSWORD};

#[tokio::test]
async fn a_new_user_is_logged_in_at_once() {
    let site = Site::start().await;
    let mut ada = site.ada().await;
    let account = ada.get("/account").await;
    account.says(200, "Hello, <strong>ada@example.com</strong>");
    account.says(200, "a password");
    assert_eq!(site.visitor().get("/account").await.location(), "/login", "nobody else sees it");
    assert_eq!(ada.get("/").await.location(), "/account");
}

#[tokio::test]
async fn a_logout_ends_the_session_here_and_there() {
    let site = Site::start().await;
    let mut ada = site.ada().await;
    let token = ada.get("/account").await.token();
    let before = ada.cookies.clone();
    assert_eq!(ada.post("/logout", &token, &[]).await.location(), "/login");
    assert!(!ada.is_logged_in());
    assert_eq!(ada.get("/account").await.location(), "/login");
    // A kept cookie can be used only until the JWT expires.
    ada.cookies = before;
    site.pass(6);
    assert_eq!(ada.get("/account").await.location(), "/login");
}

#[tokio::test]
async fn a_logout_without_a_session_is_no_mistake() {
    let site = Site::start().await;
    let mut somebody = site.visitor();
    let token = somebody.get("/login").await.token();
    assert_eq!(somebody.post("/logout", &token, &[]).await.location(), "/login");
    assert_eq!(site.calls_to("/v1/sessions/revoke"), 0);
}

#[tokio::test]
async fn the_right_password_logs_in() {
    let site = Site::start().await;
    site.ada().await;
    let mut ada = site.visitor();
    let reply = ada.submit("/login", &[("email", " ada@example.com "), ("password", PASSWORD)]).await;
    assert_eq!(reply.location(), "/account");
    ada.get("/account").await.says(200, ADA);
}

#[tokio::test]
async fn a_rejected_login_does_not_show_who_has_an_account() {
    let site = Site::start().await;
    site.ada().await;
    site.emulator.add_breached_credentials("grace@example.com", "another fine line of words").unwrap();
    let mut stranger = site.visitor();
    let mut pages = Vec::new();
    for (email, password) in [
        (ADA, "wrong password"),
        ("nobody@example.com", "wrong password"),
        ("no address", "wrong password"),
        ("", "wrong password"),
    ] {
        let reply = stranger.submit("/login", &[("email", email), ("password", password)]).await;
        reply.says(401, "do not go together");
        let without_address = reply.body.replace(&format!("value=\"{email}\""), "value=\"\"");
        pages.push(without_address);
    }
    site.emulator.add_breached_password(PASSWORD).unwrap();
    let reply = stranger.submit("/login", &[("email", ADA), ("password", PASSWORD)]).await;
    reply.says(401, "the password has to be renewed");
    pages.push(reply.body.replace(&format!("value=\"{ADA}\""), "value=\"\""));
    assert!(pages.iter().all(|page| *page == pages[0]), "{pages:#?}");
}

#[tokio::test]
async fn a_rejected_sign_up_says_what_to_change() {
    let site = Site::start().await;
    site.ada().await;
    let mut grace = site.visitor();
    for (email, password, status, words) in [
        (ADA, PASSWORD, 409, "has an account already"),
        ("grace", PASSWORD, 422, "does not look like an email address"),
        ("grace@example.com", WEAK_PASSWORD, 422, "could be guessed"),
        ("grace@example.com", "Tr0ub4dour&3-breached", 422, "known to thieves"),
    ] {
        let reply = grace.submit("/sign-up", &[("email", email), ("password", password)]).await;
        reply.says(status, words);
        reply.says(status, &format!("value=\"{email}\""));
        assert!(!grace.is_logged_in());
    }
}

#[tokio::test]
async fn strength_is_shown_while_typing() {
    let site = Site::start().await;
    let mut ada = site.visitor();
    let token = ada.get("/sign-up").await.token();
    let weak = ada.ask_strength(&token, "", WEAK_PASSWORD).await.json();
    assert_eq!((&weak["score"], &weak["accepted"]), (&json!(0), &json!(false)));
    assert!(!weak["advice"].as_array().unwrap().is_empty());
    let breached = ada.ask_strength(&token, "", "Tr0ub4dour&3-breached").await.json();
    assert_eq!(breached["accepted"], json!(false));
    assert!(breached["advice"][0].as_str().unwrap().contains("breach"), "{breached}");
    let good = ada.ask_strength(&token, ADA, PASSWORD).await.json();
    assert_eq!((&good["score"], &good["accepted"], &good["advice"]), (&json!(4), &json!(true), &json!([])));
}

#[tokio::test]
async fn user_input_does_not_become_markup() {
    let site = Site::start().await;
    let mut mallory = site.visitor();
    let email = "\"><script>alert(1)</script>@example.com";
    for (path, status) in [("/login", 401), ("/sign-up", 422)] {
        let reply = mallory.submit(path, &[("email", email), ("password", PASSWORD)]).await;
        reply.says(status, "value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;@example.com\"");
    }
}
