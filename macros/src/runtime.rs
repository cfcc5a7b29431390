//! Where the run time is, as the expansion names it.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Path;

/// Prints as the path of the run time crate: `::declapi`, or what `crate = …` says.
pub(crate) struct Runtime(Option<Path>);

impl Runtime {
    pub(crate) fn new(renamed: Option<Path>) -> Self {
        Self(renamed)
    }

    /// The path of what expansions may name, as text for serde's attributes.
    pub(crate) fn private_path(&self) -> String {
        quote!(#self::__private).to_string().replace(' ', "")
    }

    /// The path as text, for serde's `crate = "…"`.
    pub(crate) fn serde_path(&self) -> String {
        format!("{}::serde", self.private_path())
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
            None => tokens.extend(quote!(::declapi)),
        }
    }
}
