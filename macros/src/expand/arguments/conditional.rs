//! Names for the types of fields with `cfg`s: a bound cannot have a `cfg`, and the type may exist only with it.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::GenericParam;

use super::{inner, is_bounded};
use crate::expand::disabled;
use crate::model::{Endpoint, Field};
use crate::parameters::{Name, mentioned, uses_of_parameters};
use crate::types;

/// A name for the type of a field with `cfg`s.
pub(super) struct Conditional<'e> {
    name: Ident,
    field: &'e Field<'e>,
    /// The parameters that the type mentions.
    parameters: Vec<&'e GenericParam>,
}

impl<'e> Conditional<'e> {
    /// Returns a name for each type that needs a bound.
    pub(super) fn all(endpoint: &'e Endpoint<'_>) -> Vec<Self> {
        let generics = &endpoint.item.generics;
        let needs_name = |field: &&Field<'_>| {
            let (ty, has_reader) = (inner(field), field.deserialize_with.is_some() || field.with.is_some());
            // A name has no bounds, so it cannot mean `T::Item`.
            let is_short = |used: &TokenStream| {
                let used = used.to_string();
                used.contains("::") && !used.starts_with('<')
            };
            !field.cfgs().is_empty()
                && !has_reader
                && field.serialize_with.is_none()
                && !types::is_standard(ty)
                && !is_bounded(ty, generics)
                && !uses_of_parameters(ty, generics).iter().any(is_short)
        };
        let conditional = endpoint.fields.iter().filter(needs_name).enumerate().map(|(number, field)| Self {
            name: format_ident!("__Conditional{number}"),
            field,
            parameters: mentioned(generics, inner(field)),
        });
        conditional.collect()
    }

    pub(super) fn is_of(&self, field: &Field<'_>) -> bool {
        self.field.ident == field.ident
    }

    /// Returns the name with its arguments.
    pub(super) fn named(&self) -> TokenStream {
        let (name, arguments) = (&self.name, self.parameters.iter().copied().map(Name::of));
        quote!(#name<#(#arguments),*>)
    }
}

impl ToTokens for Conditional<'_> {
    /// Declares the name. Without the field, it means a type that can always be read.
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { name, field, parameters } = self;
        let declared = parameters.iter().copied().map(|parameter| match parameter {
            GenericParam::Const(parameter) => {
                let (name, ty) = (&parameter.ident, &parameter.ty);
                quote!(const #name: #ty)
            }
            other => Name::of(other).into_token_stream(),
        });
        let declared: Vec<TokenStream> = declared.collect();
        let used = parameters.iter().filter_map(|parameter| match parameter {
            GenericParam::Type(parameter) => Some(&parameter.ident),
            _ => None,
        });
        let (cfgs, ty) = (field.cfgs(), inner(field));
        let disabled = disabled(&cfgs);
        tokens.extend(quote! {
            #(#cfgs)*
            type #name<#(#declared),*> = #ty;
            #disabled
            type #name<#(#declared),*> = __p::PhantomData<(#(fn() -> #used,)*)>;
        });
    }
}
