//! The struct itself.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Attribute, Data, DeriveInput, Type, parse_quote_spanned};

use super::arguments;
use super::lints::three_states;
use super::span_of;
use crate::model::Field;
use crate::names::is_identifier;
use crate::prepare::ours;
use crate::runtime::Runtime;

/// The struct without the attributes that we have read.
pub(super) fn stripped(item: &DeriveInput) -> TokenStream {
    without_ours(item).into_token_stream()
}

/// The struct without the attributes that we have read, its serde attributes made legal.
pub(super) fn legalised(item: &DeriveInput, runtime: &Runtime) -> TokenStream {
    let item = without_ours(item);
    // Without a derive that knows `#[serde(…)]`, rustc would reject the attribute that we have read.
    let derive = mentions_serde(&item).then(|| quote!(#[derive(#runtime::__private::Read)]));
    let three_states = allow_three_states(&item);
    quote!(#derive #three_states #item)
}

/// The struct with a `Serialize` that leaves out every optional field that is not set.
pub(super) fn serialized(item: &DeriveInput, fields: &[Field<'_>], runtime: &Runtime) -> TokenStream {
    let mut item = without_ours(item);
    let is_none = format!("{}::Option::is_none", runtime.private_path());
    each_field(&mut item, |field| {
        let Some(known) = fields.iter().find(|known| field.ident.as_ref() == Some(known.ident)) else {
            return;
        };
        let elided = !known.is_required() && known.skip_if.is_none();
        field
            .attrs
            .insert(0, serde_attribute(&field.ty, &elided.then(|| quote!(skip_serializing_if = #is_none))));
    });
    let reading = arguments::object(&mut item, fields, runtime);
    let traits: &[&str] = if reading.is_some() { &["Serialize", "Deserialize"] } else { &["Serialize"] };
    let derives = serde_derives(&item.ident, runtime, traits, &reading.unwrap_or_default());
    let three_states = allow_three_states(&item);
    quote!(#derives #three_states #item)
}

/// serde's derives, and the attribute that gives them the path of serde and `more`.
///
/// With the span of the struct's name, where rustc then reports that one of them is not possible.
pub(super) fn serde_derives(
    ident: &Ident,
    runtime: &Runtime,
    names: &[&str],
    more: &TokenStream,
) -> TokenStream {
    let names = names.iter().map(|name| Ident::new(name, Span::call_site()));
    let derives = if is_identifier(ident) {
        quote!(#(#runtime::__private::serde::#names),*)
    } else {
        // rustc has rejected the name, and serde's derives would panic.
        quote!(#runtime::__private::Read)
    };
    let derives = respanned(derives, Span::call_site().located_at(ident.span()));
    let serde = runtime.serde_path();
    quote!(#[derive(#derives)] #[serde(crate = #serde #more)])
}

/// A serde attribute with the span of a type.
///
/// If it is the first attribute of a field, rustc points at it when the type can be neither written nor read.
pub(super) fn serde_attribute(ty: &Type, contents: &impl ToTokens) -> Attribute {
    let span = span_of(ty);
    let contents = respanned(contents.to_token_stream(), span);
    parse_quote_spanned!(span=> #[serde(#contents)])
}

/// The tokens with another span, and the same meaning.
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

/// Calls `change` on every field of a struct.
pub(super) fn each_field(item: &mut DeriveInput, change: impl FnMut(&mut syn::Field)) {
    if let Data::Struct(data) = &mut item.data {
        data.fields.iter_mut().for_each(change);
    }
}

fn allow_three_states(item: &DeriveInput) -> Option<TokenStream> {
    three_states(item).map(|lint| quote!(#[allow(#lint)]))
}

fn mentions_serde(item: &DeriveInput) -> bool {
    let Data::Struct(data) = &item.data else { return false };
    let on_fields = data.fields.iter().flat_map(|field| &field.attrs);
    item.attrs.iter().chain(on_fields).any(|attribute| attribute.path().is_ident("serde"))
}
