//! `#[response]`: reading that survives an API's drift.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{DeriveInput, Field};

use super::item::{each_field, serde_attribute, serde_derives, stripped};
use crate::errors::Errors;
use crate::model::named_fields;
use crate::parse::field::{self, FieldAttributes};
use crate::parse::serde::given;
use crate::prepare::ours;
use crate::runtime::Runtime;
use crate::types;

/// The struct with `Deserialize` that takes null and absence for "nothing", and `Serialize` that leaves it out.
pub(super) fn expand(item: &DeriveInput, runtime: &Runtime, errors: &Errors) -> TokenStream {
    if named_fields(item, "response", errors).is_none() {
        return stripped(item);
    }
    let (private, serde) = (runtime.private_path(), runtime.serde_path());
    let mut item = item.clone();
    let mut bounds = Vec::new();
    let generics = item.generics.clone();
    each_field(&mut item, |field| {
        let marks = FieldAttributes::read(&field.attrs, &field::RESPONSE, errors);
        field.attrs.retain(|attribute| ours(attribute).is_none());
        check_marks(field, &marks, errors);
        let reading = Reading::of(field, &marks);
        if reading.absent == Some(Absent::Default)
            && types::vec_element(&field.ty).is_none()
            && types::mentions_parameter(&field.ty, &generics)
        {
            bounds.push(format!("{}: ::core::default::Default", field.ty.to_token_stream()));
        }
        field.attrs.insert(0, serde_attribute(&field.ty, &reading.keys(&private)));
    });
    let bounds = bound(&item, bounds, &serde).map(|bound| quote!(, bound(deserialize = #bound)));
    let names = ["Deserialize", "Serialize"];
    let derives = serde_derives(&item.ident, runtime, &names, &bounds.unwrap_or_default());
    quote!(#derives #item)
}

fn check_marks(field: &Field, marks: &FieldAttributes, errors: &Errors) {
    let is_option = types::option_inner(&field.ty).is_some();
    if let (Some(span), true) = (marks.required.span(), is_option) {
        errors.at(span, "an `Option` is never required: drop one of the two");
    }
    if let (Some(span), false) = (marks.lenient.span(), is_option) {
        errors.at(span, "what cannot be read has to become `None`: make the field an `Option`");
    }
}

/// What serde has to be told about one field, beside what the user tells it.
#[derive(Default)]
struct Reading {
    /// What stands for a missing member, where that is no error.
    absent: Option<Absent>,
    /// The function of ours that reads the member.
    reader: Option<&'static str>,
    /// Whether an unset `Option` is left out when written again.
    elided: bool,
}

/// What stands for a missing member.
#[derive(PartialEq)]
enum Absent {
    /// `None`: serde knows that by itself only where it reads the member by itself.
    None,
    /// The default of its type.
    Default,
}

impl Reading {
    fn of(field: &Field, marks: &FieldAttributes) -> Self {
        let given = given(&field.attrs);
        let has = |names: &[&str]| given.iter().any(|(name, _)| names.contains(&name.as_str()));
        if has(&["flatten", "skip", "skip_deserializing"]) {
            return Self::default();
        }
        let (is_option, is_required) = (types::option_inner(&field.ty).is_some(), marks.required.is_set());
        let (reads_itself, has_default) = (has(&["with", "deserialize_with"]), has(&["default"]));
        // A default of the user's own stands for absence; what null means beside it, serde says.
        let names_default = given.iter().any(|(name, has_value)| name == "default" && *has_value);
        let absent = match is_option {
            _ if has_default => None,
            true => Some(Absent::None),
            false => (!is_required && !reads_itself).then_some(Absent::Default),
        };
        let reader = match is_option {
            _ if reads_itself => None,
            true => marks.lenient.is_set().then_some("lenient"),
            false => (!is_required && !names_default).then_some("or_default"),
        };
        let elided = is_option && !has(&["skip_serializing_if", "skip_serializing"]);
        Self { absent, reader, elided }
    }

    fn keys(&self, private: &str) -> TokenStream {
        let absent = self.absent.as_ref().map(|absent| match absent {
            Absent::None => quote!(default,),
            Absent::Default => {
                let missing = format!("{private}::tolerant::missing");
                quote!(default = #missing,)
            }
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
}

/// What serde cannot infer of an answer's parameters from fields that have a reader of their own.
fn bound(item: &DeriveInput, more: Vec<String>, serde: &str) -> Option<String> {
    let parameters = item.generics.type_params().map(|parameter| &parameter.ident);
    let mut bounds: Vec<String> =
        parameters.map(|name| format!("{name}: {serde}::Deserialize<'de>")).collect();
    bounds.extend(more);
    let is_given = given(&item.attrs).iter().any(|(name, _)| name == "bound");
    (!is_given && !bounds.is_empty()).then(|| bounds.join(", "))
}
