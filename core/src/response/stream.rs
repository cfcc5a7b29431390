//! Bodies that are read while they arrive.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::{HeaderMap, StatusCode};

use super::from_response::{Arrival, FromResponse};
use super::received::{Bounds, Origin, Received};
use crate::error::find_request_id;
use crate::transport::timer::Sleep;
use crate::transport::{Body, TransportError, TransportErrorKind};
use crate::{Error, Phase};

/// A body that is read in chunks, for `response = ByteStream`.
///
/// It has no size limit. Each chunk must arrive within the [`idle_timeout`](crate::ClientBuilder::idle_timeout). The
/// timeout of the call ends when the headers have arrived. The stream uses a connection until it ends or is dropped.
///
/// ```
/// use std::io::Write;
///
/// use declapi::{ByteStream, Client, endpoint};
///
/// /// Downloads a file.
/// #[endpoint(get = "/files/{name}", response = ByteStream)]
/// pub struct Download<'a> {
///     /// The name of the file.
///     pub name: &'a str,
/// }
///
/// # async fn example(client: Client, mut file: std::fs::File) -> Result<(), Box<dyn std::error::Error>> {
/// let mut stream = client.download().name("a.tar").send().await?;
/// while let Some(chunk) = stream.next().await {
///     file.write_all(&chunk?)?;
/// }
/// # Ok(())
/// # }
/// ```
///
/// It implements `Stream`. The method [`next`](Self::next) works without another crate. On a blocking client,
/// [`iterate`](crate::Client::iterate) turns it into an iterator.
pub struct ByteStream {
    body: Body,
    origin: Arc<dyn Origin>,
    bounds: Bounds,
    status: StatusCode,
    headers: HeaderMap,
    /// Measures the timeout of the current chunk. All chunks use the same allocation.
    sleep: Pin<Box<Option<Sleep>>>,
    is_over: bool,
}

impl ByteStream {
    fn new(received: Received<'_>) -> Self {
        let status = received.status();
        let (headers, body, origin) = received.into_stream();
        Self { body, bounds: origin.bounds(), origin, status, headers, sleep: Box::pin(None), is_over: false }
    }

    /// Returns the next chunk. Returns `None` at the end and after an error.
    ///
    /// # Errors
    ///
    /// The connection was closed, no chunk arrived within the idle timeout, or the body cannot be decompressed.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|context| self.poll_piece(context)).await
    }

    pub(super) fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        if self.is_over {
            return Poll::Ready(None);
        }
        let piece = match self.body.poll_chunk(context) {
            Poll::Ready(piece) => piece,
            Poll::Pending => {
                ready!(self.poll_idle(context));
                let idle = self.bounds.idle.as_ref().map(|(idle, _)| *idle);
                return Poll::Ready(Some(Err(self.fail(Error::timeout(Phase::Reading, idle)))));
            }
        };
        self.sleep.set(None);
        Poll::Ready(match piece {
            Ok(Some(piece)) => Some(Ok(piece)),
            Ok(None) => {
                self.end();
                None
            }
            Err(error) => Some(Err(self.broken(error))),
        })
    }

    /// Ready when no chunk has arrived within the timeout.
    fn poll_idle(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let Some((idle, timer)) = &self.bounds.idle else { return Poll::Pending };
        if self.sleep.is_none() {
            self.sleep.set(Some(timer.timeout(*idle)));
        }
        self.sleep.as_mut().as_pin_mut().map_or(Poll::Pending, |sleep| sleep.poll(context))
    }

    fn broken(&mut self, error: TransportError) -> Error {
        let status = self.status.as_u16();
        let TransportError { kind, timed_out, timeout, source, .. } = error;
        let error = match kind {
            TransportErrorKind::InvalidResponse => Error::garbled(status),
            _ if timed_out => Error::timeout(Phase::Reading, timeout),
            _ => Error::cut_short(status),
        };
        self.fail(error.with_source(source))
    }

    /// Ends the stream with an error.
    pub(super) fn fail(&mut self, error: Error) -> Error {
        self.end();
        let redactor = self.origin.redactor();
        let request_id = find_request_id(&[], &self.headers, &|id| redactor.allows(id));
        let error = error.with_status(self.status).with_request_id(request_id);
        self.origin.failed(error.with_headers(std::mem::take(&mut self.headers)))
    }

    /// Ends the stream, also before the end of the body.
    pub(super) fn end(&mut self) {
        self.is_over = true;
        // Releases the connection immediately, and not only when the caller drops the stream.
        self.body = Body::empty();
    }

    pub(super) fn origin(&self) -> &dyn Origin {
        &*self.origin
    }

    pub(super) fn max_bytes(&self) -> usize {
        self.bounds.max_bytes
    }

    pub(super) fn status(&self) -> StatusCode {
        self.status
    }
}

impl FromResponse for ByteStream {
    const ARRIVAL: Arrival = Arrival::Streamed;

    fn from_response(received: Received<'_>) -> Result<Self, Error> {
        received.check_is_success()?;
        Ok(Self::new(received))
    }
}

/// Reads a body to its end, with a timeout for each chunk. Also returns the headers of the response.
pub(crate) async fn collect(received: Received<'_>) -> Result<(HeaderMap, Bytes), Error> {
    let mut stream = ByteStream::new(received);
    let mut all = BytesMut::new();
    while let Some(piece) = stream.next().await {
        let piece = piece?;
        if all.len() + piece.len() > stream.max_bytes() {
            let limit = stream.max_bytes();
            return Err(stream.fail(Error::too_large(stream.status.as_u16(), "a body", limit)));
        }
        all.extend_from_slice(&piece);
    }
    Ok((stream.headers, all.freeze()))
}

impl Stream for ByteStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_piece(context)
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream").field("status", &self.status).finish_non_exhaustive()
    }
}
