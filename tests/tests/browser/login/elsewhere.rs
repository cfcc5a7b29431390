//! Attacks: scripts in our pages, forms with a wrong token, and pages of another site.

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use tokio::net::TcpListener;

use super::site::Site;
use super::visit::ADA;
use crate::window::Browser;

pub(crate) async fn no_inline_script_runs(browser: &Browser, site: &Site) {
    browser.open(&site.url.join("/login")).await;
    let directive = browser
        .wait(
            "document.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective));
             const script = document.createElement('script');
             script.textContent = 'window.intruder = true';
             document.body.append(script);",
        )
        .await;
    assert_eq!(directive, "script-src-elem");
    assert_eq!(browser.run("return window.intruder === undefined").await, true);
}

pub(crate) async fn a_changed_token_is_rejected(browser: &Browser, site: &Site) {
    browser.open(&site.url.join("/account")).await;
    browser.run("document.querySelector('[name=csrf]').value = 'invented'").await;
    browser.press().await;
    assert_eq!(browser.text("h1").await, "That did not come through");
    assert_is_logged_in(browser, site).await;
}

/// `localhost` and `127.0.0.1` are different sites, whatever the port.
pub(crate) async fn another_site_can_neither_post_nor_frame(browser: &Browser, site: &Site) {
    let trap = trap(site).await;
    browser.console().await;
    browser.open(&format!("{trap}/frame")).await;
    let console = format!("{:?}", browser.console().await);
    assert!(console.contains("frame-ancestors"), "{console}");

    browser.open(&format!("{trap}/post")).await;
    browser.press().await;
    assert_eq!(browser.url().await, site.url.join("/logout"), "the form has arrived");
    assert_eq!(browser.text("h1").await, "That did not come through");
    assert_is_logged_in(browser, site).await;
}

async fn assert_is_logged_in(browser: &Browser, site: &Site) {
    browser.open(&site.url.join("/account")).await;
    assert!(browser.text("main").await.contains(ADA));
}

/// Another site, with a form that would log visitors out, and a frame that would show our page.
async fn trap(site: &Site) -> String {
    let form = format!("<form method=post action={}><button>Win!</button></form>", site.url.join("/logout"));
    let frame = format!("<iframe src={}></iframe>", site.url.join("/login"));
    let routes = Router::new()
        .route("/post", get(|| async { Html(form) }))
        .route("/frame", get(|| async { Html(frame) }));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move { axum::serve(listener, routes).await });
    format!("http://localhost:{port}")
}
