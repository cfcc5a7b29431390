//! Outages of Stytch: the messages are clear, and no user is logged out.

use stytch_emulator::Fault;

use crate::site::{ADA, PASSWORD, Site};

const LOGIN: &[(&str, &str)] = &[("email", ADA), ("password", PASSWORD)];

#[tokio::test]
async fn a_failing_api_is_not_reported_as_a_wrong_password() {
    let site = Site::start().await;
    site.ada().await;
    let mut ada = site.visitor();
    for path in ["/login", "/sign-up", "/forgotten"] {
        site.emulator.fail_next(Fault::status(500)).unwrap();
        ada.submit(path, LOGIN).await.says(503, "cannot look after logins just now");
        site.emulator.fail_next(Fault::dropped()).unwrap();
        ada.submit(path, LOGIN).await.says(503, "cannot look after logins just now");
        site.emulator.fail_next(Fault::status(429).times(3)).unwrap();
        ada.submit(path, LOGIN).await.says(429, "Too many tries");
    }
    assert_eq!(ada.submit("/login", LOGIN).await.location(), "/account");
}

#[tokio::test]
async fn a_failing_api_logs_no_user_out() {
    let site = Site::start().await;
    let mut ada = site.ada().await;
    // Three attempts for the keys, and one for the session.
    site.emulator.fail_next(Fault::raw(502, "text/html", "<h1>Bad gateway</h1>").times(4)).unwrap();
    ada.get("/account").await.says(503, "cannot look after logins just now");
    assert!(ada.is_logged_in());
    site.pass(1);
    ada.get("/account").await.says(200, ADA);
}

#[tokio::test]
async fn a_logout_works_while_the_api_does_not() {
    let site = Site::start().await;
    let mut ada = site.ada().await;
    let token = ada.get("/account").await.token();
    site.emulator.fail_next(Fault::status(500).times(10)).unwrap();
    assert_eq!(ada.post("/logout", &token, &[]).await.location(), "/login");
    assert!(!ada.is_logged_in());
}

#[tokio::test]
async fn a_failed_strength_check_is_not_a_page() {
    let site = Site::start().await;
    let mut ada = site.visitor();
    let token = ada.get("/sign-up").await.token();
    site.emulator.fail_next(Fault::status(500).times(10)).unwrap();
    let reply = ada.ask_strength(&token, ADA, PASSWORD).await;
    assert_eq!((reply.status.as_u16(), reply.body.as_str()), (503, ""));
}

#[tokio::test]
async fn a_response_without_a_session_logs_no_user_in() {
    let site = Site::start().await;
    site.ada().await;
    let mut ada = site.visitor();
    let body = r#"{"status_code":200,"request_id":"r","user_id":"u","session_token":"","session_jwt":""}"#;
    site.emulator
        .fail_next(Fault::raw(200, "application/json", body).on("/v1/passwords/authenticate"))
        .unwrap();
    ada.submit("/login", LOGIN).await.says(502, "cannot look after logins just now");
    assert!(!ada.is_logged_in());
}
