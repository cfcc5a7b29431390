//! The body of a request or a response, whole or while it arrives.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::Frame;
use pin_project_lite::pin_project;

use super::TransportError;

/// The body of a request or of a response.
///
/// A body made from bytes is whole. One made with [`wrap`](Self::wrap) is read piece by piece.
pub struct Body(Kind);

enum Kind {
    Whole(Bytes),
    /// The built-in transport's, which would be boxed once more as an `http_body::Body`.
    #[cfg(feature = "reqwest")]
    Response(reqwest::Response),
    Streamed(Pin<Box<Streamed>>),
}

type Streamed = dyn http_body::Body<Data = Bytes, Error = TransportError> + Send;

impl Body {
    /// Returns a body without bytes.
    pub const fn empty() -> Self {
        Self(Kind::Whole(Bytes::new()))
    }

    /// Returns a body that is read piece by piece, as another HTTP crate gives it.
    ///
    /// An error of the body means that the connection broke, unless it is a [`TransportError`] that says more.
    pub fn wrap<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<TransportError>,
    {
        Self::streamed(body, Into::into)
    }

    fn streamed<B, E>(body: B, to_error: E) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        E: Fn(B::Error) -> TransportError + Send + 'static,
    {
        Self(Kind::Streamed(Box::pin(Wrapped { body, to_error })))
    }

    /// Returns the bytes of a whole body; `None` for one that is read piece by piece.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Kind::Whole(bytes) => Some(bytes),
            #[cfg(feature = "reqwest")]
            Kind::Response(_) => None,
            Kind::Streamed(_) => None,
        }
    }

    /// The next frame, as the built-in transport asks for it when it sends.
    #[cfg(feature = "reqwest")]
    pub(super) fn poll_frame(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        if let Kind::Whole(bytes) = &mut self.0 {
            let bytes = Some(std::mem::take(bytes)).filter(|bytes| !bytes.is_empty());
            return Poll::Ready(bytes.map(|bytes| Ok(Frame::data(bytes))));
        }
        if let Kind::Response(_) = self.0 {
            if let Kind::Response(response) = std::mem::replace(&mut self.0, Kind::Whole(Bytes::new())) {
                *self = Self::streamed(reqwest::Body::from(response), super::reqwest::broken_body);
            }
        }
        match &mut self.0 {
            Kind::Streamed(body) => body.as_mut().poll_frame(context),
            Kind::Whole(_) | Kind::Response(_) => Poll::Ready(None),
        }
    }

    /// Returns the next piece; `None` at the end.
    ///
    /// # Errors
    ///
    /// The connection broke, or what arrived cannot be unpacked.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        match &mut self.0 {
            Kind::Whole(bytes) if bytes.is_empty() => Ok(None),
            Kind::Whole(bytes) => Ok(Some(std::mem::take(bytes))),
            #[cfg(feature = "reqwest")]
            Kind::Response(response) => response.chunk().await.map_err(super::reqwest::broken_body),
            Kind::Streamed(body) => loop {
                let Some(frame) = poll_fn(|context| body.as_mut().poll_frame(context)).await else {
                    return Ok(None);
                };
                // What is no data is a trailer, which nothing here reads.
                if let Ok(data) = frame?.into_data() {
                    return Ok(Some(data));
                }
            },
        }
    }

    #[cfg(feature = "reqwest")]
    pub(crate) fn of_response(response: reqwest::Response) -> Self {
        Self(Kind::Response(response))
    }
}

pin_project! {
    /// A body whose errors are ours.
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
                Self(Kind::Whole(bytes.into()))
            }
        })+
    };
}

from_bytes!(Bytes, Vec<u8>, String, &'static [u8], &'static str);

impl fmt::Debug for Body {
    /// Shows the size and never the content, which may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_bytes() {
            Some(bytes) => write!(f, "Body(<{} bytes, redacted>)", bytes.len()),
            None => f.write_str("Body(<stream>)"),
        }
    }
}
