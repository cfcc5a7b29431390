//! `#[response]`: reading that survives an API's drift.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{DeriveInput, Field, Generics, Meta};

use super::item::{each_field, serde_attribute, serde_derives, stripped};
use crate::errors::Errors;
use crate::model::named_fields;
use crate::parse::field::{self, FieldAttributes};
use crate::parse::serde::{given, metas};
use crate::prepare::ours;
use crate::runtime::Runtime;
use crate::types;

/// The struct with `Deserialize` that takes null and absence for "nothing", and `Serialize` that leaves it out.
pub(super) fn expand(item: &DeriveInput, runtime: &Runtime, errors: &Errors) -> TokenStream {
    if named_fields(item, "response", errors).is_none() {
        return stripped(item);
    }
    let container = Container::of(item);
    let mut item = item.clone();
    let generics = item.generics.clone();
    each_field(&mut item, |field| {
        let marks = FieldAttributes::read(&field.attrs, &field::RESPONSE, errors);
        field.attrs.retain(|attribute| ours(attribute).is_none());
        check_marks(field, &marks, &container, errors);
        let reading = Reading::of(field, &marks, &container);
        let bounds = reading.bounds(field, &generics, &container, runtime);
        let keys = reading.keys(&runtime.private_path());
        field.attrs.insert(0, serde_attribute(&field.ty, &quote!(#keys #bounds)));
    });
    let derives = serde_derives(&item.ident, runtime, &["Deserialize", "Serialize"], &TokenStream::new());
    quote!(#derives #item)
}

fn check_marks(field: &Field, marks: &FieldAttributes, container: &Container, errors: &Errors) {
    let is_option = types::option_inner(&field.ty).is_some();
    if let (Some(span), true) = (marks.required.span(), is_option) {
        errors.at(span, "an `Option` is never required: drop one of the two");
    }
    let has_default = container.has_default || given(&field.attrs).iter().any(|(name, _)| name == "default");
    if let (Some(span), true) = (marks.required.span(), has_default) {
        errors.at(span, "what has a `default` of serde's is never required: drop one of the two");
    }
    if let (Some(span), false) = (marks.lenient.span(), is_option) {
        errors.at(span, "what cannot be read has to become `None`: make the field an `Option`");
    }
}

/// What serde is told about the struct as a whole.
struct Container {
    /// `transparent`: it is read as its one field is.
    is_transparent: bool,
    /// `default`: a whole struct stands for what is missing.
    has_default: bool,
    /// `bound`: what its parameters have to be, the user says.
    has_bound: bool,
}

impl Container {
    fn of(item: &DeriveInput) -> Self {
        let (mut is_transparent, mut has_default, mut has_bound) = (false, false, false);
        for meta in metas(&item.attrs) {
            is_transparent |= meta.path().is_ident("transparent");
            has_default |= meta.path().is_ident("default");
            has_bound |= meta.path().is_ident("bound") && for_reading(&meta);
        }
        Self { is_transparent, has_default, has_bound }
    }
}

/// Whether a `bound` says something about `Deserialize`.
fn for_reading(bound: &Meta) -> bool {
    let Meta::List(list) = bound else { return true };
    let is_it = |token| matches!(token, TokenTree::Ident(half) if half == "deserialize");
    list.tokens.clone().into_iter().any(is_it)
}

/// What serde has to be told about one field, beside what the user tells it.
#[derive(Default)]
struct Reading {
    /// Whether the default of its type stands for a missing member.
    may_be_absent: bool,
    /// The function of ours that reads the member.
    reader: Option<&'static str>,
    /// Whether an unset `Option` is left out when written again.
    elided: bool,
}

impl Reading {
    fn of(field: &Field, marks: &FieldAttributes, container: &Container) -> Self {
        let given = given(&field.attrs);
        let has = |names: &[&str]| given.iter().any(|(name, _)| names.contains(&name.as_str()));
        if container.is_transparent || has(&["flatten", "skip", "skip_deserializing"]) {
            return Self::default();
        }
        let (is_option, is_required) = (types::option_inner(&field.ty).is_some(), marks.required.is_set());
        let reads_itself = has(&["with", "deserialize_with"]);
        // A default of the user's own stands for absence; what null means beside it, serde says.
        let names_default = given.iter().any(|(name, has_value)| name == "default" && *has_value);
        let reader = match is_option {
            _ if reads_itself => None,
            true => marks.lenient.is_set().then_some("lenient"),
            false => (!is_required && !names_default && !container.has_default).then_some("or_default"),
        };
        let has_default = has(&["default"]) || container.has_default;
        // serde knows it of an `Option` by itself, but tells of a type that it cannot read a second time for that.
        let may_be_absent = !has_default && (is_option || !is_required && !reads_itself);
        let elided = is_option && !has(&["skip_serializing_if", "skip_serializing"]);
        Self { may_be_absent, reader, elided }
    }

    fn keys(&self, private: &str) -> TokenStream {
        let absent = self.may_be_absent.then(|| {
            let missing = format!("{private}::tolerant::missing");
            quote!(default = #missing,)
        });
        let reader = self.reader.map(|name| {
            let reader = format!("{private}::tolerant::{name}");
            quote!(deserialize_with = #reader,)
        });
        let elided = self.elided.then(|| {
            let unset = format!("{private}::Option::is_none");
            quote!(skip_serializing_if = #unset,)
        });
        quote!(#absent #reader #elided)
    }

    /// What serde cannot infer of the parameters in a field that has a reader of ours.
    fn bounds(
        &self,
        field: &Field,
        generics: &Generics,
        container: &Container,
        runtime: &Runtime,
    ) -> Option<TokenStream> {
        let reader = self.reader.filter(|_| !container.has_bound)?;
        let uses = types::uses_of_parameters(&field.ty, generics);
        if uses.is_empty() || metas(&field.attrs).any(|meta| meta.path().is_ident("bound")) {
            return None;
        }
        let serde = runtime.serde_path();
        // Nothing is read into it, whatever it stands for.
        let is_marker = types::is_phantom(&field.ty);
        let uses = uses.into_iter().filter(|_| !is_marker);
        let mut bounds: Vec<String> = uses.map(|it| format!("{it}: {serde}::Deserialize<'de>")).collect();
        if reader == "or_default" && !is_marker && types::vec_element(&field.ty).is_none() {
            bounds.push(format!("{}: ::core::default::Default", field.ty.to_token_stream()));
        }
        let bounds = bounds.join(", ");
        Some(quote!(bound(deserialize = #bounds)))
    }
}
