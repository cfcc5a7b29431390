//! The attribute macros of `declapi`.
//!
//! Depend on `declapi` and use them from there: their documentation is on its re-exports, where the examples run, and
//! what they expand to names private items of exactly that version.

#![expect(missing_docs, reason = "what is written here would stand below the re-exports' own documentation")]
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod check;
mod errors;
mod expand;
mod model;
mod parse;
mod path;
mod prepare;
mod runtime;
mod suggest;
#[cfg(test)]
mod tests;
mod types;

use proc_macro::TokenStream;

#[proc_macro_attribute]
pub fn client(arguments: TokenStream, item: TokenStream) -> TokenStream {
    expand::client(arguments.into(), item.into()).into()
}

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
