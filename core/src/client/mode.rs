//! Whether the calls of a client return futures or block.

use std::fmt;

use super::{Items, Pages, ResponseFuture};
use crate::Paged;

/// Whether the calls of a client return futures or block: [`Async`], or [`Blocking`](crate::Blocking) with the feature
/// `blocking`.
///
/// It is a parameter of every client type, so that one declaration works for both.
pub trait Mode: sealed::Sealed + Clone + fmt::Debug + Send + Sync + 'static {
    /// The return type of a call: a future, or the result.
    type Output<T>;

    /// The items of the pages of `E`. The type depends on the endpoint, so that a response type without pages causes
    /// only one compile error.
    #[doc(hidden)]
    type Items<E: Paged>;

    /// Turns a call into the return value of this mode.
    #[doc(hidden)]
    fn wait<T>(&self, call: ResponseFuture<T>) -> Self::Output<T>;

    /// Turns pages into their items.
    #[doc(hidden)]
    fn items<E: Paged>(pages: Pages<E::Response, Self>) -> Self::Items<E>;
}

/// The mode of clients whose calls return futures.
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
    /// Makes sure that only this crate implements modes.
    pub trait Sealed {}

    impl Sealed for super::Async {}
}
