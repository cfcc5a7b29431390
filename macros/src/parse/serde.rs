//! The serde attributes that decide how a request is written.

use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::{Attribute, ExprPath, Ident, LitStr, Meta, Result, Token};

use super::{Slot, flag, keys, skip_to_comma, value};
use crate::errors::Errors;

/// How a `rename_all` turns a Rust name into a wire name.
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
    fn read(literal: &LitStr) -> Result<Self> {
        let given = literal.value();
        let known = CASES.iter().find(|(name, _)| *name == given).map(|(_, case)| *case);
        known.ok_or_else(|| {
            let names = CASES.map(|(name, _)| name);
            let hint = crate::suggest::hint(&given, names, format!(": {}", crate::suggest::listed(&names)));
            syn::Error::new(literal.span(), format!("serde knows no case `{given}`{hint}"))
        })
    }

    /// The wire name of a field that Rust calls `field`.
    pub(crate) fn apply(self, field: &str) -> String {
        let pascal = || -> String { field.split('_').map(capitalised).collect() };
        match self {
            Self::Lower | Self::Snake => field.to_owned(),
            Self::Upper | Self::ScreamingSnake => field.to_uppercase(),
            Self::Pascal => pascal(),
            Self::Camel => {
                let pascal = pascal();
                let mut letters = pascal.chars();
                letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
            }
            Self::Kebab => field.replace('_', "-"),
            Self::ScreamingKebab => field.to_uppercase().replace('_', "-"),
        }
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The serde attributes of one field.
#[derive(Default)]
pub(crate) struct SerdeField {
    pub(crate) rename: Slot<String>,
    /// A function `fn(&T, S) -> Result<S::Ok, S::Error>`, from `with` or `serialize_with`.
    pub(crate) serialize_with: Slot<ExprPath>,
    pub(crate) skip_if: Slot<ExprPath>,
    pub(crate) flatten: Slot<()>,
    pub(crate) skip: Slot<()>,
}

/// Keys that matter to `Deserialize` alone: the user's own derive reads them.
const READING_ONLY: [&str; 5] = ["default", "alias", "deserialize_with", "skip_deserializing", "borrow"];

impl SerdeField {
    pub(crate) fn read(attributes: &[Attribute], errors: &Errors) -> Self {
        let mut read = Self::default();
        for_each_key(attributes, errors, |key, input| read.key(key, input, errors));
        read
    }

    fn key(&mut self, key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<()> {
        match key.to_string().as_str() {
            "rename" => {
                if let Some(name) = rename(key, input)? {
                    self.rename.set(key, name.value(), errors);
                }
            }
            "serialize_with" => self.serialize_with.set(key, function(key, input)?, errors),
            "with" => {
                let mut module = function(key, input)?;
                module.path.segments.push(Ident::new("serialize", key.span()).into());
                self.serialize_with.set(key, module, errors);
            }
            "skip_serializing_if" => self.skip_if.set(key, function(key, input)?, errors),
            "flatten" => self.flatten.set(key, flag(key, input)?, errors),
            "skip" | "skip_serializing" => self.skip.set(key, flag(key, input)?, errors),
            reading if READING_ONLY.contains(&reading) => skip_to_comma(input)?,
            unknown => {
                let message =
                    format!("serde's `{unknown}` has no meaning on a field of a request: remove it");
                return Err(syn::Error::new(key.span(), message));
            }
        }
        Ok(())
    }
}

/// The `rename_all` of a struct; everything else is left to the user's own derives.
pub(crate) fn rename_all(attributes: &[Attribute], errors: &Errors) -> Option<Case> {
    let mut case = Slot::default();
    for_each_key(attributes, errors, |key, input| {
        if key != "rename_all" {
            return skip_to_comma(input);
        }
        if let Some(literal) = rename(key, input)? {
            case.set(key, Case::read(&literal)?, errors);
        }
        Ok(())
    });
    case.take()
}

fn for_each_key(
    attributes: &[Attribute],
    errors: &Errors,
    mut read: impl FnMut(&Ident, ParseStream<'_>) -> Result<()>,
) {
    for attribute in attributes {
        if attribute.path().is_ident("cfg_attr") {
            refuse_hidden(attribute, errors);
        }
        if let (true, Meta::List(list)) = (attribute.path().is_ident("serde"), &attribute.meta) {
            keys(list.tokens.clone(), errors, &mut read);
        }
    }
}

/// An attribute macro sees `cfg_attr` before it is decided, so what it hides would be silently lost.
fn refuse_hidden(attribute: &Attribute, errors: &Errors) {
    let Meta::List(list) = &attribute.meta else { return };
    for token in list.tokens.clone() {
        if let proc_macro2::TokenTree::Ident(name) = token
            && ["serde", "endpoint", "object", "response"].iter().any(|ours| name == ours)
        {
            let message =
                format!("`{name}` inside `cfg_attr` cannot be read here: write two items with `#[cfg]`");
            errors.at(name.span(), message);
        }
    }
}

/// `= "name"` or `(serialize = "name", deserialize = "…")`, of which the first half counts.
fn rename(key: &Ident, input: ParseStream<'_>) -> Result<Option<LitStr>> {
    if !input.peek(syn::token::Paren) {
        return value(key, "a string", input).map(Some);
    }
    let inside;
    syn::parenthesized!(inside in input);
    let halves = Punctuated::<syn::MetaNameValue, Token![,]>::parse_terminated(&inside)?;
    let half = halves.into_iter().find(|half| half.path.is_ident("serialize"));
    half.map(|half| syn::parse2(quote::ToTokens::into_token_stream(half.value))).transpose()
}

fn function(key: &Ident, input: ParseStream<'_>) -> Result<ExprPath> {
    let literal: LitStr = value(key, "a path in a string, as in `\"module::function\"`", input)?;
    literal.parse()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_are_serdes() {
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
    }
}
