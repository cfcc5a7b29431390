//! Where the run time is, as the expansion names it.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Path;

/// Prints as the path of the run time crate: `::stytch_client`, or what `crate = …` says.
pub(crate) struct Runtime(Option<Path>);

impl Runtime {
    pub(crate) fn new(renamed: Option<Path>) -> Self {
        Self(renamed)
    }

    /// `use …::__private as __p;`, which stands at the head of every anonymous constant.
    pub(crate) fn import(&self) -> TokenStream {
        quote!(use #self::__private as __p;)
    }
}

impl ToTokens for Runtime {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match &self.0 {
            Some(path) => path.to_tokens(tokens),
            None => tokens.extend(quote!(::stytch_client)),
        }
    }
}
