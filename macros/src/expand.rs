//! Tokens in, tokens out: reads, checks, and expands whether or not there were mistakes.
//!
//! Expanding anyway is what keeps one mistake one error: whoever uses the type still finds its builder, its
//! method and its description.

mod builder;
mod debug;
mod endpoint;
mod generics;
mod handle;
mod header;
mod item;
mod lints;
mod method;
mod read;
mod response;
mod write;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, DeriveInput, ExprPath, LitStr, Meta, Type};

use self::write::Written;
use crate::check;
use crate::errors::Errors;
use crate::model::{self, Field, Place, Source};
use crate::parse::arguments::{ResourceArguments, only_runtime};
use crate::parse::field;
use crate::parse::wire::{WireField, WireStruct};
use crate::prepare::{derives_serde, prepare};
use crate::runtime::Runtime;

pub(crate) fn endpoint(arguments: TokenStream, item: TokenStream) -> TokenStream {
    with_struct("endpoint", item, |item, errors| {
        let expanded = model::Endpoint::read(arguments, item, errors).map(|endpoint| {
            check::endpoint(&endpoint, errors);
            let parts = endpoint::expand(&endpoint);
            let legalised = item::legalised(item, &endpoint.runtime);
            quote!(#legalised #parts)
        });
        expanded.unwrap_or_else(|| item::stripped(item))
    })
}

pub(crate) fn object(arguments: TokenStream, item: TokenStream) -> TokenStream {
    with_struct("object", item, |item, errors| {
        let path = only_runtime(arguments, "`#[object]`", errors).take();
        let runtime = Runtime::new(path.clone());
        let Some(fields) = model::named_fields(item, "object", errors) else {
            return item::stripped(item);
        };
        let source = Source { keys: &field::OBJECT, item, errors };
        let fields = source.fields(fields, |_| Place::Body);
        check::object(&fields, errors);
        if response::has_conditions(item) {
            let parts = builder::object(item, &runtime, &fields, &TokenStream::new());
            let item = response::decided_first(item, "Object", path);
            return quote!(#item #parts);
        }
        let parts = builder::object(item, &runtime, &fields, &written(item, &fields, errors));
        let item = item::legalised(item, &runtime);
        quote!(#item #parts)
    })
}

/// `Serialize` for an object.
fn written(item: &DeriveInput, fields: &[Field<'_>], errors: &Errors) -> TokenStream {
    let read = || WireStruct::read(&item.attrs, errors);
    // The user's own derive judges serde's attributes itself.
    let serde = if derives_serde(item) { errors.muted(read) } else { read() };
    let own = |field: &Field<'_>| errors.muted(|| WireField::read(field.attributes, errors));
    let own: Vec<WireField> = fields.iter().map(own).collect();
    let written = |(field, own)| Written { bound: WireField::bound_to_write(own), ..Written::from(field) };
    let fields: Vec<Written<'_>> = fields.iter().zip(&own).map(written).collect();
    let only = if let [only] = &*fields { Some(only.ident) } else { None };
    check::transparent(&serde, only.is_some(), errors);
    write::expand(item, &serde, &fields, only)
}

pub(crate) fn response(arguments: TokenStream, item: TokenStream) -> TokenStream {
    with_struct("response", item, |item, errors| {
        let runtime = only_runtime(arguments, "`#[response]`", errors).take();
        response::expand(item, runtime, errors)
    })
}

/// `#[response]`, or the `Serialize` of `#[object]`, for a struct whose conditions rustc has decided.
pub(crate) fn decided(owner: &'static str, item: TokenStream) -> TokenStream {
    let errors = Errors::new();
    let Ok(mut item) = syn::parse2::<DeriveInput>(item) else {
        return errors.into_compile_errors();
    };
    let runtime = only_runtime(response::take_helper(&mut item), owner, &errors).take();
    let expanded = if owner == "response" {
        response::decided(&item, runtime, &errors)
    } else {
        let fields = model::named_fields(&item, owner, &errors);
        let source = Source { keys: &field::OBJECT, item: &item, errors: &errors };
        let fields = fields.map(|fields| source.fields(fields, |_| Place::Body)).unwrap_or_default();
        in_anonymous_const(&item, &Runtime::new(runtime), &written(&item, &fields, &errors))
    };
    let reported = errors.into_compile_errors();
    quote!(#expanded #reported)
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
        Ok(mut parsed) => {
            prepare(&mut parsed, owner, &errors);
            expand(&parsed, &errors)
        }
        Err(error) => {
            let (span, found) = keyword(&item).unwrap_or((error.span(), "no struct"));
            errors.at(span, format!("`#[{owner}]` stands on a struct, and this is {found}"));
            item
        }
    };
    let reported = errors.into_compile_errors();
    quote!(#expanded #reported)
}

/// What an item is that is neither struct nor enum nor union, and the word that says so.
fn keyword(item: &TokenStream) -> Option<(Span, &'static str)> {
    const KINDS: [(&str, &str); 9] = [
        ("fn", "a function"),
        ("impl", "an `impl`"),
        ("trait", "a trait"),
        ("mod", "a module"),
        ("type", "a type alias"),
        ("const", "a constant"),
        ("static", "a static"),
        ("use", "an import"),
        ("macro_rules", "a macro"),
    ];
    item.clone().into_iter().find_map(|token| match token {
        TokenTree::Ident(word) => {
            KINDS.iter().find(|(keyword, _)| word == keyword).map(|(_, kind)| (word.span(), *kind))
        }
        _ => None,
    })
}

/// The place of a type, for what is generated because of it: rustc then points there and not at the macro.
fn place_of(ty: &Type) -> Span {
    Span::call_site().located_at(ty.span())
}

/// A call of a function that a literal names, all of it at the place of the literal.
fn called(function: &ExprPath, arguments: &TokenStream) -> TokenStream {
    let place = Span::call_site().located_at(function.span());
    let arguments = item::respanned(arguments.clone(), place);
    quote_spanned!(place=> #function(#arguments))
}

/// The doc attributes of an item, to stand on what is generated from it.
fn docs(attributes: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("doc"))
}

/// A name of ours at the place of the user's own: found there by an editor, and not judged by lints as the user's.
fn derived_name(from: &Ident, name: &str) -> Ident {
    Ident::new(name, Span::call_site().located_at(from.span()))
}

/// What goes with a struct to the method that sends it.
fn carried(attributes: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    let carried =
        |attribute: &&Attribute| ["doc", "deprecated"].iter().any(|name| attribute.path().is_ident(name));
    attributes.iter().filter(carried)
}

/// `#[doc(hidden)]` where the attributes have it: what is made from something hidden is hidden too.
fn hidden(attributes: &[Attribute]) -> Option<TokenStream> {
    let lists = docs(attributes).filter_map(|attribute| attribute.meta.require_list().ok());
    let mut keys = lists.filter_map(|list| list.parse_args::<Ident>().ok());
    keys.any(|key| key == "hidden").then(|| quote!(#[doc(hidden)]))
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
fn in_anonymous_const(item: &DeriveInput, runtime: &Runtime, contents: &TokenStream) -> TokenStream {
    let (import, allowed) = (runtime.import(), lints::allowed(item));
    quote! {
        #allowed
        const _: () = {
            #import
            #contents
        };
    }
}
