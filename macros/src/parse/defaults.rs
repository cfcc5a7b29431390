//! Parses the settings that an endpoint, a resource or a client adds to each of its requests and responses.

use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Ident, LitStr, Result, Token};

use super::constants::{Constants, check_header_name};
use super::{Slot, value};
use crate::errors::Errors;

/// The advice for keys of other frameworks.
pub(super) const NO_AUTH: &str = "write `auth = none` for calls without credentials";
pub(super) const BASE_URL: &str = "the client has the URL: choose another host of the client with `host = \
                                   \"uploads\"`, or write `get = \"{url}\"` for a URL that is a field";

/// The keys that an endpoint, a resource and a client have in common. The innermost declaration of each key is used.
#[derive(Default)]
pub(crate) struct Defaults {
    pub(crate) constants: Constants,
    /// The header for the key that is generated for each call.
    pub(crate) idempotency_key: Slot<LitStr>,
    pub(crate) host: Slot<LitStr>,
    pub(crate) auth: Slot<Auth>,
    /// The path to the response inside of the body.
    pub(crate) envelope: Slot<LitStr>,
}

/// The value of `auth`.
pub(crate) enum Auth {
    None,
    Named(LitStr),
}

impl Defaults {
    /// Parses the rest of one of the keys.
    pub(super) fn read(
        &mut self,
        name: &str,
        key: &Ident,
        input: ParseStream<'_>,
        errors: &Errors,
    ) -> Result<()> {
        match name {
            "host" => self.host.set(key, host_name(key, input, errors)?, errors),
            "auth" => self.auth.set(key, Auth::read(key, input, errors)?, errors),
            "envelope" => self.envelope.set(key, envelope(key, input, errors)?, errors),
            "idempotency_key" => self.idempotency_key.set(key, header_name(key, input, errors)?, errors),
            _ => self.constants.read(name, key, input, errors)?,
        }
        Ok(())
    }
}

/// Parses the path to the response inside of the body.
fn envelope(key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<LitStr> {
    let wanted = "the name of the field that contains the response, as in `envelope = \"result\"` or `envelope = \
                  \"data.user\"`; write `\"\"` for no envelope";
    let path: LitStr = value(key, wanted, input, errors)?;
    let text = path.value();
    if text.starts_with('/') || text.starts_with("$.") {
        let meant = text.trim_start_matches(['/', '$', '.']).replace('/', ".");
        let message =
            format!("the path consists of names with dots between them: write `{key} = \"{meant}\"`");
        errors.at(path.span(), message);
        return Ok(LitStr::new(&meant, path.span()));
    }
    if !text.is_empty() && text.split('.').any(str::is_empty) {
        let message =
            "a name in the path is empty: write names with one dot between them, as in `\"data.user\"`";
        return Err(syn::Error::new(path.span(), message));
    }
    Ok(path)
}

/// Parses the header of an idempotency key.
fn header_name(key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<LitStr> {
    let wanted = "the name of the header, as in `idempotency_key = \"Idempotency-Key\"`";
    let header = value(key, wanted, input, errors)?;
    check_header_name(&header, "key", errors);
    Ok(header)
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
        let wanted = "`auth` takes `none`, or the name of additional credentials, as in `auth = \"admin\"`";
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
                    format!("the name must be in quotes: `auth = \"{name}\"`"),
                )),
            };
        }
        let name = input.parse::<LitStr>().map_err(|_| syn::Error::new(span, wanted))?;
        match name.value().as_str() {
            "" => Err(syn::Error::new(name.span(), wanted)),
            "none" => {
                errors.at(name.span(), "`none` in quotes is a name: write `auth = none`");
                Ok(Self::None)
            }
            _ => Ok(Self::Named(name)),
        }
    }
}
