//! Generates `Debug` for requests, with secret fields hidden.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::DeriveInput;
use syn::ext::IdentExt;

use super::Borrowed;
use super::generics::{Parameters, bounds};
use crate::model::Field;

/// Generates `impl Debug` for a request or an object inside one.
pub(super) fn expand(item: &DeriveInput, fields: &[Field<'_>]) -> TokenStream {
    let ident = &item.ident;
    let parameters = Parameters::of(&item.generics);
    let (bounded, names) = (&parameters.bounded, &parameters.names);
    let shown = fields.iter().filter(|field| field.secret.is_none()).map(|field| field.ty);
    let clause = parameters.clause(&bounds(shown, &item.generics, &quote!(__p::fmt::Debug)));
    let name = ident.unraw().to_string();
    let labels: Vec<&str> = fields.iter().map(|field| &*field.name).collect();
    let cfgs: Vec<_> = fields.iter().map(Field::cfgs).collect();
    let values = fields.iter().map(value);
    // One string costs rustc less than a string for each field, but has no room for a `cfg`.
    let labels = if cfgs.iter().all(Vec::is_empty) {
        labels.join(" ").to_token_stream()
    } else {
        quote!(&__p::joined(&[#(#(#cfgs)* #labels),*]))
    };
    let body = quote! {
        #[inline]
        fn fmt(&self, __f: &mut __p::fmt::Formatter<'_>) -> __p::fmt::Result {
            __p::debug(__f, #name, #labels, &[#(#(#cfgs)* #values),*])
        }
    };
    // rustc reports a derived second `Debug` at this span, the name of the struct.
    let span = Span::call_site().located_at(ident.span());
    quote_spanned! {span=>
        #[automatically_derived]
        impl<#(#bounded),*> __p::fmt::Debug for #ident<#(#names),*> #clause { #body }
    }
}

/// Returns the value that is shown for a field. Only that of a secret is a token stream, which costs calls into rustc.
fn value<'f>(field: &'f Field<'_>) -> Box<dyn ToTokens + 'f> {
    let ident = field.ident;
    match (field.secret.is_some(), field.is_required()) {
        (false, _) => Box::new(Borrowed { ident, ty: field.ty }),
        (true, true) => Box::new(quote!(&__p::Hidden)),
        (true, false) => Box::new(quote!(&__p::hidden(&self.#ident))),
    }
}
