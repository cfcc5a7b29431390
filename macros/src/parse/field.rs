//! `#[endpoint(…)]`, `#[object(…)]` and `#[response(…)]` on a field.

use proc_macro2::Span;
use syn::parse::ParseStream;
use syn::{Attribute, Ident, LitStr, Meta, Result};

use super::{Slot, Vocabulary, flag, keys, value};
use crate::errors::Errors;
use crate::suggest::listed;

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

/// What one macro reads on a field.
pub(crate) struct FieldKeys {
    /// The name of the macro, and so of the attribute.
    pub(crate) owner: &'static str,
    vocabulary: Vocabulary,
}

const BY_TYPE: &str = "a field is optional when its type is an `Option`, and required otherwise";
const BY_SERDE: &str = "that is serde's to say, as in `#[serde(rename = \"type\")]`";
const DEFAULTED: &str = "what has a default is an `Option` here, left out when unset";

pub(crate) const ENDPOINT: FieldKeys = FieldKeys {
    owner: "endpoint",
    vocabulary: Vocabulary {
        owner: "a field",
        keys: &["path", "query", "body", "header", "secret"],
        example: "secret",
        synonyms: &[],
        advice: &[
            ("optional", BY_TYPE),
            ("required", BY_TYPE),
            ("default", DEFAULTED),
            ("rename", BY_SERDE),
            ("with", BY_SERDE),
            ("serialize_with", BY_SERDE),
            ("flatten", BY_SERDE),
        ],
    },
};

pub(crate) const OBJECT: FieldKeys = FieldKeys {
    owner: "object",
    vocabulary: Vocabulary {
        owner: "a field of an object",
        keys: &["secret"],
        example: "secret",
        synonyms: &[],
        advice: &[("optional", BY_TYPE), ("required", BY_TYPE), ("default", DEFAULTED), ("rename", BY_SERDE)],
    },
};

pub(crate) const RESPONSE: FieldKeys = FieldKeys {
    owner: "response",
    vocabulary: Vocabulary {
        owner: "a field of an answer",
        keys: &["required", "lenient"],
        example: "required",
        synonyms: &[],
        advice: &[
            ("secret", "give the field the type `Secret`, which no `Debug` shows"),
            ("optional", "that is what a field of an answer is, unless it says `required`"),
            ("default", "that is what a missing member is, unless the field says `required`"),
            ("rename", BY_SERDE),
        ],
    },
};

impl FieldAttributes {
    /// Reads every attribute of `keys.owner` on a field.
    pub(crate) fn read(attributes: &[Attribute], field: &FieldKeys, errors: &Errors) -> Self {
        let mut read = Self::default();
        for attribute in attributes {
            match crate::prepare::ours(attribute) {
                Some(owner) if owner == field.owner => read.attribute(attribute, field, errors),
                Some(other) => {
                    let FieldKeys { owner, vocabulary } = field;
                    let keys = listed(vocabulary.keys);
                    let message =
                        format!("`#[{other}]` on a field of `#[{owner}]`: write `#[{owner}(…)]` with {keys}");
                    errors.over(attribute.path(), message);
                }
                None => {}
            }
        }
        read
    }

    fn attribute(&mut self, attribute: &Attribute, field: &FieldKeys, errors: &Errors) {
        match &attribute.meta {
            Meta::List(list) if !list.tokens.is_empty() => {
                let read =
                    |name: &str, key: &Ident, input: ParseStream<'_>| self.key(name, key, input, errors);
                keys(list.tokens.clone(), &field.vocabulary, errors, read);
            }
            _ => {
                let FieldKeys { owner, vocabulary } = field;
                let keys = listed(vocabulary.keys);
                errors.over(attribute, format!("this says nothing: write `#[{owner}(…)]` with {keys} in it"));
            }
        }
    }

    fn key(&mut self, name: &str, key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<()> {
        match name {
            "path" => self.places.push((key.span(), flag(key, input).map(|()| Marked::Path)?)),
            "query" => self.places.push((key.span(), flag(key, input).map(|()| Marked::Query)?)),
            "body" => self.places.push((key.span(), flag(key, input).map(|()| Marked::Body)?)),
            "header" => {
                let wanted = "the header's name, as in `header = \"x-request-id\"`";
                self.places.push((key.span(), Marked::Header(value(key, wanted, input, errors)?)));
            }
            "required" => self.required.set(key, flag(key, input)?, errors),
            "lenient" => self.lenient.set(key, flag(key, input)?, errors),
            _ => self.secret.set(key, flag(key, input)?, errors),
        }
        Ok(())
    }
}
