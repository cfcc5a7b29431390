//! Generates the struct itself.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Attribute, Data, DeriveInput};

use super::lints::three_states;
use crate::prepare::ours;
use crate::runtime::Runtime;

/// Returns the struct without the attributes that were already read.
pub(super) fn stripped(item: &DeriveInput) -> TokenStream {
    without_ours(item).into_token_stream()
}

/// Returns the struct without the attributes that were already read. Its serde attributes become legal.
pub(super) fn legalised(item: &DeriveInput, runtime: &Runtime) -> TokenStream {
    let (three_states, item) = (allow_three_states(item), readable(item, runtime));
    quote!(#three_states #item)
}

/// Does the same for a struct without a builder.
pub(super) fn readable(item: &DeriveInput, runtime: &Runtime) -> TokenStream {
    let item = without_ours(item);
    // Without a derive that knows `#[serde(…)]`, rustc would reject the attribute.
    let derive = mentions_serde(&item).then(|| quote!(#[derive(#runtime::__private::Read)]));
    quote!(#derive #item)
}

/// Returns the tokens with another span and the same meaning.
pub(super) fn respanned(tokens: TokenStream, span: Span) -> TokenStream {
    let respanned = tokens.into_iter().map(|mut token| {
        token.set_span(token.span().located_at(span));
        token
    });
    respanned.collect()
}

fn without_ours(item: &DeriveInput) -> DeriveInput {
    let mut item = item.clone();
    let strip = |attributes: &mut Vec<Attribute>| attributes.retain(|attribute| ours(attribute).is_none());
    match &mut item.data {
        Data::Struct(data) => data.fields.iter_mut().for_each(|field| strip(&mut field.attrs)),
        Data::Enum(data) => {
            for variant in &mut data.variants {
                strip(&mut variant.attrs);
                variant.fields.iter_mut().for_each(|field| strip(&mut field.attrs));
            }
        }
        Data::Union(data) => data.fields.named.iter_mut().for_each(|field| strip(&mut field.attrs)),
    }
    item
}

fn allow_three_states(item: &DeriveInput) -> Option<TokenStream> {
    three_states(item).map(|lint| quote!(#[allow(#lint)]))
}

fn mentions_serde(item: &DeriveInput) -> bool {
    let Data::Struct(data) = &item.data else { return false };
    let on_fields = data.fields.iter().flat_map(|field| &field.attrs);
    item.attrs.iter().chain(on_fields).any(|attribute| attribute.path().is_ident("serde"))
}
