//! What sets a field: one method for a required one, two or three for an optional one.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{DeriveInput, Token, Type};

use super::Builder;
use crate::expand::hidden;
use crate::model::{Field, Presence};
use crate::types;

/// A method of the builder.
pub(super) struct Setter {
    pub(super) name: String,
    pub(super) tokens: TokenStream,
}

pub(super) fn expand(builder: &Builder<'_, '_>, field: &Field<'_>) -> Vec<Setter> {
    match field.presence {
        Presence::Required => vec![required(builder, field)],
        Presence::Optional(inner) => optional(builder, field, inner),
        Presence::Nullable(inner) => nullable(builder, field, inner),
    }
}

fn required(builder: &Builder<'_, '_>, field: &Field<'_>) -> Setter {
    let (ident, vis, head) = (field.ident, &builder.item.vis, head(field, "**Required.**"));
    let argument = Argument::of(field.ty, builder.item);
    let some = argument.some();
    let (flag, marker, name) = (&field.flag, builder.marker_name(field), &builder.name);
    let set = builder.with(field);
    let client = builder.sends.then(|| quote!(client: self.client,));
    let unset = quote_spanned!(ident.span()=> __p::Flag<#flag>: __p::IsUnset<#marker>);
    let tokens = quote! {
        #head
        #vis fn #ident(mut self, #ident: #argument) -> #set where #unset {
            self.values.#ident = __p::#some(#ident);
            #name { #client values: self.values }
        }
    };
    Setter { name: field.name.clone(), tokens }
}

fn optional(builder: &Builder<'_, '_>, field: &Field<'_>, inner: &Type) -> Vec<Setter> {
    let (ident, vis, head) = (field.ident, &builder.item.vis, head(field, "*Optional.*"));
    let argument = Argument::of(inner, builder.item);
    let (some, value) = (argument.some(), argument.maybe(ident));
    let set = quote! {
        #head
        #vis fn #ident(mut self, #ident: #argument) -> Self {
            self.values.#ident = __p::#some(#ident);
            self
        }
    };
    let maybe = twin(field, "maybe", "or leaves it unset for `None`", |maybe| {
        quote! {
            #vis fn #maybe(mut self, #ident: __p::Option<#argument>) -> Self {
                self.values.#ident = #value;
                self
            }
        }
    });
    vec![Setter { name: field.name.clone(), tokens: set }, maybe]
}

fn nullable(builder: &Builder<'_, '_>, field: &Field<'_>, inner: &Type) -> Vec<Setter> {
    let (ident, vis, head) = (field.ident, &builder.item.vis, head(field, "*Optional; can be null.*"));
    let argument = Argument::of(inner, builder.item);
    let (some, value) = (argument.some(), argument.maybe_null(ident));
    let set = quote! {
        #head
        #vis fn #ident(mut self, #ident: #argument) -> Self {
            self.values.#ident = __p::Some(__p::#some(#ident));
            self
        }
    };
    let null = twin(field, "null", "to null", |null| {
        quote! {
            #vis fn #null(mut self) -> Self {
                self.values.#ident = __p::Some(__p::None);
                self
            }
        }
    });
    let maybe = twin(field, "maybe", "to null for `Some(None)`, or leaves it unset for `None`", |maybe| {
        quote! {
            #vis fn #maybe(mut self, #ident: __p::Option<__p::Option<#argument>>) -> Self {
                self.values.#ident = #value;
                self
            }
        }
    });
    vec![Setter { name: field.name.clone(), tokens: set }, null, maybe]
}

