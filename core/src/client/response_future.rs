//! A call as a future.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use serde::de::DeserializeOwned;

use crate::Error;
use crate::call::{Core, Options, Received, run};
use crate::endpoint::Request;
use crate::response::decode;

/// A call, sent when it is first awaited and cancelled when it is dropped.
///
/// It owns all it needs: the request's JSON was written when `send` was called, so nothing that the request
/// borrowed has to live on.
#[must_use = "a call does nothing until it is awaited"]
pub struct ResponseFuture<T> {
    call: Pin<Box<dyn Future<Output = Result<Received, Error>> + Send>>,
    decode: fn(&Received) -> Result<T, Error>,
}

impl<T> ResponseFuture<T> {
    pub(super) fn new(core: &Arc<Core>, options: Options, request: Result<Request, Error>) -> Self
    where
        T: DeserializeOwned,
    {
        Self { call: Box::pin(run(Arc::clone(core), options, request)), decode: read }
    }
}

/// Reads a response. The one function that is compiled anew for each response type.
fn read<T: DeserializeOwned>(received: &Received) -> Result<T, Error> {
    decode(received.status.as_u16(), &received.body, |text, error| received.unreadable(text, error))
}

impl<T> Future for ResponseFuture<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let decode = self.decode;
        self.call.as_mut().poll(context).map(|received| received.and_then(|received| decode(&received)))
    }
}

impl<T> fmt::Debug for ResponseFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}
