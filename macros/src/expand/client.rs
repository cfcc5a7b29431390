//! Expands `#[client]`: a client type for one API.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Data, DeriveInput, Field, Fields};

use super::{defaults, hidden, in_anonymous_const, lints};
use crate::errors::Errors;
use crate::model::attributes_named;
use crate::parse::client::ClientArguments;
use crate::parse::constants::Part;
use crate::parse::host::Host;
use crate::runtime::Runtime;

pub(super) fn expand(item: &DeriveInput, arguments: ClientArguments, errors: &Errors) -> TokenStream {
    crate::check::check_key_is_no_constant(&arguments.defaults, errors);
    crate::check::hosts(&arguments.hosts, errors);
    let info = info(&arguments);
    let runtime = arguments.runtime;
    let runtime = Runtime::new(runtime.take());
    let fields = fields(item, errors);
    if !item.generics.params.is_empty() {
        errors
            .over(&item.generics, "a client cannot have generic parameters: the macro adds one for the mode");
    }
    let parts = [
        builder(item, &fields),
        methods(item, &fields),
        api_client(item, &fields, &info),
        caller_and_debug(item),
    ];
    let contents = in_anonymous_const(item, &runtime, &quote!(#(#parts)*));
    let (vis, ident, attributes) = (&item.vis, &item.ident, &item.attrs);
    quote! {
        #(#attributes)*
        #[derive(::core::clone::Clone)]
        #vis struct #ident<__Mode = #runtime::Async> {
            #(#fields,)*
            __client: #runtime::Client<__Mode>,
        }
        #contents
    }
}

/// Generates the methods that every client has.
fn methods(item: &DeriveInput, fields: &[&Field]) -> TokenStream {
    let (ident, names, bare) = (&item.ident, names(fields), fields.iter().map(|field| &field.ident));
    let vis = lints::generated(&item.vis, Span::call_site());
    let cloned = quote!(#(#names: __p::Clone::clone(&self.#bare),)*);
    quote! {
        impl<__Mode: __p::Mode> #ident<__Mode> {
            #[doc = "Sends a request that was built as a value."]
            #[doc = ""]
            #[doc = "# Errors"]
            #[doc = ""]
            #[doc = "The API returned an error response, no readable response arrived, or the request could not be \
                     built."]
            #vis fn send<__E: __p::Endpoint>(&self, request: &__E) -> __Mode::Output<__E::Response> {
                __p::Client::send(&self.__client, request)
            }
            #[doc = "Sends a request and reads the response as another type. That type can declare only the fields \
                     that you need."]
            #[doc = ""]
            #[doc = "# Errors"]
            #[doc = ""]
            #[doc = "The same as `send`."]
            #vis fn send_as<__T: __p::FromResponse>(
                &self,
                request: &impl __p::Endpoint,
            ) -> __Mode::Output<__T> {
                __p::Client::send_as(&self.__client, request)
            }
            #[doc = "Creates a request to an endpoint that is not declared."]
            #vis fn request(
                &self,
                method: __p::Method,
                path: impl __p::Into<::std::string::String>,
            ) -> __p::RequestBuilder<'_, __Mode> {
                __p::Client::request(&self.__client, method, path)
            }
            #[doc = "Returns the same client with another timeout. The timeout is for a whole call, including \
                     retries."]
            #[must_use]
            #vis fn with_timeout(&self, timeout: __p::Duration) -> Self {
                Self { #cloned __client: __p::Client::with_timeout(&self.__client, timeout) }
            }
            #[doc = "Returns the same client with another retry policy. The two clients share the retry budget."]
            #[must_use]
            #vis fn with_retries(&self, retries: __p::RetryPolicy) -> Self {
                Self { #cloned __client: __p::Client::with_retries(&self.__client, retries) }
            }
            #[doc = "Returns the base URL, to which every path is appended."]
            #vis fn base_url(&self) -> &str {
                __p::Client::base_url(&self.__client)
            }
            #[doc = "Returns an async client that shares everything with this one."]
            #vis fn to_async(&self) -> #ident {
                #ident { #cloned __client: __p::Client::to_async(&self.__client) }
            }
            #[doc = "Returns the runtime's client inside of this one."]
            #vis fn inner(&self) -> &__p::Client<__Mode> {
                &self.__client
            }
        }
    }
}

