//! The names of the generic parameters of a declaration, and their uses in its types.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::token::Brace;
use syn::{GenericParam, Generics, Lifetime, Type};

use crate::types::is_sign;

/// The name of a parameter, as an argument.
#[derive(Clone)]
pub(crate) enum Name {
    Lifetime(Lifetime),
    Const(Ident),
    Other(Ident),
}

impl Name {
    pub(crate) fn of(parameter: &GenericParam) -> Self {
        match parameter {
            GenericParam::Lifetime(parameter) => Self::Lifetime(parameter.lifetime.clone()),
            GenericParam::Type(parameter) => Self::Other(parameter.ident.clone()),
            GenericParam::Const(parameter) => Self::Const(parameter.ident.clone()),
        }
    }
}

impl ToTokens for Name {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Lifetime(lifetime) => lifetime.to_tokens(tokens),
            // Without braces, rustc takes it for a type if there is one with this name.
            Self::Const(ident) => Brace::default().surround(tokens, |inside| ident.to_tokens(inside)),
            Self::Other(ident) => ident.to_tokens(tokens),
        }
    }
}

/// Returns the uses of type parameters in a type: `T`, `T::Item`, `<T as Iterator>::Item`.
pub(crate) fn uses_of_parameters(ty: &Type, generics: &Generics) -> Vec<TokenStream> {
    let mut uses = Vec::new();
    if generics.type_params().next().is_some() {
        collect_uses(ty.to_token_stream(), generics, &mut uses);
    }
    uses
}

fn collect_uses(tokens: TokenStream, generics: &Generics, uses: &mut Vec<TokenStream>) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(name) if generics.type_params().any(|parameter| parameter.ident == name) => {
                let mut whole = name.to_token_stream();
                if tokens.peek().is_some_and(|next| matches!(next, TokenTree::Ident(word) if word == "as")) {
                    let projected = up_to_closing(&mut tokens);
                    whole = quote::quote!(<#whole #projected);
                }
                while tokens.peek().is_some_and(|next| is_sign(next, ':')) {
                    whole.extend(tokens.by_ref().take(3));
                    if let Some(open) = tokens.next_if(|next| is_sign(next, '<')) {
                        whole.extend([open]);
                        whole.extend(up_to_closing(&mut tokens));
                    }
                }
                if !uses.iter().any(|before| before.to_string() == whole.to_string()) {
                    uses.push(whole);
                }
            }
            TokenTree::Group(group) => collect_uses(group.stream(), generics, uses),
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// Returns the tokens after a `<`, up to the matching `>`.
fn up_to_closing(tokens: &mut impl Iterator<Item = TokenTree>) -> TokenStream {
    let (mut inside, mut open, mut is_arrow) = (TokenStream::new(), 1_usize, false);
    while open > 0 {
        let Some(token) = tokens.next() else { break };
        if is_sign(&token, '<') {
            open += 1;
        } else if is_sign(&token, '>') && !is_arrow {
            open -= 1;
        }
        is_arrow = is_sign(&token, '-');
        inside.extend([token]);
    }
    inside
}

/// Returns the lifetime and type parameters that no field type mentions.
pub(crate) fn unused_parameters(generics: &Generics, types: &[&Type]) -> TokenStream {
    if generics.params.is_empty() {
        return TokenStream::new();
    }
    let mut mentioned = Vec::new();
    for ty in types {
        collect_names(ty.to_token_stream(), &mut mentioned);
    }
    let unused = |name: &Ident| !mentioned.contains(&name.to_string());
    let lifetimes = generics.lifetimes().map(|parameter| &parameter.lifetime);
    let lifetimes =
        lifetimes.filter(|lifetime| unused(&lifetime.ident)).map(|lifetime| quote::quote!(&#lifetime (),));
    let types = generics.type_params().map(|parameter| &parameter.ident);
    let types = types.filter(|name| unused(name)).map(|name| quote::quote!(fn() -> #name,));
    lifetimes.chain(types).collect()
}

/// Returns the parameters that a type mentions.
pub(crate) fn mentioned<'g>(generics: &'g Generics, ty: &Type) -> Vec<&'g GenericParam> {
    let mut names = Vec::new();
    collect_names(ty.to_token_stream(), &mut names);
    let is_mentioned = |parameter: &&GenericParam| {
        let name = match parameter {
            GenericParam::Lifetime(parameter) => &parameter.lifetime.ident,
            GenericParam::Type(parameter) => &parameter.ident,
            GenericParam::Const(parameter) => &parameter.ident,
        };
        names.contains(&name.to_string())
    };
    generics.params.iter().filter(is_mentioned).collect()
}

fn collect_names(tokens: TokenStream, names: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(name) => names.push(name.to_string()),
            TokenTree::Group(group) => collect_names(group.stream(), names),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    #[test]
    fn uses_of_parameters_are_found() {
        let generics = parse_quote!(<'a, T, U: Kind>);
        let uses = |ty| -> Vec<String> {
            let uses = uses_of_parameters(&ty, &generics);
            uses.iter().map(|part| part.to_string().replace(' ', "")).collect()
        };
        assert_eq!(uses(parse_quote!(Vec<(T, [U::Item; 2], T)>)), ["T", "U::Item"]);
        assert_eq!(uses(parse_quote!(Cow<'a, str>)), [""; 0]);
        assert_eq!(
            uses(parse_quote!((<T as Tr<U, Vec<u8>>>::Out, Vec<T::Out<'a>>, Option<fn() -> T>))),
            ["<TasTr<U,Vec<u8>>>::Out", "T::Out<'a>", "T"]
        );
    }

    #[test]
    fn unused_parameters_are_found() {
        let generics = parse_quote!(<'a, 'b, T, U>);
        let unused = unused_parameters(&generics, &[&parse_quote!(Cow<'a, T>)]);
        assert_eq!(unused.to_string(), quote::quote!(&'b (), fn() -> U,).to_string());
    }
}
