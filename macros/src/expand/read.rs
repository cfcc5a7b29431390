//! Generates `Deserialize`, which reads field by field in place. The common code of all structs is in the runtime.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;

use super::generics::Parameters;
use super::header::Header;
use super::{called, span_of};
use crate::parse::wire::Default;
use crate::response::{Field, Reader, Response};
use crate::types;

/// Generates `impl Deserialize`.
pub(super) fn expand(response: &Response<'_>) -> TokenStream {
    let (ident, serde) = (&response.item.ident, &response.serde);
    let header = Header::of(response);
    let (beside, body) = if let Some(other) = serde.from.get() {
        let read = quote!(<#other as __p::serde::Deserialize<'de>>::deserialize(__from));
        (None, quote!(__p::Result::map(#read, <Self as __p::From<#other>>::from)))
    } else if let Some(other) = serde.try_from.get() {
        let read = quote!(<#other as __p::serde::Deserialize<'de>>::deserialize(__from)?);
        let tried = quote!(<Self as __p::TryFrom<#other>>::try_from(#read));
        (None, quote!(__p::Result::map_err(#tried, __p::ReadError::custom)))
    } else if serde.transparent.is_set() {
        (None, transparent(response))
    } else {
        let (fields, body) = in_place(response, &header);
        (Some(fields), body)
    };
    let Header { bounded, names, clause, .. } = &header;
    quote! {
        #beside
        #[automatically_derived]
        impl<#(#bounded),*> __p::serde::Deserialize<'de> for #ident<#(#names),*> #clause {
            fn deserialize<__D: __p::Deserializer<'de>>(__from: __D) -> __p::Result<Self, __D::Error> {
                #body
            }
        }
    }
}

fn transparent(response: &Response<'_>) -> TokenStream {
    let ident = &response.item.ident;
    let only = response.only_field().map(|field| field.ident);
    let fields = response.fields.iter().map(|field| {
        let (name, place) = (field.ident, span_of(field.ty));
        let value = match field.serde.deserialize_with.get() {
            _ if only != Some(name) => at_first(field, response),
            Some(reader) => {
                let read = called(reader, &quote!(__from));
                quote!(#read?)
            }
            None => quote_spanned!(place=> __p::serde::Deserialize::deserialize(__from)?),
        };
        quote!(#name: #value)
    });
    let default = default_of_struct(response);
    quote!(#default __p::Result::Ok(#ident { #(#fields),* }))
}

/// Generates the implementation of `Fields`, and the body of `deserialize`.
fn in_place(response: &Response<'_>, header: &Header) -> (TokenStream, TokenStream) {
    let ident = &response.item.ident;
    let Header { bounded, names, clause, .. } = header;
    let is_complete =
        |field: &Field<'_>| !field.reader.is_required() && !matches!(field.reader, Reader::Flat);
    let is_in_place = response.fields.iter().all(is_complete);
    // Until all required values have been read, the values are in a separate struct.
    let target = if is_in_place { quote!(#ident) } else { quote!(__Read) };
    let finds = finds(response);
    let (unread, read, constants) = (unread(response, is_in_place), arms(response), constants(response));
    let slots = (!is_in_place).then(|| slots(response, header));
    let fields = quote! {
        #slots
        #[automatically_derived]
        impl<#(#bounded),*> __p::reading::Fields<'de> for #target<#(#names),*> #clause {
            #constants
            #[inline]
            fn unread() -> Self { #unread }
            #[inline]
            fn field(__name: &str) -> __p::usize {
                match __name { #(#finds,)* _ => __p::UNKNOWN }
            }
            // A table of calls, which must not be inlined into the code that reads fields.
            #[inline(never)]
            fn read<__D: __p::Deserializer<'de>>(
                &mut self,
                __field: __p::usize,
                __from: __D,
            ) -> __p::Result<(), __D::Error> {
                match __field { #(#read,)* _ => __p::tolerant::ignored(__from) }
            }
        }
    };
    (fields, body(response, is_in_place, names))
}

/// Generates the struct that contains the values until all have been read.
fn slots(response: &Response<'_>, header: &Header) -> TokenStream {
    let fields = own_fields(response).map(|field| {
        let (name, ty) = (field.ident, field.ty);
        if field.reader.is_required() { quote!(#name: __p::Option<#ty>,) } else { quote!(#name: #ty,) }
    });
    let (ident, names, clause) = (&response.item.ident, &header.names, header.declared.clause(&[]));
    let bounded = &header.declared.bounded;
    // A parameter may be used only by a flattened field.
    let marker = (!names.is_empty()).then(|| quote!(__of: __p::PhantomData<#ident<#(#names),*>>,));
    quote!(struct __Read<#(#bounded),*> #clause { #(#fields)* #marker })
}

fn own_fields<'r, 'i>(response: &'r Response<'i>) -> impl Iterator<Item = &'r Field<'i>> {
    response.fields.iter().filter(|field| !matches!(field.reader, Reader::Flat))
}

fn named_fields<'r, 'i>(response: &'r Response<'i>) -> impl Iterator<Item = &'r Field<'i>> {
    response.fields.iter().filter(|field| field.reader.has_name())
}

/// Generates the struct with the default value in every field.
fn unread(response: &Response<'_>, is_in_place: bool) -> TokenStream {
    let ident = &response.item.ident;
    let default = default_of_struct(response);
    let fields = own_fields(response).map(|field| {
        let (name, value) = (field.ident, at_first(field, response));
        quote!(#name: #value)
    });
    if is_in_place {
        return quote!(#default #ident { #(#fields),* });
    }
    let marker = (!response.item.generics.params.is_empty()).then(|| quote!(__of: __p::PhantomData));
    quote!(#default __Read { #(#fields,)* #marker })
}

/// Returns the default value of the struct, if the user has declared one.
fn default_of_struct(response: &Response<'_>) -> Option<TokenStream> {
    let (ident, names) = (&response.item.ident, Parameters::of(&response.item.generics).names);
    let value = match response.serde.default.get()? {
        Default::OfType => quote!(__p::Default::default()),
        Default::Of(function) => called(function, &TokenStream::new()),
    };
    Some(quote!(let __default: #ident<#(#names),*> = #value;))
}

/// Returns the initial value of a field.
fn at_first(field: &Field<'_>, response: &Response<'_>) -> TokenStream {
    match field.serde.default.get() {
        _ if field.reader.is_required() => quote!(__p::None),
        Some(Default::Of(function)) => called(function, &TokenStream::new()),
        None if response.serde.default.is_set() => {
            let name = field.ident;
            quote!(__default.#name)
        }
        None if types::option_inner(field.ty).is_some() => quote!(__p::None),
        _ => quote_spanned!(span_of(field.ty)=> __p::tolerant::missing()),
    }
}

/// Returns one match arm for each field with a name.
fn arms(response: &Response<'_>) -> Vec<TokenStream> {
    let arm = |(number, field): (usize, &Field<'_>)| {
        let (name, place, number) = (field.ident, span_of(field.ty), Literal::usize_unsuffixed(number));
        let simple = |function: &str| {
            let function = Ident::new(function, Span::call_site());
            quote_spanned!(place=> __p::tolerant::#function(&mut self.#name, __from))
        };
        let read = match (&field.reader, field.serde.deserialize_with.get()) {
            (reader, Some(function)) => {
                let put = if reader.is_required() { "put_required" } else { "put" };
                let place = Span::call_site().located_at(function.span());
                let (put, read) = (Ident::new(put, place), called(function, &quote!(__from)));
                quote_spanned!(place=> __p::tolerant::#put(&mut self.#name, #read))
            }
            (Reader::Borrowed(reader, is_required), _) => {
                let reader = Ident::new(reader, place);
                let put = Ident::new(if *is_required { "put" } else { "put_some" }, place);
                quote!(__p::tolerant::#put(&mut self.#name, __p::tolerant::#reader(__from)))
            }
            (Reader::OrDefault, _) => simple("or_default"),
            (Reader::Option, _) => simple("option"),
            (Reader::Lenient, _) => simple("lenient"),
            (Reader::Required, _) => simple("required"),
            (Reader::AsIs | Reader::Skipped | Reader::Flat | Reader::With(_), _) => simple("value"),
        };
        quote!(#number => #read)
    };
    named_fields(response).enumerate().map(arm).collect()
}

/// Returns the names of the fields, followed by their aliases.
fn names<'r>(response: &'r Response<'_>) -> Vec<&'r str> {
    let own = named_fields(response).map(|field| field.names.deserialize.as_str());
    own.chain(named_fields(response).flat_map(aliases)).collect()
}

/// Returns the additional names of a field.
fn aliases<'r>(field: &'r Field<'_>) -> impl Iterator<Item = &'r str> {
    let aliases = field.serde.aliases.iter().map(String::as_str);
    aliases.filter(|alias| *alias != field.names.deserialize)
}

/// Returns one match arm for each field, from its names to its number.
fn finds(response: &Response<'_>) -> Vec<TokenStream> {
    let find = |(number, field): (usize, &Field<'_>)| {
        let (name, aliases) = (&field.names.deserialize, aliases(field));
        let number = Literal::usize_unsuffixed(number);
        quote!(#name #(| #aliases)* => #number)
    };
    named_fields(response).enumerate().map(find).collect()
}

/// Returns the constants of `Fields` that differ from their defaults.
fn constants(response: &Response<'_>) -> TokenStream {
    let mut constants = TokenStream::new();
    let numbers = |name: &str, numbers: Vec<usize>| {
        let (name, numbers) =
            (Ident::new(name, Span::call_site()), numbers.into_iter().map(Literal::usize_unsuffixed));
        quote!(const #name: &'static [__p::usize] = &[#(#numbers),*];)
    };
    let required = named_fields(response).enumerate().filter(|(_, field)| field.reader.is_required());
    let required: Vec<usize> = required.map(|(number, _)| number).collect();
    if !required.is_empty() {
        constants.extend(numbers("REQUIRED", required));
    }
    if response.serde.denies_unknown.is_set() {
        constants.extend(quote!(
            const DENIES_UNKNOWN: bool = true;
        ));
    }
    if let Some(text) = response.serde.expecting.get() {
        constants.extend(quote!(const EXPECTING: __p::Option<&'static str> = __p::Some(#text);));
    }
    constants
}

/// Generates the body of `deserialize`: reads the fields and converts them to the struct.
fn body(response: &Response<'_>, is_in_place: bool, parameters: &[TokenStream]) -> TokenStream {
    let ident = &response.item.ident;
    let (name, names) = (response.serde.names(&ident.unraw().to_string()).deserialize, names(response));
    let names = quote!(&[#(#names),*]);
    if is_in_place {
        return quote!(__p::reading::read(__from, #name, #names));
    }
    let flat: Vec<&Field<'_>> =
        response.fields.iter().filter(|field| matches!(field.reader, Reader::Flat)).collect();
    let fields = response.fields.iter().map(|field| {
        let ident = field.ident;
        match (&field.reader, &field.names.deserialize) {
            (Reader::Flat, _) => {
                let at = flat.iter().take_while(|other| other.ident != ident).map(|_| quote!(.rest));
                let value = quote!(__flat #(#at)* .value);
                if field.serde.deserialize_with.is_set() {
                    quote!(#ident: #value.0)
                } else {
                    quote!(#ident: #value)
                }
            }
            (reader, name) if reader.is_required() => {
                quote!(#ident: __p::tolerant::given(__read.#ident, #name)?)
            }
            _ => quote!(#ident: __read.#ident),
        }
    });
    let fields = quote!(#(#fields),*);
    let made = quote!(__p::Result::Ok(#ident { #fields }));
    if flat.is_empty() {
        return quote! {
            let __read: __Read<#(#parameters),*> = __p::reading::read(__from, #name, #names)?;
            #made
        };
    }
    let wrappers = flat.iter().filter_map(|field| wrapper(field, response));
    let beside = flat.iter().rev().fold(quote!(()), |rest, field| {
        let ty = flat_type(field, parameters);
        quote!(__p::beside::Flat<#ty, #rest>)
    });
    quote! {
        #(#wrappers)*
        let (__read, __flat): (__Read<#(#parameters),*>, #beside) = __p::beside::read(__from, #name, #names)?;
        #made
    }
}

/// Returns the type that reads a flattened field.
fn flat_type(field: &Field<'_>, parameters: &[TokenStream]) -> TokenStream {
    if field.serde.deserialize_with.is_set() {
        let wrapper = wrapper_name(field);
        return quote!(#wrapper<#(#parameters),*>);
    }
    field.ty.to_token_stream()
}

fn wrapper_name(field: &Field<'_>) -> Ident {
    Ident::new(&format!("__With_{}", field.ident.unraw()), Span::call_site())
}

/// Generates a wrapper type for a flattened field with a custom function.
fn wrapper(field: &Field<'_>, response: &Response<'_>) -> Option<TokenStream> {
    let reader = field.serde.deserialize_with.get()?;
    let Header { bounded, names, clause, declared } = Header::of(response);
    let (own_bounded, own_clause) = (&declared.bounded, declared.clause(&[]));
    let (name, ty, ident) = (wrapper_name(field), field.ty, &response.item.ident);
    let read = called(reader, &quote!(__from));
    Some(quote! {
        #[allow(non_camel_case_types)]
        struct #name<#(#own_bounded),*>(#ty, __p::PhantomData<#ident<#(#names),*>>) #own_clause;
        impl<#(#bounded),*> __p::serde::Deserialize<'de> for #name<#(#names),*> #clause {
            fn deserialize<__D: __p::Deserializer<'de>>(__from: __D) -> __p::Result<Self, __D::Error> {
                __p::Result::Ok(#name(#read?, __p::PhantomData))
            }
        }
    })
}
