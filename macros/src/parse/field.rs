//! `#[endpoint(…)]`, `#[object(…)]` and `#[response(…)]` on a field.

use proc_macro2::Span;
use syn::{Attribute, Ident, LitStr, Meta, Result};

use super::{Slot, flag, keys, value};
use crate::errors::Errors;
use crate::suggest::{hint, listed};

/// Where a field goes, as its attribute says it.
#[derive(Clone)]
pub(crate) enum Marked {
    Path,
    Query,
    Body,
    Header(LitStr),
}

/// What the field attributes of one of our macros say.
#[derive(Default)]
pub(crate) struct FieldAttributes {
    /// Every place that was given: more than one is a mistake.
    pub(crate) places: Vec<(Span, Marked)>,
    pub(crate) secret: Slot<()>,
    pub(crate) required: Slot<()>,
    pub(crate) lenient: Slot<()>,
}

/// The keys that `#[endpoint(…)]` takes on a field.
pub(crate) const ENDPOINT: &[&str] = &["path", "query", "body", "header", "secret"];
/// The keys that `#[object(…)]` takes on a field.
pub(crate) const OBJECT: &[&str] = &["secret"];
/// The keys that `#[response(…)]` takes on a field.
pub(crate) const RESPONSE: &[&str] = &["required", "lenient"];

impl FieldAttributes {
    /// Reads every `#[owner(…)]` on a field; `known` are the keys that `owner` takes.
    pub(crate) fn read(attributes: &[Attribute], owner: &str, known: &[&str], errors: &Errors) -> Self {
        let mut read = Self::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident(owner)) {
            match &attribute.meta {
                Meta::List(list) => keys(list.tokens.clone(), errors, |key, input| {
                    if !known.contains(&key.to_string().as_str()) {
                        return Err(unknown_key(key, known));
                    }
                    read.key(key, input, errors)
                }),
                Meta::Path(_) | Meta::NameValue(_) => {
                    errors.over(
                        attribute,
                        format!("write `#[{owner}(…)]` with one of {} in it", listed(known)),
                    );
                }
            }
        }
        read
    }

    fn key(&mut self, key: &Ident, input: syn::parse::ParseStream<'_>, errors: &Errors) -> Result<()> {
        match key.to_string().as_str() {
            "path" => self.places.push((key.span(), flag(key, input).map(|()| Marked::Path)?)),
            "query" => self.places.push((key.span(), flag(key, input).map(|()| Marked::Query)?)),
            "body" => self.places.push((key.span(), flag(key, input).map(|()| Marked::Body)?)),
            "header" => {
                let name = value(key, "the header's name, as in `header = \"x-request-id\"`", input)?;
                self.places.push((key.span(), Marked::Header(name)));
            }
            "required" => self.required.set(key, flag(key, input)?, errors),
            "lenient" => self.lenient.set(key, flag(key, input)?, errors),
            _ => self.secret.set(key, flag(key, input)?, errors),
        }
        Ok(())
    }
}

fn unknown_key(key: &Ident, known: &[&str]) -> syn::Error {
    let name = key.to_string();
    let hint = hint(&name, known.iter().copied(), format!(": a field takes {}", listed(known)));
    syn::Error::new(key.span(), format!("unknown key `{name}`{hint}"))
}
