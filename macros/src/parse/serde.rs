//! Parses the serde attributes that change how a request is written.

use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Error, ExprPath, Ident, LitStr, Meta, Result, Token};

use super::{Slot, Vocabulary, flag, keys, skip_to_comma, value};
use crate::errors::Errors;
use crate::suggest::{hint, listed};

/// How a `rename_all` converts a Rust name to a wire name.
#[derive(Clone, Copy)]
pub(crate) enum Case {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

const CASES: [(&str, Case); 8] = [
    ("lowercase", Case::Lower),
    ("UPPERCASE", Case::Upper),
    ("PascalCase", Case::Pascal),
    ("camelCase", Case::Camel),
    ("snake_case", Case::Snake),
    ("SCREAMING_SNAKE_CASE", Case::ScreamingSnake),
    ("kebab-case", Case::Kebab),
    ("SCREAMING-KEBAB-CASE", Case::ScreamingKebab),
];

impl Case {
    pub(super) fn read(literal: &LitStr) -> Result<Self> {
        let given = literal.value();
        let known = CASES.iter().find(|(name, _)| *name == given).map(|(_, case)| *case);
        known.ok_or_else(|| {
            let names = CASES.map(|(name, _)| name);
            let hint = hint(&given, names, format!(": write {}", listed(&names)));
            Error::new(literal.span(), format!("serde has no case `{given}`{hint}"))
        })
    }

    /// Returns the wire name of a field with the Rust name `field`. Like serde, it does not change characters other
    /// than ASCII.
    pub(crate) fn apply(self, field: &str) -> String {
        let pascal = || -> String { field.split('_').map(capitalised).collect() };
        match self {
            Self::Lower | Self::Snake => field.to_owned(),
            Self::Upper | Self::ScreamingSnake => field.to_ascii_uppercase(),
            Self::Pascal => pascal(),
            Self::Camel => with_first(&pascal(), char::to_ascii_lowercase),
            Self::Kebab => field.replace('_', "-"),
            Self::ScreamingKebab => field.to_ascii_uppercase().replace('_', "-"),
        }
    }
}

fn capitalised(word: &str) -> String {
    with_first(word, char::to_ascii_uppercase)
}

fn with_first(word: &str, change: fn(&char) -> char) -> String {
    let mut characters = word.chars();
    characters.next().map(|first| change(&first)).into_iter().chain(characters).collect()
}

/// Whether requests are also read, and not only written.
const READING: bool = cfg!(feature = "arguments");

/// The serde attributes of one field.
#[derive(Default)]
pub(crate) struct SerdeField {
    pub(crate) rename: Slot<String>,
    /// A function `fn(&T, S) -> Result<S::Ok, S::Error>`, from `with` or `serialize_with`.
    pub(crate) serialize_with: Slot<ExprPath>,
    /// A function `fn(D) -> Result<T, D::Error>`, from `deserialize_with`.
    pub(crate) deserialize_with: Slot<ExprPath>,
    /// The module, or the type, of `with`.
    pub(crate) with: Slot<ExprPath>,
    pub(crate) skip_if: Slot<ExprPath>,
    pub(crate) flatten: Slot<()>,
    pub(crate) skip: Slot<()>,
}

pub(super) const FIELD: Vocabulary = Vocabulary {
    owner: "serde on a field of a request",
    keys: &[
        "rename",
        "with",
        "serialize_with",
        "skip_serializing_if",
        "flatten",
        "skip",
        "skip_serializing",
        // The other keys are for a derived `Deserialize`.
        "default",
        "alias",
        "deserialize_with",
        "skip_deserializing",
        "borrow",
        "bound",
        "getter",
    ],
    example: "rename = \"type\"",
    synonyms: &[],
    advice: &[],
};

impl SerdeField {
    pub(crate) fn read(attributes: &[Attribute], errors: &Errors) -> Self {
        let mut read = Self::default();
        for_each_key(attributes, &FIELD, errors, |name, key, input| read.key(name, key, input, errors));
        read
    }

