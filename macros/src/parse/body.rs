//! Parses `body = Format` on an endpoint: the format of the body.

use proc_macro2::{Group, TokenTree};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::parse::discouraged::Speculative;
use syn::{Ident, LitStr, Result, Token, Type, parse_quote, token};

use super::value;
use crate::errors::Errors;
use crate::types::is_sign;

/// Words and media types that mean a format, with the type to write. Without a type, it is JSON.
const MEANT: [(&[&str], Option<&str>); 7] = [
    (&["json", "application/json"], None),
    (&["form", "urlencoded", "form_urlencoded", "application/x-www-form-urlencoded"], Some("Form")),
    (&["multipart", "form_data", "form-data", "multipart/form-data"], Some("Multipart")),
    (&["related", "multipart/related"], Some("MultipartRelated")),
    (&["bytes", "raw", "binary", "application/octet-stream"], Some("Bytes")),
    (&["text", "text/plain"], Some("Text")),
    (
        &["lines", "ndjson", "jsonl", "json_lines", "application/x-ndjson", "application/jsonl"],
        Some("JsonLines"),
    ),
];

/// Returns whether a format follows `body`, and not constants.
pub(super) fn is_format(input: ParseStream<'_>) -> bool {
    let is_path = |group: Group| {
        let is_constant = |token: TokenTree| matches!(token, TokenTree::Literal(_)) || is_sign(&token, '=');
        !group.stream().is_empty() && !group.stream().into_iter().any(is_constant)
    };
    !input.peek(token::Paren) || input.fork().parse().is_ok_and(is_path)
}

/// Parses the format after `body`. A word that means a format is accepted too, so that one mistake causes one error.
pub(super) fn format(key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<Type> {
    const WANTED: &str = "the format of the body, which is a type, as in `body = Form`";
    if !input.peek(Token![=]) {
        let message = "`body` takes the format of the body, as in `body = Form`, or a constant, as in `body(\"stream\" = true)`";
        return Err(syn::Error::new(key.span(), message));
    }
    let ahead = input.fork();
    ahead.parse::<Token![=]>()?;
    let (text, span, is_type) = if ahead.peek(LitStr) {
        let literal: LitStr = ahead.parse()?;
        (literal.value(), literal.span(), false)
    } else if ahead.peek(Ident::peek_any) && !ahead.peek2(Token![::]) && !ahead.peek2(Token![<]) {
        let word = ahead.call(Ident::parse_any)?;
        (word.unraw().to_string(), word.span(), true)
    } else {
        return value(key, WANTED, input, errors);
    };
    // A type with such a name may be the user's own. Only `Json` is always treated as the default format.
    let meant = MEANT
        .iter()
        .find(|(words, _)| words.contains(&&*text) || is_type && text == "Json" && words[0] == "json");
    let message = match meant {
        Some((_, Some(format))) => format!("the format is a type: write `{key} = {format}`"),
        Some((_, None)) => format!("JSON needs no key: remove `{key}`"),
        None if text.contains('/') => format!(
            "`{key}` takes {WANTED}; a media type alone is a header: write `header(\"content-type\" = \"{text}\")`"
        ),
        None => return value(key, WANTED, input, errors),
    };
    input.advance_to(&ahead);
    errors.at(span, message);
    Ok(parse_quote!(__p::Json))
}
