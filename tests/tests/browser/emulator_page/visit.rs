//! A visit of the page, from an empty emulator to one that has stopped.

use std::sync::Arc;

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use stytch_client::Client;
use stytch_emulator::Emulator;
use tokio::net::TcpListener;

use super::{elsewhere, organizations};
use crate::legible;
use crate::window::Browser;

pub(crate) const ADA: &str = "ada@example.com";
pub(crate) const PASSWORD: &str = "correct horse battery staple";
const ENTER: &str = "\u{E007}";
const TAB: &str = "\u{E004}";
const ESCAPE: &str = "\u{E00C}";

/// The checks of this page, in addition to the checks of every page.
const RULES: &str = r#"
    if (document.querySelectorAll("h1").length !== 1) mistakes.push("not one heading");
    for (const element of document.querySelectorAll("button, a, summary")) {
        if (!element.innerText.trim() && element.checkVisibility()) mistakes.push(`a ${element.tagName} without text`);
    }
    for (const box of document.querySelectorAll("section, dialog")) {
        const title = document.getElementById(box.getAttribute("aria-labelledby"));
        if (!title?.innerText.trim() && box.checkVisibility()) mistakes.push(`${box.id} has no title`);
    }
    if (document.querySelector("[style], style, script:not([src]), [onclick]")) mistakes.push("something is inline");
"#;

pub(crate) async fn visit(browser: Browser) {
    let emulator = Arc::new(Emulator::builder().start().await.unwrap());
    let client = Client::builder(emulator.project_id(), emulator.secret()).base_url(emulator.base_url());
    let client = client.build().unwrap();
    let page = format!("{}/", emulator.base_url());
    browser.open(&page).await;
    nothing_is_there(&browser, &emulator).await;
    a_user_is_added_without_a_mouse(&browser, &client).await;
    a_client_is_seen_at_work(&browser, &client).await;
    links_and_codes_lead_on(&browser, &client, &emulator).await;
    untrusted_input_stays_text(&browser, &client).await;
    let acme = organizations::acme_is_seen(&browser, &emulator).await;
    is_well_made(&browser, "organizations").await;
    organizations::a_new_one_of_acme_is_seen(&browser, &acme).await;
    organizations::acme_is_found(&browser).await;
    the_clock_is_moved(&browser, &emulator).await;
    faults_are_added(&browser, &client).await;
    a_password_is_breached(&browser, &client).await;
    every_dialog_is_well_made(&browser).await;
    quiet(&browser).await;
    client.passwords().email().reset_start().email(ADA).send().await.unwrap();
    elsewhere::no_inline_script_runs(&browser).await;
    elsewhere::another_site_can_neither_see_nor_change_anything(&browser, &emulator).await;
    elsewhere::a_rebound_name_cannot_read_the_emulator(&browser, &emulator).await;
    browser.open(&page).await;
    everything_is_reset(&browser, &emulator).await;
    the_emulator_goes(&browser, emulator).await;
}

async fn is_well_made(browser: &Browser, name: &str) {
    legible::check(browser, &format!("emulator-{name}"), RULES).await;
}

async fn opens(browser: &Browser, dialog: &str) {
    browser.touch(&format!("[data-opens=dialog-{dialog}]")).await;
    browser.until(&format!("document.getElementById('dialog-{dialog}').open")).await;
}

async fn nothing_is_there(browser: &Browser, emulator: &Emulator) {
    browser.shows("#live", "Live").await;
    browser.shows("#users", "There are no users yet").await;
    browser.shows("#users pre", &format!("STYTCH_BASE_URL={}", emulator.base_url())).await;
    assert!(browser.text("#users pre").await.contains(emulator.secret()), "the default secret is public");
    assert!(browser.text("#requests").await.contains("No request has arrived"));
    assert_eq!(browser.text("#project").await, emulator.project_id());
    is_well_made(browser, "empty").await;
    // Set once per page. If the page is reloaded, it is missing.
    browser.run("window.isTheSamePage = true").await;
}

