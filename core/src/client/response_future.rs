//! An answer on its way.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::Error;
use crate::exchange::Answer;

/// A call that sends itself when it is awaited, and is cancelled when it is dropped.
///
/// It owns all it needs: the request's JSON was written when `send` was called, so nothing that the request
/// borrowed has to live on.
#[must_use = "a call does nothing until it is awaited"]
pub struct Pending<T> {
    exchange: Pin<Box<dyn Future<Output = Result<Answer, Error>> + Send>>,
    decode: fn(&Answer) -> Result<T, Error>,
}

impl<T> Pending<T> {
    pub(crate) fn new(
        exchange: impl Future<Output = Result<Answer, Error>> + Send + 'static,
        decode: fn(&Answer) -> Result<T, Error>,
    ) -> Self {
        Self { exchange: Box::pin(exchange), decode }
    }
}

impl<T> Future for Pending<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let decode = self.decode;
        self.exchange.as_mut().poll(context).map(|answer| answer.and_then(|answer| decode(&answer)))
    }
}

impl<T> fmt::Debug for Pending<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pending").finish_non_exhaustive()
    }
}
