//! Request bodies, read within limits, and response bodies, which a fault can cut short.

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

use super::slots::Busy;
use crate::limits::Limits;

/// The maximum number of bytes of a body that is too large that are still read. If a connection is closed with unread
/// bytes, the client may not see the response with the error.
const MAX_DRAINED_BYTES: usize = 8 << 20;
const DRAIN_TIMEOUT: Duration = Duration::from_secs(2);

/// Why a request body was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unread {
    TooLarge,
    TooSlow,
    /// The client closed the connection, or sent something that is not HTTP.
    Broken,
}

/// Reads a request body completely, within the size limit and the timeout.
///
/// `waits` says that the client waits for `100 Continue` before it sends the body.
pub(super) async fn read(mut body: Incoming, limits: &Limits, waits: bool) -> Result<Bytes, Unread> {
    if body.size_hint().lower() > limits.body_bytes as u64 {
        // A client that waits has not sent anything yet.
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
            if drained > MAX_DRAINED_BYTES {
                break;
            }
        }
    };
    let _ = timeout(DRAIN_TIMEOUT, read).await;
}

/// The body of a response. With a fault, it announces more bytes than it has.
pub(super) struct Outgoing {
    rest: Option<Bytes>,
    end: End,
    announced: u64,
    /// Dropped together with the body, when the response is sent.
    busy: Option<Busy>,
}

/// How a body ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Whole,
    /// With an error, after the bytes before it had time to be sent.
    Cut,
    /// With an error, now.
    CutNow,
}

impl Outgoing {
    pub(super) fn whole(bytes: Bytes) -> Self {
        Self { announced: bytes.len() as u64, rest: Some(bytes), end: End::Whole, busy: None }
    }

    pub(super) fn cut_short(bytes: &Bytes) -> Self {
        Self {
            announced: bytes.len() as u64,
            rest: Some(bytes.slice(..bytes.len() / 2)),
            end: End::Cut,
            busy: None,
        }
    }
}

impl Outgoing {
    /// Keeps the connection busy until the response is sent.
    pub(super) fn keeping(mut self, busy: Busy) -> Self {
        self.busy = Some(busy);
        self
    }
}

/// The error at the end of a body that was cut short.
#[derive(Debug)]
pub(super) struct CutShort;

impl fmt::Display for CutShort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the response was cut short by a fault")
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
                // hyper sends the bytes it has when a body is pending, and discards them when a body fails.
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
        SizeHint::with_exact(if self.end == End::Whole { left } else { self.announced })
    }
}
