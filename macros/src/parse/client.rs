//! Parses the arguments of `#[client(…)]`.

use proc_macro2::TokenStream;
use syn::parse::ParseStream;
use syn::{Ident, LitStr, Path, Result, Type};

use super::arguments::renamed;
use super::constants::{ACCEPT, CONTENT_TYPE};
use super::defaults::Defaults;
use super::host::{Host, check_url};
use super::vocabulary::OF_AN_ENDPOINT;
use super::{Slot, Vocabulary, keys, value};
use crate::errors::Errors;

pub(super) const CLIENT: Vocabulary = Vocabulary {
    owner: "`#[client]`",
    keys: &[
        "base_url",
        "header",
        "query",
        "body",
        "user_agent",
        "error",
        "idempotency_key",
        "host",
        "envelope",
        "crate",
    ],
    example: "base_url = \"https://api.example.com\"",
    synonyms: &[
        ("url", "base_url"),
        ("base", "base_url"),
        ("hosts", "host"),
        ("server", "host"),
        ("headers", "header"),
        ("params", "query"),
        ("agent", "user_agent"),
        ("wrapper", "envelope"),
        ("wrapped", "envelope"),
        ("unwrap", "envelope"),
    ],
    advice: &[
        ("timeout", "the program sets it on the builder: `.timeout(…)`"),
        ("retries", "the program sets them on the builder: `.retries(…)`"),
        ("bearer_auth", "the program sets credentials on the builder: `.bearer_auth(…)`"),
        ("basic_auth", "the program sets credentials on the builder: `.basic_auth(…, …)`"),
        ("page", OF_AN_ENDPOINT),
        ("pagination", OF_AN_ENDPOINT),
        ("none", OF_AN_ENDPOINT),
        ("response", OF_AN_ENDPOINT),
        ("content_type", CONTENT_TYPE),
        ("accept", ACCEPT),
        ("auth", "the program sets credentials on the builder: `.bearer_auth(…)` or `.basic_auth(…, …)`"),
    ],
};

/// The arguments of `#[client(…)]`.
#[derive(Default)]
pub(crate) struct ClientArguments {
    pub(crate) base_url: Slot<LitStr>,
    pub(crate) hosts: Vec<Host>,
    pub(crate) defaults: Defaults,
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
                check_url(&url, errors);
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
            "host" => self.hosts.push(Host::read(key, input, errors)?),
            "crate" => self.runtime.set(key, renamed(key, input, errors)?, errors),
            _ => self.defaults.read(name, key, input, errors)?,
        }
        Ok(())
    }
}
