//! The HTTP bodies of uploads.

use std::future::Future;
use std::io::{self, Read};
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

use crate::transport::{Body, TransportError};

/// The size of the chunks of a reader, in bytes. It is large enough to make the switch of threads cheap.
const PIECE: usize = 256 * 1024;

type Frames = Option<Result<Frame<Bytes>, TransportError>>;

/// A sequence of bodies. The last element is sent next.
pub(super) struct Chain(pub(super) Vec<Body>);

impl http_body::Body for Chain {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Frames> {
        while let Some(body) = self.0.last_mut() {
            if let Some(frame) = ready!(Pin::new(body).poll_frame(context)) {
                return Poll::Ready(Some(frame));
            }
            self.0.pop();
        }
        Poll::Ready(None)
    }

    fn size_hint(&self) -> SizeHint {
        let lengths = self.0.iter().map(|body| http_body::Body::size_hint(body).exact());
        lengths.sum::<Option<u64>>().map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// A body with a known length.
pub(super) struct OfLength {
    pub(super) body: Body,
    /// The number of bytes that are left.
    pub(super) left: u64,
}

impl http_body::Body for OfLength {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Frames> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context)?);
        let length = frame.as_ref().and_then(|frame| frame.data_ref()).map_or(0, |data| data.len() as u64);
        match self.left.checked_sub(length) {
            Some(left) if frame.is_some() || left == 0 => self.left = left,
            _ => return Poll::Ready(Some(Err(wrong_length()))),
        }
        Poll::Ready(frame.map(Ok))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

pub(super) fn wrong_length() -> TransportError {
    TransportError::rejected("the upload has another length").with_message(
        "the upload does not have the length that was set with `length`, or a file became shorter: the request was \
         cancelled",
    )
}

/// A reader that is read on a thread that is allowed to block.
pub(super) struct Blocking(State);

type Reader = Box<dyn Read + Send>;

enum State {
    /// Only the owner locks it. The mutex is needed because a body must be `Sync`.
    Idle(Mutex<Reader>),
    Reading(JoinHandle<(Reader, io::Result<Vec<u8>>)>),
    Over,
}

impl Blocking {
    pub(super) fn new(reader: Reader) -> Self {
        Self(State::Idle(Mutex::new(reader)))
    }

    /// Returns the next chunk. It is empty at the end.
    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<io::Result<Vec<u8>>> {
        loop {
            let (reader, piece) = match std::mem::replace(&mut self.0, State::Over) {
                State::Over => return Poll::Ready(Ok(Vec::new())),
                State::Idle(reader) => {
                    let reader = reader.into_inner().unwrap_or_else(PoisonError::into_inner);
                    // Allocated on the thread that frees it. Otherwise some allocators keep memory for every thread.
                    let piece = Vec::with_capacity(PIECE);
                    match Handle::try_current() {
                        Ok(runtime) => {
                            self.0 = State::Reading(runtime.spawn_blocking(|| read(reader, piece)));
                            continue;
                        }
                        // Without Tokio there is no such thread.
                        Err(_) => read(reader, piece),
                    }
                }
                State::Reading(mut task) => match Pin::new(&mut task).poll(context) {
                    Poll::Pending => {
                        self.0 = State::Reading(task);
                        return Poll::Pending;
                    }
                    Poll::Ready(read) => read.map_err(|_| io::Error::other("the reader panicked"))?,
                },
            };
            if piece.as_ref().is_ok_and(|piece| !piece.is_empty()) {
                self.0 = State::Idle(Mutex::new(reader));
            }
            return Poll::Ready(piece);
        }
    }
}

fn read(mut reader: Reader, mut piece: Vec<u8>) -> (Reader, io::Result<Vec<u8>>) {
    let result = reader.by_ref().take(PIECE as u64).read_to_end(&mut piece);
    (reader, result.map(|_| piece))
}

impl http_body::Body for Blocking {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Frames> {
        let piece = match ready!(self.poll_piece(context)) {
            Ok(piece) => piece,
            Err(error) => {
                let message = format!("the upload cannot be read to its end: {error}");
                return Poll::Ready(Some(Err(TransportError::rejected(error).with_message(message))));
            }
        };
        Poll::Ready((!piece.is_empty()).then(|| Ok(Frame::data(piece.into()))))
    }
}
