//! Assembles the parts of an endpoint, and generates its `impl Endpoint`.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::Attribute;
use syn::ext::IdentExt;
use syn::spanned::Spanned;

use super::builder_type::Builder;
use super::generics::{Parameters, bounds};
use super::{
    Borrowed, arguments, debug, defaults, describe, doc_text, ends_of, format, in_anonymous_const, method,
    page,
};
use crate::location::Location;
use crate::model::{Endpoint, Field, Presence};
use crate::names::json_text;
use crate::types;

/// Generates all items that the attribute adds to the struct.
pub(super) fn expand(endpoint: &Endpoint<'_>) -> TokenStream {
    let builder = Builder::of(endpoint);
    let declaration = builder.declaration();
    let method = method::expand(endpoint, &builder);
    let building = builder.implementation(&sending(endpoint, &builder));
    let implementation = implementation(endpoint);
    let arguments = arguments::endpoint(endpoint);
    let debug = debug::expand(endpoint.item, &endpoint.fields);
    let (beside, inside) = (method.beside, method.inside);
    let import = defaults::import(endpoint.on.as_ref());
    let hidden = in_anonymous_const(
        endpoint.item,
        &endpoint.runtime,
        &quote!(#import #implementation #arguments #debug #building #inside),
    );
    quote!(#declaration #beside #hidden)
}

/// Generates `send`, `send_as` and `with_options`, which only the builder of an endpoint has.
fn sending(endpoint: &Endpoint<'_>, builder: &Builder<'_, '_>) -> TokenStream {
    let (vis, all_set) = (&builder.vis, &builder.all_set);
    let response = response(endpoint);
    let bounds = serialized(endpoint);
    // A single attribute, because another attribute costs rustc more time than another line.
    let doc = format!(
        "Sends `{} {}`.\n\n# Errors\n\nAn error response, no response, a response that cannot be read, or an invalid \
         request.",
        endpoint.method.as_str(),
        endpoint.template.text
    );
    let (with_options, name) = (builder.with_options(), &builder.name);
    let paging = page::methods(endpoint, builder, &bounds);
    quote! {
        #[doc = "Sets options for this call, for example a timeout."]
        #vis fn with_options(self, __options: __p::CallOptions) -> #with_options where __Client: __p::Caller {
            #name { client: __p::CallerWithOptions::new(self.client, __options), values: self.values }
        }
        #[doc = #doc]
        #vis fn send(self) -> __p::Sent<__Client, #response>
        where __Client: __p::Caller, #all_set #(#bounds,)* {
            __p::Caller::call(self.client, &self.values.finish())
        }
        #[doc = "Like `send`, but reads the response as another type.\n\n# Errors\n\nThe same as `send`."]
        #vis fn send_as<__Response: __p::FromResponse>(self) -> __p::Sent<__Client, __Response>
        where __Client: __p::Caller, #all_set #(#bounds,)* {
            __p::Caller::call_as(self.client, &self.values.finish())
        }
        #paging
    }
}

/// Returns `T: Serialize` bounds for the type parameters in fields that serde writes.
fn serialized(endpoint: &Endpoint<'_>) -> Vec<TokenStream> {
    let by_serde = endpoint.fields.iter().filter(|field| field.serialize_with.is_none());
    bounds(by_serde.map(|field| field.ty), &endpoint.item.generics, &quote!(__p::Serialize))
}

