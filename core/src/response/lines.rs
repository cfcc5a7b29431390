//! Responses with one JSON value per line.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::ops::Range;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use memchr::{memchr, memchr2};
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
            let line = self.lines.text(line);
            if line.len() > self.lines.max_bytes() {
                return Poll::Ready(Some(Err(self.lines.too_large("a line"))));
            }
            if !line.trim().is_empty() {
                let value = self.lines.json(line);
                return Poll::Ready(Some(value.map_err(|error| self.lines.fail(error))));
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

/// Splits a stream of bytes into lines of text. Bytes that are not UTF-8 are replaced by U+FFFD.
#[derive(Debug)]
pub struct Lines {
    stream: ByteStream,
    ends: Ends,
    /// The text that has arrived. A line is read where it is, without a copy.
    arrived: String,
    /// The first bytes of a character whose other bytes have not arrived.
    cut: Vec<u8>,
    /// The start of the next line in the text.
    start: usize,
    /// The number of bytes after `start` that contain no line ending.
    searched: usize,
    /// Whether the last line ended with a carriage return, which may be followed by a line feed.
    after_return: bool,
}

impl Lines {
    pub(super) fn new(stream: ByteStream, ends: Ends) -> Self {
        let (arrived, cut) = (String::new(), Vec::new());
        Self { stream, ends, arrived, cut, start: 0, searched: 0, after_return: false }
    }

    /// Returns the next line, for [`text`](Self::text); `None` at the end of the body.
    pub(super) fn poll_line(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Option<Range<usize>>, Error>> {
        loop {
            if let Some(line) = self.take_line() {
                return Poll::Ready(Ok(Some(line)));
            }
            // Only the beginning of a line is left.
            self.arrived.drain(..self.start);
            self.start = 0;
            if self.arrived.len() > self.stream.max_bytes() {
                return Poll::Ready(Err(self.too_large("a line")));
            }
            if let Some(piece) = ready!(self.stream.poll_piece(context)) {
                // After an error, the beginning of a line is not a line.
                let piece = piece.inspect_err(|_| self.end())?;
                self.push(&piece);
                continue;
            }
            if !std::mem::take(&mut self.cut).is_empty() {
                self.arrived.push(char::REPLACEMENT_CHARACTER);
            }
            if self.arrived.is_empty() {
                return Poll::Ready(Ok(None));
            }
            let line = self.line(self.arrived.len());
            (self.start, self.searched) = (self.arrived.len(), 0);
            return Poll::Ready(Ok(Some(line)));
        }
    }

    /// Appends a piece to the text. All lines in it are checked at once, which is faster than line by line.
    fn push(&mut self, piece: &[u8]) {
        let mut whole = std::mem::take(&mut self.cut);
        let mut rest = piece;
        if !whole.is_empty() {
            whole.extend_from_slice(piece);
            rest = &whole;
        }
        loop {
            let error = match std::str::from_utf8(rest) {
                Ok(text) => return self.arrived.push_str(text),
                Err(error) => error,
            };
            let (valid, others) = rest.split_at(error.valid_up_to());
            self.arrived.push_str(std::str::from_utf8(valid).unwrap_or_default());
            let Some(unreadable) = error.error_len() else {
                self.cut = others.to_vec();
                return;
            };
            self.arrived.push(char::REPLACEMENT_CHARACTER);
            rest = &others[unreadable..];
        }
    }

    fn take_line(&mut self) -> Option<Range<usize>> {
        let arrived = self.arrived.as_bytes();
        if self.after_return && self.start < arrived.len() {
            self.after_return = false;
            self.start += usize::from(arrived[self.start] == b'\n');
        }
        let unsearched = &arrived[self.start + self.searched..];
        let end = match self.ends {
            Ends::AtLineFeed => memchr(b'\n', unsearched),
            Ends::AtEither => memchr2(b'\n', b'\r', unsearched),
        };
        let Some(length) = end else {
            self.searched = arrived.len() - self.start;
            return None;
        };
        let end = self.start + self.searched + length;
        self.after_return = arrived[end] == b'\r';
        let line = self.line(end);
        (self.start, self.searched) = (end + 1, 0);
        Some(line)
    }

    /// Returns the line from `start` to `end`, without the carriage return of its line ending.
    fn line(&self, end: usize) -> Range<usize> {
        let has_return = self.arrived.as_bytes()[self.start..end].ends_with(b"\r");
        self.start..end - usize::from(has_return)
    }

    /// Returns the text of the last line, without its line ending.
    pub(super) fn text(&self, line: Range<usize>) -> &str {
        &self.arrived[line]
    }

    /// Reads JSON from the stream. After an error, the stream must [`fail`](Self::fail).
    pub(super) fn json<T: DeserializeOwned>(&self, json: &str) -> Result<T, Error> {
        mend::read(json).map_err(|error| {
            let (status, headers) = (self.stream.status(), http::HeaderMap::new());
            let response = Decoded { status, headers: &headers, body: json.as_bytes(), text: json };
            Error::decode(&response, &error, &self.stream.origin().redactor())
        })
    }

    /// Ends the stream because a line or an event is too large.
    pub(super) fn too_large(&mut self, what: &str) -> Error {
        let error = Error::too_large(self.stream.status().as_u16(), what, self.stream.max_bytes());
        self.fail(error)
    }

    /// Ends the stream because its lines are not those of events.
    pub(super) fn no_events(&mut self) -> Error {
        let error = Error::no_events(self.stream.status().as_u16());
        self.fail(error)
    }

    /// Ends the stream with an error.
    pub(super) fn fail(&mut self, error: Error) -> Error {
        self.end();
        self.stream.fail(error)
    }

    /// Ends the stream before the end of the body.
    pub(super) fn end(&mut self) {
        self.arrived.clear();
        self.cut.clear();
        (self.start, self.searched) = (0, 0);
        self.stream.end();
    }

    pub(super) fn max_bytes(&self) -> usize {
        self.stream.max_bytes()
    }
}
