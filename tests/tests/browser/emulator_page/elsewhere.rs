//! Attacks: scripts in the page, pages of another site, and a name of another site for this machine.

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use declapi::{Client, endpoint};
use serde_json::Value;
use stytch_client::JsonObject;
use stytch_emulator::Emulator;
use tokio::net::TcpListener;

use super::visit::ADA;
use crate::window::Browser;

pub(crate) async fn no_inline_script_runs(browser: &Browser) {
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

/// All requests that a page can make a browser send. `localhost` and `127.0.0.1` are different sites, whatever the
/// port.
pub(crate) async fn another_site_can_neither_see_nor_change_anything(browser: &Browser, emulator: &Emulator) {
    let target = emulator.base_url();
    let before = seen(emulator).await;
    browser.open(&trap(target).await).await;
    it_loads_no_external_files(browser, target).await;
    it_sends_in_vain(browser, target).await;
    assert_eq!(seen(emulator).await, before, "nothing has changed");

    let frame = format!(
        "const frame = document.createElement('iframe');
         frame.onload = () => done(true);
         frame.src = '{target}/';
         document.body.append(frame);"
    );
    browser.wait(&frame).await;
    browser.enter_frame(0).await;
    let framed = browser.text("body").await;
    assert!(framed.contains("foreign_origin") && !framed.contains("Users"), "{framed}");

    browser.open(&trap(target).await).await;
    browser.leave("button", "pre").await;
    assert!(browser.url().await.ends_with("/_emulator/reset"));
    assert!(browser.text("body").await.contains("foreign_origin"), "the form has arrived, and is rejected");
    assert_eq!(seen(emulator).await, before, "nothing has changed");
    browser.open(&trap(target).await).await;
    browser.leave("a", "h1").await;
    assert_eq!(browser.text("h1").await, "Stytch emulator", "a link to the page works");
}

/// The URLs that a page reads with a request, and the URLs that it embeds.
async fn it_loads_no_external_files(browser: &Browser, target: &str) {
    for path in ["users", "outbox", "requests", "faults", "clock", "breaches", "health"] {
        let read = format!(
            "fetch('{target}/_emulator/{path}').then((response) => response.text()).then(done, () => done(null))"
        );
        assert_eq!(browser.wait(&read).await, Value::Null, "{path} is read");
        // A script, an image or a frame in a page. An opaque response means that loading it has worked.
        let load = format!(
            "const load = (name, source) => new Promise((resolve) => {{
                 const element = document.createElement(name);
                 element.onload = () => resolve(name + ' loads {path}');
                 element.onerror = () => resolve('');
                 element.src = source;
                 document.body.append(element);
             }});
             const opaque = fetch('{target}/_emulator/{path}', {{ mode: 'no-cors' }})
                 .then(() => 'fetch loads {path}', () => '');
             Promise.all([opaque, load('script', '{target}/_emulator/{path}'), load('img', '{target}/_emulator/icon.svg')])
                 .then((loaded) => done(loaded.join('')))"
        );
        assert_eq!(browser.wait(&load).await, "");
    }
}

/// Requests that need no preflight, and requests that do.
async fn it_sends_in_vain(browser: &Browser, target: &str) {
    let writes = [
        ("POST", "users", r#"{ "users": [{ "email": "mallory@example.com" }] }"#),
        ("POST", "reset", "{}"),
        ("POST", "clock", r#"{ "advance_seconds": 100000000 }"#),
        ("POST", "faults", r#"{ "kind": "drop" }"#),
        ("POST", "breaches", r#"{ "password": "mallory" }"#),
        ("DELETE", "outbox", ""),
        ("DELETE", "requests", ""),
    ];
    for (method, path, body) in writes {
        for options in ["mode: 'no-cors'", "headers: { 'content-type': 'application/json' }"] {
            let body = if body.is_empty() { "undefined".to_owned() } else { format!("{body:?}") };
            let send = format!(
                "fetch('{target}/_emulator/{path}', {{ method: '{method}', body: {body}, {options} }})
                     .then(() => done(true), () => done(false))"
            );
            browser.wait(&send).await;
        }
    }
}

/// A page of this name has the origin of its site, and the name server of the site returns 127.0.0.1 (DNS rebinding).
pub(crate) async fn a_rebound_name_cannot_read_the_emulator(browser: &Browser, emulator: &Emulator) {
    let (_, port) = emulator.base_url().rsplit_once(':').unwrap();
    for path in ["", "_emulator/users", "_emulator/outbox", "_emulator/requests", "_emulator/page.js"] {
        browser.open(&format!("http://rebound.example.com:{port}/{path}")).await;
        let text = browser.text("body").await;
        assert!(text.contains("foreign_host") && !text.contains(ADA), "{path}: {text}");
    }
    let before = seen(emulator).await;
    let reset = "fetch('/_emulator/reset', { method: 'POST' }).then((response) => done(response.status))";
    assert_eq!(browser.wait(reset).await, 403);
    assert_eq!(seen(emulator).await, before, "nothing has changed");
}

/// Reads a part of the emulator.
#[endpoint(get = "/_emulator/{part}", response = JsonObject)]
struct Look<'a> {
    part: &'a str,
}

/// The state that another site could have changed. The clock is compared by its year, because it moves.
async fn seen(emulator: &Emulator) -> String {
    let client = Client::builder(emulator.base_url()).no_proxy().build().unwrap();
    let mut seen = String::new();
    for part in ["users", "outbox", "requests", "faults", "breaches", "clock"] {
        let mut look = client.send(&Look::builder().part(part).build()).await.unwrap();
        look.remove("request_id");
        match look.get("now") {
            Some(now) => seen += &now.as_str().unwrap()[..4],
            None => seen += &serde_json::to_string(&look).unwrap(),
        }
    }
    assert!(seen.contains(ADA) && seen.contains("token="), "there is something to change: {seen}");
    seen
}

/// Another site, with a form that would reset the emulator, and a link to its page.
async fn trap(target: &str) -> String {
    let page = format!(
        "<form method=post action={target}/_emulator/reset><button>Win!</button></form><a href={target}/>Look</a>"
    );
    let routes = Router::new().route("/", get(|| async { Html(page) }));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move { axum::serve(listener, routes).await });
    format!("http://localhost:{port}")
}
