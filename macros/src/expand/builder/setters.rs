//! What sets a field: one method for a required one, two or three for an optional one.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::{DeriveInput, Type};

use super::{Builder, flag_argument, flag_name};
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
    let Argument { ty, convert } = Argument::of(field.ty, builder.item);
    let value = convert.apply(&quote!(#ident));
    let (flag, marker, name) = (flag_name(field), builder.marker_name(field), &builder.name);
    let set = builder
        .with_flags(|other| if other.name == field.name { quote!(true) } else { flag_argument(other) });
    let client = builder.sends.then(|| quote!(client: self.client,));
    let unset = quote_spanned!(ident.span()=> __p::Flag<#flag>: __p::IsUnset<#marker>);
    let tokens = quote! {
        #head
        #vis fn #ident(mut self, #ident: #ty) -> #set where #unset {
            self.values.#ident = __p::Some(#value);
            #name { #client values: self.values }
        }
    };
    Setter { name: field.name.clone(), tokens }
}

fn optional(builder: &Builder<'_, '_>, field: &Field<'_>, inner: &Type) -> Vec<Setter> {
    let (ident, vis, head) = (field.ident, &builder.item.vis, head(field, "*Optional.*"));
    let Argument { ty, convert } = Argument::of(inner, builder.item);
    let (value, mapped) = (convert.apply(&quote!(#ident)), convert.map(&quote!(#ident)));
    let set = quote! {
        #head
        #vis fn #ident(mut self, #ident: #ty) -> Self {
            self.values.#ident = __p::Some(#value);
            self
        }
    };
    let maybe = twin(field, "maybe", "or leaves it unset for `None`", |maybe| {
        quote! {
            #vis fn #maybe(mut self, #ident: __p::Option<#ty>) -> Self {
                self.values.#ident = #mapped;
                self
            }
        }
    });
    vec![Setter { name: field.name.clone(), tokens: set }, maybe]
}

fn nullable(builder: &Builder<'_, '_>, field: &Field<'_>, inner: &Type) -> Vec<Setter> {
    let (ident, vis, head) = (field.ident, &builder.item.vis, head(field, "*Optional; can be null.*"));
    let Argument { ty, convert } = Argument::of(inner, builder.item);
    let (value, mapped) = (convert.apply(&quote!(#ident)), convert.map(&quote!(__value)));
    let set = quote! {
        #head
        #vis fn #ident(mut self, #ident: #ty) -> Self {
            self.values.#ident = __p::Some(__p::Some(#value));
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
            #vis fn #maybe(mut self, #ident: __p::Option<__p::Option<#ty>>) -> Self {
                self.values.#ident = #ident.map(|__value| #mapped);
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
    let kept = field.attributes_named(&["cfg", "deprecated"]);
    let doc = format!("Sets `{}`, {what}.", field.name).replace("`, to", "` to");
    let name = format!("{prefix}_{}", field.name);
    let method = method(Ident::new(&name, field.ident.span()));
    Setter { tokens: quote!(#(#kept)* #[doc = #doc] #method), name }
}

/// How a setter takes a value.
struct Argument {
    ty: TokenStream,
    convert: Convert,
}

/// How what a setter took becomes what the field holds.
enum Convert {
    Not,
    With(TokenStream),
}

impl Argument {
    fn of(ty: &Type, item: &DeriveInput) -> Self {
        // `Into` says too little for what a type parameter stands for to be inferred from it.
        let is_generic = types::mentions_parameter(ty, &item.generics);
        // `["a", "b"]` for a list of strings; a list of numbers is one `Into` away, and its literals need it.
        if let Some(element) = types::vec_element(ty).filter(|element| !types::is_scalar(element)) {
            let as_it_is = is_generic || types::is_reference(element);
            let element = if as_it_is { quote!(#element) } else { quote!(impl __p::Into<#element>) };
            let ty = quote!(impl __p::IntoIterator<Item = #element>);
            return Self { ty, convert: Convert::With(quote!(__p::collect)) };
        }
        if is_generic || types::is_scalar(ty) || types::is_reference(ty) {
            return Self { ty: quote!(#ty), convert: Convert::Not };
        }
        Self { ty: quote!(impl __p::Into<#ty>), convert: Convert::With(quote!(__p::Into::into)) }
    }
}

impl Convert {
    fn apply(&self, value: &TokenStream) -> TokenStream {
        match self {
            Self::Not => value.clone(),
            Self::With(function) => quote!(#function(#value)),
        }
    }

    fn map(&self, value: &TokenStream) -> TokenStream {
        match self {
            Self::Not => value.clone(),
            Self::With(function) => quote!(#value.map(#function)),
        }
    }
}
