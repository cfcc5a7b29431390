//! Copies the lints that the user allows on a struct to the generated code.
//!
//! Other lints are not allowed there, because an `allow` is an error in a crate that forbids the lint.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::punctuated::Punctuated;
use syn::{Attribute, Data, DeriveInput, Meta, Token, Visibility};

use crate::types::option_inner;

/// Returns `#[allow(…)]` for code that repeats the item's types and names; `None` if no lint has to be allowed.
pub(super) fn allowed(item: &DeriveInput) -> Option<TokenStream> {
    let mut lints: Vec<TokenStream> = attributes(item).flat_map(silenced).collect();
    if attributes(item).any(|attribute| attribute.path().is_ident("deprecated")) {
        lints.push(quote!(deprecated));
    }
    lints.extend(three_states(item));
    (!lints.is_empty()).then(|| quote!(#[allow(#(#lints),*)]))
}

/// Returns the visibility for generated items, with a span of the macro.
///
/// An item whose first token is from a `macro_rules` macro of the user is code of the user for rustc, which then warns
/// if it is not used.
pub(super) fn generated(vis: &Visibility, span: Span) -> Visibility {
    let mut vis = vis.clone();
    match &mut vis {
        Visibility::Public(token) => token.span = span,
        Visibility::Restricted(restricted) => restricted.pub_token.span = span,
        Visibility::Inherited => {}
    }
    vis
}

/// Returns clippy's lint against three states, if a field has them.
pub(super) fn three_states(item: &DeriveInput) -> Option<TokenStream> {
    let Data::Struct(data) = &item.data else { return None };
    let nullable = data.fields.iter().any(|field| option_inner(&field.ty).and_then(option_inner).is_some());
    nullable.then(|| quote!(clippy::option_option))
}

/// Returns the attributes of a struct and of its fields.
fn attributes(item: &DeriveInput) -> impl Iterator<Item = &Attribute> {
    let fields = match &item.data {
        Data::Struct(data) => Some(data.fields.iter().flat_map(|field| &field.attrs)),
        Data::Enum(_) | Data::Union(_) => None,
    };
    item.attrs.iter().chain(fields.into_iter().flatten())
}

/// Returns the lints that an `allow` or an `expect` silences.
fn silenced(attribute: &Attribute) -> Vec<TokenStream> {
    let silences = ["allow", "expect"].iter().any(|name| attribute.path().is_ident(name));
    let (true, Meta::List(list)) = (silences, &attribute.meta) else { return Vec::new() };
    let lints = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).unwrap_or_default();
    // An entry with a value is the reason.
    let lints = lints.into_iter().filter(|lint| matches!(lint, Meta::Path(_)));
    lints.map(|lint| respanned(&lint)).collect()
}

/// Returns the lint with our own span, because rustc already reports an unknown lint at the user's attribute.
fn respanned(lint: &Meta) -> TokenStream {
    let here = |mut token: TokenTree| {
        token.set_span(Span::call_site());
        token
    };
    lint.to_token_stream().into_iter().map(here).collect()
}
