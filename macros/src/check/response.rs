//! Checks a response.

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

/// A field with a default value cannot be missing.
fn check_required(field: &Field<'_>, response: &Response<'_>, errors: &Errors) {
    let Some(span) = field.marks.required.span() else { return };
    if types::option_inner(field.ty).is_some() {
        errors.at(span, "an `Option` is never required: remove one of the two");
    } else if field.serde.default.is_set() || response.serde.default.is_set() {
        errors.at(span, "a field with serde's `default` is never required: remove one of the two");
    } else if !field.reader.has_name() {
        errors
            .at(span, "this field is not read from the response, so it cannot be missing: remove `required`");
    }
}

/// A value that cannot be read must become `None`, and only one reader can decide this.
fn check_lenient(field: &Field<'_>, errors: &Errors) {
    let Some(span) = field.marks.lenient.span() else { return };
    if types::option_inner(field.ty).is_none() {
        errors
            .at(span, "a `lenient` field is `None` if its value cannot be read: make the field an `Option`");
    } else if !matches!(field.reader, Reader::Lenient) {
        errors.at(span, "serde's attribute already determines how this field is read: remove one of the two");
    }
}

/// A page has one list of items, and one field with the start of the next page.
fn check_page(response: &Response<'_>, errors: &Errors) {
    let mut items = response.fields.iter().filter_map(|field| Some((field, field.marks.items.span()?)));
    let first = items.next();
    if let Some((field, span)) = first {
        if types::vec_element(field.ty).is_none() {
            errors.at(
                span,
                "the items of a page must be a `Vec`: change the type, or implement `declapi::Page` by hand",
            );
        }
    }
    for (_, span) in items {
        errors.at(span, "a page has one list of items: keep one of these marks");
    }
    let mut next = response.fields.iter().filter_map(|field| field.marks.next.span());
    if let (Some(span), None) = (next.next(), first) {
        errors.at(
            span,
            "this field is the start of the next page, but no field has the items: mark it with \
             `#[response(items)]`",
        );
    }
    for span in next {
        errors.at(span, "a page has one field for the start of the next page: keep one of these marks");
    }
}

/// If a name leads to two fields, only the first one gets the value.
fn check_names(response: &Response<'_>, errors: &Errors) {
    let mut seen: Vec<String> = Vec::new();
    for field in response.fields.iter().filter(|field| field.reader.has_name()) {
        let mut own = vec![field.names.deserialize.clone()];
        own.extend(field.serde.aliases.iter().cloned());
        own.dedup();
        if let Some(name) = own.iter().find(|name| seen.contains(name)) {
            errors.at(
                field.ident.span(),
                format!("another field is already read from `{name}`: remove or rename one"),
            );
        }
        seen.extend(own);
    }
}

/// A flattened field takes all unknown fields, so none are left.
fn check_unknown_and_flat(response: &Response<'_>, errors: &Errors) {
    let flat = response.fields.iter().find_map(|field| field.serde.flatten.span());
    if let (Some(span), Some(_)) = (response.serde.denies_unknown.span(), flat) {
        errors.at(
            span,
            "a flattened field takes all unknown fields, so none are left to deny: remove one of the two",
        );
    }
}

/// Implementations of `Deserialize` use the lifetime `'de` for the input, and so do bounds that users write.
fn check_input_lifetime(response: &Response<'_>, errors: &Errors) {
    for parameter in response.item.generics.lifetimes().filter(|parameter| parameter.lifetime.ident == "de") {
        errors.over(
            &parameter.lifetime,
            "`'de` is the lifetime of the input of `Deserialize`: choose another name",
        );
    }
}

/// A transparent struct is serialized as its only field.
pub(crate) fn transparent(serde: &WireStruct, has_one_field: bool, errors: &Errors) {
    if let (Some(span), false) = (serde.transparent.span(), has_one_field) {
        errors.at(
            span,
            "a transparent struct has one field: mark all others with `skip`, or make them \
             `PhantomData`",
        );
    }
}
