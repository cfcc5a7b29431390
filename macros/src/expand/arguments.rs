//! With the feature `arguments`: generates code that builds endpoints and objects from a JSON object.

mod conditional;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::{
    Attribute, Data, DeriveInput, ExprPath, GenericParam, Generics, LitStr, Meta, MetaNameValue, Type,
    WherePredicate, parse_quote, parse_quote_spanned,
};

use self::conditional::Conditional;
use super::generics::{Parameters, bounds};
use super::item::respanned;
use super::span_of;
use crate::location::Location;
use crate::model::{Endpoint, Field, Presence};
use crate::names::is_identifier;
use crate::parse::serde::metas;
use crate::prepare::derives_deserialize;
use crate::runtime::Runtime;
use crate::types;

/// Whether the feature is enabled.
pub(super) const ENABLED: bool = cfg!(feature = "arguments");

/// Generates `impl FromArguments`. Returns `None` without the feature.
pub(super) fn endpoint(endpoint: &Endpoint<'_>) -> Option<TokenStream> {
    ENABLED.then(|| implementation(endpoint))
}

fn implementation(endpoint: &Endpoint<'_>) -> TokenStream {
    let Endpoint { item, fields, .. } = endpoint;
    let ident = &item.ident;
    let parameters = Parameters::of(&item.generics);
    let (bounded, names) = (&parameters.bounded, &parameters.names);
    let lifetimes = item.generics.params.iter().filter_map(|parameter| match parameter {
        GenericParam::Lifetime(parameter) => Some(&parameter.lifetime),
        _ => None,
    });
    let conditional = Conditional::all(endpoint);
    let clause = parameters.clause(&readable(endpoint, &conditional));
    // A flattened field gets the arguments that the other fields leave.
    let (flat, others): (Vec<&Field<'_>>, _) = fields.iter().partition(|field| field.flatten.is_some());
    let values = others.into_iter().chain(flat).map(|field| {
        let (cfgs, ident, value) = (field.cfgs(), field.ident, value(field));
        quote!(#(#cfgs)* #ident: #value,)
    });
    quote! {
        #(#conditional)*
        #[automatically_derived]
        impl<'__de: #(#lifetimes)+*, #(#bounded),*> __p::FromArguments<'__de> for #ident<#(#names),*> #clause {
            fn read(__from: &mut __p::Arguments<'__de>) -> __p::Result<Self, __p::ArgumentsError> {
                __p::Ok(Self { #(#values)* })
            }
        }
    }
}

/// Returns the bound `Deserialize` for the type of every field. An endpoint with another type then does not implement
/// the trait. It must not be an error, because the crate may not know that the feature is enabled.
fn readable(endpoint: &Endpoint<'_>, conditional: &[Conditional<'_>]) -> Vec<TokenStream> {
    let mut readable: Vec<TokenStream> = Vec::new();
    let mut add = |bound: TokenStream| {
        if !readable.iter().any(|known| known.to_string() == bound.to_string()) {
            readable.push(bound);
        }
    };
    let has_own_reader = |field: &&Field<'_>| field.deserialize_with.is_some() || field.with.is_some();
    for field in endpoint.fields.iter().filter(|field| !has_own_reader(field)) {
        if field.serialize_with.is_some() {
            add(quote!(__p::WrittenOnly: __p::Readable<'__de>));
        } else if field.cfgs().is_empty() {
            let ty = inner(field);
            if !types::is_standard(ty) && !is_bounded(ty, &endpoint.item.generics) {
                add(quote!(#ty: __p::serde::Deserialize<'__de>));
            }
        } else if !conditional.iter().any(|one| one.is_of(field)) {
            let bound = quote!(__p::serde::Deserialize<'__de>);
            bounds([field.ty].into_iter(), &endpoint.item.generics, &bound).into_iter().for_each(&mut add);
        }
    }
    for ty in conditional.iter().map(Conditional::named) {
        add(quote!(#ty: __p::serde::Deserialize<'__de>));
    }
    readable
}

/// Returns whether the user's bounds already contain `Deserialize` for a type. rustc rejects the same bound twice.
fn is_bounded(ty: &Type, generics: &Generics) -> bool {
    let name = ty.to_token_stream().to_string();
    let reads = |bounds: &dyn ToTokens| bounds.to_token_stream().to_string().contains("Deserialize");
    let mut parameters = generics.type_params().filter(|parameter| parameter.ident == name);
    let predicates = generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    let mut bounds = predicates.filter_map(|predicate| match predicate {
        WherePredicate::Type(bound) if bound.bounded_ty.to_token_stream().to_string() == name => {
            Some(&bound.bounds)
        }
        _ => None,
    });
    parameters.any(|parameter| reads(&parameter.bounds)) || bounds.any(|bounds| reads(bounds))
}

fn inner<'i>(field: &Field<'i>) -> &'i Type {
    match field.presence {
        Presence::Required => field.ty,
        Presence::Optional(inner) | Presence::Nullable(inner) => inner,
    }
}

/// Returns the expression that reads a field.
fn value(field: &Field<'_>) -> TokenStream {
    let wire = field.name_on_the_wire();
    if let Some(path) = &field.deserialize_with {
        let read = if field.is_required() { quote!(required_with) } else { quote!(optional_with) };
        return quote!(__from.#read(#wire, |__value| #path(__value))?);
    }
    if let Some(path) = &field.with {
        let read = if field.is_required() { quote!(required_with) } else { quote!(optional_with) };
        // A crate that does not know the feature may have no such function. Then our fallback is called.
        let call = if is_type(path) {
            quote!({
                #[allow(unused_imports)]
                use __p::UnreadableType as _;
                #path::deserialize(__value)
            })
        } else {
            quote!({
                #[allow(unused_imports)]
                use #path::*;
                deserialize(__value)
            })
        };
        return quote!({
            #[allow(unused_imports)]
            use __p::unreadable as deserialize;
            __from.#read(#wire, |__value| #call)?
        });
    }
    if field.serialize_with.is_some() {
        return quote!(__from.unreadable(#wire)?);
    }
    let is_flat = field.flatten.is_some() && matches!(field.location, Location::Query | Location::Body);
    match field.presence {
        Presence::Required if is_flat => quote!(__from.flat()?),
        _ if is_flat => quote!(__from.flat_optional()?),
        Presence::Required => quote!(__from.required(#wire)?),
        Presence::Optional(_) => quote!(__from.optional(#wire)?),
        Presence::Nullable(_) => quote!(__from.nullable(#wire)?),
    }
}

/// Returns whether the path of a `with` seems to be a type.
fn is_type(path: &ExprPath) -> bool {
    let last = path.path.segments.last();
    last.is_some_and(|last| {
        !last.arguments.is_none() || last.ident.unraw().to_string().starts_with(char::is_uppercase)
    })
}

/// Replaces keys with a string in the serde attributes of a field.
fn replace(attributes: &mut [Attribute], new: impl Fn(&MetaNameValue, &LitStr) -> Option<Meta>) {
    for attribute in attributes.iter_mut().filter(|attribute| attribute.path().is_ident("serde")) {
        let mut metas: Vec<Meta> = metas(std::slice::from_ref(attribute)).collect();
        for meta in &mut metas {
            let Meta::NameValue(given) = meta else { continue };
            let value = syn::parse2::<LitStr>(given.value.to_token_stream()).ok();
            if let Some(new) = value.and_then(|value| new(given, &value)) {
                *meta = new;
            }
        }
        if !metas.is_empty() {
            *attribute = parse_quote!(#[serde(#(#metas),*)]);
        }
    }
}

/// Changes `with = "module"` to `serialize_with`, because the module may have no function to read.
fn only_written(with: &MetaNameValue, module: &LitStr) -> Option<Meta> {
    let function = LitStr::new(&format!("{}::serialize", module.value()), module.span());
    with.path.is_ident("with").then(|| parse_quote!(serialize_with = #function))
}

/// Changes a `bound` for both directions to one for writing, because the one for reading is another.
fn only_bound_to_write(bound: &MetaNameValue, predicates: &LitStr) -> Option<Meta> {
    bound.path.is_ident("bound").then(|| parse_quote!(bound(serialize = #predicates)))
}

/// Returns whether serde's derive of `Deserialize` has a lifetime `'de` for this struct. It must not be one of the
/// struct, and a struct that borrows for `'static` has none.
fn has_input(item: &DeriveInput, fields: &[Field<'_>]) -> bool {
    let borrows = |field: &Field<'_>| {
        let has_key = metas(field.attributes).any(|meta| meta.path().is_ident("borrow"));
        let all = if has_key { types::lifetimes(field.ty.to_token_stream()) } else { Vec::new() };
        all.into_iter().chain(types::borrowed_by_itself(field.ty)).any(|lifetime| lifetime.ident == "static")
    };
    !item.generics.lifetimes().any(|parameter| parameter.lifetime.ident == "de")
        && !fields.iter().any(borrows)
}

/// Returns the object with serde's derive of `Deserialize`. Returns `None` if it already has one or cannot have one, or
/// without the feature.
pub(super) fn object(item: &DeriveInput, fields: &[Field<'_>], runtime: &Runtime) -> Option<DeriveInput> {
    // serde's derive panics for a name that rustc has rejected.
    if !ENABLED || derives_deserialize(item) || !is_identifier(&item.ident) || !has_input(item, fields) {
        return None;
    }
    let mut item = item.clone();
    let private = quote!(#runtime::__private).to_string().replace(' ', "");
    let has = |name: &str| metas(&item.attrs).any(|meta| meta.path().is_ident(name));
    let (is_transparent, denies) = (has("transparent"), has("deny_unknown_fields"));
    let Data::Struct(data) = &mut item.data else { return None };
    let of = Reading { generics: &item.generics, name: &item.ident, private: &private };
    for field in &mut data.fields {
        let known = fields.iter().find(|known| field.ident.as_ref() == Some(known.ident));
        if let Some(known) = known {
            add_reader(field, known, &of, is_transparent);
        }
    }
    let has_flat = fields.iter().any(|field| field.flatten.is_some());
    let strict = (!has_flat && !denies).then(|| quote!(, deny_unknown_fields));
    let derive = respanned(quote!(#runtime::__private::serde::Deserialize), item.ident.span());
    let serde = format!("{private}::serde");
    item.attrs.insert(0, parse_quote!(#[derive(#derive)]));
    item.attrs.insert(1, parse_quote!(#[serde(crate = #serde #strict)]));
    Some(item)
}

/// The object that is read.
struct Reading<'o> {
    generics: &'o Generics,
    name: &'o Ident,
    /// The path of the runtime's private module.
    private: &'o str,
}

/// Adds the serde attributes that read a field of an object.
fn add_reader(field: &mut syn::Field, known: &Field<'_>, of: &Reading<'_>, is_transparent: bool) {
    let private = of.private;
    let given: Vec<Meta> = metas(&field.attrs).collect();
    let is_written_only = known.serialize_with.is_some() && known.deserialize_with.is_none();
    let is_read = known.deserialize_with.is_some() || known.flatten.is_some();
    let reader = if is_written_only {
        Some(format!("{private}::unreadable"))
    } else {
        (!known.is_required() && !is_read).then(|| format!("{private}::optional"))
    };
    let reader = reader.map(|path| quote!(deserialize_with = #path,));
    let has_default = given.iter().any(|meta| meta.path().is_ident("default"));
    // The field of a transparent struct is the whole value, which cannot be left out.
    let is_optional = !known.is_required() && known.flatten.is_none() && !is_transparent;
    let default = (is_optional && !has_default).then(|| quote!(default,));
    let bound = bound_to_read(known, &given, of);
    if bound.is_some() {
        replace(&mut field.attrs, only_bound_to_write);
    }
    let bound = bound.map(|bound| quote!(bound(deserialize = #bound),));
    let keys = quote!(#reader #default #bound);
    if is_written_only {
        replace(&mut field.attrs, only_written);
    }
    if !keys.is_empty() {
        // rustc reports a type that cannot be read at this span.
        let span = span_of(&field.ty);
        let keys = respanned(keys, span);
        field.attrs.insert(0, parse_quote_spanned!(span=> #[serde(#keys)]));
    }
}

/// Returns the predicates with which a field of an object can be read, if serde's derive needs them.
///
/// rustc has evaluated the `cfg`s before the derive, so the predicates of a disabled field are gone.
fn bound_to_read(known: &Field<'_>, given: &[Meta], of: &Reading<'_>) -> Option<String> {
    let of_user = given.iter().find(|meta| meta.path().is_ident("bound"));
    if of_user.is_some_and(is_bound_to_read) {
        return None;
    }
    let (ty, private) = (inner(known), of.private);
    let own = if known.serialize_with.is_some() && known.deserialize_with.is_none() {
        format!("{private}::WrittenOnly: {private}::Readable<'de>")
    } else if known.deserialize_with.is_some() || types::is_standard(ty) && !lends_inside(known.ty) {
        return None;
    } else if is_bounded(ty, of.generics) || types::find_name(ty, &of.name.to_string()).is_some() {
        // Without an empty one, serde's derive adds the same bound. One that contains the object itself would be a
        // cycle, in which rustc does not come to an end.
        String::new()
    } else {
        format!("{}: {private}::serde::Deserialize<'de>", ty.to_token_stream())
    };
    let Some(Meta::NameValue(bound)) = of_user else { return Some(own) };
    let predicates: LitStr = syn::parse2(bound.value.to_token_stream()).ok()?;
    let predicates = predicates.value();
    let predicates = predicates.trim().trim_end_matches(',');
    Some(if predicates.is_empty() { own } else { format!("{predicates}, {own}") })
}

/// Returns whether a type contains references for which serde's derive does not require that the input outlives them.
fn lends_inside(ty: &Type) -> bool {
    types::borrowed_by_itself(ty).is_none() && !types::lifetimes(ty.to_token_stream()).is_empty()
}

/// Returns whether a `bound` of the user is meant for reading.
fn is_bound_to_read(bound: &Meta) -> bool {
    let text = bound.to_token_stream().to_string();
    text.contains("deserialize") || text.contains("Deserialize")
}
