//! Generates code for bodies that are not a JSON object of fields.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::span_of;
use super::write::{self, Writes, Written};
use crate::location::Location;
use crate::model::{Endpoint, Field};
use crate::parse::Slot;
use crate::parse::wire::WireStruct;

/// Returns whether the body is not written field by field.
pub(super) fn is_used(endpoint: &Endpoint<'_>) -> bool {
    endpoint.format.is_some() || whole(endpoint).is_some()
}

/// Returns the field that is the whole body.
fn whole<'e>(endpoint: &'e Endpoint<'_>) -> Option<&'e Field<'e>> {
    endpoint.fields.iter().find(|field| field.location == Location::WholeBody)
}

/// Generates the statement that writes the body.
pub(super) fn write(endpoint: &Endpoint<'_>) -> Option<TokenStream> {
    if !is_used(endpoint) || !endpoint.has_body() {
        return None;
    }
    // rustc reports a type that is not a format at this span, the type.
    let spanned = |format| quote_spanned!(span_of(format)=> __to.format::<#format, _>(self););
    let statement =
        endpoint.format.as_ref().map_or_else(|| quote!(__to.format::<__p::Json, _>(self);), spanned);
    let Some(field) = whole(endpoint) else { return Some(statement) };
    let (cfgs, name) = (field.cfgs(), field.ident);
    Some(match &field.skip_if {
        Some(skip) => quote!(#(#cfgs)* if !#skip(&self.#name) { #statement }),
        None if field.is_required() => quote!(#(#cfgs)* { #statement }),
        None => quote!(#(#cfgs)* if __p::Option::is_some(&self.#name) { #statement }),
    })
}

/// Generates the value for the format: the fields of the body, or the field that is the whole body.
pub(super) fn fields(endpoint: &Endpoint<'_>, bounds: &[TokenStream]) -> Option<TokenStream> {
    if !is_used(endpoint) {
        return None;
    }
    let in_body = endpoint.fields.iter().filter(|field| field.is_in_body());
    let fields: Vec<Written<'_>> = in_body.map(Written::from).collect();
    let only = whole(endpoint).map(|field| field.ident);
    let transparent = only.map_or_else(Slot::default, |only| Slot::filled(only.span(), ()));
    let mut serde = WireStruct::default();
    serde.transparent = transparent;
    Some(write::implementation(endpoint.item, &serde, &fields, only, bounds, Writes::Body))
}
