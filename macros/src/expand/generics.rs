//! The generic parameters of a struct, to which a builder adds more.
//!
//! They are stored as syntax and not as token streams, because each token stream inside another one costs a call into
//! rustc.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::punctuated::Punctuated;
use syn::token::Paren;
use syn::{GenericParam, Generics, Token, Type, TypeParam, TypeTuple, WherePredicate};

use crate::parameters::{Name, uses_of_parameters};
use crate::types::is_phantom;

/// Generic parameters in the three forms that generated code needs.
#[derive(Clone, Default)]
pub(super) struct Parameters {
    /// With bounds and defaults, for the declaration of a struct.
    pub(super) declared: Vec<GenericParam>,
    /// With bounds, for an `impl`.
    pub(super) bounded: Vec<GenericParam>,
    /// Names only, for the arguments of a type.
    pub(super) names: Vec<Name>,
    /// The predicates after `where`.
    pub(super) predicates: Vec<WherePredicate>,
}

impl Parameters {
    pub(super) fn of(generics: &Generics) -> Self {
        let predicates = generics.where_clause.iter().flat_map(|clause| clause.predicates.clone());
        Self {
            declared: generics.params.iter().cloned().collect(),
            bounded: generics.params.iter().map(without_default).collect(),
            names: generics.params.iter().map(Name::of).collect(),
            predicates: predicates.collect(),
        }
    }

    /// Adds the parameter `__Client` at the end. Its default is `()`.
    pub(super) fn push_client(&mut self) {
        let client = Ident::new("__Client", Span::call_site());
        let bare = TypeParam::from(client.clone());
        let none = TypeTuple { attrs: Vec::new(), paren_token: Paren::default(), elems: Punctuated::new() };
        let default = Some((<Token![=]>::default(), Type::Tuple(none)));
        self.declared.push(GenericParam::Type(TypeParam { default, ..bare.clone() }));
        self.bounded.push(GenericParam::Type(bare));
        self.names.push(Name::Other(client));
    }

    /// Returns the `where` clause with more predicates after the user's; empty if there are none.
    pub(super) fn clause(&self, more: &[TokenStream]) -> TokenStream {
        let own = &self.predicates;
        if own.is_empty() && more.is_empty() {
            return TokenStream::new();
        }
        quote!(where #(#own,)* #(#more,)*)
    }
}

fn without_default(parameter: &GenericParam) -> GenericParam {
    let mut parameter = parameter.clone();
    match &mut parameter {
        GenericParam::Lifetime(_) => {}
        GenericParam::Type(parameter) => parameter.default = None,
        GenericParam::Const(parameter) => parameter.default = None,
    }
    parameter
}

/// Returns the bound for each use of a type parameter in the types. A field `T::Item` requires no bound for `T`.
pub(super) fn bounds<'t>(
    types: impl Iterator<Item = &'t Type>,
    generics: &Generics,
    bound: &TokenStream,
) -> Vec<TokenStream> {
    let mut bounds: Vec<TokenStream> = Vec::new();
    if generics.type_params().next().is_none() {
        return bounds;
    }
    // `PhantomData` can be written and shown for any parameter.
    for part in types.filter(|ty| !is_phantom(ty)).flat_map(|ty| uses_of_parameters(ty, generics)) {
        let bound = quote!(#part: #bound);
        if !bounds.iter().any(|before| before.to_string() == bound.to_string()) {
            bounds.push(bound);
        }
    }
    bounds
}
