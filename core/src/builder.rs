//! Explains the documentation of builders: the conditions on their methods, and the return type of `send`.
//!
//! `#[endpoint]` and `#[object]` generate a builder for a struct. For an endpoint with the required field `email` and the
//! optional field `name`, its methods look like this:
//!
//! ```text
//! impl<__Client, const __EMAIL: bool> CreateBuilder<__Client, __EMAIL> {
//!     pub fn email(self, __value: impl Into<String>) -> CreateBuilder<__Client, true>
//!     where Flag<__EMAIL>: IsUnset<Create·email>;
//!
//!     pub fn name(self, __value: impl Into<String>) -> Self;
//!     pub fn maybe_name(self, __value: Option<impl Into<String>>) -> Self;
//!
//!     pub fn build(self) -> Create
//!     where Flag<__EMAIL>: IsSet<Create·email>;
//!
//!     pub fn send(self) -> Sent<__Client, User>
//!     where __Client: Caller, Flag<__EMAIL>: IsSet<Create·email>;
//! }
//! ```
//!
//! | signature | meaning |
//! |---|---|
//! | `where Flag<__EMAIL>: IsUnset<Create·email>` | call this setter at most once: `email` is a required field |
//! | `where Flag<__EMAIL>: IsSet<Create·email>` | call the setter `email` before this |
//! | `where __Client: Caller` | start from a client, as in `client.users().create()`; a builder from `Create::builder()` ends with `build` |
//! | `-> Sent<__Client, User>` | on an async client, a future of `Result<User, Error>`: write `.await`. On a blocking client, `Result<User, Error>` |
//! | `-> PagesOf<…>`, `-> ItemsOf<…>` | on an async client, a stream of pages or of their items; on a blocking client, an iterator |
//! | `-> CreateBuilder<__Client, true>` | the same builder, in which this field now has a value |
//! | `impl Into<String>` | every type that converts into a `String`, for example a string literal |
//!
//! A method without a condition can be called any number of times, in any order. The last value is used. `maybe_name` is
//! for an optional value.
//!
//! If a condition is not met, the compiler reports *required field `Create·email` was never set*, or *required field
//! `Create·email` is set twice*. `Create·email` is only the name of the field in such messages.

use crate::client::{Caller, Mode, PageCaller, Pages};
use crate::page::Paged;

/// The part of a builder's type that says whether a required field has a value.
///
/// In `CreateBuilder<__Client, __EMAIL>`, the parameter `__EMAIL` is `true` once `email` is set.
#[derive(Debug)]
pub enum Flag<const SET: bool> {}

/// A condition on `build` and `send`: call the setter of this required field first.
#[diagnostic::on_unimplemented(
    message = "required field `{Field}` was never set",
    label = "`{Field}` is missing here",
    note = "call the setter of each required field before this"
)]
pub trait IsSet<Field> {}

impl<Field> IsSet<Field> for Flag<true> {}

/// A condition on the setter of a required field: call it at most once.
#[diagnostic::on_unimplemented(
    message = "required field `{Field}` is set twice",
    label = "`{Field}` already has a value",
    note = "remove one of the two calls"
)]
pub trait IsUnset<Field> {}

impl<Field> IsUnset<Field> for Flag<false> {}

/// The return type of `send`: on an async client, a future of `Result<T, Error>`; on a blocking client, `Result<T, Error>`.
///
/// `C` is the client, or a resource's reference to it. `T` is the response type.
pub type Sent<C, T> = <C as Outcome>::Output<T>;

/// The return type of `pages`: on an async client, a stream of `Result<Page, Error>`; on a blocking client, an iterator.
///
/// See [`Pages`]. `C` is the client, and `E` is the endpoint.
pub type PagesOf<C, E> = <C as PageOutcome>::Pages<E>;

/// The return type of `items`: on an async client, a stream of the items of all pages; on a blocking client, an iterator.
///
/// See [`Items`](crate::Items). `C` is the client, and `E` is the endpoint.
pub type ItemsOf<C, E> = <C as PageOutcome>::Items<E>;

/// The return type of a call, for any client. A builder without a client has a return type too, so that the compiler
/// reports only the missing client.
#[doc(hidden)]
pub trait Outcome {
    /// The return type of a call for a `T`.
    type Output<T>;
}

impl<C: Caller> Outcome for C {
    type Output<T> = C::Output<T>;
}

impl Outcome for () {
    type Output<T> = std::convert::Infallible;
}

/// The return types of `pages` and `items`, for any client. A builder without a client has return types too.
#[doc(hidden)]
pub trait PageOutcome {
    /// The pages of an endpoint.
    type Pages<E: Paged>;

    /// Their items.
    type Items<E: Paged>;
}

impl<C: PageCaller> PageOutcome for C {
    type Pages<E: Paged> = Pages<E::Response, C::Mode>;
    type Items<E: Paged> = <C::Mode as Mode>::Items<E>;
}

impl PageOutcome for () {
    type Pages<E: Paged> = std::convert::Infallible;
    type Items<E: Paged> = std::convert::Infallible;
}
