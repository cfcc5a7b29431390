//! Generates the setters of a field: one if it is required, two or three if it is optional.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Attribute, DeriveInput, Token, Type};

use super::builder_type::{Builder, marker_name};
use super::{derived_name, hidden};
use crate::model::{Field, Presence, attributes_named};
use crate::names::derived;
use crate::parameters;
use crate::types;

/// A setter of the builder.
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
    let (ident, vis, Attributes { kept, heading, docs }) =
        (field.ident, &builder.vis, Attributes::of(field, "**Required.**"));
    let argument = Argument::of(field.ty, builder.item);
    let (some, value) = (argument.some(), value(field));
    let (flag, marker) = (&field.flag, marker_name(builder.item, field));
    let (name, names) = (&builder.name, &builder.parameters.names);
    let before = builder.flags().take_while(|before| *before != flag);
    let after = builder.flags().skip_while(|after| *after != flag).skip(1);
    let client = builder.sends.then(|| quote!(client: self.client,));
    let unset = quote_spanned!(ident.span()=> __p::Flag<#flag>: __p::IsUnset<#marker>);
    let tokens = quote! {
        #(#kept)* #[doc = #heading] #(#docs)*
        #vis fn #ident(mut self, #value: #argument) -> #name<#(#names,)* #(#before,)* true #(, #after)*>
        where #unset {
            self.values.#ident = __p::#some(#value);
            #name { #client values: self.values }
        }
    };
    Setter { name: field.name.clone(), tokens }
}

fn optional(builder: &Builder<'_, '_>, field: &Field<'_>, inner: &Type) -> Vec<Setter> {
    let (ident, vis, Attributes { kept, heading, docs }) =
        (field.ident, &builder.vis, Attributes::of(field, "*Optional.*"));
    let argument = Argument::of(inner, builder.item);
    let (some, value) = (argument.some(), value(field));
    let given = argument.maybe(&value);
    let set = quote! {
        #(#kept)* #[doc = #heading] #(#docs)*
        #vis fn #ident(mut self, #value: #argument) -> Self {
            self.values.#ident = __p::#some(#value);
            self
        }
    };
    let Twin { name, ident: maybe, doc, hidden } = Twin::of(field, "maybe", "or omits it for `None`");
    let tokens = quote! {
        #(#kept)* #[doc = #doc] #hidden
        #vis fn #maybe(mut self, #value: __p::Option<#argument>) -> Self {
            self.values.#ident = #given;
            self
        }
    };
    vec![Setter { name: field.name.clone(), tokens: set }, Setter { name, tokens }]
}

fn nullable(builder: &Builder<'_, '_>, field: &Field<'_>, inner: &Type) -> Vec<Setter> {
    let (ident, vis, Attributes { kept, heading, docs }) =
        (field.ident, &builder.vis, Attributes::of(field, "*Optional; can be null.*"));
    let argument = Argument::of(inner, builder.item);
    let (some, value) = (argument.some(), value(field));
    let given = argument.maybe_null(&value);
    let set = quote! {
        #(#kept)* #[doc = #heading] #(#docs)*
        #vis fn #ident(mut self, #value: #argument) -> Self {
            self.values.#ident = __p::Some(__p::#some(#value));
            self
        }
    };
    let Twin { name: null_name, ident: null, doc, hidden } = Twin::of(field, "null", "to null");
    let to_null = quote! {
        #(#kept)* #[doc = #doc] #hidden
        #vis fn #null(mut self) -> Self {
            self.values.#ident = __p::Some(__p::None);
            self
        }
    };
    let Twin { name, ident: maybe, doc, hidden } =
        Twin::of(field, "maybe", "to null for `Some(None)`, or omits it for `None`");
    let tokens = quote! {
        #(#kept)* #[doc = #doc] #hidden
        #vis fn #maybe(mut self, #value: __p::Option<__p::Option<#argument>>) -> Self {
            self.values.#ident = #given;
            self
        }
    };
    vec![
        Setter { name: field.name.clone(), tokens: set },
        Setter { name: null_name, tokens: to_null },
        Setter { name, tokens },
    ]
}

