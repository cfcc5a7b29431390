//! Generates the typed method on the client or on a resource.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{GenericParam, Visibility};

use super::builder_type::Builder;
use super::generics::Parameters;
use super::item::respanned;
use super::{carried, derived_name, hidden, lints};
use crate::model::Endpoint;
use crate::parse::arguments::On;
use crate::runtime::Runtime;

/// The code that adds a method to a client or a resource: a trait next to the item, or an `impl` inside the constant.
pub(super) struct Method {
    pub(super) beside: TokenStream,
    pub(super) inside: TokenStream,
}

/// Generates the method that creates a request.
pub(super) fn expand(endpoint: &Endpoint<'_>, builder: &Builder<'_, '_>) -> Method {
    let item = endpoint.item;
    let carried: Vec<_> = carried(&item.attrs).collect();
    let gap = if carried.is_empty() { "" } else { "\n" };
    let sends = format!("{gap}Sends `{} {}`.", endpoint.method.as_str(), endpoint.template.text);
    let generics = Parameters::of(&item.generics);
    Attachment {
        vis: &builder.vis,
        owner: &item.ident,
        runtime: &endpoint.runtime,
        on: endpoint.on.as_ref(),
        name: &endpoint.name,
        attributes: quote!(#(#carried)* #[doc = #sends]),
        hidden: hidden(&item.attrs),
        allowed: lints::allowed(item),
        clause: generics.clause(&[]),
        parameters: &generics.bounded,
        returns: &|client| builder.fresh(client),
        start: &|client| builder.unset(client),
    }
    .expand()
}

/// A method of a client or a resource.
pub(super) struct Attachment<'a> {
    pub(super) vis: &'a Visibility,
    /// The annotated struct, from whose name the extension trait gets its name.
    pub(super) owner: &'a Ident,
    pub(super) runtime: &'a Runtime,
    pub(super) on: Option<&'a On>,
    pub(super) name: &'a Ident,
    /// Its docs and other attributes.
    pub(super) attributes: TokenStream,
    /// `#[doc(hidden)]` if the struct has it.
    pub(super) hidden: Option<TokenStream>,
    /// The lints that the struct allows.
    pub(super) allowed: Option<TokenStream>,
    pub(super) parameters: &'a [GenericParam],
    pub(super) clause: TokenStream,
    /// Returns the return type for a client type.
    pub(super) returns: &'a dyn Fn(&TokenStream) -> TokenStream,
    /// Returns the expression that creates the value, for a client.
    pub(super) start: &'a dyn Fn(&TokenStream) -> TokenStream,
}

impl Attachment<'_> {
    pub(super) fn expand(&self) -> Method {
        match self.on {
            Some(on) if on.by_reference => self.on_reference(on),
            Some(on) => self.on_resource(on),
            None => self.on_any_client(),
        }
    }

    fn on_resource(&self, on: &On) -> Method {
        let Self { vis, name, attributes, parameters, clause, .. } = self;
        let path = &on.path;
        // `new` is the constructor of a resource, so an error was reported.
        let name = if *name == "new" { &Ident::new("new_", name.span()) } else { *name };
        // rustc reports mistakes of the resource at this span, its name.
        let span = Span::call_site().located_at(path.span());
        let client = quote_spanned!(span=> __p::Resource::into_client(self));
        let (declared, held) = match &on.client {
            None => (quote!(__Client), quote!(__Client)),
            // For every mode of the client.
            Some(client) => (quote!('__client, __Mode), quote!(&'__client #client<__Mode>)),
        };
        let (returns, start) = ((self.returns)(&held), (self.start)(&client));
        // If the resource already has such a method, rustc reports it at this span, the name.
        let named = Span::call_site().located_at(name.span());
        let vis = lints::generated(vis, named);
        let returns = respanned(returns, named);
        let method = quote_spanned! {named=>
            #attributes
            #vis fn #name<#(#parameters),*>(self) -> #returns #clause { #start }
        };
        let inside = quote_spanned!(span=> impl<#declared> #path<#held> { #method });
        Method { beside: TokenStream::new(), inside }
    }

    fn on_reference(&self, on: &On) -> Method {
        let Self { vis, name, attributes, parameters, clause, .. } = self;
        let path = &on.path;
        let (returns, start) = ((self.returns)(&quote!(&'__client Self)), (self.start)(&quote!(self)));
        let method = quote! {
            #attributes
            #vis fn #name<'__client, #(#parameters),*>(&'__client self) -> #returns #clause { #start }
        };
        let span = Span::call_site().located_at(path.span());
        // For every mode of the client.
        let inside = quote_spanned!(span=> impl<__Mode> #path<__Mode> { #method });
        Method { beside: TokenStream::new(), inside }
    }

    /// Generates a trait that adds the method to clients of other crates.
    fn on_any_client(&self) -> Method {
        let Self { vis, name, attributes, hidden, allowed, parameters, clause, runtime, .. } = self;
        let extension = derived_name(self.owner, &format!("{}Ext", self.owner.unraw()));
        let (returns, start) = ((self.returns)(&quote!(Self)), (self.start)(&quote!(self)));
        let doc = format!("Gives every client the method `{name}`.");
        let beside = quote! {
            #[doc = #doc]
            #hidden
            #allowed
            #vis trait #extension: #runtime::__private::Caller {
                #attributes
                fn #name<#(#parameters),*>(self) -> #returns #clause { #start }
            }
        };
        let inside = quote!(impl<__Client: __p::Caller> #extension for __Client {});
        Method { beside, inside }
    }
}
