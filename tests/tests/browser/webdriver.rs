//! The `WebDriver` protocol of the W3C, as far as the tests need it.
//!
//! It does not belong to Stytch. It is declared like an API of a third party.

use declapi::endpoint;
use serde::Deserialize;
use serde_json::Value;
use stytch_client::JsonObject;

/// The envelope of every response of the driver.
#[derive(Debug, Deserialize)]
pub(crate) struct Wrapped<T> {
    pub(crate) value: T,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Started {
    #[serde(rename = "sessionId")]
    pub(crate) session_id: String,
}

/// The id of an element, under the name in the standard.
#[derive(Debug, Deserialize)]
pub(crate) struct Element {
    #[serde(rename = "element-6066-11e4-a52e-4f735466cecf")]
    pub(crate) id: String,
}

/// Opens a browser.
#[endpoint(post = "/session", response = Wrapped<Started>)]
pub(crate) struct Start {
    pub(crate) capabilities: Value,
}

/// Closes it.
#[endpoint(delete = "/session/{session_id}", response = ())]
pub(crate) struct Close<'a> {
    pub(crate) session_id: &'a str,
}

/// Opens a URL, and waits until the page is loaded.
#[endpoint(post = "/session/{session_id}/url", response = ())]
pub(crate) struct Go<'a> {
    pub(crate) session_id: &'a str,
    pub(crate) url: &'a str,
}

/// Finds an element.
#[endpoint(post = "/session/{session_id}/element", response = Wrapped<Element>)]
pub(crate) struct Find<'a> {
    pub(crate) session_id: &'a str,
    pub(crate) using: &'a str,
    pub(crate) value: &'a str,
}

/// Goes into a frame of the page.
#[endpoint(post = "/session/{session_id}/frame", response = ())]
pub(crate) struct Enter<'a> {
    pub(crate) session_id: &'a str,
    pub(crate) id: u32,
}

/// Finds the element that has the focus.
#[endpoint(get = "/session/{session_id}/element/active", response = Wrapped<Element>)]
pub(crate) struct Active<'a> {
    pub(crate) session_id: &'a str,
}

/// Clicks.
#[endpoint(post = "/session/{session_id}/element/{element_id}/click", response = ())]
pub(crate) struct Click<'a> {
    pub(crate) session_id: &'a str,
    pub(crate) element_id: &'a str,
    /// Never set. The driver requires a JSON object, even an empty one.
    #[serde(flatten)]
    pub(crate) nothing: Option<JsonObject>,
}

/// Empties a field.
#[endpoint(post = "/session/{session_id}/element/{element_id}/clear", response = ())]
pub(crate) struct Clear<'a> {
    pub(crate) session_id: &'a str,
    pub(crate) element_id: &'a str,
    /// Never set. The driver requires a JSON object, even an empty one.
    #[serde(flatten)]
    pub(crate) nothing: Option<JsonObject>,
}

/// Types into a field.
#[endpoint(post = "/session/{session_id}/element/{element_id}/value", response = ())]
pub(crate) struct Type<'a> {
    pub(crate) session_id: &'a str,
    pub(crate) element_id: &'a str,
    pub(crate) text: &'a str,
}

/// Runs a script in the page, and returns its result.
#[endpoint(post = "/session/{session_id}/execute/sync", response = Wrapped<Value>)]
pub(crate) struct Run<'a> {
    pub(crate) session_id: &'a str,
    pub(crate) script: &'a str,
    pub(crate) args: [(); 0],
}

/// Runs a script in the page, and returns the value with which it calls its last argument.
#[endpoint(post = "/session/{session_id}/execute/async", response = Wrapped<Value>)]
pub(crate) struct Await<'a> {
    pub(crate) session_id: &'a str,
    pub(crate) script: &'a str,
    pub(crate) args: [(); 0],
}

/// The cookies of the page, with their flags.
#[endpoint(get = "/session/{session_id}/cookie", response = Wrapped<Vec<Value>>)]
pub(crate) struct Cookies<'a> {
    pub(crate) session_id: &'a str,
}

/// A screenshot, as PNG in base64.
#[endpoint(get = "/session/{session_id}/screenshot", response = Wrapped<String>)]
pub(crate) struct Photograph<'a> {
    pub(crate) session_id: &'a str,
}

/// Sends a command of the Chromium protocol, for features that the standard does not have.
#[endpoint(post = "/session/{session_id}/goog/cdp/execute", response = ())]
pub(crate) struct Command<'a> {
    pub(crate) session_id: &'a str,
    pub(crate) cmd: &'a str,
    pub(crate) params: Value,
}

/// Returns the lines that the browser has written to its console since the last call.
#[endpoint(post = "/session/{session_id}/se/log", response = Wrapped<Vec<Value>>)]
pub(crate) struct Console<'a> {
    pub(crate) session_id: &'a str,
    #[serde(rename = "type")]
    pub(crate) kind: &'a str,
}