/// Returns the response type, or a type that causes the error if it could not be parsed.
fn response(endpoint: &Endpoint<'_>) -> TokenStream {
    let projection = || {
        let (ident, names) = (&endpoint.item.ident, Parameters::of(&endpoint.item.generics).names);
        quote!(<#ident<#(#names),*> as __p::Endpoint>::Response)
    };
    endpoint.response.as_ref().map_or_else(|_| projection(), ToTokens::to_token_stream)
}

fn implementation(endpoint: &Endpoint<'_>) -> TokenStream {
    let Endpoint { item, template, .. } = endpoint;
    let ident = &item.ident;
    let parameters = Parameters::of(&item.generics);
    let (bounded, names) = (&parameters.bounded, &parameters.names);
    let clause = parameters.clause(&serialized(endpoint));
    // `compile_error!` in the position of a type causes no further errors.
    let response =
        endpoint.response.as_ref().map_or_else(syn::Error::to_compile_error, ToTokens::to_token_stream);
    let is_option = endpoint.response.as_ref().is_ok_and(|ty| types::option_inner(ty).is_some());
    // rustc reports a type that cannot be read at this span, the type.
    let here = Span::call_site();
    let (first, last) = endpoint.response.as_ref().map_or((here, here), ends_of);
    let reader = Ident::new(if is_option { "optional" } else { "new" }, last);
    let (of, called) = (quote_spanned!(first=> __p::Reader), quote_spanned!(last=> #reader()));
    let (name, path, idempotent) = (ident.unraw().to_string(), &template.text, endpoint.idempotent);
    let (method, docs) = (endpoint.method.variant(), doc_text(&item.attrs));
    let body_size = Literal::usize_unsuffixed(body_size(endpoint));
    let described: Vec<_> =
        endpoint.fields.iter().map(|field| (field.cfgs(), describe::text(field))).collect();
    let described = describe::list(&described);
    let kinds = describe::kinds(&endpoint.fields);
    let (import, responding) = (describe::import(), describe::response(endpoint.response.as_ref().ok()));
    let formatted = format::is_used(endpoint);
    let is_written = |field: &&Field<'_>| !(formatted && field.is_in_body());
    let writes = in_writing_order(endpoint).filter(is_written).map(|field| write(endpoint, field));
    let writes: TokenStream = writes.collect();
    let body = format::write(endpoint);
    let paged = page::implementation(endpoint, &serialized(endpoint));
    let (fields, none) = (format::fields(endpoint, &serialized(endpoint)), &endpoint.none);
    let none = (!none.is_empty()).then(|| quote!(.none(&[#(#none),*])));
    let media_type = describe::format(endpoint.format.as_ref());
    let defaults = defaults::of_endpoint(endpoint);
    quote! {
        #import
        #[automatically_derived]
        impl<#(#bounded),*> __p::Endpoint for #ident<#(#names),*> #clause {
            type Response = #response;
            const READER: __p::Reader<Self::Response> = #of::#called;
            const INFO: &'static __p::Info = &__p::Info::new(
                #name, __p::Method::#method, #path, #idempotent, #docs, #body_size, #described
            ) #kinds #responding #none #media_type #defaults;
            #[inline]
            fn write(&self, __to: &mut __p::Parts) { #writes #body }
        }
        #fields
        #paged
    }
}

/// Returns the fields with path values first, in the order of the placeholders.
fn in_writing_order<'e>(endpoint: &'e Endpoint<'_>) -> impl Iterator<Item = &'e Field<'e>> {
    let names = endpoint.template.placeholders.iter().map(|placeholder| &placeholder.name);
    let in_path = names.filter_map(|name| endpoint.fields.iter().find(|field| field.name == *name));
    let is_elsewhere = |field: &&Field<'_>| endpoint.template.placeholder(&field.name).is_none();
    in_path.chain(endpoint.fields.iter().filter(is_elsewhere))
}

/// Returns the size of a body with every field. The size of the values is a guess that is enough for most of them.
fn body_size(endpoint: &Endpoint<'_>) -> usize {
    const BRACES: usize = 2;
    // In addition to its name, a field needs two quotes, a colon, a comma and the quotes of a string.
    const AROUND: usize = 6;
    const REQUIRED_VALUE: usize = 48;
    if endpoint.format.is_some() {
        return 0;
    }
    let in_body = endpoint.fields.iter().filter(|field| field.location == Location::Body);
    let size =
        |field: &Field<'_>| field.wire.len() + AROUND + if field.is_required() { REQUIRED_VALUE } else { 0 };
    in_body.map(size).reduce(|all, one| all + one).map_or(0, |all| all + BRACES)
}

/// Generates the statement that writes a field.
///
/// It has the span of the field's type, where rustc reports a type that cannot be serialized.
fn write(endpoint: &Endpoint<'_>, field: &Field<'_>) -> TokenStream {
    let (cfgs, ident) = (field.cfgs(), field.ident);
    let inner = match field.presence {
        Presence::Required => field.ty,
        Presence::Optional(inner) | Presence::Nullable(inner) => inner,
    };
    let value = Borrowed { ident, ty: inner };
    let function = format_ident!("{}", sink(endpoint, field));
    let name = match field.location {
        // Escaped here once instead of in every call.
        Location::Body => json_text(&field.wire),
        _ => field.name_on_the_wire(),
    };
    let name = (!is_spread(field)).then_some(name).into_iter();
    // rustc reports a function with another signature at this span, the path.
    let with = field.serialize_with.as_ref().map(|path| {
        let span = Span::call_site().located_at(path.span());
        quote_spanned!(span=> , |__value, __to| #path(__value, __to))
    });
    // Every header value is treated as secret anyway.
    let is_marked = field.secret.is_some() && matches!(field.location, Location::Query | Location::Body);
    let secret = is_marked.then(|| quote!(.secret()));
    let style = style(field);
    let statement =
        |cfgs: &[&Attribute]| quote!(#(#cfgs)* __to #secret #style.#function(#(#name,)* #value #with););
    // A path value is always written. Otherwise the next value would be written in its position.
    if let Some(skip) = field.skip_if.as_ref().filter(|_| field.location != Location::Path) {
        let span = Span::call_site().located_at(skip.span());
        let is_sent = quote_spanned!(span=> !#skip(&self.#ident));
        let statement = statement(&[]);
        return quote!(#(#cfgs)* if #is_sent { #statement });
    }
    statement(&cfgs)
}

/// Generates the call that sets the style of a query field, if it has one.
fn style(field: &Field<'_>) -> Option<TokenStream> {
    let style = format_ident!("{}", field.query_style()?.as_str());
    Some(quote!(.#style()))
}

/// Returns whether the entries of a field are written next to the other fields.
fn is_spread(field: &Field<'_>) -> bool {
    field.flatten.is_some() && matches!(field.location, Location::Query | Location::Body)
}

/// Returns the name of the runtime function that writes the field.
fn sink(endpoint: &Endpoint<'_>, field: &Field<'_>) -> String {
    let location = field.location.as_str();
    // `flatten` in the path or a header has its own error.
    let spread = if is_spread(field) { "_flat" } else { "" };
    let always_in_path = field.location == Location::Path
        && !endpoint.template.placeholder(&field.name).is_some_and(|found| found.is_optional);
    // With a `skip_serializing_if`, the user decides when the field is left out.
    let written = field.is_required() || always_in_path || field.skip_if.is_some();
    let optional = if written { "" } else { "_opt" };
    let with = if field.serialize_with.is_some() { "_with" } else { "" };
    format!("{location}{spread}{optional}{with}")
}