/// The attributes of a setter: what decides whether it exists, and the field's docs under a heading.
fn head(field: &Field<'_>, heading: &str) -> TokenStream {
    let (kept, docs) = (field.attributes_named(&["cfg", "deprecated"]), field.attributes_named(&["doc"]));
    let heading =
        if docs.is_empty() { format!("{heading} Sets `{}`.", field.name) } else { heading.to_owned() };
    let gap = (!docs.is_empty()).then(|| quote!(#[doc = ""]));
    quote!(#(#kept)* #[doc = #heading] #gap #(#docs)*)
}

/// A further setter of the same field, whose name begins with `prefix`; `method` is given that name.
fn twin(field: &Field<'_>, prefix: &str, what: &str, method: impl FnOnce(Ident) -> TokenStream) -> Setter {
    let (kept, hidden) = (field.attributes_named(&["cfg", "deprecated"]), hidden(field.attributes));
    let doc = format!("Sets `{}`, {what}.", field.name).replace("`, to", "` to");
    let name = format!("{prefix}_{}", field.name);
    let method = method(Ident::new(&name, field.ident.span()));
    Setter { tokens: quote!(#(#kept)* #[doc = #doc] #hidden #method), name }
}

/// How a setter takes a value.
enum Argument<'t> {
    /// As it is.
    Same(&'t Type),
    /// As anything that can become it.
    Into(&'t Type),
    /// As anything that gives the elements of a list.
    Each(&'t Type),
    /// As anything that gives what can become the elements of a list.
    EachInto(&'t Type),
}

impl<'t> Argument<'t> {
    fn of(ty: &'t Type, item: &DeriveInput) -> Self {
        // `Into` says too little for what a type parameter stands for to be inferred from it.
        let is_generic = !types::uses_of_parameters(ty, &item.generics).is_empty();
        // `["a", "b"]` for a list of strings; a list of numbers is one `Into` away, and its literals need it.
        if let Some(element) = types::vec_element(ty).filter(|element| !types::is_scalar(element)) {
            let as_it_is = is_generic || types::is_reference(element);
            return if as_it_is { Self::Each(element) } else { Self::EachInto(element) };
        }
        let as_it_is = is_generic || types::is_scalar(ty) || types::is_reference(ty);
        if as_it_is { Self::Same(ty) } else { Self::Into(ty) }
    }

    /// The function of the run time that makes what the builder holds from it.
    fn some(&self) -> Ident {
        let name = match self {
            Self::Same(_) => "Some",
            Self::Into(_) => "some",
            Self::Each(_) | Self::EachInto(_) => "some_list",
        };
        Ident::new(name, Span::call_site())
    }

    /// The expression that makes it from one that may be `None`.
    fn maybe(&self, value: &Ident) -> TokenStream {
        match self {
            Self::Same(_) => quote!(#value),
            Self::Into(_) => quote!(__p::maybe(#value)),
            Self::Each(_) | Self::EachInto(_) => quote!(__p::maybe_list(#value)),
        }
    }

    /// The same for a field that can be null, behind one more `Option`.
    fn maybe_null(&self, value: &Ident) -> TokenStream {
        match self {
            Self::Same(_) => quote!(#value),
            Self::Into(_) => quote!(#value.map(__p::maybe)),
            Self::Each(_) | Self::EachInto(_) => quote!(#value.map(__p::maybe_list)),
        }
    }
}

/// The type of the argument. What most fields have is written where it is wanted, since a token stream inside another
/// costs a call into rustc.
impl ToTokens for Argument<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Same(ty) => ty.to_tokens(tokens),
            Self::Into(ty) => {
                <Token![impl]>::default().to_tokens(tokens);
                Ident::new("__p", Span::call_site()).to_tokens(tokens);
                <Token![::]>::default().to_tokens(tokens);
                Ident::new("Into", Span::call_site()).to_tokens(tokens);
                <Token![<]>::default().to_tokens(tokens);
                ty.to_tokens(tokens);
                <Token![>]>::default().to_tokens(tokens);
            }
            Self::Each(ty) => tokens.extend(quote!(impl __p::IntoIterator<Item = #ty>)),
            Self::EachInto(ty) => tokens.extend(quote!(impl __p::IntoIterator<Item = impl __p::Into<#ty>>)),
        }
    }
}
