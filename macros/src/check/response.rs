//! Rules for a response.

use crate::errors::Errors;
use crate::parse::wire::WireStruct;
use crate::response::{Field, Reader, Response};
use crate::types;

pub(crate) fn check(response: &Response<'_>, errors: &Errors) {
    for field in &response.fields {
        check_required(field, response, errors);
        check_lenient(field, errors);
    }
    check_page(response, errors);
    check_names(response, errors);
    check_unknown_and_flat(response, errors);
    check_input_lifetime(response, errors);
    transparent(&response.serde, response.only_field().is_some(), errors);
}

/// What has something to stand for it cannot be missing.
fn check_required(field: &Field<'_>, response: &Response<'_>, errors: &Errors) {
    let Some(span) = field.marks.required.span() else { return };
    if types::option_inner(field.ty).is_some() {
        errors.at(span, "an `Option` is never required: drop one of the two");
    } else if field.serde.default.is_set() || response.serde.default.is_set() {
        errors.at(span, "what has a `default` of serde's is never required: drop one of the two");
    } else if !field.reader.has_name() {
        errors
            .at(span, "no name of a response leads to this field, so that none can be missing: remove this");
    }
}

/// What cannot be read has to become something, and nobody else may read it.
fn check_lenient(field: &Field<'_>, errors: &Errors) {
    let Some(span) = field.marks.lenient.span() else { return };
    if types::option_inner(field.ty).is_none() {
        errors.at(span, "what cannot be read has to become `None`: make the field an `Option`");
    } else if !matches!(field.reader, Reader::Lenient) {
        errors.at(span, "serde's attribute says how this field is read: drop one of the two");
    }
}

/// A page has one list of items, and says in one field where the next one starts.
fn check_page(response: &Response<'_>, errors: &Errors) {
    let mut items = response.fields.iter().filter_map(|field| Some((field, field.marks.items.span()?)));
    let first = items.next();
    if let Some((field, span)) = first {
        if types::vec_element(field.ty).is_none() {
            errors.at(
                span,
                "the items of a page are a `Vec`: make this field one, or implement `declapi::Page` by hand",
            );
        }
    }
    for (_, span) in items {
        errors.at(span, "a page has one list of items: keep one of these marks");
    }
    let mut next = response.fields.iter().filter_map(|field| field.marks.next.span());
    if let (Some(span), None) = (next.next(), first) {
        errors.at(span, "this says where the next page starts, and no field holds the items: mark it with `#[response(items)]`");
    }
    for span in next {
        errors.at(span, "a page says in one field where the next one starts: keep one of these marks");
    }
}

/// A name that leads to two fields is read into the first, and the second stays empty.
fn check_names(response: &Response<'_>, errors: &Errors) {
    let mut seen: Vec<String> = Vec::new();
    for field in response.fields.iter().filter(|field| field.reader.has_name()) {
        let mut own = vec![field.names.deserialize.clone()];
        own.extend(field.serde.aliases.iter().cloned());
        own.dedup();
        if let Some(name) = own.iter().find(|name| seen.contains(name)) {
            errors.at(
                field.ident.span(),
                format!("another field is read from `{name}` already: keep one, or rename one"),
            );
        }
        seen.extend(own);
    }
}

/// What is flattened takes what is unknown, so that nothing unknown is left.
fn check_unknown_and_flat(response: &Response<'_>, errors: &Errors) {
    let flat = response.fields.iter().find_map(|field| field.serde.flatten.span());
    if let (Some(span), Some(_)) = (response.serde.denies_unknown.span(), flat) {
        errors.at(
            span,
            "a flattened field takes what is unknown, so that nothing is left to deny: drop one of the two",
        );
    }
}

/// Implementations of `Deserialize` call the lifetime of the input `'de`, and so do bounds that users write.
fn check_input_lifetime(response: &Response<'_>, errors: &Errors) {
    for parameter in response.item.generics.lifetimes().filter(|parameter| parameter.lifetime.ident == "de") {
        errors.over(
            &parameter.lifetime,
            "`'de` is the lifetime of what a response is read from: choose another name",
        );
    }
}

/// What is transparent stands for one field.
pub(crate) fn transparent(serde: &WireStruct, has_one_field: bool, errors: &Errors) {
    if let (Some(span), false) = (serde.transparent.span(), has_one_field) {
        errors.at(span, "what is transparent is its one field: let all others be `skip`, or `PhantomData`");
    }
}
