//! The application of `examples/login` in a real browser: Chromium without a screen, driven by `chromedriver`.
//!
//! Where the two are missing the test passes over it and says so, unless `CI` is set. The pages it has seen are
//! left as pictures in `login-pages`, in the temporary folder of the target directory.

/// The application itself, as the example has it.
#[path = "../../examples/login"]
mod login {
    pub(crate) mod app;
}

#[path = "login_example_browser/browser.rs"]
mod browser;
#[path = "login_example_browser/chromium.rs"]
mod chromium;
#[path = "login_example_browser/elsewhere.rs"]
mod elsewhere;
#[path = "login_example_browser/looks.rs"]
mod looks;
#[path = "login_example_browser/site.rs"]
mod site;
#[path = "login_example_browser/visit.rs"]
mod visit;
#[path = "login_example_browser/webdriver.rs"]
mod webdriver;

use self::chromium::Chromium;

#[tokio::test]
async fn the_application_in_a_browser() {
    let Some(chromium) = Chromium::start().await else { return };
    let browser = chromium.browser().await;
    // On a task of its own, so that whatever it ends with, the browser is closed.
    let visit = tokio::spawn(visit::visit(browser.clone())).await;
    browser.close().await;
    visit.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()));
}
