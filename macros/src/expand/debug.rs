//! `Debug` for what is sent, with secret fields hidden.

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use super::generics::{Parameters, each_type};
use crate::model::Field;

/// `impl Debug` for a request or an object inside one.
pub(super) fn expand(item: &DeriveInput, fields: &[Field<'_>]) -> TokenStream {
    let ident = &item.ident;
    let parameters = Parameters::of(&item.generics);
    let (bounded, names) = (&parameters.bounded, &parameters.names);
    let clause = parameters.clause(&each_type(&item.generics, &quote!(__p::fmt::Debug)));
    let name = ident.to_string();
    let shown = fields.iter().map(|field| {
        let (cfgs, ident, name) = (field.cfgs(), field.ident, &field.name);
        match (field.secret.is_some(), field.is_required()) {
            (false, _) => quote!(#(#cfgs)* (#name, &self.#ident)),
            (true, true) => quote!(#(#cfgs)* (#name, &__p::Hidden)),
            (true, false) => quote!(#(#cfgs)* (#name, &__p::hidden(&self.#ident))),
        }
    });
    quote! {
        impl<#(#bounded),*> __p::fmt::Debug for #ident<#(#names),*> #clause {
            fn fmt(&self, __f: &mut __p::fmt::Formatter<'_>) -> __p::fmt::Result {
                __p::debug(__f, #name, &[#(#shown),*])
            }
        }
    }
}
