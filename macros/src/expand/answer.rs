//! `#[response]`: reading that survives an API's drift.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, parse_quote};

use super::item::{each_field, stripped};
use crate::errors::Errors;
use crate::model::named_fields;
use crate::parse::field::{self, FieldAttributes};
use crate::runtime::Runtime;
use crate::types;

/// The struct with `Deserialize` that takes null and absence for "nothing", and `Serialize` that leaves it out.
pub(super) fn expand(item: &DeriveInput, runtime: &Runtime, errors: &Errors) -> TokenStream {
    if named_fields(item, "response", errors).is_none() {
        return stripped(item, "response");
    }
    let private = runtime.serde_path().replace("::serde", "");
    let mut item = item.clone();
    each_field(&mut item, |field| {
        let marks = FieldAttributes::read(&field.attrs, "response", field::RESPONSE, errors);
        field.attrs.retain(|attribute| !attribute.path().is_ident("response"));
        field.attrs.extend(reading(field, &marks, &private, errors));
    });
    let serde = runtime.serde_path();
    quote! {
        #[derive(#runtime::__private::serde::Deserialize, #runtime::__private::serde::Serialize)]
        #[serde(crate = #serde)]
        #item
    }
}

/// The serde attributes that a field's type and mark call for.
fn reading(
    field: &syn::Field,
    marks: &FieldAttributes,
    private: &str,
    errors: &Errors,
) -> Vec<syn::Attribute> {
    let is_option = types::option_inner(&field.ty).is_some();
    if let (Some(span), true) = (marks.required.span(), is_option) {
        errors.at(span, "an `Option` is never required: drop one of the two");
    }
    if let (Some(span), false) = (marks.lenient.span(), is_option) {
        errors.at(span, "what cannot be read has to become `None`: make the field an `Option`");
    }
    if field.attrs.iter().any(|attribute| attribute.path().is_ident("serde") && decides_itself(attribute)) {
        return Vec::new();
    }
    let unset = format!("{private}::Option::is_none");
    let lenient = format!("{private}::tolerant::lenient");
    let or_default = format!("{private}::tolerant::or_default");
    if marks.required.is_set() {
        Vec::new()
    } else if !is_option {
        vec![parse_quote!(#[serde(default, deserialize_with = #or_default)])]
    } else if marks.lenient.is_set() {
        vec![parse_quote!(#[serde(default, deserialize_with = #lenient, skip_serializing_if = #unset)])]
    } else {
        vec![parse_quote!(#[serde(default, skip_serializing_if = #unset)])]
    }
}

/// Whether the user has said how this field is read.
fn decides_itself(attribute: &syn::Attribute) -> bool {
    let text = quote!(#attribute).to_string();
    ["default", "flatten", "with", "deserialize_with"].iter().any(|key| text.contains(key))
}
