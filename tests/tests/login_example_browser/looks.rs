//! What every page looks like: inside the window, legible, and with a label on every field.

use serde_json::json;

use crate::browser::Browser;
use crate::site::Site;

/// The parts of the page that are not as they should be.
const MISTAKES: &str = r#"
    const mistakes = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) mistakes.push("wider than the window");
    const main = document.querySelector("main").getBoundingClientRect();
    if (main.width < 280 || main.width > 460) mistakes.push(`main is ${main.width} wide`);
    if (document.querySelectorAll("h1").length !== 1) mistakes.push("not one heading");
    if (document.title !== document.querySelector("h1").innerText) mistakes.push("title and heading differ");
    for (const input of document.querySelectorAll("input:not([type=hidden])")) {
        if (input.labels.length !== 1) mistakes.push(`${input.name} has no label`);
    }

    const channels = (color) => color.match(/[\d.]+/g).map(Number);
    const light = (color) => channels(color).slice(0, 3)
        .map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
    const paper = (element) => {
        for (; element; element = element.parentElement) {
            const color = getComputedStyle(element).backgroundColor;
            if (channels(color)[3] !== 0) return color;
        }
        return "rgb(255, 255, 255)";
    };
    for (const element of document.querySelectorAll("h1, p, a, label, input, button, dt, dd, strong")) {
        if (!element.checkVisibility()) continue;
        const pair = [light(getComputedStyle(element).color), light(paper(element))].sort((a, b) => b - a);
        const contrast = (pair[0] + 0.05) / (pair[1] + 0.05);
        if (contrast < 4.5) mistakes.push(`${element.tagName} ${element.innerText}: contrast ${contrast.toFixed(1)}`);
    }
    return mistakes;
"#;

/// Looks at the page, and leaves a picture of it.
pub(crate) async fn is_well_made(browser: &Browser, name: &str) {
    browser.photograph(name).await;
    assert_eq!(browser.run(MISTAKES).await, json!([]), "{name}");
}

/// On a narrow screen, in the dark.
pub(crate) async fn on_a_phone(browser: &Browser, site: &Site) {
    let phone = json!({"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": true});
    browser.emulate("setDeviceMetricsOverride", phone).await;
    let dark = json!({"features": [{"name": "prefers-color-scheme", "value": "dark"}]});
    browser.emulate("setEmulatedMedia", dark).await;
    for page in ["account", "login", "sign-up", "forgotten", "new-password", "outbox", "nowhere"] {
        browser.open(&site.url.join(&format!("/{page}"))).await;
        is_well_made(browser, &format!("phone-{page}")).await;
    }
    browser.emulate("clearDeviceMetricsOverride", json!({})).await;
    browser.emulate("setEmulatedMedia", json!({"features": []})).await;
}
