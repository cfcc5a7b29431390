//! Parses the arguments of `#[resource(…)]`.

use proc_macro2::TokenStream;
use syn::{Ident, Path};

use super::arguments::{On, method_name, renamed};
use super::constants::{ACCEPT, CONTENT_TYPE};
use super::defaults::{self, Defaults};
use super::vocabulary::OF_AN_ENDPOINT;
use super::{Slot, Vocabulary, keys};
use crate::errors::Errors;

pub(super) const RESOURCE: Vocabulary = Vocabulary {
    owner: "`#[resource]`",
    keys: &["on", "name", "header", "query", "body", "idempotency_key", "host", "auth", "envelope", "crate"],
    example: "on = Users",
    synonyms: &[
        ("headers", "header"),
        ("params", "query"),
        ("credentials", "auth"),
        ("security", "auth"),
        ("server", "host"),
        ("wrapper", "envelope"),
        ("wrapped", "envelope"),
        ("unwrap", "envelope"),
    ],
    advice: &[
        ("path", "a resource has no path: write the whole path on each endpoint"),
        ("timeout", OF_AN_ENDPOINT),
        ("response", OF_AN_ENDPOINT),
        ("none", OF_AN_ENDPOINT),
        ("page", OF_AN_ENDPOINT),
        ("paginate", OF_AN_ENDPOINT),
        ("pagination", OF_AN_ENDPOINT),
        ("base_url", defaults::BASE_URL),
        ("no_auth", defaults::NO_AUTH),
        ("public", defaults::NO_AUTH),
        ("content_type", CONTENT_TYPE),
        ("accept", ACCEPT),
    ],
};

/// The arguments of `#[resource(…)]`.
#[derive(Default)]
pub(crate) struct ResourceArguments {
    pub(crate) on: Slot<On>,
    pub(crate) name: Slot<Ident>,
    pub(crate) defaults: Defaults,
    pub(crate) runtime: Slot<Path>,
}

impl ResourceArguments {
    pub(crate) fn read(tokens: TokenStream, errors: &Errors) -> Self {
        let mut read = Self::default();
        keys(tokens, &RESOURCE, errors, |name, key, input| {
            match name {
                "on" => {
                    let on = On::read(key, input, errors)?;
                    read.on.set(key, on, errors);
                }
                "name" => read.name.set(key, method_name(key, input, errors)?, errors),
                "crate" => read.runtime.set(key, renamed(key, input, errors)?, errors),
                _ => read.defaults.read(name, key, input, errors)?,
            }
            Ok(())
        });
        read
    }
}
