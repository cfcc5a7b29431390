//! Bodies: one that is read within limits, and one that may break off.

use std::{
    fmt,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::{Body, Frame, Incoming, SizeHint};
use tokio::time::timeout;

use super::connection::Desk;
use crate::limits::Limits;

/// How much of a body that is too large is read all the same, so that the client gets to see why it was refused: to
/// close a connection with bytes unread is to tear it down.
const MOST_DRAINED_BYTES: usize = 8 << 20;
const DRAIN_DEADLINE: Duration = Duration::from_secs(2);

/// Why a body was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unread {
    TooLarge,
    TooSlow,
    /// The client went away, or sent something that is not HTTP.
    Broken,
}

/// Reads a body in full, within the limits of weight and time.
pub(super) async fn read(mut body: Incoming, limits: &Limits, waits: bool) -> Result<Bytes, Unread> {
    if body.size_hint().lower() > limits.body_bytes as u64 {
        // Who waits for a word before sending has sent nothing yet, and need not.
        if !waits {
            drain(body).await;
        }
        return Err(Unread::TooLarge);
    }
    match timeout(limits.body_deadline, Limited::new(&mut body, limits.body_bytes).collect()).await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            drain(body).await;
            Err(Unread::TooLarge)
        }
        Ok(Err(_)) => Err(Unread::Broken),
        Err(_) => Err(Unread::TooSlow),
    }
}

async fn drain(mut body: Incoming) {
    let read = async {
        let mut drained = 0;
        while let Some(Ok(frame)) = body.frame().await {
            drained += frame.data_ref().map_or(0, Bytes::len);
            if drained > MOST_DRAINED_BYTES {
                break;
            }
        }
    };
    let _ = timeout(DRAIN_DEADLINE, read).await;
}

/// The body of an answer; with a fault, one that promises more bytes than it has.
pub(super) struct Outgoing {
    rest: Option<Bytes>,
    end: End,
    promised: u64,
    /// Tells the connection that the answer is out.
    finished: Option<Finished>,
}

/// Ends the work on a request when it is dropped.
pub(super) struct Finished(pub(super) Arc<Desk>);

impl Drop for Finished {
    fn drop(&mut self) {
        self.0.seat.end();
    }
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
        Self { promised: bytes.len() as u64, rest: Some(bytes), end: End::Whole, finished: None }
    }

    pub(super) fn cut_short(bytes: &Bytes) -> Self {
        Self {
            promised: bytes.len() as u64,
            rest: Some(bytes.slice(..bytes.len() / 2)),
            end: End::Cut,
            finished: None,
        }
    }
}

impl Outgoing {
    pub(super) fn finishing(mut self, finished: Finished) -> Self {
        self.finished = Some(finished);
        self
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
