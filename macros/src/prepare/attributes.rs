//! Removes attributes that cannot stay on an item, or that do not have the effect that their author expects.

use proc_macro2::{Ident, Span, TokenTree};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, LitStr, Meta, Path, Token, parse_quote_spanned};

use crate::errors::Errors;

const OURS: [&str; 5] = ["endpoint", "object", "response", "resource", "client"];

/// Returns which of our attributes this is, with any path.
pub(crate) fn ours(attribute: &Attribute) -> Option<&'static str> {
    let last = attribute.path().segments.last()?;
    OURS.into_iter().find(|name| last.ident == name)
}

pub(super) fn take(item: &mut DeriveInput, owner: &str, errors: &Errors) {
    take_other_macros(item, owner, errors);
    take_derives(item, owner, errors);
    take_hidden_attributes(item, owner, errors);
    take_conversions(item, owner, errors);
    read_other_crates(item, owner, errors);
}

/// Two of our macros would both generate a builder, a `Debug` or a `Serialize`.
fn take_other_macros(item: &mut DeriveInput, owner: &str, errors: &Errors) {
    item.attrs.retain(|attribute| {
        let Some(other) = ours(attribute) else { return true };
        let message = match (owner, other) {
            _ if owner == other => format!("a second `#[{owner}]`: keep one, and declare another struct"),
            ("object", "response") | ("response", "object") => {
                "`#[object]` and `#[response]` both derive `Serialize`: keep `#[object]`, and derive \
                 `serde::Deserialize` to read it"
                    .to_owned()
            }
            _ => format!("a struct is one of `#[{owner}]` and `#[{other}]`: declare another struct"),
        };
        errors.over(attribute.path(), message);
        false
    });
}

/// Returns the traits that each macro implements.
fn implemented_by(owner: &str) -> &'static [&'static str] {
    match owner {
        "endpoint" => &["Debug"],
        "object" => &["Debug", "Serialize"],
        "response" => &["Serialize", "Deserialize"],
        "client" => &["Clone", "Debug"],
        _ => &["Clone", "Copy", "Debug"],
    }
}

