//! The arguments of `#[client(…)]`.

use proc_macro2::TokenStream;
use syn::parse::ParseStream;
use syn::{Ident, LitStr, Path, Result, Token, Type, parenthesized};

use super::arguments::renamed;
use super::{Slot, Vocabulary, keys, value};
use crate::errors::Errors;

const CLIENT: Vocabulary = Vocabulary {
    owner: "`#[client]`",
    keys: &["base_url", "header", "user_agent", "error", "crate"],
    example: "base_url = \"https://api.example.com\"",
    synonyms: &[
        ("url", "base_url"),
        ("base", "base_url"),
        ("host", "base_url"),
        ("headers", "header"),
        ("agent", "user_agent"),
    ],
    advice: &[
        ("timeout", "the program sets it on the builder: `.timeout(…)`"),
        ("bearer_auth", "the program sets credentials on the builder: `.bearer_auth(…)`"),
        ("basic_auth", "the program sets credentials on the builder: `.basic_auth(…, …)`"),
        ("auth", "the program sets credentials on the builder: `.bearer_auth(…)` or `.basic_auth(…, …)`"),
    ],
};

/// What `#[client(…)]` says.
#[derive(Default)]
pub(crate) struct ClientArguments {
    pub(crate) base_url: Slot<LitStr>,
    pub(crate) headers: Vec<(LitStr, LitStr)>,
    pub(crate) user_agent: Slot<LitStr>,
    pub(crate) error: Slot<Type>,
    pub(crate) runtime: Slot<Path>,
}

impl ClientArguments {
    pub(crate) fn read(tokens: TokenStream, errors: &Errors) -> Self {
        let mut read = Self::default();
        keys(tokens, &CLIENT, errors, |name, key, input| read.key(name, key, input, errors));
        read
    }

    fn key(&mut self, name: &str, key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<()> {
        match name {
            "base_url" => {
                let wanted = "the URL as a string, as in `base_url = \"https://api.example.com\"`";
                let url: LitStr = value(key, wanted, input, errors)?;
                if !["https://", "http://"].iter().any(|scheme| url.value().starts_with(scheme)) {
                    errors.at(url.span(), "a base URL begins with `https://`");
                }
                self.base_url.set(key, url, errors);
            }
            "user_agent" => {
                let wanted = "name and version as a string, as in `user_agent = \"github-client/1.0\"`";
                self.user_agent.set(key, value(key, wanted, input, errors)?, errors);
            }
            "error" => {
                let wanted = "the type of the API's error responses, as in `error = GithubError`";
                self.error.set(key, value(key, wanted, input, errors)?, errors);
            }
            "header" => {
                let header = header(key, input)?;
                check_header(&header, errors);
                self.headers.push(header);
            }
            _ => self.runtime.set(key, renamed(key, input, errors)?, errors),
        }
        Ok(())
    }
}

/// The `("name" = "value")` behind `header`.
fn header(key: &Ident, input: ParseStream<'_>) -> Result<(LitStr, LitStr)> {
    let wanted = "`header` takes a name and a value, as in `header(\"accept\" = \"application/json\")`";
    if !input.peek(syn::token::Paren) {
        return Err(syn::Error::new(key.span(), wanted));
    }
    let content;
    parenthesized!(content in input);
    let pair = content.parse().and_then(|name| {
        content.parse::<Token![=]>()?;
        Ok((name, content.parse()?))
    });
    pair.map_err(|error: syn::Error| syn::Error::new(error.span(), wanted))
}

/// A header that HTTP cannot spell would only be found when a client is built.
fn check_header((name, value): &(LitStr, LitStr), errors: &Errors) {
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let text = name.value();
    if text.is_empty() || !text.bytes().all(legal) {
        errors
            .at(name.span(), "not a header name: write letters, digits and dashes, as in `\"x-request-id\"`");
    }
    if value.value().chars().any(|character| character.is_control() || !character.is_ascii()) {
        errors.at(value.span(), "a header value is printable ASCII");
    }
}
