//! Tokens in, tokens out: reads, checks, and expands whether or not there were mistakes.
//!
//! Expanding anyway is what keeps one mistake one error: whoever uses the type still finds its builder, its
//! method and its description.

mod answer;
mod builder;
mod debug;
mod endpoint;
mod generics;
mod handle;
mod item;
mod method;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Attribute, DeriveInput, LitStr, Meta};

use crate::check;
use crate::errors::Errors;
use crate::model::{self, Place, Source};
use crate::parse::arguments::{ResourceArguments, only_runtime};
use crate::parse::field;
use crate::runtime::Runtime;

pub(crate) fn endpoint(arguments: TokenStream, item: TokenStream) -> TokenStream {
    with_struct("endpoint", item, |item, errors| {
        let expanded = model::Endpoint::read(arguments, item, errors).map(|endpoint| {
            check::endpoint(&endpoint, errors);
            let parts = endpoint::expand(&endpoint);
            let legalised = item::legalised(item, "endpoint", &endpoint.runtime);
            quote!(#legalised #parts)
        });
        expanded.unwrap_or_else(|| item::stripped(item, "endpoint"))
    })
}

pub(crate) fn object(arguments: TokenStream, item: TokenStream) -> TokenStream {
    with_struct("object", item, |item, errors| {
        let runtime = Runtime::new(only_runtime(arguments, errors).take());
        let Some(fields) = model::named_fields(item, "object", errors) else {
            return item::stripped(item, "object");
        };
        let source = Source { owner: "object", known: field::OBJECT, item, errors };
        let fields = source.fields(fields, |_| Place::Body);
        check::object(item, &fields, errors);
        let parts = builder::object(item, &runtime, &fields);
        let item = item::serialized(item, &fields, &runtime);
        quote!(#item #parts)
    })
}

pub(crate) fn response(arguments: TokenStream, item: TokenStream) -> TokenStream {
    with_struct("response", item, |item, errors| {
        let runtime = Runtime::new(only_runtime(arguments, errors).take());
        answer::expand(item, &runtime, errors)
    })
}

pub(crate) fn resource(arguments: TokenStream, item: TokenStream) -> TokenStream {
    with_struct("resource", item, |item, errors| {
        let arguments = ResourceArguments::read(arguments, errors);
        handle::expand(item, arguments, errors)
    })
}

/// Parses the item, expands it and appends what was reported; an item that is none of ours comes back untouched.
fn with_struct(
    owner: &str,
    item: TokenStream,
    expand: impl FnOnce(&DeriveInput, &Errors) -> TokenStream,
) -> TokenStream {
    let errors = Errors::new();
    let expanded = match syn::parse2::<DeriveInput>(item.clone()) {
        Ok(parsed) => expand(&parsed, &errors),
        Err(error) => {
            let message = format!("`#[{owner}]` stands on a struct with named fields: {error}");
            errors.at(error.span(), message);
            item
        }
    };
    let reported = errors.into_compile_errors();
    quote!(#expanded #reported)
}

/// The doc attributes of an item, to stand on what is generated from it.
fn docs(attributes: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("doc"))
}

/// The first paragraph of a doc comment, for descriptions.
fn doc_text(attributes: &[Attribute]) -> String {
    let lines = docs(attributes).filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(doc) => Some(doc.value.to_token_stream()),
        _ => None,
    });
    let lines = lines.filter_map(|value| syn::parse2::<LitStr>(value).ok()).map(|line| line.value());
    let paragraph: Vec<String> = lines
        .map(|line| line.trim().to_owned())
        .skip_while(String::is_empty)
        .take_while(|line| !line.is_empty())
        .collect();
    paragraph.join(" ")
}

/// Wraps what a user never names, so that its helpers and imports stay out of the surrounding module.
fn in_anonymous_const(runtime: &Runtime, contents: &TokenStream) -> TokenStream {
    let import = runtime.import();
    quote! {
        #[allow(deprecated, non_camel_case_types, unused_qualifications, clippy::option_option)]
        const _: () = {
            #import
            #contents
        };
    }
}
