//! Responses with one JSON value per line.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, BytesMut};
use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::from_response::{Arrival, FromResponse};
use super::received::Received;
use super::stream::ByteStream;
use crate::error::Decoded;
use crate::{Error, mend};

/// A stream of JSON lines (NDJSON), each of which is read into a `T`, for `response = JsonLines<T>`.
///
/// Empty lines are skipped. A line can be at most [`max_response_bytes`](crate::ClientBuilder::max_response_bytes)
/// long. The timeouts are those of a [`ByteStream`].
///
/// ```
/// use declapi::{Client, Error, JsonLines, endpoint, response};
///
/// /// Watches the pods of a cluster.
/// #[endpoint(get = "/pods", response = JsonLines<Change>, query("watch" = true))]
/// pub struct WatchPods;
///
/// /// A change of a pod.
/// #[response]
/// pub struct Change {
///     /// The kind of the change.
///     #[serde(rename = "type")]
///     pub kind: String,
/// }
///
/// # async fn example(client: Client) -> Result<(), Error> {
/// let mut changes = client.watch_pods().send().await?;
/// while let Some(change) = changes.next().await {
///     println!("{}", change?.kind);
/// }
/// # Ok(())
/// # }
/// ```
///
/// It is also a body format: `body = JsonLines` sends each element of a list on a separate line.
pub struct JsonLines<T = ()> {
    lines: Lines,
    item: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> JsonLines<T> {
    /// Returns the next value. Returns `None` at the end and after an error.
    ///
    /// # Errors
    ///
    /// A line does not match `T` or is too long; or the errors of [`ByteStream::next`].
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<T: DeserializeOwned> FromResponse for JsonLines<T> {
    const ACCEPT: &'static str = "application/x-ndjson, application/jsonl, application/json";
    const ARRIVAL: Arrival = Arrival::Streamed;

    fn from_response(received: Received<'_>) -> Result<Self, Error> {
        Ok(Self {
            lines: Lines::new(ByteStream::from_response(received)?, Ends::AtLineFeed),
            item: PhantomData,
        })
    }
}

impl<T: DeserializeOwned> Stream for JsonLines<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let Some(line) = ready!(self.lines.poll_line(context)?) else { return Poll::Ready(None) };
            if !line.trim().is_empty() {
                return Poll::Ready(Some(self.lines.json(&line)));
            }
        }
    }
}

impl<T> fmt::Debug for JsonLines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonLines").finish_non_exhaustive()
    }
}

/// The characters that end a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    /// A line feed, with or without a carriage return before it.
    AtLineFeed,
    /// A line feed, or a carriage return alone.
    AtEither,
}

/// Splits a stream of bytes into lines.
#[derive(Debug)]
pub struct Lines {
    stream: ByteStream,
    ends: Ends,
    /// The bytes after the last line ending.
    rest: BytesMut,
    /// The number of these bytes that contain no line ending.
    searched: usize,
    /// Whether the last line ended with a carriage return, which may be followed by a line feed.
    after_return: bool,
}

impl Lines {
    pub(super) fn new(stream: ByteStream, ends: Ends) -> Self {
        Self { stream, ends, rest: BytesMut::new(), searched: 0, after_return: false }
    }

    /// Returns the next line without its line ending; `None` at the end of the body.
    pub(super) fn poll_line(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<String>, Error>> {
        loop {
            if let Some(line) = self.take_line() {
                return Poll::Ready(Ok(Some(line)));
            }
            if self.rest.len() > self.stream.max_bytes() {
                return Poll::Ready(Err(self.too_large("a line")));
            }
            match ready!(self.stream.poll_piece(context)) {
                Some(piece) => self.rest.extend_from_slice(&piece?),
                None if self.rest.is_empty() => return Poll::Ready(Ok(None)),
                None => {
                    self.searched = 0;
                    return Poll::Ready(Ok(Some(text(&std::mem::take(&mut self.rest)))));
                }
            }
        }
    }

    fn take_line(&mut self) -> Option<String> {
        if self.after_return && !self.rest.is_empty() {
            self.after_return = false;
            if self.rest.starts_with(b"\n") {
                self.rest.advance(1);
            }
        }
        let is_end = |byte: &u8| *byte == b'\n' || *byte == b'\r' && self.ends == Ends::AtEither;
        let Some(length) = self.rest[self.searched..].iter().position(is_end) else {
            self.searched = self.rest.len();
            return None;
        };
        let line = self.rest.split_to(self.searched + length);
        self.after_return = self.rest.starts_with(b"\r");
        self.rest.advance(1);
        self.searched = 0;
        Some(text(&line))
    }

    /// Reads JSON from the stream. Invalid JSON ends the stream.
    pub(super) fn json<T: DeserializeOwned>(&mut self, json: &str) -> Result<T, Error> {
        mend::read(json).map_err(|error| {
            let (status, headers) = (self.stream.status(), http::HeaderMap::new());
            let response = Decoded { status, headers: &headers, body: json.as_bytes(), text: json };
            let error = Error::decode(&response, &error, &self.stream.origin().redactor());
            self.fail(error)
        })
    }

    /// Ends the stream because a line or an event is too large.
    pub(super) fn too_large(&mut self, what: &str) -> Error {
        let error = Error::too_large(self.stream.status().as_u16(), what, self.stream.max_bytes());
        self.fail(error)
    }

    fn fail(&mut self, error: Error) -> Error {
        self.rest.clear();
        self.searched = 0;
        self.stream.fail(error)
    }

    pub(super) fn max_bytes(&self) -> usize {
        self.stream.max_bytes()
    }
}

fn text(line: &[u8]) -> String {
    String::from_utf8_lossy(line.strip_suffix(b"\r").unwrap_or(line)).into_owned()
}
