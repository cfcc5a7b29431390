//! Generates `Serialize`, with one call per field. The common code of all structs is in the runtime.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, DeriveInput, ExprPath, Ident, Type, WherePredicate};

use super::generics::Parameters;
use super::{Borrowed, called, disabled, span_of};
use crate::model::Field;
use crate::parameters;
use crate::parse::wire::WireStruct;
use crate::types;

/// A field that is written.
pub(super) struct Written<'f> {
    pub(super) ident: &'f Ident,
    pub(super) ty: &'f Type,
    pub(super) name: &'f str,
    pub(super) skip: Skip<'f>,
    pub(super) with: Option<&'f ExprPath>,
    pub(super) is_flat: bool,
    pub(super) bound: Option<&'f [WherePredicate]>,
    /// For body fields. The `cfg`s of an object were evaluated before.
    pub(super) cfgs: Vec<&'f Attribute>,
}

/// The condition under which a field is left out.
pub(super) enum Skip<'f> {
    Never,
    Always,
    IfNone,
    If(&'f ExprPath),
}

impl<'f> From<&'f Field<'_>> for Written<'f> {
    /// A field of an object inside a request.
    fn from(field: &'f Field<'_>) -> Self {
        let skip = match &field.skip_if {
            Some(condition) => Skip::If(condition),
            None if field.is_required() => Skip::Never,
            None => Skip::IfNone,
        };
        Self {
            ident: field.ident,
            ty: field.ty,
            name: &field.wire,
            skip,
            with: field.serialize_with.as_ref(),
            is_flat: field.flatten.is_some(),
            bound: None,
            cfgs: field.cfgs(),
        }
    }
}

/// Generates `impl Serialize`. `only` is the field of a transparent struct.
pub(super) fn expand(
    item: &DeriveInput,
    serde: &WireStruct,
    fields: &[Written<'_>],
    only: Option<&Ident>,
) -> TokenStream {
    let clause = bounds(item, serde, fields);
    implementation(item, serde, fields, only, &clause, Writes::Object)
}

/// The trait that is implemented.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Writes {
    /// `Serialize`, for an object.
    Object,
    /// `BodyFields`, for the body of an endpoint.
    Body,
}

