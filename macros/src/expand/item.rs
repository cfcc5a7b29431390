//! The struct itself, once more.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, parse_quote};

use crate::model::Field;
use crate::runtime::Runtime;
use crate::types::option_inner;

/// The struct without the attributes that `owner` has read.
pub(super) fn stripped(item: &DeriveInput, owner: &str) -> TokenStream {
    let item = without(item, owner);
    quote!(#item)
}

/// The struct without the attributes that `owner` has read, its serde attributes made legal.
pub(super) fn legalised(item: &DeriveInput, owner: &str, runtime: &Runtime) -> TokenStream {
    let item = without(item, owner);
    // Without a derive that knows `#[serde(…)]`, rustc would refuse the attribute that we have just followed.
    let derive = mentions_serde(&item).then(|| quote!(#[derive(#runtime::__private::Read)]));
    let three_states = has_nullable(&item).then(allow_three_states);
    quote!(#derive #three_states #item)
}

/// The struct with `Serialize` on it, which leaves out every optional field that is unset.
pub(super) fn serialized(item: &DeriveInput, fields: &[Field<'_>], runtime: &Runtime) -> TokenStream {
    let mut item = without(item, "object");
    let is_none = format!("{}::is_none", runtime.serde_path().replace("::serde", "::Option"));
    each_field(&mut item, |field| {
        let optional =
            fields.iter().any(|known| field.ident.as_ref() == Some(known.ident) && !known.is_required());
        let decided =
            fields.iter().any(|known| field.ident.as_ref() == Some(known.ident) && known.skip_if.is_some());
        if optional && !decided {
            field.attrs.push(parse_quote!(#[serde(skip_serializing_if = #is_none)]));
        }
    });
    let serde = runtime.serde_path();
    let three_states = has_nullable(&item).then(allow_three_states);
    quote! {
        #[derive(#runtime::__private::serde::Serialize)]
        #[serde(crate = #serde)]
        #three_states
        #item
    }
}

fn without(item: &DeriveInput, owner: &str) -> DeriveInput {
    let mut item = item.clone();
    each_field(&mut item, |field| field.attrs.retain(|attribute| !attribute.path().is_ident(owner)));
    item
}

/// Calls `change` on every field of a struct.
pub(super) fn each_field(item: &mut DeriveInput, change: impl FnMut(&mut syn::Field)) {
    if let Data::Struct(data) = &mut item.data {
        data.fields.iter_mut().for_each(change);
    }
}

/// Three states are what the field is for, and clippy would ask for an enum instead.
fn allow_three_states() -> TokenStream {
    quote!(#[allow(clippy::option_option)])
}

fn has_nullable(item: &DeriveInput) -> bool {
    let Data::Struct(data) = &item.data else { return false };
    data.fields.iter().any(|field| option_inner(&field.ty).and_then(option_inner).is_some())
}

fn mentions_serde(item: &DeriveInput) -> bool {
    let Data::Struct(data) = &item.data else { return false };
    let on_fields = data.fields.iter().flat_map(|field| &field.attrs);
    item.attrs.iter().chain(on_fields).any(|attribute| attribute.path().is_ident("serde"))
}
