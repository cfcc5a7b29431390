//! References without a lifetime, which rustc would report in the struct and in its builder.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Data, DeriveInput};

use crate::errors::Errors;
use crate::types::is_plain;

/// Reports each lifetime that a field leaves out, and puts one in its place.
pub(super) fn name_lifetimes(item: &mut DeriveInput, errors: &Errors) {
    let declared = item.generics.lifetimes().next().map(|parameter| parameter.lifetime.to_string());
    let name = declared.as_deref().unwrap_or("'a");
    let declare = match &declared {
        Some(_) => String::new(),
        None => format!(", and `struct {}<{name}>`", item.ident),
    };
    let Data::Struct(data) = &mut item.data else { return };
    for field in data.fields.iter_mut().filter(|field| !is_plain(&field.ty)) {
        let mut left_out = Vec::new();
        let named = with_lifetimes(field.ty.to_token_stream(), &mut left_out);
        for (span, before) in &left_out {
            let write = match before {
                Before::Reference => format!("&{name} …"),
                Before::Nothing => name.to_owned(),
                Before::Cow => format!("Cow<{name}, …>"),
            };
            errors.at(*span, format!("a field names its lifetimes: write `{write}`{declare}"));
        }
        if left_out.is_empty() {
            continue;
        }
        if let Ok(named) = syn::parse2(named) {
            field.ty = named;
        }
    }
}

/// What stands before a lifetime.
enum Before {
    Reference,
    Cow,
    Nothing,
}

/// The type with `'static` for what is left out, and where that is.
///
/// What a function takes and gives has lifetimes of its own, and may leave them out; what stands behind the `;` of an
/// array, or in a macro, is no type.
fn with_lifetimes(ty: TokenStream, left_out: &mut Vec<(Span, Before)>) -> TokenStream {
    let is_function =
        |token| matches!(token, TokenTree::Ident(word) if FUNCTIONS.iter().any(|one| word == one));
    if ty.clone().into_iter().any(is_function) {
        return ty;
    }
    let (mut named, mut tokens) = (TokenStream::new(), ty.into_iter().peekable());
    while let Some(token) = tokens.next() {
        if is_sign(&token, ';') {
            token.to_tokens(&mut named);
            named.extend(tokens);
            return named;
        }
        if is_sign(&token, '!') {
            token.to_tokens(&mut named);
            named.extend(tokens.next());
            continue;
        }
        match token {
            TokenTree::Group(group) if group.delimiter() != Delimiter::Brace => {
                let mut walked = Group::new(group.delimiter(), with_lifetimes(group.stream(), left_out));
                walked.set_span(group.span());
                walked.to_tokens(&mut named);
                continue;
            }
            _ => token.to_tokens(&mut named),
        }
        match token {
            TokenTree::Punct(sign)
                if sign.as_char() == '&' && !tokens.peek().is_some_and(|next| is_sign(next, '\'')) =>
            {
                left_out.push((sign.span(), Before::Reference));
                named.extend(quote!('static));
            }
            TokenTree::Punct(mark) if mark.as_char() == '\'' => {
                if let Some(lifetime) = tokens.next_if(is_underscore) {
                    left_out.push((lifetime.span(), Before::Nothing));
                    named.extend([TokenTree::Ident(Ident::new("static", lifetime.span()))]);
                }
            }
            TokenTree::Ident(cow) if cow == "Cow" => {
                named.extend(tokens.next_if(|next| is_sign(next, '<')));
                if tokens.peek().is_some_and(is_unsized) {
                    left_out.push((cow.span(), Before::Cow));
                    named.extend(quote!('static,));
                }
            }
            _ => {}
        }
    }
    named
}

const FUNCTIONS: [&str; 4] = ["fn", "Fn", "FnMut", "FnOnce"];

fn is_sign(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

/// A text or a list as `Cow` borrows it; anything else may be the parameter of somebody's own `Cow`.
fn is_unsized(token: &TokenTree) -> bool {
    match token {
        TokenTree::Ident(name) => name == "str",
        TokenTree::Group(list) => list.delimiter() == Delimiter::Bracket,
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    }
}

fn is_underscore(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Ident(lifetime) if lifetime == "_")
}
