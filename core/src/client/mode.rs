//! Whether a client's calls are awaited or block.

use std::fmt;

use super::{Items, Pages, ResponseFuture};
use crate::Paged;

/// Whether the calls of a client are awaited or block: [`Async`], or [`Blocking`](crate::Blocking) with the feature
/// `blocking`.
///
/// It is a parameter of a client type, so that what is declared on the client serves both.
pub trait Mode: sealed::Sealed + Clone + fmt::Debug + Send + Sync + 'static {
    /// What a call returns: a future, or the result.
    type Output<T>;

    /// The items of the pages of `E`. With the endpoint as its parameter, a response that is no page is one error.
    #[doc(hidden)]
    type Items<E: Paged>;

    /// Turns a call into what it returns.
    #[doc(hidden)]
    fn wait<T>(&self, call: ResponseFuture<T>) -> Self::Output<T>;

    /// Turns pages into their items.
    #[doc(hidden)]
    fn items<E: Paged>(pages: Pages<E::Response, Self>) -> Self::Items<E>;
}

/// The mode of clients whose calls are awaited.
#[derive(Clone, Copy, Debug, Default)]
pub struct Async;

impl Mode for Async {
    type Output<T> = ResponseFuture<T>;
    type Items<E: Paged> = Items<E::Response>;

    fn wait<T>(&self, call: ResponseFuture<T>) -> ResponseFuture<T> {
        call
    }

    fn items<E: Paged>(pages: Pages<E::Response>) -> Items<E::Response> {
        pages.into_items()
    }
}

pub(super) mod sealed {
    /// Keeps the modes to those of this crate.
    pub trait Sealed {}

    impl Sealed for super::Async {}
}
