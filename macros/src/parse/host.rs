//! Parses `host("name" = "https://…")` on a client: an additional host.

use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr, Result, Token, parenthesized, token};

use super::skip_to_comma;
use crate::errors::Errors;

/// An additional host of a client.
pub(crate) struct Host {
    pub(crate) name: LitStr,
    pub(crate) url: LitStr,
    /// Whether the client's credentials are sent to it.
    pub(crate) auth: bool,
}

impl Host {
    /// Parses the rest of `host` on a client.
    pub(super) fn read(key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<Self> {
        let wanted = "`host` declares an additional host, as in `host(\"uploads\" = \
                      \"https://uploads.example.com\")`; the URL of the client itself is `base_url = \"https://…\"`";
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
            // The rest was meant differently too, so it is skipped.
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

    /// Parses the `, auth` after the URL.
    fn flag(input: ParseStream<'_>) -> Result<bool> {
        let wanted = "write `, auth` after the URL if the host gets the client's credentials, and write a separate \
                      `host(…)` for each host";
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

/// Other schemes are reported when the client is built. A URL without a scheme is probably a typing mistake.
pub(super) fn check_url(url: &LitStr, errors: &Errors) {
    if !["https://", "http://"].iter().any(|scheme| url.value().starts_with(scheme)) {
        errors.at(url.span(), "a base URL must begin with `https://`");
    }
}