/// Removes derives of traits that the macro implements. A derived `Debug` would also print secret fields, and another
/// builder would define the same names.
fn take_derives(item: &mut DeriveInput, owner: &str, errors: &Errors) {
    let implemented = implemented_by(owner);
    let mut has_builder = false;
    for attribute in item.attrs.iter_mut().filter(|attribute| attribute.path().is_ident("derive")) {
        let Some(derives) = derives(attribute) else { continue };
        let before = derives.len();
        let mut kept: Vec<Path> = Vec::new();
        for path in derives {
            let is_builder = writes_builder(owner) && BUILDERS.iter().any(|name| is_named(&path, name));
            has_builder |= is_builder;
            if is_builder {
                errors.over(&path, another_builder(owner));
            } else if let Some(name) = implemented.iter().find(|name| is_named(&path, name)) {
                let message = if *name == "Debug" && owner != "resource" {
                    format!("`#[{owner}]` implements a `Debug` that hides secrets: remove this one")
                } else {
                    format!("`#[{owner}]` already derives `{name}`: remove this one")
                };
                errors.over(&path, message);
            } else {
                kept.push(path);
            }
        }
        if let (Meta::List(list), true) = (&mut attribute.meta, kept.len() < before) {
            list.tokens = quote!(#(#kept),*);
        }
    }
    if writes_builder(owner) {
        take_builder_attributes(item, owner, has_builder, errors);
    }
}

const BUILDERS: [&str; 2] = ["Builder", "TypedBuilder"];

fn writes_builder(owner: &str) -> bool {
    owner == "endpoint" || owner == "object"
}

fn another_builder(owner: &str) -> String {
    format!("`#[{owner}]` already generates a builder for this struct: remove this one")
}

/// Removes the attributes of another builder macro. They are macros themselves, or belong to its derive.
fn take_builder_attributes(item: &mut DeriveInput, owner: &str, is_reported: bool, errors: &Errors) {
    let mut is_reported = is_reported;
    let mut keep = |attribute: &Attribute| {
        let is_builder = is_named(attribute.path(), "builder");
        if is_builder && !std::mem::replace(&mut is_reported, true) {
            errors.over(attribute, another_builder(owner));
        }
        !is_builder
    };
    item.attrs.retain(&mut keep);
    for_each_field(item, |field| field.attrs.retain(&mut keep));
}

fn derives(attribute: &Attribute) -> Option<Punctuated<Path, Token![,]>> {
    let Meta::List(list) = &attribute.meta else { return None };
    list.parse_args_with(Punctuated::parse_terminated).ok()
}

fn is_named(path: &Path, name: &str) -> bool {
    path.segments.last().is_some_and(|last| last.ident == name)
}

/// Returns whether the item derives one of serde's traits. The derive then checks serde's attributes.
pub(crate) fn derives_serde(item: &DeriveInput) -> bool {
    derives_one_of(item, &["Serialize", "Deserialize"])
}

/// Returns whether the item derives `Deserialize`.
pub(crate) fn derives_deserialize(item: &DeriveInput) -> bool {
    derives_one_of(item, &["Deserialize"])
}

fn derives_one_of(item: &DeriveInput, names: &[&str]) -> bool {
    let attributes = item.attrs.iter().filter(|attribute| attribute.path().is_ident("derive"));
    attributes.filter_map(derives).flatten().any(|path| names.iter().any(|name| is_named(&path, name)))
}

/// A macro sees `cfg_attr` on a field before its condition is evaluated, so the attributes in it would be ignored.
///
/// serde reads its own attributes later if it is derived, but it is not derived for an endpoint.
fn take_hidden_attributes(item: &mut DeriveInput, owner: &str, errors: &Errors) {
    for_each_field(item, |field| {
        field.attrs.retain(|attribute| {
            let hidden = hidden_attributes(attribute);
            let read = |name: &&Ident| match name.to_string().as_str() {
                "serde" => owner == "endpoint",
                // The expansion of `#[response]` does not copy fields.
                "cfg" | "deprecated" => owner != "response",
                name => OURS.contains(&name),
            };
            let hidden: Vec<&Ident> = hidden.iter().filter(read).collect();
            for name in &hidden {
                let message = format!(
                    "`{name}` inside of `cfg_attr` cannot be read here: write two structs, each with a \
                     `#[cfg]`"
                );
                errors.at(name.span(), message);
            }
            hidden.is_empty()
        });
    });
}

/// Returns the names of the attributes inside a `cfg_attr`.
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

/// Reports attribute macros of `serde_with` that add serde's attributes to fields. They run too late if they are below
/// ours.
fn take_conversions(item: &mut DeriveInput, owner: &str, errors: &Errors) {
    let is_conversion = |attribute: &Attribute| {
        let path = attribute.path();
        let first = path.segments.first().filter(|_| path.segments.len() > 1);
        is_named(path, "serde_as")
            || is_named(path, "apply") && first.is_some_and(|it| it.ident == "serde_with")
    };
    let mut is_reported = false;
    let mut report = |attribute: &Attribute| {
        if !std::mem::replace(&mut is_reported, true) {
            let name =
                attribute.path().segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
            let message = format!(
                "below `#[{owner}]`, `#[{name}]` runs too late and has no effect: move `#[{name}]` above `#[{owner}]`"
            );
            errors.over(attribute.path(), message);
        }
    };
    item.attrs.iter().filter(|attribute| is_conversion(attribute)).for_each(&mut report);
    for_each_field(item, |field| {
        field.attrs.retain(|attribute| {
            let is_conversion = attribute.path().is_ident("serde_as");
            if is_conversion {
                report(attribute);
            }
            !is_conversion
        });
    });
}

/// Reports attributes of other crates that set the location of a field, and replaces them by ours.
fn read_other_crates(item: &mut DeriveInput, owner: &str, errors: &Errors) {
    let macro_name = Ident::new(owner, Span::call_site());
    for_each_field(item, |field| {
        let ident = field.ident.as_ref();
        for attribute in &mut field.attrs {
            let Some((theirs, key)) = meant(attribute, owner) else { continue };
            let given = string_in(&attribute.meta);
            let span = Span::call_site().located_at(attribute.span());
            let (ours, keys): (Attribute, String) = if key == "header" {
                let name = || ident.map(|ident| ident.unraw().to_string().replace('_', "-"));
                let header = given.clone().or_else(name).unwrap_or_default();
                let keys = format!("header = {header:?}");
                (parse_quote_spanned!(span=> #[#macro_name(header = #header)]), keys)
            } else {
                let key = Ident::new(key, span);
                (parse_quote_spanned!(span=> #[#macro_name(#key)]), key.to_string())
            };
            let rename = given.filter(|_| key == "query" || key == "body");
            let rename = rename.map(|name| format!(" and `#[serde(rename = {name:?})]`")).unwrap_or_default();
            let message =
                format!("`#[{theirs}]` belongs to another crate: write `#[{owner}({keys})]`{rename}");
            errors.over(&*attribute, message);
            *attribute = ours;
        }
    });
}

/// Returns the name of another crate's attribute, and our key with the same meaning.
fn meant(attribute: &Attribute, owner: &str) -> Option<(&'static str, &'static str)> {
    let keys: &[(&'static str, &'static str)] = match owner {
        "endpoint" => &[
            ("path", "path"),
            ("query", "query"),
            ("param", "query"),
            ("header", "header"),
            ("body", "body"),
            ("json", "body"),
            ("secret", "secret"),
        ],
        "object" => &[("secret", "secret")],
        "response" => &[("required", "required"), ("lenient", "lenient"), ("secret", "secret")],
        _ => &[],
    };
    let path = attribute.path();
    keys.iter().find(|(theirs, _)| path.is_ident(theirs)).copied()
}

/// Returns the first string in an attribute.
fn string_in(meta: &Meta) -> Option<String> {
    let tokens = match meta {
        Meta::Path(_) => return None,
        Meta::List(list) => list.tokens.clone(),
        Meta::NameValue(pair) => pair.value.to_token_stream(),
    };
    let string = |token: TokenTree| syn::parse2::<LitStr>(token.into()).ok();
    tokens.into_iter().find_map(string).map(|literal| literal.value())
}

fn for_each_field(item: &mut DeriveInput, change: impl FnMut(&mut syn::Field)) {
    if let Data::Struct(data) = &mut item.data {
        data.fields.iter_mut().for_each(change);
    }
}
