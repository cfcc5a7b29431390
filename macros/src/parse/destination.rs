//! `host = "name"`, `auth = …` and `envelope = "name"` on an endpoint or a resource, and `host("name" = "https://…")` on a
//! client.

use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr, Result, Token, parenthesized, token};

use super::{Slot, skip_to_comma, value};
use crate::errors::Errors;

/// What to write instead of a key of another framework, in vocabularies.
pub(super) const NO_AUTH: &str = "write `auth = none` for calls without credentials";
pub(super) const BASE_URL: &str = "the client has it: name a further host of the client with `host = \"uploads\"`, or \
     write `get = \"{url}\"` for a URL that is a field";

/// Where the requests of an endpoint or a resource go, with which credentials, and what their responses are inside of.
#[derive(Default)]
pub(crate) struct Destination {
    pub(crate) host: Slot<LitStr>,
    pub(crate) auth: Slot<Auth>,
    pub(crate) envelope: Slot<LitStr>,
}

/// The value of `auth`.
pub(crate) enum Auth {
    None,
    Named(LitStr),
}

/// A further host of a client.
pub(crate) struct Host {
    pub(crate) name: LitStr,
    pub(crate) url: LitStr,
    /// Whether it gets credentials.
    pub(crate) auth: bool,
}

impl Destination {
    /// Reads what follows `host`, `auth` or `envelope`.
    pub(crate) fn read(
        &mut self,
        name: &str,
        key: &Ident,
        input: ParseStream<'_>,
        errors: &Errors,
    ) -> Result<()> {
        match name {
            "host" => self.host.set(key, host_name(key, input, errors)?, errors),
            "auth" => self.auth.set(key, Auth::read(key, input, errors)?, errors),
            _ => self.envelope.set(key, envelope(key, input, errors)?, errors),
        }
        Ok(())
    }
}

/// The path to what a response is inside of.
pub(super) fn envelope(key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<LitStr> {
    let wanted = "the name of the field that a response is inside of, as in `envelope = \"result\"` or \
                  `envelope = \"data.user\"`; `\"\"` is for none";
    let path: LitStr = value(key, wanted, input, errors)?;
    let text = path.value();
    if text.starts_with('/') || text.starts_with("$.") {
        let meant = text.trim_start_matches(['/', '$', '.']).replace('/', ".");
        let message = format!("this is a path of names with dots between them: write `{key} = \"{meant}\"`");
        errors.at(path.span(), message);
        return Ok(LitStr::new(&meant, path.span()));
    }
    if !text.is_empty() && text.split('.').any(str::is_empty) {
        let message =
            "a name between the dots is empty: write names with one dot between them, as in `\"data.user\"`";
        return Err(syn::Error::new(path.span(), message));
    }
    Ok(path)
}

fn host_name(key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<LitStr> {
    let wanted = "`host` takes the name of a host that the client declares, as in `host = \"uploads\"`";
    if !input.peek(Token![=]) {
        return Err(syn::Error::new(key.span(), wanted));
    }
    input.parse::<Token![=]>()?;
    let span = if input.is_empty() { key.span() } else { input.span() };
    let name = input.parse::<LitStr>().map_err(|_| syn::Error::new(span, wanted))?;
    let text = name.value();
    if text.contains("://") {
        let message = "`host` takes a name: declare `host(\"name\" = \"https://…\")` on the client, and write \
                       `host = \"name\"` here";
        errors.at(name.span(), message);
    } else if text.is_empty() {
        errors.at(name.span(), wanted);
    }
    Ok(name)
}

impl Auth {
    fn read(key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<Self> {
        let wanted = "`auth` takes `none`, or the name of further credentials, as in `auth = \"admin\"`";
        if !input.peek(Token![=]) {
            return Err(syn::Error::new(key.span(), wanted));
        }
        input.parse::<Token![=]>()?;
        let span = if input.is_empty() { key.span() } else { input.span() };
        if input.peek(Ident::peek_any) {
            let word = input.call(Ident::parse_any)?;
            return match word.unraw().to_string().as_str() {
                "none" => Ok(Self::None),
                "None" | "false" | "no" | "off" => {
                    errors.at(word.span(), "write `auth = none`");
                    Ok(Self::None)
                }
                name => Err(syn::Error::new(
                    word.span(),
                    format!("a name is written in quotes: `auth = \"{name}\"`"),
                )),
            };
        }
        let name = input.parse::<LitStr>().map_err(|_| syn::Error::new(span, wanted))?;
        match name.value().as_str() {
            "" => Err(syn::Error::new(name.span(), wanted)),
            "none" => {
                errors.at(name.span(), "in quotes, this is a name: write `auth = none`");
                Ok(Self::None)
            }
            _ => Ok(Self::Named(name)),
        }
    }
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
