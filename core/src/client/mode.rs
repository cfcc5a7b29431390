//! Whether a client's calls are awaited or block.

use std::fmt;

use super::ResponseFuture;

/// Whether the calls of a client are awaited or block: [`Async`], or [`Blocking`](crate::Blocking) with the feature
/// `blocking`.
///
/// It is a parameter of a client type, so that what is declared on the client serves both.
pub trait Mode: sealed::Sealed + Clone + fmt::Debug + Send + Sync + 'static {
    /// What a call returns: a future, or the result.
    type Output<T>;

    /// Turns a call into what it returns.
    #[doc(hidden)]
    fn wait<T>(&self, call: ResponseFuture<T>) -> Self::Output<T>;
}

/// The mode of clients whose calls are awaited.
#[derive(Clone, Copy, Debug, Default)]
pub struct Async;

impl Mode for Async {
    type Output<T> = ResponseFuture<T>;

    fn wait<T>(&self, call: ResponseFuture<T>) -> ResponseFuture<T> {
        call
    }
}

pub(super) mod sealed {
    /// Keeps the modes to those of this crate.
    pub trait Sealed {}

    impl Sealed for super::Async {}
}
