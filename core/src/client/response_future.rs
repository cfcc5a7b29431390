//! A future of a call.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use crate::Error;
use crate::call::{Core, Finished, Options, run};
use crate::endpoint::Request;
use crate::response::{Reader, Received};

/// A call, which is sent when the future is first awaited and cancelled when it is dropped.
///
/// It owns all its data. `send` has already serialized the request, so the values that the request borrowed can be
/// dropped.
#[must_use = "a call does nothing until it is awaited"]
pub struct ResponseFuture<T> {
    call: Pin<Box<dyn Future<Output = Result<Finished, Error>> + Send>>,
    read: fn(Received<'_>) -> Result<T, Error>,
}

impl<T> ResponseFuture<T> {
    pub(super) fn new(
        core: &Arc<Core>,
        options: Options,
        reader: Reader<T>,
        request: Result<Request, Error>,
    ) -> Self {
        let call = Box::pin(run(Arc::clone(core), options, reader.wanted, request));
        Self { call, read: reader.read }
    }
}

impl<T> Future for ResponseFuture<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let finished = ready!(self.call.as_mut().poll(context)?);
        let Finished { status, headers, body, call } = finished;
        Poll::Ready((self.read)(Received::new(status, headers, body, &call)))
    }
}

impl<T> fmt::Debug for ResponseFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}
