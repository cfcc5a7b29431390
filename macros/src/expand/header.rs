//! Generates the header of an `impl Deserialize`: the lifetime of the input and the bounds of the parameters.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Lifetime;

use super::generics::Parameters;
use crate::parameters;
use crate::parse::wire::Default;
use crate::response::{Field, Reader, Response};
use crate::types;

/// The generics and bounds of the implementations.
pub(super) struct Header {
    pub(super) bounded: Vec<TokenStream>,
    pub(super) declared: Parameters,
    pub(super) names: Vec<TokenStream>,
    pub(super) clause: TokenStream,
}

impl Header {
    pub(super) fn of(response: &Response<'_>) -> Self {
        let declared = Parameters::of(&response.item.generics);
        let borrowed = borrowed(response);
        let input = if borrowed.is_empty() { quote!('de) } else { quote!('de: #(#borrowed)+*) };
        let bounded = std::iter::once(input).chain(declared.bounded.iter().map(ToTokens::to_token_stream));
        Self {
            bounded: bounded.collect(),
            names: declared.names.iter().map(ToTokens::to_token_stream).collect(),
            clause: declared.clause(&bounds(response)),
            declared,
        }
    }
}

/// Returns the lifetimes that the input must outlive: those of `&str` and `&[u8]`, and those with `borrow`.
fn borrowed(response: &Response<'_>) -> Vec<Lifetime> {
    let mut found: Vec<Lifetime> = Vec::new();
    for field in response.fields.iter().filter(|field| !matches!(field.reader, Reader::Skipped)) {
        let lifetimes = match field.serde.borrow.get() {
            Some(Some(named)) => named.clone(),
            Some(None) => types::lifetimes(field.ty.to_token_stream()),
            None => types::borrowed_by_itself(field.ty).into_iter().collect(),
        };
        for lifetime in lifetimes {
            if !found.contains(&lifetime) {
                found.push(lifetime);
            }
        }
    }
    found
}

/// Returns the bounds that serde would infer: types that are read are readable, and types of fields that may be missing
/// have a default.
fn bounds(response: &Response<'_>) -> Vec<TokenStream> {
    let generics = &response.item.generics;
    let mut bounds = Vec::new();
    if response.serde.default.is_set() && generics.type_params().next().is_some() {
        let (ident, names) = (&response.item.ident, Parameters::of(generics).names);
        bounds.push(quote!(#ident<#(#names),*>: __p::Default));
    }
    if let Some(given) = response.serde.bound_to_read() {
        bounds.extend(given.iter().map(ToTokens::to_token_stream));
        return bounds;
    }
    if response.serde.from.is_set() || response.serde.try_from.is_set() {
        return bounds;
    }
    for field in &response.fields {
        if let Some(given) = field.serde.bound_to_read() {
            bounds.extend(given.iter().map(ToTokens::to_token_stream));
            continue;
        }
        if generics.type_params().next().is_none() || types::is_phantom(field.ty) {
            continue;
        }
        let uses = parameters::uses_of_parameters(field.ty, generics);
        if !uses.is_empty() && defaults_to_its_type(field, response) && types::vec_element(field.ty).is_none()
        {
            let ty = field.ty;
            bounds.push(quote!(#ty: __p::tolerant::Missing));
        }
        if !matches!(field.reader, Reader::Skipped | Reader::With(_)) {
            bounds.extend(uses.iter().map(|used| quote!(#used: __p::serde::Deserialize<'de>)));
        }
    }
    bounds
}

/// Returns whether the initial value of a field is the default of its type.
fn defaults_to_its_type(field: &Field<'_>, response: &Response<'_>) -> bool {
    if let Some(default) = field.serde.default.get() {
        return matches!(default, Default::OfType);
    }
    let is_flat = matches!(field.reader, Reader::Flat);
    let is_option = types::option_inner(field.ty).is_some();
    !is_flat && !is_option && !field.reader.is_required() && !response.serde.default.is_set()
}
