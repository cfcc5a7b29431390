//! The body of a request, which reports when a connection begins to write the request.

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body as _, Frame, SizeHint};

use crate::transport::{Body, Progress, Stage, TransportError};

/// A body that the HTTP client can send only once.
///
/// It has two advantages over plain bytes. A custom HTTP client cannot clone it, so it cannot send the request again
/// after a redirect or in a retry. And it reports when the request is written; before that, a retry is safe.
pub(super) struct Outgoing {
    /// The HTTP client requires a body that is `Sync`. The mutex is never locked.
    body: Mutex<Body>,
    /// The number of bytes that are left, if it is known.
    length: Option<u64>,
    progress: Progress,
}

impl Outgoing {
    pub(super) fn new(body: Body, progress: Progress) -> Self {
        progress.reach(Stage::Connecting);
        Self { length: body.size_hint().exact(), body: Mutex::new(body), progress }
    }
}

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        self.progress.reach(Stage::Sent);
        let frame = Pin::new(self.body.get_mut().unwrap_or_else(PoisonError::into_inner)).poll_frame(context);
        match &frame {
            Poll::Ready(Some(Ok(frame))) => {
                let sent = frame.data_ref().map_or(0, |data| data.len() as u64);
                self.length = self.length.map(|length| length.saturating_sub(sent));
            }
            Poll::Ready(Some(Err(error))) => self.progress.body_failed(error),
            Poll::Ready(None) | Poll::Pending => {}
        }
        frame
    }

    /// Returns whether the body has ended. hyper calls this directly before it writes the headers. HTTP/2 sends them
    /// before the body is polled, and an empty body is never polled.
    fn is_end_stream(&self) -> bool {
        self.progress.reach(Stage::Sent);
        self.length == Some(0)
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

#[cfg(test)]
mod tests {
    use http_body::Body as _;

    use super::*;

    fn next(outgoing: &mut Outgoing) -> Option<Bytes> {
        let mut context = Context::from_waker(std::task::Waker::noop());
        match Pin::new(outgoing).poll_frame(&mut context) {
            Poll::Ready(frame) => frame.map(|frame| frame.unwrap().into_data().unwrap()),
            Poll::Pending => panic!("a whole body is there at once"),
        }
    }

    #[test]
    fn a_request_is_sent_when_its_body_is_read() {
        let progress = Progress::new();
        let mut outgoing = Outgoing::new("abc".into(), progress.clone());
        assert_eq!(outgoing.size_hint().exact(), Some(3));
        assert_eq!(progress.stage(), Stage::Connecting);
        assert_eq!(next(&mut outgoing).as_deref(), Some(&b"abc"[..]));
        assert_eq!(progress.stage(), Stage::Sent);
        assert_eq!(next(&mut outgoing), None);
        assert!(outgoing.is_end_stream());
    }

    #[test]
    fn a_request_is_sent_when_its_headers_are_written() {
        for (body, is_empty) in [(Body::empty(), true), ("abc".into(), false)] {
            let progress = Progress::new();
            let outgoing = Outgoing::new(body, progress.clone());
            assert_eq!(progress.stage(), Stage::Connecting);
            assert_eq!(outgoing.is_end_stream(), is_empty);
            assert_eq!(progress.stage(), Stage::Sent);
        }
    }
}
