//! Generates `Debug` for requests, with secret fields hidden.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::DeriveInput;
use syn::ext::IdentExt;

use super::generics::{Parameters, bounds};
use super::span_of;
use crate::model::Field;

/// Generates `impl Debug` for a request or an object inside one.
pub(super) fn expand(item: &DeriveInput, fields: &[Field<'_>]) -> TokenStream {
    let ident = &item.ident;
    let parameters = Parameters::of(&item.generics);
    let (bounded, names) = (&parameters.bounded, &parameters.names);
    let shown = fields.iter().filter(|field| field.secret.is_none()).map(|field| field.ty);
    let clause = parameters.clause(&bounds(shown, &item.generics, &quote!(__p::fmt::Debug)));
    let name = ident.unraw().to_string();
    let shown = fields.iter().map(|field| {
        let (cfgs, ident, name) = (field.cfgs(), field.ident, &field.name);
        match (field.secret.is_some(), field.is_required()) {
            (false, _) => {
                let value = quote_spanned!(span_of(field.ty)=> &self.#ident);
                quote!(#(#cfgs)* (#name, #value))
            }
            (true, true) => quote!(#(#cfgs)* (#name, &__p::Hidden)),
            (true, false) => quote!(#(#cfgs)* (#name, &__p::hidden(&self.#ident))),
        }
    });
    let body = quote! {
        fn fmt(&self, __f: &mut __p::fmt::Formatter<'_>) -> __p::fmt::Result {
            __p::debug(__f, #name, &[#(#shown),*])
        }
    };
    // rustc reports a derived second `Debug` at this span, the name of the struct.
    let span = Span::call_site().located_at(ident.span());
    quote_spanned! {span=>
        #[automatically_derived]
        impl<#(#bounded),*> __p::fmt::Debug for #ident<#(#names),*> #clause { #body }
    }
}
