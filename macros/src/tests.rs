//! Tests the expansions of the macros, and that the macros always expand.

mod catalogue;
mod declarations;
mod never_panics;
// The features `arguments` and `describe` add to expansions.
#[cfg(not(any(feature = "arguments", feature = "describe")))]
mod reference;
mod snapshots;

use proc_macro2::TokenStream;

/// One of the four macros.
type Expand = fn(TokenStream, TokenStream) -> TokenStream;

/// An item with one of our attributes on it.
struct Declaration {
    name: &'static str,
    macro_name: &'static str,
    expand: Expand,
    arguments: &'static str,
    item: &'static str,
}

impl Declaration {
    fn tokens(&self) -> (TokenStream, TokenStream) {
        (self.arguments.parse().unwrap(), self.item.parse().unwrap())
    }
}
