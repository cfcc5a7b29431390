//! Bodies: one that is read within limits, and one that may break off.

use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::{Body, Frame, Incoming, SizeHint};
use tokio::time::timeout;

/// What a body may weigh.
pub(super) const MOST_BODY_BYTES: usize = 1 << 20;
/// How long a body may take to arrive.
const BODY_DEADLINE: Duration = Duration::from_secs(10);

/// Why a body was not read.
pub(super) enum Unread {
    TooLarge,
    TooSlow,
    /// The client went away, or sent something that is not HTTP.
    Broken,
}

/// Reads a body in full, within the limits of weight and time.
pub(super) async fn read(body: Incoming) -> Result<Bytes, Unread> {
    if body.size_hint().lower() > MOST_BODY_BYTES as u64 {
        return Err(Unread::TooLarge);
    }
    match timeout(BODY_DEADLINE, Limited::new(body, MOST_BODY_BYTES).collect()).await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Unread::TooLarge),
        Ok(Err(_)) => Err(Unread::Broken),
        Err(_) => Err(Unread::TooSlow),
    }
}

/// The body of an answer; with a fault, one that promises more bytes than it has.
pub(super) struct Outgoing {
    rest: Option<Bytes>,
    end: End,
    promised: u64,
}

/// How a body ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Whole,
    /// With an error, after what there is has had time to go out.
    Cut,
    /// With an error, now.
    CutNow,
}

impl Outgoing {
    pub(super) fn whole(bytes: Bytes) -> Self {
        Self { promised: bytes.len() as u64, rest: Some(bytes), end: End::Whole }
    }

    pub(super) fn cut_short(bytes: &Bytes) -> Self {
        Self { promised: bytes.len() as u64, rest: Some(bytes.slice(..bytes.len() / 2)), end: End::Cut }
    }
}

/// The error with which a cut body ends.
#[derive(Debug)]
pub(super) struct CutShort;

impl fmt::Display for CutShort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the answer was cut short on request")
    }
}

impl std::error::Error for CutShort {}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = CutShort;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, CutShort>>> {
        if let Some(bytes) = self.rest.take().filter(|bytes| !bytes.is_empty()) {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        match self.end {
            End::Whole => Poll::Ready(None),
            End::Cut => {
                // hyper flushes what it has when a body makes it wait, and drops it when a body fails.
                self.end = End::CutNow;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            End::CutNow => Poll::Ready(Some(Err(CutShort))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.end == End::Whole && self.rest.as_ref().is_none_or(Bytes::is_empty)
    }

    fn size_hint(&self) -> SizeHint {
        let left = self.rest.as_ref().map_or(0, Bytes::len) as u64;
        SizeHint::with_exact(if self.end == End::Whole { left } else { self.promised })
    }
}
