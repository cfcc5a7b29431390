//! The type of a builder. It has a flag for each required field, which says whether the field is set.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{DeriveInput, Visibility};

use super::generics::Parameters;
use super::{derived_name, lints};
use crate::check::builder_methods;
use crate::model::{Endpoint, Field};

/// The data for generating a builder.
pub(super) struct Builder<'m, 'i> {
    pub(super) item: &'i DeriveInput,
    pub(super) fields: &'m [Field<'i>],
    pub(super) vis: Visibility,
    pub(super) name: Ident,
    /// The struct with the values. It is a separate struct, so that a change of a flag moves one field instead of all.
    pub(super) values: Ident,
    /// Whether the builder contains a client and can send.
    pub(super) sends: bool,
    /// The names of its methods besides the setters.
    pub(super) methods: &'static [&'static str],
    pub(super) parameters: Parameters,
    /// The predicates that every required field is set, with a comma after each.
    pub(super) all_set: TokenStream,
}

impl<'m, 'i> Builder<'m, 'i> {
    /// Returns the builder of an endpoint.
    pub(super) fn of(endpoint: &'m Endpoint<'i>) -> Self {
        Self::new(endpoint.item, &endpoint.fields, Some(endpoint))
    }

    /// Returns the builder of an object.
    pub(super) fn of_object(item: &'i DeriveInput, fields: &'m [Field<'i>]) -> Self {
        Self::new(item, fields, None)
    }

    fn new(item: &'i DeriveInput, fields: &'m [Field<'i>], endpoint: Option<&Endpoint<'i>>) -> Self {
        let (sends, methods) = (endpoint.is_some(), builder_methods(endpoint));
        let mut parameters = Parameters::of(&item.generics);
        if sends {
            parameters.push_client();
        }
        let stem = item.ident.unraw();
        let name = derived_name(&item.ident, &format!("{stem}Builder"));
        let values = derived_name(&item.ident, &format!("__{stem}Values"));
        let required = fields.iter().filter(|field| field.is_required());
        let all_set = required.map(|field| is_set(item, field)).collect();
        let vis = lints::generated(&item.vis, Span::call_site());
        Self { item, fields, vis, name, values, sends, methods, parameters, all_set }
    }

    pub(super) fn required(&self) -> impl Iterator<Item = &'m Field<'i>> {
        self.fields.iter().filter(|field| field.is_required())
    }

    pub(super) fn optional(&self) -> impl Iterator<Item = &'m Field<'i>> {
        self.fields.iter().filter(|field| !field.is_required())
    }

    /// Returns the parameters that say whether each required field is set.
    pub(super) fn flags(&self) -> impl Iterator<Item = &'m Ident> {
        self.required().map(|field| &field.flag)
    }

    /// Returns the type of the builder with any flags.
    pub(super) fn any(&self) -> TokenStream {
        let (name, names, flags) = (&self.name, &self.parameters.names, self.flags());
        quote!(#name<#(#names,)* #(#flags),*>)
    }

    /// Returns the type of the builder after its client got options for the call.
    pub(super) fn with_options(&self) -> TokenStream {
        let (name, names, flags) = (&self.name, &Parameters::of(&self.item.generics).names, self.flags());
        quote!(#name<#(#names,)* __p::CallerWithOptions<__Client>, #(#flags),*>)
    }

    /// Returns the type of an empty builder with `client` as its client.
    pub(super) fn fresh(&self, client: &TokenStream) -> TokenStream {
        let names = &Parameters::of(&self.item.generics).names;
        let (name, client) = (&self.name, self.sends.then_some(client));
        quote!(#name<#(#names,)* #client>)
    }

    /// Returns the expression for an empty builder with `client` as its client.
    pub(super) fn unset(&self, client: &TokenStream) -> TokenStream {
        let (name, ident, names) = (&self.name, &self.item.ident, &Parameters::of(&self.item.generics).names);
        quote!(#name { client: #client, values: <#ident<#(#names),*>>::builder().values })
    }
}

/// Returns the predicate that a required field is set. With its span, rustc's note points at the field.
fn is_set(item: &DeriveInput, field: &Field<'_>) -> TokenStream {
    let (flag, marker) = (&field.flag, marker_name(item, field));
    quote_spanned!(field.ident.span()=> __p::Flag<#flag>: __p::IsSet<#marker>,)
}

/// Returns the name of the type that stands for a required field in rustc's messages: `Create·email`. The message is in
/// the runtime, because `#[diagnostic::…]` does not exist in a crate without a prelude.
///
/// rustc prints the name without its module only if it is unique, which is likely because it contains the name of the
/// struct. From another crate, the type must also be visible, like in the module of the builder. The dot is a character
/// that is allowed in names.
pub(super) fn marker_name(item: &DeriveInput, field: &Field<'_>) -> Ident {
    derived_name(field.ident, &format!("{}·{}", item.ident.unraw(), field.name))
}
