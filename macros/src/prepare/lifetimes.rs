//! References without a lifetime, which rustc would report in the struct and in its builder.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Data, DeriveInput};

use crate::errors::Errors;

/// Reports each lifetime that a field leaves out, and puts one in its place.
pub(super) fn name_lifetimes(item: &mut DeriveInput, errors: &Errors) {
    let declared = item.generics.lifetimes().next().map(|parameter| parameter.lifetime.to_string());
    let name = declared.as_deref().unwrap_or("'a");
    let declare = match &declared {
        Some(_) => String::new(),
        None => format!(", and `struct {}<{name}>`", item.ident),
    };
    let Data::Struct(data) = &mut item.data else { return };
    for field in &mut data.fields {
        let mut left_out = Vec::new();
        let named = with_lifetimes(field.ty.to_token_stream(), &mut left_out);
        for (span, reference) in &left_out {
            let write = if *reference { format!("&{name} …") } else { name.to_owned() };
            errors.at(*span, format!("a field names its lifetimes: write `{write}`{declare}"));
        }
        if !left_out.is_empty()
            && let Ok(named) = syn::parse2(named)
        {
            field.ty = named;
        }
    }
}

/// The type with `'static` for what is left out, and where that is; whether there, it is behind a `&`.
///
/// What a function takes and gives has lifetimes of its own, and may leave them out.
fn with_lifetimes(ty: TokenStream, left_out: &mut Vec<(Span, bool)>) -> TokenStream {
    let is_function = |token: &TokenTree| matches!(token, TokenTree::Ident(word) if is_one_of(word, &["fn", "Fn", "FnMut", "FnOnce"]));
    if ty.clone().into_iter().any(|token| is_function(&token)) {
        return ty;
    }
    let mut tokens = ty.into_iter().peekable();
    let mut named = TokenStream::new();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(sign) if sign.as_char() == '&' => {
                sign.to_tokens(&mut named);
                if !matches!(tokens.peek(), Some(TokenTree::Punct(next)) if next.as_char() == '\'') {
                    left_out.push((sign.span(), true));
                    named.extend(quote!('static));
                }
            }
            TokenTree::Punct(mark) if mark.as_char() == '\'' => {
                if let Some(TokenTree::Ident(lifetime)) = tokens.next_if(is_underscore) {
                    left_out.push((lifetime.span(), false));
                    named.extend(quote!('static));
                } else {
                    mark.to_tokens(&mut named);
                }
            }
            TokenTree::Group(group) if group.delimiter() != Delimiter::Brace => {
                let mut walked = Group::new(group.delimiter(), with_lifetimes(group.stream(), left_out));
                walked.set_span(group.span());
                walked.to_tokens(&mut named);
            }
            token => token.to_tokens(&mut named),
        }
    }
    named
}

fn is_one_of(word: &Ident, words: &[&str]) -> bool {
    words.iter().any(|one| word == one)
}

fn is_underscore(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Ident(lifetime) if lifetime == "_")
}
