//! Generates the metadata of fields, and with the feature `describe` their JSON types.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{Attribute, DeriveInput, Type};

use super::generics::{Parameters, bounds};
use super::{doc_text, span_of};
use crate::location::Location;
use crate::model::Field;
use crate::parse::query_style::QueryStyle;
use crate::parse::wire::WireStruct;
use crate::response::{self, Reader};
use crate::types::{self, Shape};

/// Whether the feature is enabled.
const ENABLED: bool = cfg!(feature = "describe");

/// Imports the trait with which `KindOf` has a kind for every type.
///
/// The constant uses the import even if every type is described, because an `allow` is an error in a crate that forbids
/// the lint.
pub(super) fn import() -> Option<TokenStream> {
    ENABLED.then(|| {
        quote! {
            use __p::NotDescribed as _;
            const _: __p::JsonKind = __p::KindOf::<__p::Opaque>::KIND;
        }
    })
}

/// Generates the metadata of fields as a list of strings. Without a `cfg`, it has one string, because strings cost rustc
/// time.
pub(super) fn list(fields: &[(Vec<&Attribute>, String)]) -> TokenStream {
    // The name of a field comes last, after three lines.
    const LINES: usize = 3;
    let is_separate =
        |(cfgs, text): &(Vec<_>, String)| !cfgs.is_empty() || text.matches('\n').count() > LINES;
    if fields.is_empty() || fields.iter().any(is_separate) {
        let fields = fields.iter().map(|(cfgs, text)| quote!(#(#cfgs)* #text));
        return quote!(&[#(#fields),*]);
    }
    let one: String = fields.iter().flat_map(|(_, text)| ["\n", text]).collect();
    quote!(&[#one])
}

/// Generates `.kinds(…)` for the fields of an endpoint.
pub(super) fn kinds(fields: &[Field<'_>]) -> Option<TokenStream> {
    let kinds = fields.iter().map(|field| {
        let (cfgs, kind) = (field.cfgs(), kind(field));
        quote!(#(#cfgs)* #kind)
    });
    ENABLED.then(|| quote!(.kinds(&[#(#kinds),*])))
}

/// Returns the JSON type of a field of a request. The outer `Option` only means that the field can be left out.
fn kind(field: &Field<'_>) -> TokenStream {
    if field.serialize_with.is_some() {
        return quote!(__p::JsonKind::Unknown);
    }
    of(types::option_inner(field.ty).unwrap_or(field.ty))
}

/// Generates `.responding(…)` for the response of an endpoint.
pub(super) fn response(ty: Option<&Type>) -> Option<TokenStream> {
    let kind = of(ty.filter(|_| ENABLED)?);
    Some(quote!(.responding(#kind)))
}

/// Returns `.format(…)` for the format of an endpoint's body.
pub(super) fn format(ty: Option<&Type>) -> Option<TokenStream> {
    let ty = ty.filter(|_| ENABLED)?;
    Some(quote!(.format(__p::KindOf::<#ty>::MEDIA_TYPE)))
}

/// Returns the JSON type of a type. Lists and options are found by their tokens, and the types inside by `KindOf`.
fn of(ty: &Type) -> TokenStream {
    match types::shape(ty) {
        Shape::Nullable(inner) => {
            let inner = of(inner);
            quote!(__p::JsonKind::Nullable(&#inner))
        }
        Shape::List(element) => {
            let element = of(element);
            quote!(__p::JsonKind::List(&#element))
        }
        Shape::Same(inner) => of(inner),
        // rustc reports an unknown type at this span, the type.
        Shape::Other => quote_spanned!(span_of(ty)=> __p::KindOf::<#ty>::KIND),
    }
}

/// Returns the metadata of a field of a request.
pub(super) fn text(field: &Field<'_>) -> String {
    let words = [
        Some(field.location.as_str()),
        field.is_required().then_some("required"),
        field.secret.is_some().then_some("secret"),
        field.serialize_with.is_some().then_some("own"),
        field.query_style().map(QueryStyle::as_str),
    ];
    let name = if field.flatten.is_some() { "*" } else { &field.name_on_the_wire() };
    joined(&words, field.ty, field.attributes, name)
}

/// Joins the parts of the metadata in the form that `info/described.rs` of the runtime reads.
fn joined(words: &[Option<&str>], ty: &Type, attributes: &[Attribute], name: &str) -> String {
    let words: Vec<&str> = words.iter().flatten().copied().collect();
    let (words, ty, docs) = (words.join(" "), types::text(ty), doc_text(attributes));
    format!("{words}\n{ty}\n{docs}\n{name}")
}

/// A field of a struct inside a request or a response.
pub(super) struct Described<'f> {
    ty: &'f Type,
    text: String,
    /// The JSON type.
    kind: TokenStream,
}

impl<'f> Described<'f> {
    /// Returns a field of an object inside a request.
    pub(super) fn written(field: &'f Field<'_>) -> Self {
        Self { ty: field.ty, text: text(field), kind: kind(field) }
    }

    /// Returns a field of a response; `None` if it is not read.
    pub(super) fn read(field: &'f response::Field<'_>) -> Option<Self> {
        let kind = match field.reader {
            Reader::Skipped => return None,
            Reader::With(_) => quote!(__p::JsonKind::Unknown),
            _ => of(field.ty),
        };
        let words = [
            Some(Location::Body.as_str()),
            field.reader.is_required().then_some("required"),
            field.marks.secret.is_set().then_some("secret"),
        ];
        let name = if field.reader.has_name() { &*field.names.deserialize } else { "*" };
        Some(Self { ty: field.ty, text: joined(&words, field.ty, field.attributes, name), kind })
    }
}

/// Generates `impl Describe`; empty without the feature. `only` is the field of a transparent struct.
pub(super) fn expand<'f>(
    item: &DeriveInput,
    serde: &WireStruct,
    instead: Option<&Type>,
    only: Option<&Type>,
    fields: impl Iterator<Item = Described<'f>>,
) -> Option<TokenStream> {
    if !ENABLED {
        return None;
    }
    let fields: Vec<Described<'_>> = fields.collect();
    let ident = &item.ident;
    let parameters = Parameters::of(&item.generics);
    let (bounded, names) = (&parameters.bounded, &parameters.names);
    let clause = parameters.clause(&bounds(
        fields.iter().map(|field| field.ty),
        &item.generics,
        &quote!(__p::Describe),
    ));
    let kind = match (instead, only.filter(|_| serde.transparent.is_set())) {
        (Some(ty), _) | (None, Some(ty)) => of(ty),
        (None, None) => object(item, &fields),
    };
    let import = import();
    Some(quote! {
        #import
        #[automatically_derived]
        impl<#(#bounded),*> __p::Describe for #ident<#(#names),*> #clause {
            const KIND: __p::JsonKind = #kind;
        }
    })
}

fn object(item: &DeriveInput, fields: &[Described<'_>]) -> TokenStream {
    let (name, docs) = (item.ident.unraw().to_string(), doc_text(&item.attrs));
    let texts: Vec<_> = fields.iter().map(|field| (Vec::new(), field.text.clone())).collect();
    let (texts, kinds) = (list(&texts), fields.iter().map(|field| &field.kind));
    quote! {
        __p::JsonKind::Object(&__p::ObjectInfo {
            name: #name,
            module: ::core::module_path!(),
            docs: #docs,
            described: || const { __p::Described::new(#texts, &[#(#kinds),*]) },
        })
    }
}
