//! Turns tokens into tokens: parses, decides, checks, and always expands, even if there are mistakes.
//!
//! So each mistake causes only one error, because code that uses the type still finds its builder and its method.

mod arguments;
mod builder;
mod builder_type;
mod client;
mod debug;
mod defaults;
mod describe;
mod endpoint;
mod format;
mod generics;
mod header;
mod item;
mod lints;
mod method;
mod page;
mod read;
mod resource;
mod response;
mod setters;
mod write;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, DeriveInput, ExprPath, LitStr, Meta, PathArguments, Token, Type, TypePath};

use self::describe::Described;
use self::write::Written;
use crate::check;
use crate::errors::Errors;
use crate::model::{self, Field, attributes_named};
use crate::names::derived;
use crate::parse::arguments::{EndpointArguments, only_runtime};
use crate::parse::client::ClientArguments;
use crate::parse::field::{self, ParsedFields};
use crate::parse::recovery::readable_part;
use crate::parse::resource::ResourceArguments;
use crate::parse::wire::{WireField, WireStruct};
use crate::prepare::{derives_serde, prepare};
use crate::runtime::Runtime;

pub(crate) fn endpoint(arguments: TokenStream, item: TokenStream) -> TokenStream {
    with_struct("endpoint", item, |item, errors| {
        let arguments = EndpointArguments::read(arguments, item, errors);
        let Some(fields) = model::named_fields(item, "endpoint", errors) else {
            // For a struct, the expansion reports it at the position of the type.
            if let Err(error) = arguments.response {
                errors.push(error);
            }
            return item::stripped(item);
        };
        let fields = ParsedFields::read(item, fields, &field::ENDPOINT, errors);
        let endpoint = model::Endpoint::new(item, arguments, fields);
        check::endpoint(&endpoint, errors);
        let parts = endpoint::expand(&endpoint);
        let legalised = item::legalised(item, &endpoint.runtime);
        quote!(#legalised #parts)
    })
}

pub(crate) fn object(arguments: TokenStream, item: TokenStream) -> TokenStream {
    with_struct("object", item, |item, errors| {
        let path = only_runtime(arguments, "`#[object]`", errors).take();
        let runtime = Runtime::new(path.clone());
        let Some(fields) = model::named_fields(item, "object", errors) else {
            return item::stripped(item);
        };
        let fields = ParsedFields::read(item, fields, &field::OBJECT, errors);
        let (fields, twins) = model::object_fields(fields);
        check::object(&fields, &twins, errors);
        let readable = arguments::object(item, &fields, &runtime);
        let declared = readable.as_ref().unwrap_or(item);
        if response::has_conditions(item) {
            let parts = builder::object(item, &runtime, &fields, &TokenStream::new());
            let item = response::decided_first(declared, "object", "Object", path);
            return quote!(#item #parts);
        }
        let parts = builder::object(item, &runtime, &fields, &written(item, &fields, errors));
        let item = item::legalised(declared, &runtime);
        quote!(#item #parts)
    })
}

/// Generates `Serialize` for an object, and its description.
fn written(item: &DeriveInput, fields: &[Field<'_>], errors: &Errors) -> TokenStream {
    let read = || WireStruct::read(&item.attrs, errors);
    // The user's derive checks serde's attributes itself.
    let serde = if derives_serde(item) { errors.muted(read) } else { read() };
    let own = |field: &Field<'_>| errors.muted(|| WireField::read(field.attributes, errors));
    let own: Vec<WireField> = fields.iter().map(own).collect();
    let described = fields.iter().map(Described::written);
    let written = |(field, own)| Written { bound: WireField::bound_to_write(own), ..Written::from(field) };
    let fields: Vec<Written<'_>> = fields.iter().zip(&own).map(written).collect();
    let only = if let [only] = &*fields { Some(only) } else { None };
    check::transparent(&serde, only.is_some(), errors);
    let written = write::expand(item, &serde, &fields, only.map(|field| field.ident));
    let described = describe::expand(item, &serde, serde.into.get(), only.map(|field| field.ty), described);
    quote!(#written #described)
}

pub(crate) fn response(arguments: TokenStream, item: TokenStream) -> TokenStream {
    with_struct("response", item, |item, errors| {
        let runtime = only_runtime(arguments, "`#[response]`", errors).take();
        response::expand(item, runtime, errors)
    })
}

/// Expands `#[response]`, or the `Serialize` of `#[object]`, for a struct whose `cfg`s rustc has evaluated.
pub(crate) fn decided(owner: &'static str, item: TokenStream) -> TokenStream {
    let errors = Errors::new();
    let Ok(mut item) = syn::parse2::<DeriveInput>(item) else {
        return errors.into_compile_errors();
    };
    let runtime = only_runtime(response::take_helper(&mut item, owner), owner, &errors).take();
    let expanded = if owner == "response" {
        response::decided(&item, runtime, &errors)
    } else {
        let fields = model::named_fields(&item, owner, &errors);
        let fields = fields.map(|fields| ParsedFields::read(&item, fields, &field::OBJECT, &errors));
        let fields = fields.map(|fields| model::object_fields(fields).0).unwrap_or_default();
        in_anonymous_const(&item, &Runtime::new(runtime), &written(&item, &fields, &errors))
    };
    let reported = errors.into_compile_errors();
    quote!(#expanded #reported)
}

pub(crate) fn client(arguments: TokenStream, item: TokenStream) -> TokenStream {
    with_struct("client", item, |item, errors| {
        let arguments = ClientArguments::read(arguments, errors);
        client::expand(item, arguments, errors)
    })
}

pub(crate) fn resource(arguments: TokenStream, item: TokenStream) -> TokenStream {
    with_struct("resource", item, |item, errors| {
        let arguments = ResourceArguments::read(arguments, errors);
        resource::expand(item, arguments, errors)
    })
}

/// Parses the item, expands it and appends the errors. An item that is not a struct is returned unchanged.
fn with_struct(
    owner: &str,
    item: TokenStream,
    expand: impl FnOnce(&DeriveInput, &Errors) -> TokenStream,
) -> TokenStream {
    let errors = Errors::new();
    let expand = |mut parsed| {
        prepare(&mut parsed, owner, &errors);
        expand(&parsed, &errors)
    };
    let expanded = match syn::parse2::<DeriveInput>(item.clone()) {
        Ok(parsed) => expand(parsed),
        Err(error) => match item_kind(&item).unwrap_or((error.span(), Kind::Other("no struct"))) {
            // rustc has reported the syntax error, and further mistakes may be consequences of it.
            (_, Kind::Data) => errors.muted(|| readable_part(item.clone()).map_or(item, expand)),
            (span, Kind::Other(found)) => {
                errors.at(span, format!("`#[{owner}]` takes a struct, but this is {found}"));
                item
            }
        },
    };
    let reported = errors.into_compile_errors();
    quote!(#expanded #reported)
}

/// The kind of an item.
#[derive(Clone, Copy)]
enum Kind {
    /// A struct, an enum or a union.
    Data,
    /// Any other item, with its name for messages.
    Other(&'static str),
}

/// Returns the kind of an item and its keyword, which is the first word that is not a qualifier.
fn item_kind(item: &TokenStream) -> Option<(Span, Kind)> {
    const KINDS: [(&str, Kind); 13] = [
        ("struct", Kind::Data),
        ("enum", Kind::Data),
        ("union", Kind::Data),
        ("fn", Kind::Other("a function")),
        ("impl", Kind::Other("an `impl`")),
        ("trait", Kind::Other("a trait")),
        ("mod", Kind::Other("a module")),
        ("type", Kind::Other("a type alias")),
        ("static", Kind::Other("a static")),
        ("use", Kind::Other("an import")),
        ("macro_rules", Kind::Other("a macro")),
        ("const", Kind::Other("a constant")),
        ("extern", Kind::Other("an `extern` item")),
    ];
    let words = || {
        item.clone().into_iter().filter_map(|token| match token {
            TokenTree::Ident(word) => Some(word),
            _ => None,
        })
    };
    // `const fn` and `extern "C" fn` are functions.
    let is_function = words().take_while(|word| *word != "struct").any(|word| word == "fn");
    let qualifies = |word: &Ident| is_function && (word == "const" || word == "extern");
    words().filter(|word| !qualifies(word)).find_map(|word| {
        KINDS.iter().find(|(keyword, _)| word == keyword).map(|(_, kind)| (word.span(), *kind))
    })
}

/// Returns the span of a type. rustc reports errors of generated code with this span at the type instead of the macro.
fn span_of(ty: &Type) -> Span {
    ends_of(ty).0
}

/// Returns the spans of the first and the last token of a type. Code that begins and ends with them has the span of the
/// type.
fn ends_of(ty: &Type) -> (Span, Span) {
    let of_tokens = || {
        let mut tokens = ty.to_token_stream().into_iter().map(|token| token.span());
        let first = tokens.next().unwrap_or_else(Span::call_site);
        (first, tokens.last().unwrap_or(first))
    };
    let (first, last) = ends_of_path(ty).unwrap_or_else(of_tokens);
    (Span::call_site().located_at(first), Span::call_site().located_at(last))
}

/// Returns the spans of the first and the last token of the usual type without turning it into tokens, which costs calls
/// into rustc.
fn ends_of_path(ty: &Type) -> Option<(Span, Span)> {
    let Type::Path(TypePath { qself: None, path, .. }) = ty else { return None };
    let (first, last) = (path.segments.first()?, path.segments.last()?);
    let last = match &last.arguments {
        PathArguments::None => last.ident.span(),
        PathArguments::AngleBracketed(arguments) => arguments.gt_token.span,
        PathArguments::Parenthesized(_) => return None,
    };
    path.leading_colon.is_none().then(|| (first.ident.span(), last))
}

/// `&self.field` with the span of a type, where rustc reports a type that cannot be used in this way.
struct Borrowed<'f> {
    ident: &'f Ident,
    ty: &'f Type,
}

impl ToTokens for Borrowed<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let (first, last) = ends_of(self.ty);
        let mut end = self.ident.clone();
        end.set_span(end.span().located_at(last));
        Token![&](first).to_tokens(tokens);
        Token![self](first).to_tokens(tokens);
        Token![.](first).to_tokens(tokens);
        end.to_tokens(tokens);
    }
}

/// Generates a call of a function that a literal names, with the span of the literal.
fn called(function: &ExprPath, arguments: &TokenStream) -> TokenStream {
    let span = Span::call_site().located_at(function.span());
    let arguments = item::respanned(arguments.clone(), span);
    quote_spanned!(span=> #function(#arguments))
}

/// Returns the doc attributes of an item, which are copied to generated items.
fn docs(attributes: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attributes_named(attributes, &["doc"])
}

/// Returns the `cfg` that is true if one of `cfgs` is false.
fn disabled(cfgs: &[&Attribute]) -> TokenStream {
    let conditions = cfgs.iter().filter_map(|cfg| Some(&cfg.meta.require_list().ok()?.tokens));
    quote!(#[cfg(not(all(#(all(#conditions)),*)))])
}

/// Returns a generated name with the span of the user's name. Editors find it there, and lints do not treat it as the
/// user's name.
fn derived_name(from: &Ident, name: &str) -> Ident {
    derived(name, Span::call_site().located_at(from.span()))
}

/// Returns the attributes of a struct that are copied to the method that sends it.
fn carried(attributes: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attributes_named(attributes, &["doc", "deprecated"])
}

/// Returns `#[doc(hidden)]` if the attributes have it, because items that are generated from a hidden item are hidden
/// too.
fn hidden(attributes: &[Attribute]) -> Option<TokenStream> {
    let lists = docs(attributes).filter_map(|attribute| attribute.meta.require_list().ok());
    let mut keys = lists.filter_map(|list| list.parse_args::<Ident>().ok());
    keys.any(|key| key == "hidden").then(|| quote!(#[doc(hidden)]))
}

/// Returns the first paragraph of a doc comment, for metadata.
fn doc_text(attributes: &[Attribute]) -> String {
    let lines = docs(attributes).filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(doc) => Some(doc.value.to_token_stream()),
        _ => None,
    });
    let texts = lines.filter_map(|value| syn::parse2::<LitStr>(value).ok()).map(|text| text.value());
    let paragraph: Vec<String> = texts
        .flat_map(|text| lines_of(&text).map(str::to_owned).collect::<Vec<_>>())
        .skip_while(String::is_empty)
        .take_while(|line| !line.is_empty())
        .collect();
    paragraph.join(" ")
}

/// Returns the trimmed lines of a doc attribute. Like rustdoc, it removes the stars before the lines of a block comment.
fn lines_of(text: &str) -> impl Iterator<Item = &str> {
    let column = |line: &str| line.len() - line.trim_start().len();
    let is_starred = |line: &str| line.trim() == "*" || line.trim_start().starts_with("* ");
    // The first line follows `/**`, and the last one is often only the indentation of `*/`.
    let others = || text.trim_end().split('\n').skip(1);
    let first = others().next().map(column);
    let has_stars = others().all(|line| is_starred(line) && Some(column(line)) == first);
    text.split('\n').map(str::trim).enumerate().map(move |(number, line)| match line.strip_prefix('*') {
        Some(rest) if has_stars && number > 0 => rest.trim_start(),
        _ => line,
    })
}

/// Wraps code that users never name, so that its imports do not affect the surrounding module.
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
