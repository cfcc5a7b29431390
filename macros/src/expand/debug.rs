//! Generates `Debug` for requests, with secret fields hidden.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
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
    let value = |field: &Field<'_>| {
        let ident = field.ident;
        match (field.secret.is_some(), field.is_required()) {
            (false, _) => quote_spanned!(span_of(field.ty)=> &self.#ident),
            (true, true) => quote!(&__p::Hidden),
            (true, false) => quote!(&__p::hidden(&self.#ident)),
        }
    };
    let values = fields.iter().map(|field| {
        let (cfgs, value) = (field.cfgs(), value(field));
        quote!(#(#cfgs)* #value)
    });
    // One string costs rustc less than a string for each field, but has no room for a `cfg`.
    let labels = if fields.iter().all(|field| field.cfgs().is_empty()) {
        let names: Vec<&str> = fields.iter().map(|field| &*field.name).collect();
        names.join(" ").to_token_stream()
    } else {
        let names = fields.iter().map(|field| {
            let (cfgs, name) = (field.cfgs(), &field.name);
            quote!(#(#cfgs)* #name)
        });
        quote!(&__p::joined(&[#(#names),*]))
    };
    let body = quote! {
        #[inline]
        fn fmt(&self, __f: &mut __p::fmt::Formatter<'_>) -> __p::fmt::Result {
            __p::debug(__f, #name, #labels, &[#(#values),*])
        }
    };
    // rustc reports a derived second `Debug` at this span, the name of the struct.
    let span = Span::call_site().located_at(ident.span());
    quote_spanned! {span=>
        #[automatically_derived]
        impl<#(#bounded),*> __p::fmt::Debug for #ident<#(#names),*> #clause { #body }
    }
}
