//! Pages in a real browser: Chromium without a screen, driven by `chromedriver`. The pages are those of the
//! application in `examples/login`, and the page of the emulator.
//!
//! If the two programs are missing, the tests are skipped with a message, unless `CI` is set. Screenshots are saved
//! in `pages`, in the temporary folder of the target directory.

/// The application of the example.
#[path = "../../../examples/login"]
mod example {
    pub(crate) mod app;
}

mod chromium;
mod emulator_page;
mod legible;
mod login;
mod webdriver;
mod window;

use self::chromium::Chromium;
use self::window::Browser;

#[tokio::test]
async fn the_login_example() {
    in_a_browser("login", login::visit).await;
}

#[tokio::test]
async fn the_page_of_the_emulator() {
    in_a_browser("emulator", emulator_page::visit).await;
}

async fn in_a_browser<F: Future<Output = ()> + Send + 'static>(name: &str, visit: fn(Browser) -> F) {
    let Some(chromium) = Chromium::start().await else { return };
    let browser = chromium.browser(name).await;
    // In a separate task, so that the browser is always closed at the end.
    let visit = tokio::spawn(visit(browser.clone())).await;
    browser.close().await;
    visit.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()));
}
