//! The session cookie: verified locally, renewed when the API responds.

use crate::site::{ADA, PASSWORD, Site};

const ASK: &str = "/v1/sessions/authenticate";

#[tokio::test]
async fn a_session_is_recognised_without_a_call() {
    let site = Site::start().await;
    let mut ada = site.ada().await;
    for _ in 0..3 {
        ada.get("/account").await.says(200, "here, by the signature");
        site.pass(1);
    }
    assert_eq!(site.calls_to(ASK), 0);
}

#[tokio::test]
async fn the_cookie_is_renewed_after_a_response_of_the_api() {
    let site = Site::start().await;
    let mut ada = site.ada().await;
    let first = ada.cookies["session"].clone();
    site.pass(6);
    ada.get("/account").await.says(200, "by asking Stytch");
    assert_ne!(ada.cookies["session"], first);
    let account = ada.get("/account").await;
    account.says(200, "here, by the signature");
    account.says(200, ADA);
    assert_eq!(site.calls_to(ASK), 1);
}

#[tokio::test]
async fn a_session_lasts_a_day() {
    let site = Site::start().await;
    let mut ada = site.ada().await;
    site.pass(24 * 60 - 1);
    ada.get("/account").await.says(200, ADA);
    site.pass(6);
    assert_eq!(ada.get("/account").await.location(), "/login");
    assert!(!ada.is_logged_in(), "the cookie goes with the session");
}

#[tokio::test]
async fn a_forged_cookie_is_rejected_without_a_call() {
    let site = Site::start().await;
    let mut ada = site.ada().await;
    let jwt = ada.cookies["session"].clone();
    let (signed, _) = jwt.rsplit_once('.').unwrap();
    for forged in ["nonsense", "a.b.c", &format!("{signed}."), &format!("{signed}.AAAA")] {
        ada.cookies.insert("session".to_owned(), forged.to_owned());
        assert_eq!(ada.get("/account").await.location(), "/login", "{forged}");
        assert!(!ada.is_logged_in(), "{forged}");
    }
    assert_eq!(site.calls_to(ASK), 0);
}

#[tokio::test]
async fn over_https_cookies_are_bound_to_the_host() {
    // Every visitor checks after every response that all cookies are `Secure`, `HttpOnly` and `SameSite`.
    let site = Site::at("https://login.example.com").await;
    let mut ada = site.ada().await;
    ada.get("/account").await.says(200, ADA);
    let names: Vec<&str> = ada.cookies.keys().map(String::as_str).collect();
    assert_eq!(names, ["__Host-csrf", "__Host-session"]);
    let token = ada.get("/account").await.token();
    ada.post("/logout", &token, &[]).await;
    assert!(!ada.is_logged_in());
    ada.submit("/forgotten", &[("email", ADA)]).await;
    let link = site.emulator.outbox().pop().unwrap().link;
    assert!(link.starts_with("https://login.example.com/new-password?"));
}

#[tokio::test]
async fn two_browsers_have_two_sessions() {
    let site = Site::start().await;
    let (mut one, mut other) = (site.ada().await, site.visitor());
    other.submit("/login", &[("email", ADA), ("password", PASSWORD)]).await;
    let token = one.get("/account").await.token();
    one.post("/logout", &token, &[]).await;
    site.pass(6);
    other.get("/account").await.says(200, ADA);
}
