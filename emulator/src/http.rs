//! A request and a response as plain values, with complete bodies and without I/O.

use bytes::Bytes;
use hyper::{
    HeaderMap, Method, StatusCode,
    header::{CONTENT_TYPE, HeaderName, HeaderValue},
};
use serde_json::Value;

/// A request that has arrived completely.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) method: Method,
    /// Percent-encoded, as it was sent.
    pub(crate) path: String,
    pub(crate) query: Option<String>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Request {
    /// Returns a header as a string; `None` if it is absent or not a string.
    pub(crate) fn header(&self, name: HeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// A response before it is sent.
#[derive(Clone)]
pub(crate) struct Response {
    pub(crate) status: StatusCode,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) body: Bytes,
    /// The error type in the body, for the log.
    pub(crate) error_type: Option<&'static str>,
}

impl Response {
    pub(crate) fn json(status: StatusCode, body: &Value) -> Self {
        let headers = vec![(CONTENT_TYPE, HeaderValue::from_static("application/json"))];
        Self { status, headers, body: Bytes::from(body.to_string()), error_type: None }
    }

    pub(crate) fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }
}
