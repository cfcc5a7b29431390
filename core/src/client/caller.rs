//! The types that can send a request.

use crate::{CallOptions, Endpoint, FromResponse, Reader};

/// The trait that the `send` method of a builder requires. A reference to a client implements it, for async and for
/// blocking clients.
///
/// With this trait, one declaration works for async and blocking programs: `send` returns a future for the former and
/// the result for the latter.
///
/// Implement it for a client that handles requests differently, for example with another error type:
///
/// ```
/// use std::pin::Pin;
/// use std::task::{Context, Poll};
///
/// use declapi::{Caller, Client, Endpoint, Reader, ResponseFuture, endpoint};
///
/// /// A shop whose errors are sentences for its customers.
/// #[derive(Clone, Debug)]
/// pub struct Shop(Client);
///
/// /// The errors that a customer sees.
/// #[derive(Debug, PartialEq)]
/// pub enum ShopError {
///     SoldOut,
///     TryLater,
/// }
///
/// impl From<declapi::Error> for ShopError {
///     fn from(error: declapi::Error) -> Self {
///         if error.is("sold_out") { Self::SoldOut } else { Self::TryLater }
///     }
/// }
///
/// /// A call with the error type of the shop.
/// pub struct ShopFuture<T>(ResponseFuture<T>);
///
/// impl<T> Future for ShopFuture<T> {
///     type Output = Result<T, ShopError>;
///
///     fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
///         Pin::new(&mut self.0).poll(context).map_err(ShopError::from)
///     }
/// }
///
/// impl Caller for &Shop {
///     type Output<T> = ShopFuture<T>;
///
///     fn call_with<E: Endpoint, T>(self, endpoint: &E, reader: Reader<T>) -> ShopFuture<T> {
///         ShopFuture(self.0.call_with(endpoint, reader))
///     }
/// }
///
/// /// Buys something.
/// #[endpoint(post = "/orders", response = ())]
/// pub struct Buy {
///     /// The id of the article.
///     pub article: u64,
/// }
///
/// # async fn example(shop: Shop) -> Result<(), ShopError> {
/// shop.buy().article(7).send().await?;
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "a builder without a client cannot send",
    label = "there is no client to send with",
    note = "finish with `.build()` and pass the request to `client.send(&request)`"
)]
pub trait Caller: Sized {
    /// The return type of a call: a future of the result, or the result.
    type Output<T>;

    /// Sends a request and reads the response with a reader.
    fn call_with<E: Endpoint, T>(self, endpoint: &E, reader: Reader<T>) -> Self::Output<T>;

    /// Sends a request and reads the response as the type that the endpoint declares.
    fn call<E: Endpoint>(self, endpoint: &E) -> Self::Output<E::Response> {
        self.call_with(endpoint, E::READER)
    }

    /// Sends a request and reads the response as a `T`.
    fn call_as<E: Endpoint, T: FromResponse>(self, endpoint: &E) -> Self::Output<T> {
        self.call_with(endpoint, Reader::new())
    }

    /// Sends a request with options for this call and reads the response with a reader.
    #[doc(hidden)]
    fn call_with_options<E: Endpoint, T>(
        self,
        endpoint: &E,
        reader: Reader<T>,
        options: CallOptions,
    ) -> Self::Output<T> {
        self.call_with(&endpoint.with_options(options), reader)
    }
}

/// A caller with options for its next call. The method `with_options` of a builder returns it.
#[derive(Clone, Debug)]
pub struct CallerWithOptions<C> {
    caller: C,
    options: CallOptions,
}

impl<C> CallerWithOptions<C> {
    #[doc(hidden)]
    pub fn new(caller: C, options: CallOptions) -> Self {
        Self { caller, options }
    }

    pub(super) fn into_parts(self) -> (C, CallOptions) {
        (self.caller, self.options)
    }
}

#[diagnostic::do_not_recommend]
impl<C: Caller> Caller for CallerWithOptions<C> {
    type Output<T> = C::Output<T>;

    fn call_with<E: Endpoint, T>(self, endpoint: &E, reader: Reader<T>) -> C::Output<T> {
        self.caller.call_with_options(endpoint, reader, self.options)
    }

    fn call_with_options<E: Endpoint, T>(
        self,
        endpoint: &E,
        reader: Reader<T>,
        later: CallOptions,
    ) -> C::Output<T> {
        self.caller.call_with_options(endpoint, reader, self.options.and(later))
    }
}
