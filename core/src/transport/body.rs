//! The body of a request or a response, in memory or as a stream.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use pin_project_lite::pin_project;
use tokio::sync::OwnedSemaphorePermit;

use super::TransportError;

/// The body of a request or of a response.
///
/// A body that is made from bytes is in memory. A body that is made with [`wrap`](Self::wrap) is read in chunks.
pub struct Body {
    kind: Kind,
    /// Released when the body is dropped.
    connection_permit: Option<OwnedSemaphorePermit>,
}

enum Kind {
    Whole(Bytes),
    /// The response of the built-in transport. As an `http_body::Body` it would be boxed once more.
    #[cfg(feature = "reqwest")]
    Response(reqwest::Response),
    Streamed(Pin<Box<Streamed>>),
}

type Streamed = dyn http_body::Body<Data = Bytes, Error = TransportError> + Send;

impl Kind {
    fn streamed<B, E>(body: B, to_error: E) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        E: Fn(B::Error) -> TransportError + Send + 'static,
    {
        Self::Streamed(Box::pin(Wrapped { body, to_error }))
    }
}

impl Body {
    /// Returns an empty body.
    pub const fn empty() -> Self {
        Self::of(Kind::Whole(Bytes::new()))
    }

    const fn of(kind: Kind) -> Self {
        Self { kind, connection_permit: None }
    }

    /// Returns a body that is read in chunks from a body type of another HTTP crate.
    ///
    /// An error of the body means that the connection was closed, unless it is a [`TransportError`] that says
    /// otherwise.
    pub fn wrap<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<TransportError>,
    {
        Self::of(Kind::streamed(body, Into::into))
    }

    /// Holds the permit for its connection until the body is dropped.
    pub(crate) fn holding(self, connection_permit: Option<OwnedSemaphorePermit>) -> Self {
        Self { kind: self.kind, connection_permit: connection_permit.or(self.connection_permit) }
    }

    /// Returns the bytes of a body in memory; `None` for a body that is read in chunks.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.kind {
            Kind::Whole(bytes) => Some(bytes),
            #[cfg(feature = "reqwest")]
            Kind::Response(_) => None,
            Kind::Streamed(_) => None,
        }
    }

    /// Returns the next chunk; `None` at the end.
    ///
    /// # Errors
    ///
    /// The connection was closed, or the body cannot be decompressed.
    pub fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<Bytes>, TransportError>> {
        loop {
            let Some(frame) = ready!(self.poll_next_frame(context)?) else { return Poll::Ready(Ok(None)) };
            // A frame without data contains trailers, which are not used.
            if let Ok(data) = frame.into_data() {
                return Poll::Ready(Ok(Some(data)));
            }
        }
    }

    fn poll_next_frame(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        if let Kind::Whole(bytes) = &mut self.kind {
            let bytes = Some(std::mem::take(bytes)).filter(|bytes| !bytes.is_empty());
            return Poll::Ready(bytes.map(|bytes| Ok(Frame::data(bytes))));
        }
        #[cfg(feature = "reqwest")]
        if let Kind::Response(_) = self.kind {
            if let Kind::Response(response) = std::mem::replace(&mut self.kind, Kind::Whole(Bytes::new())) {
                self.kind = Kind::streamed(reqwest::Body::from(response), super::reqwest::broken_body);
            }
        }
        if let Kind::Streamed(body) = &mut self.kind {
            body.as_mut().poll_frame(context)
        } else {
            Poll::Ready(None)
        }
    }

    /// Returns the next chunk; `None` at the end.
    ///
    /// # Errors
    ///
    /// The connection was closed, or the body cannot be decompressed.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        match &mut self.kind {
            Kind::Whole(bytes) if bytes.is_empty() => Ok(None),
            Kind::Whole(bytes) => Ok(Some(std::mem::take(bytes))),
            #[cfg(feature = "reqwest")]
            Kind::Response(response) => response.chunk().await.map_err(super::reqwest::broken_body),
            Kind::Streamed(_) => poll_fn(|context| self.poll_chunk(context)).await,
        }
    }

    #[cfg(feature = "reqwest")]
    pub(crate) fn of_response(response: reqwest::Response) -> Self {
        Self::of(Kind::Response(response))
    }
}

pin_project! {
    /// A body with converted errors.
    struct Wrapped<B, E> {
        #[pin]
        body: B,
        to_error: E,
    }
}

impl<B, E> http_body::Body for Wrapped<B, E>
where
    B: http_body::Body<Data = Bytes>,
    E: Fn(B::Error) -> TransportError,
{
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let this = self.project();
        this.body.poll_frame(context).map(|frame| frame.map(|frame| frame.map_err(&*this.to_error)))
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        self.poll_next_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.as_bytes().is_some_and(Bytes::is_empty)
    }

    fn size_hint(&self) -> SizeHint {
        match &self.kind {
            // The length is a `usize`, which has at most 64 bits on all platforms.
            Kind::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            #[cfg(feature = "reqwest")]
            Kind::Response(response) => {
                response.content_length().map_or_else(SizeHint::default, SizeHint::with_exact)
            }
            Kind::Streamed(body) => body.size_hint(),
        }
    }
}

impl Default for Body {
    fn default() -> Self {
        Self::empty()
    }
}

macro_rules! from_bytes {
    ($($ty:ty),+) => {
        $(impl From<$ty> for Body {
            fn from(bytes: $ty) -> Self {
                Self::of(Kind::Whole(bytes.into()))
            }
        })+
    };
}

from_bytes!(Bytes, Vec<u8>, String, &'static [u8], &'static str);

impl fmt::Debug for Body {
    /// Shows only the size, because the content may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_bytes() {
            Some(bytes) => write!(f, "Body(<{} bytes, redacted>)", bytes.len()),
            None => f.write_str("Body(<stream>)"),
        }
    }
}
