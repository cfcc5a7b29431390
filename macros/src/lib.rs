//! The attribute macros of [`stytch-client`](https://docs.rs/stytch-client).
//!
//! Depend on `stytch-client` and use them from there: their documentation stands on its re-exports, where the
//! examples run, and what they expand to names private items of exactly that version.

#![expect(missing_docs, reason = "what is written here would stand below the re-exports' own documentation")]
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod check;
mod errors;
mod expand;
mod model;
mod parse;
mod path;
mod prepare;
mod response;
mod runtime;
mod suggest;
#[cfg(test)]
mod tests;
mod types;

use proc_macro::TokenStream;

#[proc_macro_attribute]
pub fn endpoint(arguments: TokenStream, item: TokenStream) -> TokenStream {
    expand::endpoint(arguments.into(), item.into()).into()
}

#[proc_macro_attribute]
pub fn object(arguments: TokenStream, item: TokenStream) -> TokenStream {
    expand::object(arguments.into(), item.into()).into()
}

#[proc_macro_attribute]
pub fn response(arguments: TokenStream, item: TokenStream) -> TokenStream {
    expand::response(arguments.into(), item.into()).into()
}

#[proc_macro_attribute]
pub fn resource(arguments: TokenStream, item: TokenStream) -> TokenStream {
    expand::resource(arguments.into(), item.into()).into()
}

/// Legalises the attributes that `#[endpoint]` has read, and expands to nothing.
#[doc(hidden)]
#[proc_macro_derive(__Read, attributes(serde))]
pub fn read(_item: TokenStream) -> TokenStream {
    TokenStream::new()
}

/// Expands `#[response]` on a struct of which parts are there only under a condition.
#[doc(hidden)]
#[proc_macro_derive(__Response, attributes(serde, __wire))]
pub fn decided_response(item: TokenStream) -> TokenStream {
    expand::decided("response", item.into()).into()
}

/// Implements `Serialize` for an `#[object]` of which parts are there only under a condition.
#[doc(hidden)]
#[proc_macro_derive(__Object, attributes(serde, __wire))]
pub fn decided_object(item: TokenStream) -> TokenStream {
    expand::decided("object", item.into()).into()
}
