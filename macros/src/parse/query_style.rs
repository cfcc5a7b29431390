//! Parses `query(comma)`, `query(brackets)` and `query(deep)`.

use proc_macro2::TokenStream;
use syn::parse::ParseStream;
use syn::{Ident, Result};

use super::{Slot, Vocabulary, flag, keys};
use crate::errors::Errors;

/// How a list or an object is written in the query, if not as pairs with the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum QueryStyle {
    Comma,
    Brackets,
    Deep,
}

const REPEATED: &str = "without a style, a list becomes several pairs with the same name: write `query`";
const CUSTOM: &str = "for another separator, write `query` and `#[serde(serialize_with = \"…\")]`";

pub(super) const STYLES: Vocabulary = Vocabulary {
    owner: "`query`",
    keys: &["comma", "brackets", "deep"],
    example: "query(comma)",
    synonyms: &[
        ("csv", "comma"),
        ("commas", "comma"),
        ("comma_separated", "comma"),
        ("array", "brackets"),
        ("deep_object", "deep"),
        ("deepObject", "deep"),
        ("nested", "deep"),
        ("indexed", "deep"),
        ("indices", "deep"),
    ],
    advice: &[
        ("repeat", REPEATED),
        ("repeated", REPEATED),
        ("multi", REPEATED),
        ("explode", REPEATED),
        ("form", REPEATED),
        ("space", CUSTOM),
        ("spaces", CUSTOM),
        ("space_delimited", CUSTOM),
        ("pipe", CUSTOM),
        ("pipes", CUSTOM),
        ("pipe_delimited", CUSTOM),
        ("ssv", CUSTOM),
        ("tsv", CUSTOM),
    ],
};

impl QueryStyle {
    /// Returns the name of the runtime's function for the style.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Comma => "comma",
            Self::Brackets => "brackets",
            Self::Deep => "deep",
        }
    }

    /// Returns the style for a word of this or another crate.
    pub(super) fn meant_by(word: &str) -> Option<&'static str> {
        STYLES.keys.iter().copied().find(|style| *style == word).or_else(|| STYLES.synonym(word))
    }

    /// Parses the content of the parentheses of `query(…)`.
    pub(super) fn read(tokens: TokenStream, key: &Ident, errors: &Errors) -> Slot<Self> {
        let mut style = Slot::default();
        if tokens.is_empty() {
            let message = format!(
                "`{key}()` is empty: write `{key}`, or `{key}(comma)`, `{key}(brackets)` or `{key}(deep)`"
            );
            errors.at(key.span(), message);
        }
        let read = |name: &str, key: &Ident, input: ParseStream<'_>| -> Result<()> {
            flag(key, input)?;
            let found = match name {
                "comma" => Self::Comma,
                "brackets" => Self::Brackets,
                _ => Self::Deep,
            };
            if style.get().is_some_and(|first| *first != found) {
                errors.at(key.span(), "a second style: keep one of `comma`, `brackets` and `deep`");
            } else {
                style.set(key, found, errors);
            }
            Ok(())
        };
        keys(tokens, &STYLES, errors, read);
        style
    }
}