/// Generates the code with which a builder creates the client.
fn api_client(item: &DeriveInput, fields: &[&Field], info: &TokenStream) -> TokenStream {
    let (ident, names, types) = (&item.ident, names(fields), fields.iter().map(|field| &field.ty));
    // A separate type, because the types of the fields may be private and the trait is public.
    let state = quote! {
        #[doc(hidden)]
        #[allow(missing_debug_implementations)]
        pub struct __State { #(#names: #types),* }
    };
    let (state, ty, pattern) = if fields.is_empty() {
        (TokenStream::new(), quote!(()), quote!(()))
    } else {
        (state, quote!(__State), quote!(__State { #(#names),* }))
    };
    quote! {
        #state
        impl __p::ApiClient for #ident {
            type State = #ty;
            type In<__Mode: __p::Mode> = #ident<__Mode>;
            const INFO: __p::ClientInfo = #info;
            fn assemble<__Mode: __p::Mode>(
                __client: __p::Client<__Mode>,
                #pattern: Self::State,
            ) -> #ident<__Mode> {
                #ident { #(#names,)* __client }
            }
        }
    }
}

fn caller_and_debug(item: &DeriveInput) -> TokenStream {
    let (ident, shown) = (&item.ident, item.ident.to_string());
    quote! {
        impl<__Mode: __p::Mode> __p::Caller for &#ident<__Mode> {
            type Output<__T> = __Mode::Output<__T>;
            fn call_with<__E: __p::Endpoint, __T>(
                self,
                endpoint: &__E,
                reader: __p::Reader<__T>,
            ) -> __Mode::Output<__T> {
                __p::Caller::call_with(&self.__client, endpoint, reader)
            }
        }
        impl<__Mode: __p::Mode> __p::PageCaller for &#ident<__Mode> {
            type Mode = __Mode;
            fn pages<__E: __p::Paged>(self, endpoint: &__E) -> __p::Pages<__E::Response, __Mode> {
                __p::PageCaller::pages(&self.__client, endpoint)
            }
        }
        #[automatically_derived]
        impl<__Mode: __p::Mode> __p::fmt::Debug for #ident<__Mode> {
            fn fmt(&self, __f: &mut __p::fmt::Formatter<'_>) -> __p::fmt::Result {
                __p::debug_client(__f, #shown, &self.__client)
            }
        }
    }
}

/// Generates the function that creates a builder. It is called `builder` if the struct has no fields; otherwise it
/// takes their values.
fn builder(item: &DeriveInput, fields: &[&Field]) -> TokenStream {
    let (vis, ident) = (lints::generated(&item.vis, Span::call_site()), &item.ident);
    let hidden = hidden(&item.attrs);
    if fields.is_empty() {
        let doc = format!("Returns a builder for a [`{ident}`].");
        return quote! {
            impl #ident {
                #hidden
                #[doc = #doc]
                #vis fn builder() -> __p::ClientBuilder<Self> {
                    __p::ClientBuilder::new(())
                }
            }
        };
    }
    let (names, types) = (names(fields), fields.iter().map(|field| &field.ty));
    let doc = format!("Returns a builder for a [`{ident}`] with the values of its fields.");
    quote! {
        impl #ident {
            #[doc = #doc]
            fn builder_with(#(#names: #types),*) -> __p::ClientBuilder<Self> {
                __p::ClientBuilder::new(__State { #(#names),* })
            }
        }
    }
}

/// Generates the constant with the metadata of the client.
fn info(arguments: &ClientArguments) -> TokenStream {
    let ClientArguments { base_url, hosts, defaults, user_agent, error, .. } = arguments;
    let user_agent = user_agent.get().map_or_else(
        || quote!(::core::concat!(::core::env!("CARGO_PKG_NAME"), "/", ::core::env!("CARGO_PKG_VERSION"))),
        ToTokens::to_token_stream,
    );
    let base_url = base_url.get().map(|url| quote!(.with_base_url(#url)));
    let pairs: Vec<TokenStream> = defaults
        .constants
        .of(Part::Header)
        .map(|constant| {
            let (name, value) = (&constant.literal, constant.value.text());
            quote!((#name, #value))
        })
        .collect();
    let headers = (!pairs.is_empty()).then(|| quote!(.with_headers(&[#(#pairs),*])));
    let defaults = defaults::of_client(defaults);
    let pairs = hosts.iter().map(|Host { name, url, auth }| quote!((#name, #url, #auth)));
    let hosts = (!hosts.is_empty()).then(|| quote!(.with_hosts(&[#(#pairs),*])));
    let errors = error.get().map(|ty| quote!(.with_errors(__p::ErrorFormat::of::<#ty>())));
    quote!(__p::ClientInfo::new(#user_agent) #base_url #headers #defaults #hosts #errors)
}

/// Returns the fields of the struct besides the runtime's client.
fn fields<'i>(item: &'i DeriveInput, errors: &Errors) -> Vec<&'i Field> {
    let message = "a client is a struct with named fields, or without any: write `pub struct Github;`";
    match &item.data {
        Data::Struct(data) => match &data.fields {
            Fields::Unit => {}
            // rustc reports a field with the name `_`.
            Fields::Named(named) => {
                return named
                    .named
                    .iter()
                    .filter(|field| field.ident.as_ref().is_some_and(|i| i != "_"))
                    .collect();
            }
            Fields::Unnamed(unnamed) => errors.over(unnamed, message),
        },
        Data::Enum(data) => errors.at(data.enum_token.span, message),
        Data::Union(data) => errors.at(data.union_token.span, message),
    }
    Vec::new()
}

/// Returns the name of each field, after its `#[cfg]`s.
fn names(fields: &[&Field]) -> Vec<TokenStream> {
    let name = |field: &&Field| {
        let cfgs = attributes_named(&field.attrs, &["cfg"]);
        let name = &field.ident;
        quote!(#(#cfgs)* #name)
    };
    fields.iter().map(name).collect()
}
