//! A successful response before it is read.

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

/// A successful response before it is read into a value.
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

/// The call of a response. It provides data for errors, and limits for reading the body.
pub(crate) trait Origin: Send + Sync {
    /// The metadata of the endpoint.
    fn info(&self) -> &'static EndpointInfo;

    /// The URL to which the request was sent. `None` if no client sent it.
    fn url(&self) -> Option<Url>;

    /// The idempotency key that was sent.
    fn idempotency_key(&self) -> Option<&str>;

    /// Returns a redactor that removes the secrets of the request from errors.
    fn redactor(&self) -> Redactor;

    /// Adds the data of the call to an error about the response.
    fn failed(&self, error: Error) -> Error;

    /// The path to the response inside of the body; empty if there is no envelope.
    fn envelope(&self) -> &'static str;

    /// The limits for reading the body.
    fn bounds(&self) -> Bounds;

    /// Returns the same call for a value that lives longer than this reference.
    fn share(&self) -> Arc<dyn Origin>;
}

/// The limits for reading a body.
#[derive(Clone)]
pub(crate) struct Bounds {
    /// The maximum number of bytes in memory: of a whole body, of a line or of an event.
    pub(crate) max_bytes: usize,
    /// The timeout for the next chunk, and the timer that measures it. `None` for a body that is already complete.
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

    /// Returns the URL to which the request was sent; `None` if the response was read without a client.
    pub fn url(&self) -> Option<Url> {
        self.origin.url()
    }

    /// Returns the idempotency key of the call, if it had one.
    pub fn idempotency_key(&self) -> Option<&str> {
        self.origin.idempotency_key()
    }

    /// Returns the metadata of the endpoint.
    pub fn info(&self) -> &'static EndpointInfo {
        self.origin.info()
    }

    /// Returns the whole body. It is empty for a type whose [`ARRIVAL`](crate::FromResponse::ARRIVAL) is
    /// [`Streamed`](crate::Arrival::Streamed).
    pub fn bytes(&self) -> &[u8] {
        self.body.as_bytes().map_or(&[], |bytes| bytes)
    }

    pub(crate) fn whole(&self) -> Bytes {
        self.body.as_bytes().cloned().unwrap_or_default()
    }

    /// Returns the whole body as text. Bytes that are not UTF-8 become U+FFFD.
    pub fn text(&self) -> Cow<'_, str> {
        // Checking the whole text once is much cheaper than checking each string.
        let bytes = self.bytes();
        std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
    }

    /// Returns the body. For a type whose [`ARRIVAL`](crate::FromResponse::ARRIVAL) is
    /// [`Streamed`](crate::Arrival::Streamed), it is still arriving; for other types it is complete.
    pub fn into_body(self) -> Body {
        self.body
    }

    pub(crate) fn into_stream(self) -> (HeaderMap, Body, Arc<dyn Origin>) {
        (self.headers, self.body, self.origin.share())
    }

    /// Returns whether there is no content: the status is 204 or 205, or one that the endpoint declares as `none`.
    pub fn is_none(&self) -> bool {
        self.is_none
    }

    /// Rejects an error status that the endpoint declares as `none`, because its body does not contain the response.
    pub(super) fn check_is_success(&self) -> Result<(), Error> {
        if self.status.is_success() {
            return Ok(());
        }
        Err(self.error("the response has no content: read the response of this endpoint into an `Option`"))
    }

    /// Reads the body as JSON. Removes the API's envelope if it has one.
    ///
    /// # Errors
    ///
    /// The body is not JSON, or does not match `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        // A response type of size zero, for example `()`, ignores the body.
        if let Some(Ok(nothing)) = (size_of::<T>() == 0).then(|| serde_json::from_slice(b"null")) {
            return Ok(nothing);
        }
        let json = self.content()?;
        while_reading(self.status.as_u16(), || mend::read(&json))
            .map_err(|error| self.unreadable(&json, &error))
    }

    /// Returns the JSON of the response inside of the envelope, or null if there is no content.
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

    /// Creates the error for a response that does not match the type. The sentence says what is wrong. It must not
    /// quote parts of the response that may be secret.
    pub fn error(&self, sentence: &str) -> Error {
        let redactor = self.origin.redactor();
        self.origin.failed(Error::unreadable(self.status, &self.headers, self.bytes(), sentence, &redactor))
    }

    fn unreadable(&self, text: &str, error: &serde_json::Error) -> Error {
        let response = Decoded { status: self.status, headers: &self.headers, body: self.bytes(), text };
        let error = Error::decode(&response, error, &self.origin.redactor());
        self.origin.failed(error.with_headers(self.headers.clone()))
    }

    /// Returns the media type of the body, if the response has the header.
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
