//! What has to be taken out of an item before it is read, each with a word about it.
//!
//! An item is emitted even when something is wrong with it, so what would cause further errors in it has to go.

mod lifetimes;

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, Data, DeriveInput, GenericParam, Meta, Path, Token, Type};

use crate::errors::Errors;
use crate::types::is_plain;

const OURS: [&str; 4] = ["endpoint", "object", "response", "resource"];

/// Which of our attributes this is, by whatever path.
pub(crate) fn ours(attribute: &Attribute) -> Option<&'static str> {
    let last = attribute.path().segments.last()?;
    OURS.into_iter().find(|name| last.ident == name)
}

/// Readies an item for `owner`: reports and removes what cannot stand beside it.
pub(crate) fn prepare(item: &mut DeriveInput, owner: &str, errors: &Errors) {
    take_other_macros(item, owner, errors);
    take_derives(item, owner, errors);
    take_hidden_attributes(item, owner, errors);
    take_nameless_parameters(item);
    lifetimes::name_lifetimes(item, errors);
    name_self(item);
}

/// A parameter called `_` is one that rustc has refused already, and nothing can be read that repeats it.
fn take_nameless_parameters(item: &mut DeriveInput) {
    let is_named = |parameter: &GenericParam| match parameter {
        GenericParam::Type(parameter) => parameter.ident != "_",
        GenericParam::Const(parameter) => parameter.ident != "_",
        GenericParam::Lifetime(_) => true,
    };
    let parameters = std::mem::take(&mut item.generics.params);
    item.generics.params = parameters.into_iter().filter(is_named).collect();
}

/// Two of our macros would each generate a builder, a `Debug` or a `Serialize`.
fn take_other_macros(item: &mut DeriveInput, owner: &str, errors: &Errors) {
    item.attrs.retain(|attribute| {
        let Some(other) = ours(attribute) else { return true };
        let message = match (owner, other) {
            _ if owner == other => format!("a second `#[{owner}]`: keep one, and declare another struct"),
            ("object", "response") | ("response", "object") => {
                "`#[object]` and `#[response]` both derive `Serialize`: keep `#[object]`, and derive \
                 `serde::Deserialize` for reading"
                    .to_owned()
            }
            _ => format!("a struct is one of `#[{owner}]` and `#[{other}]`: declare another struct"),
        };
        errors.over(attribute.path(), message);
        false
    });
}

/// The traits that each macro implements itself.
fn implemented_by(owner: &str) -> &'static [&'static str] {
    match owner {
        "endpoint" => &["Debug"],
        "object" => &["Debug", "Serialize"],
        "response" => &["Serialize", "Deserialize"],
        _ => &["Clone", "Copy", "Debug"],
    }
}

/// A derive of what a macro implements itself: of `Debug`, it would also print what `secret` hides.
fn take_derives(item: &mut DeriveInput, owner: &str, errors: &Errors) {
    let taken = implemented_by(owner);
    for attribute in item.attrs.iter_mut().filter(|attribute| attribute.path().is_ident("derive")) {
        let Some(derives) = derives(attribute) else { continue };
        let (ours, theirs): (Vec<Path>, Vec<Path>) =
            derives.into_iter().partition(|path| taken.iter().any(|taken| is_named(path, taken)));
        if ours.is_empty() {
            continue;
        }
        for path in &ours {
            let message = if owner != "resource" && is_named(path, "Debug") {
                format!("`#[{owner}]` writes `Debug` so that secrets stay hidden: remove it here")
            } else {
                let name = path.segments.last().map(|last| &last.ident);
                format!("`#[{owner}]` derives `{}` already: remove it here", name.to_token_stream())
            };
            errors.over(path, message);
        }
        if let Meta::List(list) = &mut attribute.meta {
            list.tokens = quote!(#(#theirs),*);
        }
    }
}

fn derives(attribute: &Attribute) -> Option<Punctuated<Path, Token![,]>> {
    let Meta::List(list) = &attribute.meta else { return None };
    list.parse_args_with(Punctuated::parse_terminated).ok()
}

fn is_named(path: &Path, name: &str) -> bool {
    path.segments.last().is_some_and(|last| last.ident == name)
}

/// Whether the item derives one of serde's traits, which then judges serde's attributes itself.
pub(crate) fn derives_serde(item: &DeriveInput) -> bool {
    let attributes = item.attrs.iter().filter(|attribute| attribute.path().is_ident("derive"));
    let mut paths = attributes.filter_map(derives).flatten();
    paths.any(|path| is_named(&path, "Serialize") || is_named(&path, "Deserialize"))
}

/// A macro sees `cfg_attr` on a field before it is decided, so what it hides would be silently lost.
///
/// serde reads its own attributes again wherever it is derived; on a request, it is not.
fn take_hidden_attributes(item: &mut DeriveInput, owner: &str, errors: &Errors) {
    let Data::Struct(data) = &mut item.data else { return };
    for field in &mut data.fields {
        field.attrs.retain(|attribute| {
            let hidden = hidden_attributes(attribute);
            let read = |name: &&Ident| match name.to_string().as_str() {
                "serde" => owner == "endpoint",
                // They have to stand beside every mention of the field, and an answer has no other.
                "cfg" | "deprecated" => owner != "response",
                name => OURS.contains(&name),
            };
            let hidden: Vec<&Ident> = hidden.iter().filter(read).collect();
            for name in &hidden {
                let message =
                    format!("`{name}` inside `cfg_attr` cannot be read here: write the struct twice, each with `#[cfg]`");
                errors.at(name.span(), message);
            }
            hidden.is_empty()
        });
    }
}

/// The names of the attributes inside a `cfg_attr`.
fn hidden_attributes(attribute: &Attribute) -> Vec<Ident> {
    let (true, Meta::List(list)) = (attribute.path().is_ident("cfg_attr"), &attribute.meta) else {
        return Vec::new();
    };
    let inside = |input: ParseStream<'_>| {
        let parts = Punctuated::<Meta, Token![,]>::parse_terminated(input)?;
        // The first part is the condition.
        Ok(parts.iter().skip(1).filter_map(|part| part.path().get_ident().cloned()).collect())
    };
    inside.parse2(list.tokens.clone()).unwrap_or_default()
}

/// Names the struct where its fields and bounds say `Self`, which would be another type in a builder.
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

/// The same in a type that an attribute of the item names.
pub(crate) fn with_self_named(item: &DeriveInput, ty: &mut Type) {
    name_self_in(ty, &own_name(item));
}

fn own_name(item: &DeriveInput) -> TokenStream {
    let (ident, (_, names, _)) = (&item.ident, item.generics.split_for_impl());
    quote!(#ident #names)
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
