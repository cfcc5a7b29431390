//! Removes parts of an item that would cause further errors in its expansion, and reports each of them once.
//!
//! An item is always emitted, even if it has mistakes.

mod attributes;
mod field_types;

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::parse::Parse;
use syn::{Data, DataStruct, DeriveInput, Field, Fields, GenericParam, Type};

pub(crate) use self::attributes::{derives_deserialize, derives_serde, ours};
use crate::errors::Errors;
use crate::names::is_identifier;
use crate::parameters::Name;
use crate::types::is_plain;

/// Prepares an item for `owner`: reports and removes the parts that the macro cannot expand.
pub(crate) fn prepare(item: &mut DeriveInput, owner: &str, errors: &Errors) {
    attributes::take(item, owner, errors);
    take_nameless_parameters(item);
    if owner != "endpoint" {
        take_rejected_fields(item);
    }
    if owner == "client" {
        field_types::own(item, errors);
    } else {
        field_types::complete(item, errors);
    }
    name_self(item);
}

/// rustc has already rejected a parameter with the name `_`, and code that repeats it cannot be parsed.
fn take_nameless_parameters(item: &mut DeriveInput) {
    let is_named = |parameter: &GenericParam| match parameter {
        GenericParam::Type(parameter) => parameter.ident != "_",
        GenericParam::Const(parameter) => parameter.ident != "_",
        GenericParam::Lifetime(_) => true,
    };
    let parameters = std::mem::take(&mut item.generics.params);
    item.generics.params = parameters.into_iter().filter(is_named).collect();
}

/// rustc has already rejected a name with an emoji, for which serde's derives panic.
fn take_rejected_fields(item: &mut DeriveInput) {
    let Data::Struct(DataStruct { fields: Fields::Named(fields), .. }) = &mut item.data else { return };
    let is_accepted = |field: &Field| field.ident.as_ref().is_none_or(is_identifier);
    if !fields.named.iter().all(is_accepted) {
        fields.named = std::mem::take(&mut fields.named).into_iter().filter(is_accepted).collect();
    }
}

/// Replaces `Self` by the name of the struct in fields and bounds. In the builder, `Self` would be another type.
fn name_self(item: &mut DeriveInput) {
    let name = own_name(item);
    if let Data::Struct(data) = &mut item.data {
        let types = data.fields.iter_mut().map(|field| &mut field.ty);
        types.filter(|ty| !is_plain(ty)).for_each(|ty| name_self_in(ty, &name));
    }
    item.generics.params.iter_mut().for_each(|parameter| name_self_in(parameter, &name));
    if let Some(clause) = &mut item.generics.where_clause {
        name_self_in(clause, &name);
    }
}

/// Prepares the response type in an attribute of the item.
pub(crate) fn response(item: &DeriveInput, ty: Type) -> syn::Result<Type> {
    let mut ty = field_types::check_response(ty, item)?;
    name_self_in(&mut ty, &own_name(item));
    Ok(ty)
}

fn own_name(item: &DeriveInput) -> TokenStream {
    let (ident, parameters) = (&item.ident, &item.generics.params);
    let names = parameters.iter().map(Name::of);
    if parameters.is_empty() { quote!(#ident) } else { quote!(#ident<#(#names),*>) }
}

fn name_self_in<T: Parse + ToTokens>(part: &mut T, name: &TokenStream) {
    let tokens = part.to_token_stream();
    if !mentions_self(&tokens) {
        return;
    }
    if let Ok(renamed) = syn::parse2(replace_self(tokens, name)) {
        *part = renamed;
    }
}

fn mentions_self(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(name) => name == "Self",
        TokenTree::Group(group) => mentions_self(&group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

fn replace_self(tokens: TokenStream, name: &TokenStream) -> TokenStream {
    let replace = |token| match token {
        TokenTree::Ident(ident) if ident == "Self" => name.clone(),
        TokenTree::Group(group) => {
            let mut replaced = Group::new(group.delimiter(), replace_self(group.stream(), name));
            replaced.set_span(group.span());
            TokenTree::Group(replaced).into_token_stream()
        }
        other => other.into_token_stream(),
    };
    tokens.into_iter().flat_map(replace).collect()
}
