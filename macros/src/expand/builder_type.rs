//! The type of a builder: a flag for each required field, which says whether it is set.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::DeriveInput;
use syn::ext::IdentExt;

use super::derived_name;
use super::generics::Parameters;
use crate::check::builder_methods;
use crate::model::{Endpoint, Field};

/// Everything that a builder is made from.
pub(super) struct Builder<'m, 'i> {
    pub(super) item: &'i DeriveInput,
    pub(super) fields: &'m [Field<'i>],
    pub(super) name: Ident,
    /// Holds the values; a struct of its own, so that changing a flag moves one field and not all.
    pub(super) values: Ident,
    /// Whether it holds a client and can send.
    pub(super) sends: bool,
    /// The names of its methods besides the setters.
    pub(super) methods: &'static [&'static str],
    pub(super) parameters: Parameters,
}

impl<'m, 'i> Builder<'m, 'i> {
    /// The builder of an endpoint.
    pub(super) fn of(endpoint: &'m Endpoint<'i>) -> Self {
        Self::new(endpoint.item, &endpoint.fields, Some(endpoint))
    }

    /// The builder of an object.
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
        Self { item, fields, name, values, sends, methods, parameters }
    }

    pub(super) fn required(&self) -> impl Iterator<Item = &'m Field<'i>> {
        self.fields.iter().filter(|field| field.is_required())
    }

    /// The parameters that say whether each required field was set.
    pub(super) fn flags(&self) -> impl Iterator<Item = &'m Ident> {
        self.required().map(|field| &field.flag)
    }

    /// The type of the builder with any fields set.
    pub(super) fn any(&self) -> TokenStream {
        let (name, names, flags) = (&self.name, &self.parameters.names, self.flags());
        quote!(#name<#(#names,)* #(#flags),*>)
    }

    /// The type of the builder once `field` was set.
    pub(super) fn with(&self, field: &Field<'_>) -> TokenStream {
        let (name, names) = (&self.name, &self.parameters.names);
        let before = self.flags().take_while(|flag| **flag != field.flag);
        let after = self.flags().skip_while(|flag| **flag != field.flag).skip(1);
        quote!(#name<#(#names,)* #(#before,)* true #(, #after)*>)
    }

    /// The type of the builder once its client has options for the call.
    pub(super) fn with_options(&self) -> TokenStream {
        let (name, names, flags) = (&self.name, &Parameters::of(&self.item.generics).names, self.flags());
        quote!(#name<#(#names,)* __p::CallerWithOptions<__Client>, #(#flags),*>)
    }

    /// The type of a builder in which nothing was set, with `client` as its client.
    pub(super) fn fresh(&self, client: &TokenStream) -> TokenStream {
        let names = &Parameters::of(&self.item.generics).names;
        let (name, client) = (&self.name, self.sends.then_some(client));
        quote!(#name<#(#names,)* #client>)
    }

    /// The expression for a builder in which nothing is set, with `client` as its client.
    pub(super) fn unset(&self, client: &TokenStream) -> TokenStream {
        let Self { name, values, .. } = self;
        let client = self.sends.then(|| quote!(client: #client,));
        quote!(#name { #client values: #values::unset() })
    }

    /// Predicates that every required field was set; by their spans, rustc's note points at the field.
    pub(super) fn all_set(&self) -> Vec<TokenStream> {
        let bound = |field: &Field<'_>| {
            let (flag, marker) = (&field.flag, self.marker_name(field));
            quote_spanned!(field.ident.span()=> __p::Flag<#flag>: __p::IsSet<#marker>)
        };
        self.required().map(bound).collect()
    }

    /// The type by which rustc names a required field that was not set: `Create·email`. The message is in the runtime,
    /// because `#[diagnostic::…]` does not exist in a crate without a prelude.
    ///
    /// rustc prints it without its module only if the name is unique, which the name of the struct makes likely, and,
    /// from another crate, if it is visible there, as in the module of the builder. The dot is one that a name may
    /// have.
    pub(super) fn marker_name(&self, field: &Field<'_>) -> Ident {
        derived_name(field.ident, &format!("{}·{}", self.item.ident.unraw(), field.name))
    }
}
