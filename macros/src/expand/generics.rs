//! The parameters of a struct, ready to be joined by a builder's own.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{GenericParam, Generics, WherePredicate};

/// Generic parameters in the three forms in which code needs them.
#[derive(Clone, Default)]
pub(super) struct Parameters {
    /// With bounds and defaults, as a struct declares them.
    pub(super) declared: Vec<TokenStream>,
    /// With bounds, as an `impl` declares them.
    pub(super) bounded: Vec<TokenStream>,
    /// Bare, as a type names them.
    pub(super) names: Vec<TokenStream>,
    /// What stands behind `where`.
    pub(super) predicates: Vec<WherePredicate>,
}

impl Parameters {
    pub(super) fn of(generics: &Generics) -> Self {
        let mut parameters = Self::default();
        for parameter in &generics.params {
            let name = match parameter {
                GenericParam::Lifetime(parameter) => parameter.lifetime.to_token_stream(),
                GenericParam::Type(parameter) => parameter.ident.to_token_stream(),
                GenericParam::Const(parameter) => parameter.ident.to_token_stream(),
            };
            parameters.names.push(name);
            parameters.declared.push(parameter.to_token_stream());
            parameters.bounded.push(without_default(parameter));
        }
        parameters
            .predicates
            .extend(generics.where_clause.iter().flat_map(|clause| clause.predicates.clone()));
        parameters
    }

    /// Adds a parameter at the end.
    pub(super) fn push(&mut self, declared: TokenStream, bounded: TokenStream, name: TokenStream) {
        self.declared.push(declared);
        self.bounded.push(bounded);
        self.names.push(name);
    }

    /// `where …`, with more predicates behind the user's own; nothing when there are none.
    pub(super) fn clause(&self, more: &[TokenStream]) -> TokenStream {
        let own = &self.predicates;
        if own.is_empty() && more.is_empty() {
            return TokenStream::new();
        }
        quote!(where #(#own,)* #(#more,)*)
    }
}

fn without_default(parameter: &GenericParam) -> TokenStream {
    match parameter.clone() {
        GenericParam::Lifetime(parameter) => parameter.to_token_stream(),
        GenericParam::Type(mut parameter) => {
            parameter.default = None;
            parameter.to_token_stream()
        }
        GenericParam::Const(mut parameter) => {
            parameter.default = None;
            parameter.to_token_stream()
        }
    }
}

/// `Type: bound` for each type parameter.
pub(super) fn each_type(generics: &Generics, bound: &TokenStream) -> Vec<TokenStream> {
    generics.type_params().map(|parameter| &parameter.ident).map(|name| quote!(#name: #bound)).collect()
}
