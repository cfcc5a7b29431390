//! One window of a browser.

use std::path::PathBuf;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use declapi::Client;
use serde_json::{Value, json};

use crate::webdriver::{
    Active, Await, Clear, Click, Close, Command, Console, Cookies, Enter, Find, Go, Photograph, Run, Type,
};

#[derive(Clone)]
pub(crate) struct Browser {
    client: Client,
    session_id: Arc<str>,
    pictures: PathBuf,
}

impl Browser {
    pub(crate) fn new(client: Client, session_id: String) -> Self {
        let pictures = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pages");
        std::fs::create_dir_all(&pictures).unwrap();
        Self { client, session_id: session_id.into(), pictures }
    }

    pub(crate) async fn close(&self) {
        let close = Close::builder().session_id(&self.session_id).build();
        self.client.send(&close).await.unwrap();
    }

    pub(crate) async fn open(&self, url: &str) {
        let go = Go::builder().session_id(&self.session_id).url(url).build();
        self.client.send(&go).await.unwrap();
    }

    /// Replaces the content of the field with this id.
    pub(crate) async fn fill(&self, field: &str, text: &str) {
        let id = self.find("css selector", &format!("#{field}")).await;
        let clear = Clear::builder().session_id(&self.session_id).element_id(&id).build();
        self.client.send(&clear).await.unwrap();
        let keys = Type::builder().session_id(&self.session_id).element_id(&id).text(text).build();
        self.client.send(&keys).await.unwrap();
    }

    /// Presses keys on the keyboard, such as a character or Enter, `\u{E007}`. The element with the focus receives
    /// them.
    pub(crate) async fn keys(&self, keys: &str) {
        let active = Active::builder().session_id(&self.session_id).build();
        let id = self.client.send(&active).await.unwrap().value.id;
        let keys = Type::builder().session_id(&self.session_id).element_id(&id).text(keys).build();
        self.client.send(&keys).await.unwrap();
    }

    /// Clicks on the element that the selector matches. This does not open another page.
    pub(crate) async fn touch(&self, selector: &str) {
        let id = self.find("css selector", selector).await;
        let click = Click::builder().session_id(&self.session_id).element_id(&id).build();
        self.client.send(&click).await.unwrap_or_else(|error| panic!("{selector}: {error}"));
    }

    /// Runs all further commands in a frame of the page, until another page is opened.
    pub(crate) async fn enter_frame(&self, index: u32) {
        let enter = Enter::builder().session_id(&self.session_id).id(index).build();
        self.client.send(&enter).await.unwrap();
    }

    /// Waits until a condition, an expression of JavaScript, is true.
    pub(crate) async fn until(&self, condition: &str) {
        self.wait(&format!(
            "const look = () => ({condition}) ? done(true) : setTimeout(look, 20);
             look();"
        ))
        .await;
    }

    /// Waits until an element shows a string. Does not reload the page.
    pub(crate) async fn shows(&self, selector: &str, text: &str) {
        self.until(&format!("document.querySelector({selector:?})?.innerText.includes({text:?})")).await;
    }

    /// Presses the only button of the page.
    pub(crate) async fn press(&self) {
        self.click("css selector", "button", "h1").await;
    }

    /// Follows the link with this text.
    pub(crate) async fn follow(&self, text: &str) {
        self.click("link text", text, "h1").await;
    }

    /// Returns the result of a script in the page.
    pub(crate) async fn run(&self, script: &str) -> Value {
        let run = Run::builder().session_id(&self.session_id).script(script).args([]).build();
        self.client.send(&run).await.unwrap_or_else(|error| panic!("{script}: {error}")).value
    }

    /// Returns the value with which an asynchronous script in the page calls `done`.
    pub(crate) async fn wait(&self, script: &str) -> Value {
        let script = format!("const done = arguments[0]; {script}");
        let wait = Await::builder().session_id(&self.session_id).script(&script).args([]).build();
        self.client.send(&wait).await.unwrap_or_else(|error| panic!("{script}: {error}")).value
    }

    /// Returns the text of the first element that the selector matches.
    pub(crate) async fn text(&self, selector: &str) -> String {
        let text = self.run(&format!("return document.querySelector({selector:?})?.innerText ?? ''")).await;
        text.as_str().unwrap().to_owned()
    }

    pub(crate) async fn url(&self) -> String {
        self.run("return location.href").await.as_str().unwrap().to_owned()
    }

    pub(crate) async fn cookies(&self) -> Vec<Value> {
        let cookies = Cookies::builder().session_id(&self.session_id).build();
        self.client.send(&cookies).await.unwrap().value
    }

    /// Returns the new lines of the console.
    pub(crate) async fn console(&self) -> Vec<Value> {
        let console = Console::builder().session_id(&self.session_id).kind("browser").build();
        self.client.send(&console).await.unwrap().value
    }

    /// Makes the window as narrow as a phone, in dark mode.
    pub(crate) async fn becomes_a_phone_in_the_dark(&self) {
        let phone = json!({"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": true});
        self.emulate("setDeviceMetricsOverride", phone).await;
        let dark = json!({"features": [{"name": "prefers-color-scheme", "value": "dark"}]});
        self.emulate("setEmulatedMedia", dark).await;
    }

    /// Undoes [`becomes_a_phone_in_the_dark`](Self::becomes_a_phone_in_the_dark).
    pub(crate) async fn becomes_a_desk(&self) {
        self.emulate("clearDeviceMetricsOverride", json!({})).await;
        self.emulate("setEmulatedMedia", json!({"features": []})).await;
    }

    /// Emulates a feature of the screen or a preference of the user.
    async fn emulate(&self, what: &str, params: Value) {
        let command = format!("Emulation.{what}");
        let command = Command::builder().session_id(&self.session_id).cmd(&command).params(params).build();
        self.client.send(&command).await.unwrap();
    }

    /// Saves a screenshot of the page.
    pub(crate) async fn photograph(&self, name: &str) {
        let picture = Photograph::builder().session_id(&self.session_id).build();
        let picture = STANDARD.decode(self.client.send(&picture).await.unwrap().value).unwrap();
        assert!(picture.starts_with(b"\x89PNG"));
        std::fs::write(self.pictures.join(format!("{name}.png")), picture).unwrap();
    }

    /// Clicks on the element that the selector matches, which opens another page, and waits until that page has the
    /// expected content.
    pub(crate) async fn leave(&self, selector: &str, there: &str) {
        self.click("css selector", selector, there).await;
    }

    /// Clicks on an element that opens another page, and waits until that page has the expected content.
    async fn click(&self, using: &str, value: &str, there: &str) {
        let id = self.find(using, value).await;
        self.run("document.documentElement.dataset.left = ''").await;
        let click = Click::builder().session_id(&self.session_id).element_id(&id).build();
        self.client.send(&click).await.unwrap();
        // The driver may report the click as done before the page begins to change.
        self.find("css selector", &format!("html:not([data-left]) {there}")).await;
    }

    /// Finds an element, which may appear after some time.
    async fn find(&self, using: &str, value: &str) -> String {
        let find = Find::builder().session_id(&self.session_id).using(using).value(value).build();
        self.client.send(&find).await.unwrap_or_else(|error| panic!("{value}: {error}")).value.id
    }
}