    fn key(&mut self, name: &str, key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<()> {
        match name {
            "rename" => {
                if let Some(name) = rename(key, input, errors)? {
                    self.rename.set(key, name.value(), errors);
                }
            }
            "serialize_with" => self.serialize_with.set(key, function(key, input, errors)?, errors),
            "with" => {
                let module = function(key, input, errors)?;
                let mut function = module.clone();
                function.path.segments.push(Ident::new("serialize", key.span()).into());
                self.serialize_with.set(key, function, errors);
                if READING {
                    self.with.set(key, module, errors);
                }
            }
            "deserialize_with" if READING => {
                self.deserialize_with.set(key, function(key, input, errors)?, errors);
            }
            "skip_serializing_if" => self.skip_if.set(key, function(key, input, errors)?, errors),
            "flatten" => self.flatten.set(key, flag(key, input)?, errors),
            "skip" | "skip_serializing" => self.skip.set(key, flag(key, input)?, errors),
            _reading_only => skip_to_comma(input)?,
        }
        Ok(())
    }
}

/// Keys that change the JSON of a whole struct, which a request does not support.
const RESHAPING: [&str; 6] = ["tag", "content", "untagged", "transparent", "into", "remote"];

pub(super) const CONTAINER: Vocabulary = Vocabulary {
    owner: "serde on a struct",
    keys: &[
        "rename_all",
        "rename",
        "default",
        "deny_unknown_fields",
        "bound",
        "from",
        "try_from",
        "crate",
        "expecting",
        "tag",
        "content",
        "untagged",
        "transparent",
        "into",
        "remote",
    ],
    example: "rename_all = \"camelCase\"",
    synonyms: &[],
    advice: &[],
};

/// Reports keys that would change the JSON object of a request. A derived `Deserialize` does not report them.
pub(crate) fn check_shape(attributes: &[Attribute], errors: &Errors) {
    for key in metas(attributes).filter_map(|meta| meta.path().get_ident().cloned()) {
        if RESHAPING.iter().any(|reshaping| key == reshaping) {
            let message =
                format!("a request is a JSON object of its fields, and `{key}` would change that: remove it");
            errors.at(key.span(), message);
        }
    }
}

/// Returns the `rename_all` of a struct. serde's other keys are for the user's own derives.
pub(crate) fn rename_all(attributes: &[Attribute], errors: &Errors) -> Option<Case> {
    let mut case = Slot::default();
    for_each_key(attributes, &CONTAINER, errors, |name, key, input| {
        if name != "rename_all" {
            return skip_to_comma(input);
        }
        if let Some(literal) = rename(key, input, errors)? {
            case.set(key, Case::read(&literal)?, errors);
        }
        Ok(())
    });
    case.take()
}

/// Returns the keys in serde's attributes that can be parsed.
pub(crate) fn metas(attributes: &[Attribute]) -> impl Iterator<Item = Meta> {
    let attributes = attributes.iter().filter(|attribute| attribute.path().is_ident("serde"));
    let metas = attributes.filter_map(|attribute| {
        let list = attribute.meta.require_list().ok()?;
        list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).ok()
    });
    metas.flatten()
}

pub(super) fn for_each_key(
    attributes: &[Attribute],
    vocabulary: &Vocabulary,
    errors: &Errors,
    mut read: impl FnMut(&str, &Ident, ParseStream<'_>) -> Result<()>,
) {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        if let Meta::List(list) = &attribute.meta {
            keys(list.tokens.clone(), vocabulary, errors, &mut read);
        }
    }
}

/// Parses `= "name"` or `(serialize = "name", deserialize = "…")`, of which only the first is used.
fn rename(key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<Option<LitStr>> {
    let wanted = format!("a string, as in `{key} = \"…\"`");
    if !input.peek(syn::token::Paren) {
        return value(key, &wanted, input, errors).map(Some);
    }
    let inside;
    syn::parenthesized!(inside in input);
    let halves = Punctuated::<syn::MetaNameValue, Token![,]>::parse_terminated(&inside)?;
    let Some(half) = halves.into_iter().find(|half| half.path.is_ident("serialize")) else { return Ok(None) };
    let name = quote::ToTokens::into_token_stream(half.value);
    syn::parse2(name).map(Some).map_err(|error| Error::new(error.span(), format!("`{key}` takes {wanted}")))
}

pub(super) fn function(key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<ExprPath> {
    quoted(key, "a path in a string, as in `\"module::function\"`", input, errors)
}

/// Parses `= "code"`, with the code as the type `T`.
pub(super) fn quoted<T: Parse>(
    key: &Ident,
    wanted: &str,
    input: ParseStream<'_>,
    errors: &Errors,
) -> Result<T> {
    let literal: LitStr = value(key, wanted, input, errors)?;
    literal.parse().map_err(|_| Error::new(literal.span(), format!("`{key}` takes {wanted}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_match_serde() {
        let cases = CASES.map(|(_, case)| case.apply("md_5_config"));
        assert_eq!(
            cases,
            [
                "md_5_config",
                "MD_5_CONFIG",
                "Md5Config",
                "md5Config",
                "md_5_config",
                "MD_5_CONFIG",
                "md-5-config",
                "MD-5-CONFIG"
            ]
        );
        assert_eq!(Case::Pascal.apply("_größe"), "Größe");
        assert_eq!(Case::Upper.apply("größe"), "GRößE");
    }
}
