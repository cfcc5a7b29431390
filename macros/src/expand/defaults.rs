//! Generates the settings that a declaration adds to each of its requests.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Path;
use syn::spanned::Spanned;

use crate::location::Location;
use crate::model::Endpoint;
use crate::names::json_text;
use crate::parse::arguments::On;
use crate::parse::constants::{Constant, Part, Scalar};
use crate::parse::defaults::{Auth, Defaults};

/// Generates the calls after the metadata of an endpoint; empty for an endpoint without such settings.
pub(super) fn of_endpoint(endpoint: &Endpoint<'_>) -> TokenStream {
    let timeout = endpoint.timeout.map(|seconds| quote!(.timeout(#seconds)));
    let field = idempotency_field(endpoint);
    let own = own(&endpoint.defaults, EVERY_PART, field).map(|own| quote!(.with(#own)));
    // The settings of a resource are only for the hosts of the client.
    let resource = endpoint.on.as_ref().filter(|_| !endpoint.template.is_absolute());
    let on = around(resource).map(|resource| quote!(.on(#resource)));
    quote!(#timeout #own #on)
}

/// Generates the constant of a resource; empty if it has no settings and no parent.
pub(super) fn of_resource(defaults: &Defaults, on: Option<&On>) -> TokenStream {
    let defaults = match (own(defaults, EVERY_PART, None), around(on)) {
        (None, None) => return TokenStream::new(),
        (None, Some(around)) => around,
        (Some(own), None) => quote!(&#own),
        (Some(own), Some(around)) => quote!(&#own.within(#around)),
    };
    quote!(#[doc(hidden)] pub const __DEFAULTS: &'static __p::Defaults = #defaults;)
}

/// Generates the calls after the metadata of a client. Its headers are not included, because a program can replace them
/// on the builder.
pub(super) fn of_client(defaults: &Defaults) -> Option<TokenStream> {
    own(defaults, &[Part::Query, Part::Body], None).map(|own| quote!(.with(&#own)))
}

const EVERY_PART: &[Part] = &[Part::Header, Part::Query, Part::Body];

/// Generates `Defaults` with the settings of this declaration, if it has any.
fn own(defaults: &Defaults, parts: &[Part], idempotency_field: Option<TokenStream>) -> Option<TokenStream> {
    let Defaults { constants, idempotency_key, host, auth, envelope } = defaults;
    let constants = constants.0.iter().filter(|constant| parts.contains(&constant.part));
    let constants: Vec<TokenStream> = constants.map(constant).collect();
    let key = idempotency_key.get().map(|header| {
        let name = header.value().to_ascii_lowercase();
        quote!(.idempotency_key(#name))
    });
    let host = host.get().map(|name| quote!(.host(#name)));
    let auth = auth.get().map(|auth| match auth {
        Auth::None => quote!(.auth(__p::Auth::None)),
        Auth::Named(name) => quote!(.auth(__p::Auth::Named(#name))),
    });
    let envelope = envelope.get().map(|path| quote!(.envelope(#path)));
    let others = [key.or(idempotency_field), host, auth, envelope];
    let others: Vec<TokenStream> = others.into_iter().flatten().collect();
    let is_empty = constants.is_empty() && others.is_empty();
    (!is_empty).then(|| quote!(__p::Defaults::new(&[#(#constants),*]) #(#others)*))
}

/// Returns the header of the field that is marked as the idempotency key.
fn idempotency_field(endpoint: &Endpoint<'_>) -> Option<TokenStream> {
    let field = endpoint.fields.iter().find(|field| field.idempotency_key.is_some())?;
    // A mark in another location has its own error.
    let Location::Header(_) = &field.location else { return None };
    let name = field.name_on_the_wire();
    Some(quote!(.idempotency_field(#name)))
}

/// Imports the trait with the constant of a resource that has no settings.
pub(super) fn import(on: Option<&On>) -> Option<TokenStream> {
    on.filter(|on| !on.by_reference).map(|_| {
        quote!(
            use __p::Around as _;
        )
    })
}

/// Generates the reference to the settings of the parent resource.
fn around(on: Option<&On>) -> Option<TokenStream> {
    let path: &Path = on.filter(|on| !on.by_reference).map(|on| &on.path)?;
    let span = Span::call_site().located_at(path.span());
    Some(quote_spanned!(span=> <#path<()>>::__DEFAULTS))
}

fn constant(constant: &Constant) -> TokenStream {
    let Constant { part, name, value, .. } = constant;
    let location = match part {
        Part::Header => quote!(Header),
        Part::Query => quote!(Query),
        Part::Body => quote!(Body),
    };
    let value = match (part, value) {
        (Part::Body, Scalar::Text(text)) => format!("\"{}\"", json_text(text)),
        (_, value) => value.text().to_owned(),
    };
    quote!((__p::Location::#location, #name, #value))
}
