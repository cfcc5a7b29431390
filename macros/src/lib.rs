//! The attribute macros of `declapi`.
//!
//! Do not depend on this crate. Depend on `declapi` and use the macros from there: their documentation is on the
//! re-exports, where the examples can run. The generated code uses private items of exactly that version.

#![expect(missing_docs, reason = "documentation here would be appended to that of the re-exports")]
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod catalogue;
mod check;
mod errors;
mod expand;
mod location;
mod model;
mod names;
mod parameters;
mod parse;
mod prepare;
mod response;
mod runtime;
mod suggest;
#[cfg(test)]
mod tests;
mod types;

use proc_macro::TokenStream;

#[proc_macro]
pub fn catalogue(input: TokenStream) -> TokenStream {
    catalogue::expand(input.into()).into()
}

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

/// Makes `#[serde(…)]` legal on a struct for which `#[endpoint]` has already read it. It expands to nothing.
///
/// It has the name of serde's derive because rustc's messages list every derive that knows an attribute.
#[doc(hidden)]
#[proc_macro_derive(Serialize, attributes(serde))]
pub fn read(_item: TokenStream) -> TokenStream {
    TokenStream::new()
}

/// Expands `#[response]` on a struct with `cfg`s inside.
#[doc(hidden)]
#[proc_macro_derive(__Response, attributes(serde, __wire))]
pub fn decided_response(item: TokenStream) -> TokenStream {
    expand::decided("response", item.into()).into()
}

/// Implements `Serialize` for an `#[object]` with `cfg`s inside.
#[doc(hidden)]
#[proc_macro_derive(__Object, attributes(serde, __wire))]
pub fn decided_object(item: TokenStream) -> TokenStream {
    expand::decided("object", item.into()).into()
}