/// With the keyboard only: to the button, into the form, and back to the button.
async fn a_user_is_added_without_a_mouse(browser: &Browser, client: &Client) {
    for _ in 0..20 {
        browser.keys(TAB).await;
        if browser.run("return document.activeElement.innerText").await == "New user" {
            break;
        }
    }
    assert_eq!(browser.run("return document.activeElement.innerText").await, "New user");
    browser.keys(ENTER).await;
    browser.until("document.activeElement.id === 'user-email'").await;
    browser.keys(&format!("{ADA}{TAB}weak{TAB}Ada{TAB}Lovelace")).await;
    browser.fill("user-metadata", r#"{"plan": "pro""#).await;
    browser.keys(&format!("{TAB} ")).await;
    browser.touch("#form-user .main").await;
    browser.shows("#form-user [role=alert]", "The metadata is not JSON").await;
    browser.fill("user-metadata", r#"{"plan": "pro"}"#).await;
    is_well_made(browser, "new-user").await;
    browser.run("document.getElementById('user-last').focus()").await;
    browser.keys(ENTER).await;
    browser.shows("#users-list", ADA).await;
    browser.shows("#toast", "The user is added.").await;
    assert_eq!(browser.run("return document.querySelector('dialog[open]')").await, Value::Null);
    assert_eq!(browser.run("return document.activeElement.innerText").await, "New user", "the focus is back");
    let login = client.passwords().authenticate().email(ADA).password("weak").send().await.unwrap();
    let user = login.user.unwrap();
    assert!(user.emails[0].verified && user.name.unwrap().first_name == "Ada");

    browser.keys(ENTER).await;
    browser.keys(&format!("{ADA}{ENTER}")).await;
    browser.shows("#form-user [role=alert]", "The user has the email of a user that exists").await;
    is_well_made(browser, "new-user-rejected").await;
    browser.keys(ESCAPE).await;
    browser.until("!document.querySelector('dialog[open]')").await;
}

async fn a_client_is_seen_at_work(browser: &Browser, client: &Client) {
    client
        .passwords()
        .create()
        .email("bob@example.com")
        .password(PASSWORD)
        .session_duration_minutes(60)
        .send()
        .await
        .unwrap();
    client.passwords().create().email("bob@example.com").password(PASSWORD).send().await.unwrap_err();
    browser.shows("#users-list", "1 session").await;
    browser.shows("#requests-list", "duplicate_email").await;
    assert_eq!(browser.text("#requests-count").await, "3");
    browser.touch("#users-list li:nth-child(1) summary").await;
    browser.touch("#users-list li:nth-child(2) summary").await;
    browser.shows("#users-list", "session-test-").await;
    browser.touch("#requests-list li:nth-child(2) summary").await;
    let details = browser.text("#requests-list li:nth-child(2)").await;
    assert!(
        details.contains("bob@example.com") && details.contains("authorization: [redacted]"),
        "{details}"
    );
    let everything = browser.run("return document.documentElement.outerHTML").await;
    assert!(!everything.as_str().unwrap().contains(PASSWORD), "passwords are not shown");
    is_well_made(browser, "filled").await;

    browser.touch("#errors-only").await;
    browser.until("document.querySelectorAll('#requests-list > li').length === 1").await;
    browser.touch("#errors-only").await;
    browser.fill("search", "lovelace").await;
    browser.until("document.querySelectorAll('#users-list > li').length === 1").await;
    browser.fill("search", "nobody").await;
    browser.shows("#users-empty", "No user has this").await;
    browser.fill("search", "").await;
    browser.keys(" ").await;
    browser.shows("#users-list", "bob@example.com").await;
    browser.fill("search", "").await;
}

/// The link of a message leads to the redirect URL, with the token.
async fn links_and_codes_lead_on(browser: &Browser, client: &Client, emulator: &Emulator) {
    let app = Router::new().route("/reset", get(|| async { Html("<h1>Choose a password</h1>") }));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let redirect = format!("http://{}/reset", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });

    let start = client.passwords().email();
    start.reset_start().email(ADA).reset_password_redirect_url(&redirect).send().await.unwrap();
    browser.shows("#toast", "for ada@example.com").await;
    start.reset_start().email(ADA).reset_password_redirect_url("my-app://reset").send().await.unwrap();
    browser.shows("#outbox-list", "my-app://reset").await;
    let links = browser.run("return [...document.querySelectorAll('#outbox a')].map((a) => a.href)").await;
    let [link] = &links.as_array().unwrap()[..] else { panic!("a link of an app is not opened: {links}") };
    let link = link.as_str().unwrap();
    assert!(link.starts_with(&redirect), "{link}");
    assert_eq!(browser.run("return document.querySelector('#outbox a').rel").await, "noopener noreferrer");
    is_well_made(browser, "outbox").await;
    send_code(browser, emulator).await;
    browser.shows("#toast", "Passcode for +12025550162").await;
    let code = browser.text("#outbox .code").await;
    assert!(code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()), "{code}");
    browser.touch("#outbox .code + button").await;
    browser.shows("#toast", "The code is copied.").await;
    is_well_made(browser, "outbox-code").await;
    assert_eq!(browser.run("return window.isTheSamePage").await, true, "all of this came without a reload");
    browser.open(link).await;
    assert_eq!(browser.text("h1").await, "Choose a password");
    assert!(browser.url().await.contains("token="));
    browser.open(&format!("{}/", emulator.base_url())).await;
    browser.shows("#live", "Live").await;
}

/// The page itself requests a passcode, because it may call its own origin.
async fn send_code(browser: &Browser, emulator: &Emulator) {
    let credentials = STANDARD.encode(format!("{}:{}", emulator.project_id(), emulator.secret()));
    let send = format!(
        "fetch('/v1/otps/sms/login_or_create', {{
             method: 'POST',
             headers: {{ authorization: 'Basic {credentials}', 'content-type': 'application/json' }},
             body: JSON.stringify({{ phone_number: '+12025550162' }}),
         }}).then((response) => done(response.status))"
    );
    assert_eq!(browser.wait(&send).await, 200);
}

