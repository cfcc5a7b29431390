//! A first visit, from the sign-up to a forgotten password.

use super::elsewhere;
use super::looks::{self, is_well_made};
use super::site::Site;
use crate::window::Browser;

pub(crate) const ADA: &str = "ada@example.com";
pub(crate) const PASSWORD: &str = "correct horse battery staple";
const NEW_PASSWORD: &str = "a wholly different set of words";

pub(crate) async fn visit(browser: Browser) {
    let site = Site::start().await;
    sign_up(&browser, &site).await;
    cookies_are_out_of_reach(&browser).await;
    log_out(&browser, &site).await;
    wrong_password(&browser, &site).await;
    forgotten_password(&browser, &site).await;
    looks::on_a_phone(&browser, &site).await;
    own_pages_keep_to_the_policy(&browser).await;
    elsewhere::no_inline_script_runs(&browser, &site).await;
    elsewhere::a_changed_token_is_rejected(&browser, &site).await;
    elsewhere::another_site_can_neither_post_nor_frame(&browser, &site).await;
}

/// Waits for the message about the typed password.
async fn verdict(browser: &Browser, expected: &str) {
    let script = format!(
        "const box = document.getElementById('strength');
         const look = () => box.dataset.verdict === '{expected}' && done(true);
         new MutationObserver(look).observe(box, {{ attributes: true }});
         look();"
    );
    browser.wait(&script).await;
}

async fn sign_up(browser: &Browser, site: &Site) {
    browser.open(&site.url.join("/")).await;
    assert_eq!(browser.text("h1").await, "Log in", "nobody is logged in yet");
    browser.follow("Sign up").await;
    is_well_made(browser, "sign-up").await;

    browser.fill("email", ADA).await;
    browser.fill("password", "password").await;
    verdict(browser, "rejected").await;
    let advice = browser.text("#strength p").await;
    assert!(advice.starts_with("Very weak. ") && advice.len() > 30, "{advice}");
    is_well_made(browser, "sign-up-weak").await;
    browser.press().await;
    assert!(browser.text("[role=alert]").await.contains("could be guessed"));
    is_well_made(browser, "sign-up-rejected").await;

    browser.fill("password", PASSWORD).await;
    verdict(browser, "accepted").await;
    assert_eq!(browser.text("#strength p").await, "Very good.");
    assert_eq!(browser.run("return document.querySelector('meter').value").await, 4);
    is_well_made(browser, "sign-up-strong").await;
    browser.press().await;
    assert_eq!(browser.url().await, site.url.join("/account"));
    assert!(browser.text("main").await.contains(ADA));
    assert_eq!(browser.text("#recognised").await, "here, by the signature");
    is_well_made(browser, "account").await;
}

async fn cookies_are_out_of_reach(browser: &Browser) {
    assert!(browser.run("return document.cookie").await == "", "scripts see cookies");
    let cookies = browser.cookies().await;
    let mut names: Vec<&str> = cookies.iter().map(|cookie| cookie["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, ["csrf", "session"]);
    for cookie in &cookies {
        assert_eq!((&cookie["httpOnly"], &cookie["sameSite"]), (&true.into(), &"Lax".into()));
        assert_eq!((&cookie["path"], &cookie["domain"]), (&"/".into(), &"127.0.0.1".into()));
    }
}

async fn log_out(browser: &Browser, site: &Site) {
    browser.press().await;
    assert_eq!(browser.url().await, site.url.join("/login"));
    browser.open(&site.url.join("/account")).await;
    assert_eq!(browser.url().await, site.url.join("/login"), "the account is closed");
    is_well_made(browser, "login").await;
}

async fn wrong_password(browser: &Browser, site: &Site) {
    browser.fill("email", ADA).await;
    browser.fill("password", "wrong password").await;
    browser.press().await;
    assert!(browser.text("[role=alert]").await.contains("do not go together"));
    let fields =
        browser.run("return [...document.querySelectorAll('label + input')].map(i => i.value)").await;
    assert_eq!(fields, serde_json::json!([ADA, ""]), "the address is kept, the password is not");
    is_well_made(browser, "login-rejected").await;
    browser.open(&site.url.join("/account")).await;
    assert_eq!(browser.text("h1").await, "Log in");
}

async fn forgotten_password(browser: &Browser, site: &Site) {
    browser.follow("Forgotten your password?").await;
    is_well_made(browser, "forgotten").await;
    browser.fill("email", ADA).await;
    browser.press().await;
    is_well_made(browser, "forgotten-sent").await;
    browser.follow("outbox").await;
    is_well_made(browser, "outbox").await;

    browser.follow("Choose a new password").await;
    assert_eq!(browser.url().await, site.url.join("/new-password"), "the token has left the address");
    let token = site.emulator.outbox().pop().unwrap().token;
    let page = browser.run("return document.documentElement.outerHTML + document.referrer").await;
    assert!(!page.as_str().unwrap().contains(&token), "the page has the token");
    browser.fill("password", NEW_PASSWORD).await;
    verdict(browser, "accepted").await;
    is_well_made(browser, "new-password").await;
    browser.press().await;
    assert!(browser.text("[role=status]").await.contains("Your password is changed"));
    is_well_made(browser, "login-renewed").await;

    browser.fill("email", ADA).await;
    browser.fill("password", NEW_PASSWORD).await;
    browser.press().await;
    assert_eq!(browser.url().await, site.url.join("/account"));
}

/// No script has failed on any page so far, and the policy has not blocked anything.
async fn own_pages_keep_to_the_policy(browser: &Browser) {
    for entry in browser.console().await {
        let is_advice = entry["source"] == "recommendation";
        // The forms that were rejected on purpose.
        let is_rejection =
            entry["message"].as_str().unwrap().contains("the server responded with a status of 4");
        assert!(is_advice || is_rejection, "{entry}");
    }
}
