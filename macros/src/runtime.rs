//! The path of the runtime crate in generated code.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Path;

/// Expands to the path of the runtime crate: `::declapi`, or the path in `crate = …`.
pub(crate) struct Runtime(Option<Path>);

impl Runtime {
    pub(crate) fn new(renamed: Option<Path>) -> Self {
        Self(renamed)
    }

    /// Returns `use …::__private as __p;`, the first line of every anonymous constant.
    pub(crate) fn import(&self) -> TokenStream {
        quote!(use #self::__private as __p;)
    }
}

impl ToTokens for Runtime {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match &self.0 {
            Some(path) => path.to_tokens(tokens),
            None => tokens.extend(quote!(::declapi)),
        }
    }
}
