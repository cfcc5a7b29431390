//! The body of a request on its way out, which remembers whether it ever set off.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

/// How far a request has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Stage {
    /// It waits for its turn.
    Queued,
    /// It waits for a connection.
    Connecting,
    /// A connection has begun to write it.
    Begun,
}

/// The stage of a request, as the HTTP client's tasks move it on.
#[derive(Clone, Default)]
pub(crate) struct Progress(Arc<AtomicU8>);

impl Progress {
    pub(crate) fn reach(&self, stage: Stage) {
        self.0.fetch_max(stage as u8, Ordering::AcqRel);
    }

    pub(crate) fn stage(&self) -> Stage {
        match self.0.load(Ordering::Acquire) {
            0 => Stage::Queued,
            1 => Stage::Connecting,
            _ => Stage::Begun,
        }
    }
}

/// A body that the HTTP client can send once and no more.
///
/// This does two things that plain bytes would not. An HTTP client that was handed in cannot clone it, and so can
/// neither repeat it at a redirect nor on its own account. And the connection looks at it before it writes the
/// first byte of the request: as long as it has not, a repeat does nothing twice.
pub(crate) struct Outgoing {
    bytes: Bytes,
    progress: Progress,
}

impl Outgoing {
    pub(crate) fn new(body: Option<Bytes>, progress: &Progress) -> Self {
        Self { bytes: body.unwrap_or_default(), progress: progress.clone() }
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.progress.reach(Stage::Begun);
        let bytes = std::mem::take(&mut self.bytes);
        Poll::Ready((!bytes.is_empty()).then(|| Ok(Frame::data(bytes))))
    }

    /// Asked when the head is about to be written, and not before.
    fn is_end_stream(&self) -> bool {
        self.progress.reach(Stage::Begun);
        self.bytes.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        // The length is a `usize`, which no platform has wider than 64 bits.
        SizeHint::with_exact(self.bytes.len() as u64)
    }
}
