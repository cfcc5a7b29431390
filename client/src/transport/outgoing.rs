//! The body of a request on its way out, which remembers whether it ever set off.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

/// Whether a connection has begun to write a request.
#[derive(Clone, Default)]
pub(crate) struct Begun(Arc<AtomicBool>);

impl Begun {
    pub(crate) fn is_set(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    fn set(&self) {
        self.0.store(true, Ordering::Release);
    }
}

/// A body that the HTTP client can send once and no more.
///
/// This does two things that plain bytes would not. An HTTP client that was handed in cannot clone it, and so can
/// neither repeat it at a redirect nor on its own account. And the connection looks at it before it writes the
/// first byte of the request: as long as it has not, a repeat does nothing twice.
pub(crate) struct Outgoing {
    bytes: Bytes,
    begun: Begun,
}

impl Outgoing {
    pub(crate) fn new(body: Option<Bytes>, begun: &Begun) -> Self {
        Self { bytes: body.unwrap_or_default(), begun: begun.clone() }
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.begun.set();
        let bytes = std::mem::take(&mut self.bytes);
        Poll::Ready((!bytes.is_empty()).then(|| Ok(Frame::data(bytes))))
    }

    /// Asked when the head is about to be written, and not before.
    fn is_end_stream(&self) -> bool {
        self.begun.set();
        self.bytes.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        // The length is a `usize`, which no platform has wider than 64 bits.
        SizeHint::with_exact(self.bytes.len() as u64)
    }
}
