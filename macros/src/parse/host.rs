//! `host("name" = "https://…")` on a client: a further host.

use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr, Result, Token, parenthesized, token};

use super::skip_to_comma;
use crate::errors::Errors;

/// A further host of a client.
pub(crate) struct Host {
    pub(crate) name: LitStr,
    pub(crate) url: LitStr,
    /// Whether it gets credentials.
    pub(crate) auth: bool,
}

impl Host {
    /// Reads what follows `host` on a client.
    pub(super) fn read(key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<Self> {
        let wanted = "`host` declares a further host, as in `host(\"uploads\" = \"https://uploads.example.com\")`; the URL \
                      of the client itself is `base_url = \"https://…\"`";
        if !input.peek(token::Paren) {
            return Err(syn::Error::new(key.span(), wanted));
        }
        let content;
        parenthesized!(content in input);
        let pair = content.parse::<LitStr>().and_then(|name| {
            content.parse::<Token![=]>()?;
            Ok((name, content.parse::<LitStr>()?))
        });
        let (name, url) = pair.map_err(|error| {
            // What follows was meant in another way, too.
            let _ = skip_all(&content);
            syn::Error::new(error.span(), wanted)
        })?;
        if name.value().is_empty() {
            errors.at(name.span(), "this name is empty");
        }
        check_url(&url, errors);
        let auth = match Self::flag(&content) {
            Ok(auth) => auth,
            Err(error) => {
                errors.push(error);
                skip_all(&content)?;
                false
            }
        };
        Ok(Self { name, url, auth })
    }

    /// The `, auth` behind the URL.
    fn flag(input: ParseStream<'_>) -> Result<bool> {
        let wanted = "a host is followed by `, auth` if it gets the client's credentials, and by nothing otherwise; \
                      each has a `host(…)` of its own";
        if input.is_empty() {
            return Ok(false);
        }
        let span = input.span();
        let complain = |_| syn::Error::new(span, wanted);
        input.parse::<Token![,]>().map_err(complain)?;
        if input.is_empty() {
            return Ok(false);
        }
        let word = Ident::parse(input).map_err(|error| syn::Error::new(error.span(), wanted))?;
        input.parse::<Option<Token![,]>>()?;
        if word != "auth" || !input.is_empty() {
            return Err(syn::Error::new(word.span(), wanted));
        }
        Ok(true)
    }
}

fn skip_all(input: ParseStream<'_>) -> Result<()> {
    while !input.is_empty() {
        skip_to_comma(input)?;
        input.parse::<Option<Token![,]>>()?;
    }
    Ok(())
}

/// Other schemes are found when the client is built; a URL without one is a slip.
pub(super) fn check_url(url: &LitStr, errors: &Errors) {
    if !["https://", "http://"].iter().any(|scheme| url.value().starts_with(scheme)) {
        errors.at(url.span(), "a base URL begins with `https://`");
    }
}