async fn untrusted_input_stays_text(browser: &Browser, client: &Client) {
    let markup = "<img src=x onerror=window.intruder=1>";
    let name = stytch_client::passwords::Name::builder().first_name(markup).build();
    let create = client.passwords().create().email("eve@example.com").password(PASSWORD).name(name);
    create.send().await.unwrap();
    browser.shows("#users-list", markup).await;
    assert_eq!(browser.run("return document.querySelectorAll('main img').length").await, 0);
    assert_eq!(browser.run("return window.intruder === undefined").await, true);
}

async fn the_clock_is_moved(browser: &Browser, emulator: &Emulator) {
    opens(browser, "clock").await;
    browser.touch("[data-advance='86400']").await;
    browser.shows("#clock-note", "moved").await;
    browser.until("!document.querySelector('#users-list').innerText.includes('1 session')").await;
    browser.shows("#outbox-list", "expired").await;
    is_well_made(browser, "clock").await;
    browser.run("document.getElementById('clock-now').value = '2031-02-03T04:05:06'").await;
    browser.touch("#form-clock .main").await;
    browser.shows("#clock", "2031-02-03 04:05").await;
    assert!(emulator.outbox().len() == 3, "the clock deletes nothing");
    browser.touch("#clear-outbox").await;
    browser.shows("#outbox", "Nothing was sent").await;
}

async fn faults_are_added(browser: &Browser, client: &Client) {
    opens(browser, "fault").await;
    assert_eq!(browser.run("return document.querySelector('#fault-status').checkVisibility()").await, true);
    browser.fill("fault-path", "/v1/nothing").await;
    browser.touch("#form-fault .main").await;
    browser.shows("#form-fault [role=alert]", "no endpoint of the API has the path").await;
    is_well_made(browser, "fault-rejected").await;
    browser.fill("fault-path", "/v1/passwords/strength_check").await;
    browser.fill("fault-status", "418").await;
    browser.touch("#form-fault .main").await;
    browser.shows("#faults-list", "418").await;
    is_well_made(browser, "faults").await;
    let error = client.passwords().strength_check().password("a").send().await.unwrap_err();
    assert_eq!(error.status(), Some(418));
    browser.shows("#faults-empty", "No fault is pending").await;
    browser.keys(ESCAPE).await;
}

async fn a_password_is_breached(browser: &Browser, client: &Client) {
    opens(browser, "breach").await;
    browser.shows("#breach-count", "It has 4 passwords.").await;
    browser.fill("breach-password", PASSWORD).await;
    browser.touch("#form-breach .main").await;
    browser.shows("#breach-count", "It has 5 passwords.").await;
    let verdict = client.passwords().strength_check().password(PASSWORD).send().await.unwrap();
    assert!(verdict.breached_password);
    browser.touch("#restore-breaches").await;
    browser.shows("#breach-count", "It has 4 passwords.").await;
    browser.keys(ESCAPE).await;
}

/// On a wide screen, and on a phone in the dark.
async fn every_dialog_is_well_made(browser: &Browser) {
    for screen in ["desk", "phone"] {
        if screen == "phone" {
            browser.becomes_a_phone_in_the_dark().await;
        }
        is_well_made(browser, screen).await;
        for dialog in ["connect", "user", "clock", "fault", "breach", "reset"] {
            opens(browser, dialog).await;
            is_well_made(browser, &format!("{screen}-{dialog}")).await;
            browser.keys(ESCAPE).await;
            browser.until("!document.querySelector('dialog[open]')").await;
        }
    }
    browser.becomes_a_desk().await;
}

/// No script has failed so far, and the policy has not blocked anything.
async fn quiet(browser: &Browser) {
    for entry in browser.console().await {
        let message = entry["message"].as_str().unwrap();
        // The forms that were rejected on purpose, and the application that the link led to.
        let is_known = message.contains("the server responded with a status of 400");
        assert!(is_known || message.contains("/favicon.ico"), "{entry}");
    }
}

async fn everything_is_reset(browser: &Browser, emulator: &Emulator) {
    browser.shows("#users-list", ADA).await;
    opens(browser, "reset").await;
    browser.touch("#form-reset .danger").await;
    browser.shows("#users", "There are no users yet").await;
    assert_eq!(browser.run("return document.querySelector('#organizations').checkVisibility()").await, false);
    browser.shows("#clock-note", "UTC").await;
    assert_eq!(emulator.requests(), []);
}

async fn the_emulator_goes(browser: &Browser, emulator: Arc<Emulator>) {
    let emulator = Arc::into_inner(emulator).expect("nobody else has it");
    emulator.shutdown().await;
    browser.shows("#live", "Not reachable").await;
    assert_eq!(
        browser.run("return document.querySelector('#live').getAttribute('role')").await,
        json!("status")
    );
    is_well_made(browser, "gone").await;
}
