//! Checks of every page: it fits into the window, has enough contrast, and every field has a label.

use serde_json::json;

use crate::window::Browser;

const RULES: &str = r#"
    const mistakes = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) mistakes.push("wider than the window");
    for (const input of document.querySelectorAll("input:not([type=hidden]), select, textarea")) {
        if (input.labels.length !== 1) mistakes.push(`${input.id || input.name} has no label`);
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
    for (const element of document.querySelectorAll("h1, h2, h3, p, a, label, input, select, button, summary, dt, dd, strong, span, time, pre")) {
        if (!element.checkVisibility()) continue;
        const pair = [light(getComputedStyle(element).color), light(paper(element))].sort((a, b) => b - a);
        const contrast = (pair[0] + 0.05) / (pair[1] + 0.05);
        if (contrast < 4.5) mistakes.push(`${element.tagName} ${element.innerText}: contrast ${contrast.toFixed(1)}`);
    }
"#;

/// Checks the page, and saves a screenshot. `more` is a script that adds to `mistakes`.
pub(crate) async fn check(browser: &Browser, name: &str, more: &str) {
    browser.until("document.getAnimations().length === 0").await;
    browser.photograph(name).await;
    let mistakes = browser.run(&format!("{RULES}\n{more}\nreturn mistakes;")).await;
    assert_eq!(mistakes, json!([]), "{name}");
}
