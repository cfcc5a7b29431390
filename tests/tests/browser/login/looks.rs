//! The appearance of the pages, on a wide screen and on a phone.

use super::site::Site;
use crate::legible;
use crate::window::Browser;

/// The checks of these pages, in addition to the checks of every page.
const RULES: &str = r#"
    const main = document.querySelector("main").getBoundingClientRect();
    if (main.width < 280 || main.width > 460) mistakes.push(`main is ${main.width} wide`);
    if (document.querySelectorAll("h1").length !== 1) mistakes.push("not one heading");
    if (document.title !== document.querySelector("h1").innerText) mistakes.push("title and heading differ");
"#;

/// Checks the page, and saves a screenshot.
pub(crate) async fn is_well_made(browser: &Browser, name: &str) {
    legible::check(browser, name, RULES).await;
}

/// On a narrow screen, in dark mode.
pub(crate) async fn on_a_phone(browser: &Browser, site: &Site) {
    browser.becomes_a_phone_in_the_dark().await;
    for page in ["account", "login", "sign-up", "forgotten", "new-password", "outbox", "nowhere"] {
        browser.open(&site.url.join(&format!("/{page}"))).await;
        is_well_made(browser, &format!("phone-{page}")).await;
    }
    browser.becomes_a_desk().await;
}
