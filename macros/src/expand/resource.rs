//! Expands `#[resource]`: a type that contains a client and has the methods of endpoints.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{Data, DeriveInput, Fields};

use super::method::{Attachment, Method};
use super::{carried, defaults, hidden, in_anonymous_const, lints};
use crate::errors::Errors;
use crate::names::method_name;
use crate::parse::resource::ResourceArguments;
use crate::runtime::Runtime;

pub(super) fn expand(item: &DeriveInput, arguments: ResourceArguments, errors: &Errors) -> TokenStream {
    check_unit(item, errors);
    let runtime = Runtime::new(arguments.runtime.take());
    let (ident, attributes) = (&item.ident, &item.attrs);
    let vis = &lints::generated(&item.vis, Span::call_site());
    let name = arguments.name.take().unwrap_or_else(|| method_name(ident));
    let on = arguments.on.take();
    crate::check::check_key_is_no_constant(&arguments.defaults, errors);
    let defaults = defaults::of_resource(&arguments.defaults, on.as_ref());
    crate::check::check_method(&name, on.as_ref(), errors);
    let carried = carried(attributes);
    let import = defaults::import(on.as_ref());
    let Method { beside, inside } = Attachment {
        vis,
        owner: ident,
        runtime: &runtime,
        on: on.as_ref(),
        name: &name,
        attributes: quote!(#(#carried)*),
        hidden: hidden(attributes),
        allowed: lints::allowed(item),
        parameters: &[],
        clause: TokenStream::new(),
        returns: &|client| quote!(#ident<#client>),
        start: &|client| quote!(#ident::new(#client)),
    }
    .expand();
    let hidden = in_anonymous_const(
        item,
        &runtime,
        &quote! {
            #import
            impl<__Client> #ident<__Client> {
                #defaults
                #[doc = "Creates the resource for a client."]
                #vis fn new(__client: __Client) -> Self {
                    Self { client: __client }
                }
            }
            impl<__Client> __p::Holds for #ident<__Client> {
                type Client = __Client;
                fn into_client(self) -> __Client {
                    self.client
                }
            }
            #inside
        },
    );
    quote! {
        #(#attributes)*
        #[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
        #vis struct #ident<__Client> {
            client: __Client,
        }
        #beside
        #hidden
    }
}

/// A resource is created from a client only, so another field would have no value.
fn check_unit(item: &DeriveInput, errors: &Errors) {
    let message = "a resource is a struct without fields: write `pub struct Users;`";
    match &item.data {
        Data::Struct(data) => match &data.fields {
            Fields::Unit => {}
            fields => errors.over(fields, message),
        },
        Data::Enum(data) => errors.at(data.enum_token.span, message),
        Data::Union(data) => errors.at(data.union_token.span, message),
    }
    if !item.generics.params.is_empty() {
        errors.over(
            &item.generics,
            "a resource cannot have generic parameters: the macro adds one for the type of the client",
        );
    }
}
