//! A success before it is read.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use url::Url;

use super::status::while_reading;
use crate::error::{Decoded, Redactor};
use crate::transport::Body;
use crate::transport::timer::Timer;
use crate::{EndpointInfo, Error, mend};

/// A success before it is read into a value.
///
/// `Debug` shows neither the body nor header values.
pub struct Received<'c> {
    status: StatusCode,
    headers: HeaderMap,
    body: Body,
    /// Whether the endpoint declares this status as `none`.
    is_none: bool,
    origin: &'c dyn Origin,
}

/// The call that led to a response: what errors about it say besides, and what bounds the reading.
pub(crate) trait Origin: Send + Sync {
    /// The description of the endpoint.
    fn info(&self) -> &'static EndpointInfo;

    /// Where the request was sent, if it was sent by a client.
    fn url(&self) -> Option<Url>;

    /// The idempotency key that was sent.
    fn idempotency_key(&self) -> Option<&str>;

    /// Keeps what was sent out of errors.
    fn redactor(&self) -> Redactor;

    /// Completes an error about the response.
    fn failed(&self, error: Error) -> Error;

    /// The path to what the response is inside of; empty if it is in nothing.
    fn envelope(&self) -> &'static str;

    /// How much is read, and how long it may take.
    fn bounds(&self) -> Bounds;

    /// The same call for a value that outlives it.
    fn share(&self) -> Arc<dyn Origin>;
}

/// What bounds the reading of a body.
#[derive(Clone)]
pub(crate) struct Bounds {
    /// How many bytes may be in memory at once: of a whole body, of a line or of an event.
    pub(crate) max_bytes: usize,
    /// How long the next piece may take, and what measures that; `None` for a body that is there.
    pub(crate) idle: Option<(Duration, Arc<dyn Timer>)>,
}

impl<'c> Received<'c> {
    pub(crate) fn new(status: StatusCode, headers: HeaderMap, body: Body, origin: &'c dyn Origin) -> Self {
        let is_none = matches!(status.as_u16(), 204 | 205) || origin.info().is_none(status);
        Self { status, headers, body, is_none, origin }
    }

    /// Returns the HTTP status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns where the request was sent; `None` if the response was read without a client.
    pub fn url(&self) -> Option<Url> {
        self.origin.url()
    }

    /// Returns the idempotency key of the call, if it had one.
    pub fn idempotency_key(&self) -> Option<&str> {
        self.origin.idempotency_key()
    }

    /// Returns the description of the endpoint.
    pub fn info(&self) -> &'static EndpointInfo {
        self.origin.info()
    }

    /// Returns the whole body. It is empty for a type whose [`ARRIVAL`](FromResponse::ARRIVAL) is
    /// [`Streamed`](Arrival::Streamed).
    pub fn bytes(&self) -> &[u8] {
        self.body.as_bytes().map_or(&[], |bytes| bytes)
    }

    pub(crate) fn whole(&self) -> Bytes {
        self.body.as_bytes().cloned().unwrap_or_default()
    }

    /// Returns the whole body as text. What is not UTF-8 becomes U+FFFD.
    pub fn text(&self) -> Cow<'_, str> {
        // Checking the whole text once is much cheaper than checking string after string.
        let bytes = self.bytes();
        std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
    }

    /// Returns the body as it arrives.
    pub fn into_body(self) -> Body {
        self.body
    }

    pub(crate) fn into_stream(self) -> (Body, Arc<dyn Origin>) {
        (self.body, self.origin.share())
    }

    /// Whether there is nothing to read: the status is 204 or 205, or one that the endpoint declares as `none`.
    pub fn is_none(&self) -> bool {
        self.is_none
    }

    /// Rejects an error response that is `None` of the endpoint: it has a body, which is not what was asked for.
    pub(super) fn check_is_success(&self) -> Result<(), Error> {
        if self.status.is_success() {
            return Ok(());
        }
        Err(self.error("there is nothing to read: read the response of this endpoint into an `Option`"))
    }

    /// Reads the body as JSON, out of the API's envelope if it has one.
    ///
    /// # Errors
    ///
    /// The body is not JSON, or not what `T` takes.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        // A type without a size, such as `()`, takes nothing from the body.
        if let Some(Ok(nothing)) = (size_of::<T>() == 0).then(|| serde_json::from_slice(b"null")) {
            return Ok(nothing);
        }
        let json = self.content()?;
        while_reading(self.status.as_u16(), || mend::read(&json))
            .map_err(|error| self.unreadable(&json, &error))
    }

    /// The JSON to read: what is inside of the API's envelope, or null where there is nothing.
    pub(super) fn content(&self) -> Result<Cow<'_, str>, Error> {
        if self.is_none || self.bytes().is_empty() {
            return Ok(Cow::Borrowed("null"));
        }
        let text = self.text();
        let path = self.origin.envelope();
        if path.is_empty() {
            return Ok(text);
        }
        match text {
            Cow::Borrowed(text) => super::envelope::inside(text, path).map(Cow::Borrowed),
            Cow::Owned(ref text) => {
                super::envelope::inside(text, path).map(|json| Cow::Owned(json.to_owned()))
            }
        }
        .map_err(|error| self.unreadable(&self.text(), &error))
    }

    /// Creates the error for a response that is not what a type takes. The sentence says what is wrong, and quotes
    /// nothing of the response that may be secret.
    pub fn error(&self, sentence: &str) -> Error {
        let redactor = self.origin.redactor();
        self.origin.failed(Error::unreadable(self.status, &self.headers, self.bytes(), sentence, &redactor))
    }

    fn unreadable(&self, text: &str, error: &serde_json::Error) -> Error {
        let response = Decoded { status: self.status, headers: &self.headers, body: self.bytes(), text };
        let error = Error::decode(&response, error, &self.origin.redactor());
        self.origin.failed(error.with_headers(self.headers.clone()))
    }

    /// Returns the media type of the body, if the response says it.
    pub fn content_type(&self) -> Option<&str> {
        self.headers.get(CONTENT_TYPE)?.to_str().ok()
    }
}

impl fmt::Debug for Received<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received")
            .field("status", &self.status)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}
