//! The W3C's `WebDriver` protocol, as far as the visit needs it.
//!
//! It has nothing to do with Stytch, and is declared like any API that somebody else declares.

use declapi::endpoint;
use serde::Deserialize;
use serde_json::Value;
use stytch_client::JsonObject;

/// What the driver wraps every answer in.
#[derive(Debug, Deserialize)]
pub(crate) struct Answer<T> {
    pub(crate) value: T,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Started {
    #[serde(rename = "sessionId")]
    pub(crate) session_id: String,
}

/// The id of an element, under the name that the standard gives it.
#[derive(Debug, Deserialize)]
pub(crate) struct Element {
    #[serde(rename = "element-6066-11e4-a52e-4f735466cecf")]
    pub(crate) id: String,
}

/// Opens a browser.
#[endpoint(post = "/session", response = Answer<Started>)]
pub(crate) struct Start {
    pub(crate) capabilities: Value,
}

/// Closes it.
#[endpoint(delete = "/session/{session_id}", response = ())]
pub(crate) struct Close<'a> {
    pub(crate) session_id: &'a str,
}

/// Goes to an address, and waits until the page is there.
#[endpoint(post = "/session/{session_id}/url", response = ())]
pub(crate) struct Go<'a> {
    pub(crate) session_id: &'a str,
    pub(crate) url: &'a str,
}

/// Finds an element.
#[endpoint(post = "/session/{session_id}/element", response = Answer<Element>)]
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
#[endpoint(get = "/session/{session_id}/element/active", response = Answer<Element>)]
pub(crate) struct Active<'a> {
    pub(crate) session_id: &'a str,
}

/// Clicks.
#[endpoint(post = "/session/{session_id}/element/{element_id}/click", response = ())]
pub(crate) struct Click<'a> {
    pub(crate) session_id: &'a str,
    pub(crate) element_id: &'a str,
    /// Never set: the driver wants a JSON object where there is nothing to say.
    #[serde(flatten)]
    pub(crate) nothing: Option<JsonObject>,
}

/// Empties a field.
#[endpoint(post = "/session/{session_id}/element/{element_id}/clear", response = ())]
pub(crate) struct Clear<'a> {
    pub(crate) session_id: &'a str,
    pub(crate) element_id: &'a str,
    /// Never set: the driver wants a JSON object where there is nothing to say.
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

/// Runs a script in the page, and returns what it returns.
#[endpoint(post = "/session/{session_id}/execute/sync", response = Answer<Value>)]
pub(crate) struct Run<'a> {
    pub(crate) session_id: &'a str,
    pub(crate) script: &'a str,
    pub(crate) args: [(); 0],
}

/// Runs a script in the page, and returns what it calls its last argument with.
#[endpoint(post = "/session/{session_id}/execute/async", response = Answer<Value>)]
pub(crate) struct Await<'a> {
    pub(crate) session_id: &'a str,
    pub(crate) script: &'a str,
    pub(crate) args: [(); 0],
}

/// The cookies of the page, with their flags.
#[endpoint(get = "/session/{session_id}/cookie", response = Answer<Vec<Value>>)]
pub(crate) struct Cookies<'a> {
    pub(crate) session_id: &'a str,
}

/// A picture of what is on the screen, as PNG in base64.
#[endpoint(get = "/session/{session_id}/screenshot", response = Answer<String>)]
pub(crate) struct Photograph<'a> {
    pub(crate) session_id: &'a str,
}

/// Gives the browser a command of Chromium's own, for what the standard does not know.
#[endpoint(post = "/session/{session_id}/goog/cdp/execute", response = ())]
pub(crate) struct Command<'a> {
    pub(crate) session_id: &'a str,
    pub(crate) cmd: &'a str,
    pub(crate) params: Value,
}

/// What the browser has written to its console since it was last asked.
#[endpoint(post = "/session/{session_id}/se/log", response = Answer<Vec<Value>>)]
pub(crate) struct Console<'a> {
    pub(crate) session_id: &'a str,
    #[serde(rename = "type")]
    pub(crate) kind: &'a str,
}
