//! With the feature `describe`: generates the JSON types for metadata.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{DeriveInput, Type};

use super::generics::{Parameters, bounds};
use super::{doc_text, span_of};
use crate::model::Field;
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

/// Generates `.of(…)` for a field of a request. The outer `Option` only means that the field can be left out.
pub(super) fn kind(field: &Field<'_>) -> Option<TokenStream> {
    if field.serialize_with.is_some() {
        return Some(quote!(.own()));
    }
    let inner = types::option_inner(field.ty).unwrap_or(field.ty);
    ENABLED.then(|| of(inner)).map(|kind| quote!(.of(#kind)))
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

/// A field of a struct inside a request or a response.
pub(super) struct Described<'f> {
    ty: &'f Type,
    /// The type in the metadata of the field.
    kind: TokenStream,
    is_required: bool,
    is_secret: bool,
    name: String,
    docs: String,
}

impl<'f> From<&'f Field<'_>> for Described<'f> {
    /// A field of an object inside a request.
    fn from(field: &'f Field<'_>) -> Self {
        Self {
            ty: field.ty,
            kind: kind(field).unwrap_or_default(),
            is_required: field.is_required(),
            is_secret: field.secret.is_some(),
            name: if field.flatten.is_some() { "*".to_owned() } else { field.wire.clone() },
            docs: doc_text(field.attributes),
        }
    }
}

impl<'f> Described<'f> {
    /// Returns a field of a response; `None` if it is not read.
    pub(super) fn read(field: &'f response::Field<'_>) -> Option<Self> {
        let kind = match field.reader {
            Reader::Skipped => return None,
            Reader::With(_) => quote!(__p::JsonKind::Unknown),
            _ => of(field.ty),
        };
        Some(Self {
            ty: field.ty,
            kind: quote!(.of(#kind)),
            is_required: field.reader.is_required(),
            is_secret: field.marks.secret.is_set(),
            name: if field.reader.has_name() { field.names.deserialize.clone() } else { "*".to_owned() },
            docs: doc_text(field.attributes),
        })
    }
}

/// Generates `impl Describe`; empty without the feature. `only` is the field of a transparent struct.
pub(super) fn expand(
    item: &DeriveInput,
    serde: &WireStruct,
    instead: Option<&Type>,
    only: Option<&Type>,
    fields: &[Described<'_>],
) -> Option<TokenStream> {
    if !ENABLED {
        return None;
    }
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
        (None, None) => object(item, fields),
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
    let fields = fields.iter().map(|Described { ty, kind, is_required, is_secret, name, docs }| {
        let required = if *is_required { "_REQUIRED" } else { "" };
        let secret = if *is_secret { "_SECRET" } else { "" };
        let base = format_ident!("BODY{required}{secret}", span = Span::call_site());
        let ty = types::text(ty);
        quote!((__p::#base #kind, #name, #ty, #docs))
    });
    quote! {
        __p::JsonKind::Object(&__p::ObjectInfo {
            name: #name,
            module: ::core::module_path!(),
            docs: #docs,
            described: || const { &[#(#fields),*] },
        })
    }
}
