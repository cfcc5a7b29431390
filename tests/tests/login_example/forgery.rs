//! Forms of other sites, and requests that our pages do not make.

use crate::site::{ADA, PASSWORD, Site};

const LOGIN: &[(&str, &str)] = &[("email", ADA), ("password", PASSWORD)];

#[tokio::test]
async fn every_post_needs_its_token() {
    let site = Site::start().await;
    let mut ada = site.ada().await;
    let good = ada.get("/account").await.token();
    let foreign = site.visitor().get("/login").await.token();
    let cut = &good[..good.len() - 1];
    for path in ["/login", "/sign-up", "/logout", "/forgotten", "/new-password"] {
        for token in ["", "nonsense", cut, &foreign] {
            ada.post(path, token, LOGIN).await.says(403, "That did not come through");
        }
    }
    for token in ["", "nonsense", &foreign] {
        ada.ask_strength(token, ADA, PASSWORD).await.says(403, "That did not come through");
    }
    assert!(ada.is_logged_in(), "the forged logout has logged nobody out");
    assert_eq!(site.emulator.requests().len(), 2, "the sign-up, and the key of its session");
}

#[tokio::test]
async fn a_token_without_its_cookie_is_rejected() {
    let site = Site::start().await;
    let mut ada = site.visitor();
    let token = ada.get("/login").await.token();
    ada.cookies.clear();
    ada.post("/login", &token, LOGIN).await.says(403, "That did not come through");
}

#[tokio::test]
async fn a_token_from_before_the_login_is_rejected_after_it() {
    let site = Site::start().await;
    let mut ada = site.visitor();
    let before = ada.get("/sign-up").await.token();
    ada.post("/sign-up", &before, LOGIN).await;
    assert!(ada.is_logged_in());
    ada.post("/logout", &before, &[]).await.says(403, "That did not come through");
    assert!(ada.is_logged_in());
}

#[tokio::test]
async fn cross_site_requests_are_rejected() {
    let site = Site::start().await;
    site.ada().await;
    let mut ada = site.visitor();
    let token = ada.get("/login").await.token();
    for elsewhere in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example.com"),
        ("origin", "null"),
    ] {
        let reply = ada.post_with("/login", &token, LOGIN, elsewhere).await;
        reply.says(403, "That did not come through");
    }
    let own = ada.post_with("/login", &token, LOGIN, ("sec-fetch-site", "same-origin")).await;
    assert_eq!(own.location(), "/account");
}

#[tokio::test]
async fn a_form_has_a_size_limit() {
    let site = Site::start().await;
    let mut ada = site.visitor();
    let token = ada.get("/login").await.token();
    let long = "x".repeat(17 * 1024);
    let reply = ada.post("/login", &token, &[("email", ADA), ("password", &long)]).await;
    reply.says(413, "more than a form can hold");
    ada.ask_strength(&token, ADA, &long).await.says(413, "more than a form can hold");
    assert_eq!(site.emulator.requests().len(), 0);
}

#[tokio::test]
async fn unknown_pages_are_not_found() {
    let site = Site::start().await;
    let mut somebody = site.visitor();
    somebody.get("/admin").await.says(404, "There is no such page.");
    assert_eq!(somebody.get("/logout").await.status, 405);
    assert_eq!(somebody.get("/password-strength").await.status, 405);
    for (path, content_type) in
        [("style.css", "text/css"), ("strength.js", "text/javascript"), ("icon.svg", "image/svg+xml")]
    {
        let file = somebody.get(&format!("/assets/{path}")).await;
        assert_eq!(file.status, 200);
        assert!(file.headers["content-type"].to_str().unwrap().starts_with(content_type), "{path}");
    }
}