/// The attributes of a setter.
struct Attributes<'f> {
    /// Those that decide whether it exists.
    kept: Vec<&'f Attribute>,
    heading: String,
    /// The docs of the field, after the heading.
    docs: Vec<&'f Attribute>,
}

impl<'f> Attributes<'f> {
    fn of(field: &'f Field<'_>, heading: &str) -> Self {
        let docs: Vec<_> = attributes_named(field.attributes, &["doc"]).collect();
        let rest = if docs.is_empty() { format!(" Sets `{}`.", field.name) } else { "\n".to_owned() };
        let kept = attributes_named(field.attributes, &["cfg", "deprecated"]).collect();
        Self { kept, heading: format!("{heading}{rest}"), docs }
    }
}

/// An additional setter of a field, whose name begins with a prefix.
struct Twin {
    name: String,
    ident: Ident,
    doc: String,
    hidden: Option<TokenStream>,
}

impl Twin {
    fn of(field: &Field<'_>, prefix: &str, what: &str) -> Self {
        let doc = format!("Sets `{}`, {what}.", field.name).replace("`, to", "` to");
        let name = format!("{prefix}_{}", field.name);
        Self { ident: derived(&name, field.ident.span()), name, doc, hidden: hidden(field.attributes) }
    }
}

/// Returns the name of a setter's parameter. It is not a name of the user, because a constant with that name may be in
/// scope.
fn value(field: &Field<'_>) -> Ident {
    derived_name(field.ident, "__value")
}

/// The type of a setter's argument.
enum Argument<'t> {
    /// The type itself.
    Same(&'t Type),
    /// `impl Into` of the type.
    Into(&'t Type),
    /// An iterator over the elements of a list.
    Each(&'t Type),
    /// An iterator over values that convert into the elements of a list.
    EachInto(&'t Type),
}

impl<'t> Argument<'t> {
    fn of(ty: &'t Type, item: &DeriveInput) -> Self {
        // With `Into`, rustc could not infer a type parameter.
        let is_generic = !parameters::uses_of_parameters(ty, &item.generics).is_empty();
        // `["a", "b"]` works for a list of strings. Number literals need `Into` for the whole list.
        if let Some(element) = types::vec_element(ty).filter(|element| !types::is_scalar(element)) {
            let as_it_is = is_generic || types::is_reference(element);
            return if as_it_is { Self::Each(element) } else { Self::EachInto(element) };
        }
        let as_it_is = is_generic || types::is_scalar(ty) || types::is_reference(ty);
        if as_it_is { Self::Same(ty) } else { Self::Into(ty) }
    }

    /// Returns the runtime function that converts the argument for the builder.
    fn some(&self) -> Ident {
        let name = match self {
            Self::Same(_) => "Some",
            Self::Into(_) => "some",
            Self::Each(_) | Self::EachInto(_) => "some_list",
        };
        Ident::new(name, Span::call_site())
    }

    /// Returns the expression that converts an argument that may be `None`.
    fn maybe(&self, value: &Ident) -> TokenStream {
        match self {
            Self::Same(_) => quote!(#value),
            Self::Into(_) => quote!(__p::maybe(#value)),
            Self::Each(_) | Self::EachInto(_) => quote!(__p::maybe_list(#value)),
        }
    }

    /// Does the same for a field that can be null, inside one more `Option`.
    fn maybe_null(&self, value: &Ident) -> TokenStream {
        match self {
            Self::Same(_) => quote!(#value),
            Self::Into(_) => quote!(#value.map(__p::maybe)),
            Self::Each(_) | Self::EachInto(_) => quote!(#value.map(__p::maybe_list)),
        }
    }
}

/// Writes the type of the argument. The most common one is written without `quote!`, because a token stream inside
/// another one costs a call into rustc.
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
