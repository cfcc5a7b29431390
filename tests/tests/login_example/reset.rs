//! A new password by email.

use crate::site::{ADA, NEW_PASSWORD, PASSWORD, Site, WEAK_PASSWORD};
use crate::visitor::Visitor;

/// Requests an email, and returns the link in it, without the host.
async fn mailed_link(site: &Site, visitor: &mut Visitor) -> String {
    visitor.submit("/forgotten", &[("email", ADA)]).await.says(200, "on its way");
    let link = site.emulator.outbox().pop().unwrap().link;
    link.strip_prefix("http://127.0.0.1:3000").unwrap().to_owned()
}

async fn log_in(site: &Site, password: &str) -> u16 {
    let mut visitor = site.visitor();
    visitor.submit("/login", &[("email", ADA), ("password", password)]).await.status.as_u16()
}

#[tokio::test]
async fn the_link_from_the_mail_changes_the_password() {
    let site = Site::start().await;
    let mut old = site.ada().await;
    let mut ada = site.visitor();
    let link = mailed_link(&site, &mut ada).await;
    let opened = ada.get(&link).await;
    assert_eq!(opened.location(), "/new-password", "the token leaves the address bar");
    let reply = ada.submit("/new-password", &[("password", NEW_PASSWORD)]).await;
    assert_eq!(reply.location(), "/login?renewed=true");
    ada.get("/login?renewed=true").await.says(200, "Your password is changed");
    assert_eq!((log_in(&site, PASSWORD).await, log_in(&site, NEW_PASSWORD).await), (401, 303));
    site.pass(6);
    assert_eq!(old.get("/account").await.location(), "/login", "a reset ends all sessions");
}

#[tokio::test]
async fn a_reset_logs_this_browser_out_at_once() {
    let site = Site::start().await;
    let mut ada = site.ada().await;
    let link = mailed_link(&site, &mut ada).await;
    ada.get(&link).await;
    ada.submit("/new-password", &[("password", NEW_PASSWORD)]).await;
    assert!(!ada.is_logged_in() && !ada.cookies.contains_key("reset"));
}

#[tokio::test]
async fn requesting_an_email_does_not_show_who_has_an_account() {
    let site = Site::start().await;
    site.ada().await;
    let mut stranger = site.visitor();
    let known = stranger.submit("/forgotten", &[("email", ADA)]).await;
    for email in ["nobody@example.com", "no address", ""] {
        let unknown = stranger.submit("/forgotten", &[("email", email)]).await;
        assert_eq!((unknown.status, &unknown.body), (known.status, &known.body), "{email}");
    }
    assert_eq!(site.emulator.outbox().len(), 1);
}

#[tokio::test]
async fn a_rejected_password_leaves_the_link_valid() {
    let site = Site::start().await;
    site.ada().await;
    let mut ada = site.visitor();
    let link = mailed_link(&site, &mut ada).await;
    ada.get(&link).await;
    ada.submit("/new-password", &[("password", WEAK_PASSWORD)]).await.says(422, "could be guessed");
    let breached = [("password", "Tr0ub4dour&3-breached")];
    ada.submit("/new-password", &breached).await.says(422, "known to thieves");
    let reply = ada.submit("/new-password", &[("password", NEW_PASSWORD)]).await;
    assert_eq!(reply.location(), "/login?renewed=true");
}

#[tokio::test]
async fn a_link_is_valid_once() {
    let site = Site::start().await;
    site.ada().await;
    let mut ada = site.visitor();
    let link = mailed_link(&site, &mut ada).await;
    ada.get(&link).await;
    ada.submit("/new-password", &[("password", NEW_PASSWORD)]).await;
    ada.get(&link).await;
    let again = ada.submit("/new-password", &[("password", PASSWORD)]).await;
    again.says(410, "has been used, or is too old");
    assert!(!ada.cookies.contains_key("reset"));
    assert_eq!(log_in(&site, NEW_PASSWORD).await, 303);
}

#[tokio::test]
async fn a_link_is_valid_for_half_an_hour() {
    let site = Site::start().await;
    site.ada().await;
    let mut ada = site.visitor();
    let link = mailed_link(&site, &mut ada).await;
    site.pass(30);
    ada.get(&link).await;
    let late = ada.submit("/new-password", &[("password", NEW_PASSWORD)]).await;
    late.says(410, "has been used, or is too old");
}

#[tokio::test]
async fn without_a_link_the_page_has_no_form() {
    let site = Site::start().await;
    let mut ada = site.visitor();
    ada.get("/new-password").await.says(410, "Mail me another link");
    let endless = format!("/new-password?token={}", "x".repeat(5000));
    ada.get(&endless).await.says(410, "Mail me another link");
    let token = ada.get("/login").await.token();
    let reply = ada.post("/new-password", &token, &[("password", NEW_PASSWORD)]).await;
    reply.says(410, "Mail me another link");
    assert_eq!(site.calls_to("/v1/passwords/email/reset"), 0);
}

#[tokio::test]
async fn the_outbox_is_there_on_the_emulator_only() {
    let site = Site::start().await;
    let mut ada = site.ada().await;
    ada.get("/outbox").await.says(200, "No mails yet.");
    let link = mailed_link(&site, &mut ada).await;
    let outbox = ada.get("/outbox").await;
    outbox.says(200, &link.replace('&', "&amp;"));
    outbox.says(200, ADA);

    let live = Site::live().await;
    let mut ada = live.ada().await;
    ada.get("/outbox").await.says(404, "There is no such page.");
    let sent = ada.submit("/forgotten", &[("email", ADA)]).await;
    assert!(!sent.body.contains("outbox"));
}
