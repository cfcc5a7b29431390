//! The body of a request on its way out, which remembers whether it ever set off.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use crate::body::Body;

/// How far a request has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u32)]
pub(crate) enum Stage {
    /// It waits for its turn.
    Queued,
    /// It waits for a connection.
    Connecting,
    /// A connection has begun to write it.
    Begun,
}

/// The stage of one attempt, as the HTTP client's tasks move it on.
///
/// It is noted on the body, which is there anyway: the attempt's number and below it the stage. Whatever is left of
/// an earlier attempt has a lower number, and so no say any more.
#[derive(Clone)]
pub(crate) struct Progress {
    body: Body,
    attempt: u32,
}

impl Progress {
    const STAGES: u32 = 4;

    /// `attempt` counts up with every attempt at the same request.
    pub(crate) fn new(body: &Body, attempt: u32) -> Self {
        let progress = Self { body: body.clone(), attempt };
        progress.reach(Stage::Queued);
        progress
    }

    pub(crate) fn reach(&self, stage: Stage) {
        self.body.raise_note(self.attempt.saturating_mul(Self::STAGES).saturating_add(stage as u32));
    }

    pub(crate) fn stage(&self) -> Stage {
        match self.body.note() % Self::STAGES {
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
    progress: Progress,
    sent: bool,
}

impl Outgoing {
    /// The body on which `progress` is noted.
    pub(crate) fn new(progress: &Progress) -> Self {
        Self { progress: progress.clone(), sent: false }
    }

    fn left(&self) -> &[u8] {
        if self.sent { &[] } else { self.progress.body.as_slice() }
    }
}

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.progress.reach(Stage::Begun);
        let bytes = (!self.left().is_empty()).then(|| self.progress.body.to_bytes());
        self.sent = true;
        Poll::Ready(bytes.map(|bytes| Ok(Frame::data(bytes))))
    }

    /// Asked when the head is about to be written, and not before.
    fn is_end_stream(&self) -> bool {
        self.progress.reach(Stage::Begun);
        self.left().is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        // The length is a `usize`, which no platform has wider than 64 bits.
        SizeHint::with_exact(self.left().len() as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::body::BodyBuffer;

    #[test]
    fn what_is_left_of_an_earlier_attempt_has_no_say() {
        let body = BodyBuffer::with_capacity(0).freeze();
        let first = Progress::new(&body, 1);
        first.reach(Stage::Begun);
        assert!(first.stage() == Stage::Begun);
        let second = Progress::new(&body, 2);
        second.reach(Stage::Connecting);
        first.reach(Stage::Begun);
        assert!(second.stage() == Stage::Connecting);
    }
}