/// Generates the implementation of one of the traits.
pub(super) fn implementation(
    item: &DeriveInput,
    serde: &WireStruct,
    fields: &[Written<'_>],
    only: Option<&Ident>,
    bounds: &[TokenStream],
    writes: Writes,
) -> TokenStream {
    let (of, function) = match writes {
        Writes::Object => (quote!(Serialize), quote!(serialize)),
        Writes::Body => (quote!(BodyFields), quote!(write_fields)),
    };
    let ident = &item.ident;
    let parameters = Parameters::of(&item.generics);
    let (bounded, names) = (&parameters.bounded, &parameters.names);
    let clause = parameters.clause(bounds);
    let transparent = fields.iter().find(|field| serde.transparent.is_set() && only == Some(field.ident));
    let (body, with) = if let Some(other) = serde.into.get() {
        let made = quote!(<Self as __p::Into<#other>>::into(__p::Clone::clone(self)));
        (quote!(__p::Serialize::serialize(&#made, __to)), None)
    } else if let Some(field) = transparent {
        let (name, place) = (field.ident, span_of(field.ty));
        let own = field.with.map(|writer| called(writer, &quote!(&self.#name, __to)));
        let usual = || quote_spanned!(place=> __p::Serialize::serialize(&self.#name, __to));
        (if_enabled(&field.cfgs, own.unwrap_or_else(usual)), None)
    } else {
        (by_field(ident, serde, fields, writes), with(fields))
    };
    let with = with.map(|arms| {
        quote! {
            #[automatically_derived]
            impl<#(#bounded),*> __p::writing::WriteWith for #ident<#(#names),*> #clause {
                fn write_with<__S: __p::Serializer>(
                    &self,
                    __field: __p::usize,
                    __to: __S,
                ) -> __p::Result<__S::Ok, __S::Error> {
                    match __field { #arms }
                }
            }
        }
    });
    quote! {
        #[automatically_derived]
        impl<#(#bounded),*> __p::#of for #ident<#(#names),*> #clause {
            fn #function<__S: __p::Serializer>(&self, __to: __S) -> __p::Result<__S::Ok, __S::Error> {
                #body
            }
        }
        #with
    }
}

/// Writes the value of a field with `cfgs`; without the field, a value that is never sent.
fn if_enabled(cfgs: &[&Attribute], write: TokenStream) -> TokenStream {
    if cfgs.is_empty() {
        return write;
    }
    let disabled = disabled(cfgs);
    quote! {
        #(#cfgs)* { #write }
        #disabled { __p::Serialize::serialize(&(), __to) }
    }
}

/// Returns the bounds that serde would infer: types that are written are writable.
fn bounds(item: &DeriveInput, serde: &WireStruct, fields: &[Written<'_>]) -> Vec<TokenStream> {
    if let Some(given) = serde.bound_to_write() {
        return given.iter().map(ToTokens::to_token_stream).collect();
    }
    if item.generics.type_params().next().is_none() || serde.into.is_set() {
        return Vec::new();
    }
    let mut bounds = Vec::new();
    for field in fields {
        if let Some(given) = field.bound {
            bounds.extend(given.iter().map(ToTokens::to_token_stream));
        } else if !matches!(field.skip, Skip::Always) && field.with.is_none() && !types::is_phantom(field.ty)
        {
            let uses = parameters::uses_of_parameters(field.ty, &item.generics);
            bounds.extend(uses.iter().map(|used| quote!(#used: __p::Serialize)));
        }
    }
    bounds
}

fn by_field(ident: &Ident, serde: &WireStruct, fields: &[Written<'_>], writes: Writes) -> TokenStream {
    let written = || fields.iter().enumerate().filter(|(_, field)| !matches!(field.skip, Skip::Always));
    let name = serde.names(&ident.unraw().to_string()).serialize;
    let tag = serde.tag.get().map(|tag| quote!(__to.field(#tag, #name);));
    // The number of fields is not needed for a body, and `cfg`s may remove some fields.
    let (state, length) = if writes == Writes::Body || fields.iter().any(|field| field.is_flat) {
        (quote!(MapWriter), None)
    } else {
        let conditions: Vec<TokenStream> = written().filter_map(|(_, field)| condition(field)).collect();
        let always = written().count() - conditions.len() + usize::from(tag.is_some());
        let always = Literal::usize_unsuffixed(always);
        (quote!(StructWriter), Some(quote!(#name, #always, &[#(#conditions),*],)))
    };
    let fields = written().map(|(number, field)| one(number, field));
    quote! {
        __p::writing::#state::write(__to, #length |__to| { #tag #(#fields)* })
    }
}

/// Returns the condition under which a field is written, if it is not always written.
fn condition(field: &Written<'_>) -> Option<TokenStream> {
    let name = field.ident;
    match field.skip {
        Skip::Never | Skip::Always => None,
        Skip::IfNone => Some(quote!(__p::Option::is_some(&self.#name))),
        Skip::If(is_skipped) => {
            let asked = called(is_skipped, &quote!(&self.#name));
            Some(quote_spanned!(Span::call_site().located_at(is_skipped.span())=> !#asked))
        }
    }
}

fn one(number: usize, field: &Written<'_>) -> TokenStream {
    let (ident, name, cfgs) = (field.ident, field.name, &field.cfgs);
    let number = Literal::usize_unsuffixed(number);
    let value = if field.with.is_some() {
        quote!(&__p::writing::With(self, #number))
    } else {
        Borrowed { ident, ty: field.ty }.into_token_stream()
    };
    let statement = match (condition(field), &field.skip) {
        (None, _) if field.is_flat => quote!(__to.flat(#value);),
        (Some(condition), _) if field.is_flat => quote!(if #condition { __to.flat(#value); }),
        (None, _) => quote!(__to.field(#name, #value);),
        (Some(_), Skip::IfNone) if field.with.is_none() => quote!(__to.option(#name, #value);),
        (Some(condition), _) => quote!(__to.field_if(#condition, #name, #value);),
    };
    quote!(#(#cfgs)* #statement)
}

/// Returns one match arm for each field with a custom function.
fn with(fields: &[Written<'_>]) -> Option<TokenStream> {
    let arms = fields.iter().enumerate().filter_map(|(number, field)| {
        let (ident, writer) = (field.ident, field.with?);
        let number = Literal::usize_unsuffixed(number);
        let write = called(writer, &quote!(&self.#ident, __to));
        (!matches!(field.skip, Skip::Always)).then_some((number, write, &field.cfgs))
    });
    // The last arm also matches all other numbers, which never occur.
    let mut found: Vec<_> = arms.collect();
    let is_conditional = found.iter().any(|(_, _, cfgs)| !cfgs.is_empty());
    let last = if is_conditional {
        quote!(__p::Serialize::serialize(&(), __to))
    } else {
        found.pop().map(|(_, write, _)| write)?
    };
    let arms = found.into_iter().map(|(number, write, cfgs)| quote!(#(#cfgs)* #number => #write,));
    Some(quote!(#(#arms)* _ => #last))
}
