//! Expands `#[response]`: a struct that is read tolerantly and can be written again.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{Attribute, Data, DeriveInput, Fields, GenericParam, Ident, Meta, Path};

use super::describe::{self, Described};
use super::item::{readable, stripped};
use super::write::{self, Skip, Written};
use super::{in_anonymous_const, page, read};
use crate::check;
use crate::errors::Errors;
use crate::model::named_fields;
use crate::parse::wire::is_conditional;
use crate::prepare::ours;
use crate::response::{Field, Response};
use crate::runtime::Runtime;
use crate::types;

impl<'f> From<&'f Field<'_>> for Written<'f> {
    fn from(field: &'f Field<'_>) -> Self {
        let serde = &field.serde;
        let skip = match serde.skip_if.get() {
            _ if serde.skip_serializing.is_set() => Skip::Always,
            Some(condition) => Skip::If(condition),
            None if types::option_inner(field.ty).is_some() && !serde.flatten.is_set() => Skip::IfNone,
            None => Skip::Never,
        };
        Self {
            cfgs: Vec::new(),
            ident: field.ident,
            ty: field.ty,
            name: &field.names.serialize,
            skip,
            with: serde.serialize_with.get(),
            is_flat: serde.flatten.is_set(),
            bound: serde.bound_to_write(),
        }
    }
}

/// Generates the struct with the code that reads and writes it.
pub(super) fn expand(item: &DeriveInput, runtime: Option<Path>, errors: &Errors) -> TokenStream {
    let Some(fields) = named_fields(item, "response", errors) else {
        return stripped(item);
    };
    if has_conditions(item) {
        return decided_first(item, "response", "Response", runtime);
    }
    let runtime = Runtime::new(runtime);
    let item_as_is = readable(item, &runtime);
    let implementations = implementations(item, fields, &runtime, errors);
    quote!(#item_as_is #implementations)
}

/// Generates the code that reads and writes a struct whose `cfg`s were evaluated.
pub(super) fn decided(item: &DeriveInput, runtime: Option<Path>, errors: &Errors) -> TokenStream {
    let Some(fields) = named_fields(item, "response", errors) else { return TokenStream::new() };
    implementations(item, fields, &Runtime::new(runtime), errors)
}

fn implementations(item: &DeriveInput, fields: &Fields, runtime: &Runtime, errors: &Errors) -> TokenStream {
    let response = Response::of(item, fields, errors);
    check::response(&response, errors);
    // An input lifetime of the same name was reported, also by rustc.
    let has_input = item.generics.lifetimes().any(|parameter| parameter.lifetime.ident == "de");
    let read = (!has_input).then(|| read::expand(&response));
    let written: Vec<Written<'_>> = response.fields.iter().map(Written::from).collect();
    let only = response.only_field();
    let written = write::expand(item, &response.serde, &written, only.map(|field| field.ident));
    let described = response.fields.iter().filter_map(Described::read);
    let serde = &response.serde;
    let instead = serde.from.get().or_else(|| serde.try_from.get());
    let described = describe::expand(item, serde, instead, only.map(|field| field.ty), described);
    let page = page::of_response(&response);
    in_anonymous_const(item, runtime, &quote!(#read #written #described #page))
}

/// Returns whether some fields or parameters have a `cfg`.
pub(super) fn has_conditions(item: &DeriveInput) -> bool {
    let Data::Struct(data) = &item.data else { return false };
    let parameters = item.generics.params.iter().map(|parameter| match parameter {
        GenericParam::Lifetime(parameter) => &parameter.attrs,
        GenericParam::Type(parameter) => &parameter.attrs,
        GenericParam::Const(parameter) => &parameter.attrs,
    });
    data.fields
        .iter()
        .map(|field| &field.attrs)
        .chain(parameters)
        .any(|attributes| is_conditional(attributes))
}

/// Generates the struct with a derive macro. rustc evaluates all `cfg`s before it calls a derive macro.
///
/// `owner` is the name of our attribute on the fields.
pub(super) fn decided_first(
    item: &DeriveInput,
    owner: &str,
    derive: &str,
    runtime: Option<Path>,
) -> TokenStream {
    let mut item = item.clone();
    if let Data::Struct(data) = &mut item.data {
        let attributes = data.fields.iter_mut().flat_map(|field| &mut field.attrs);
        attributes.for_each(|attribute| rename(attribute, owner, HELPER));
    }
    let at = Runtime::new(runtime.clone());
    let (derive, helper) = (Ident::new(derive, Span::call_site()), super::derived_name(&item.ident, HELPER));
    let told = runtime.map(|path| quote!(#[#helper(crate = #path)]));
    let item = stripped(&item);
    quote!(#[derive(#at::__private::#derive)] #told #item)
}

/// The name of the macro's attribute for the derive macro. The usual name would refer to the attribute macro.
pub(crate) const HELPER: &str = "__wire";

/// Reverses [`decided_first`], and returns the arguments of the attribute on the struct.
pub(super) fn take_helper(item: &mut DeriveInput, owner: &str) -> TokenStream {
    if let Data::Struct(data) = &mut item.data {
        let attributes = data.fields.iter_mut().flat_map(|field| &mut field.attrs);
        attributes.for_each(|attribute| rename(attribute, HELPER, owner));
    }
    let told = item.attrs.iter().find(|attribute| attribute.path().is_ident(HELPER));
    told.and_then(|attribute| Some(attribute.meta.require_list().ok()?.tokens.clone())).unwrap_or_default()
}

fn rename(attribute: &mut Attribute, from: &str, to: &str) {
    let is_it = attribute.path().is_ident(from) || ours(attribute) == Some(from);
    let path = match &mut attribute.meta {
        Meta::Path(path) => path,
        Meta::List(list) => &mut list.path,
        Meta::NameValue(pair) => &mut pair.path,
    };
    if let (true, Some(last)) = (is_it, path.segments.last()) {
        *path = Ident::new(to, last.ident.span()).into();
    }
}
