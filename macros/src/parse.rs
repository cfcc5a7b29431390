//! Parses attributes into slots that remember their spans.
//!
//! This module checks each key by itself. `check.rs` checks that the keys fit together.

pub(crate) mod arguments;
mod body;
pub(crate) mod client;
pub(crate) mod constants;
pub(crate) mod defaults;
pub(crate) mod field;
pub(crate) mod host;
pub(crate) mod page;
pub(crate) mod query_style;
pub(crate) mod recovery;
pub(crate) mod resource;
pub(crate) mod serde;
pub(crate) mod template;
mod vocabulary;
pub(crate) mod wire;

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::discouraged::Speculative;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Ident, LitStr, Result, Token};

use crate::errors::Errors;
use crate::suggest::{listed, nearest};

/// A value that can be set once, with the span of its key.
pub(crate) struct Slot<T>(Option<(Span, T)>);

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Slot<T> {
    /// Fills the slot. A second value is a mistake, and the first one is kept.
    pub(crate) fn set(&mut self, key: &Ident, value: T, errors: &Errors) {
        if self.0.is_some() {
            errors.at(key.span(), format!("`{key}` is given twice: keep one"));
        } else {
            self.0 = Some((key.span(), value));
        }
    }

    /// Creates a filled slot without a key.
    pub(crate) fn filled(span: Span, value: T) -> Self {
        Self(Some((span, value)))
    }

    pub(crate) fn take(self) -> Option<T> {
        self.0.map(|(_, value)| value)
    }

    pub(crate) fn get(&self) -> Option<&T> {
        self.0.as_ref().map(|(_, value)| value)
    }

    pub(crate) fn span(&self) -> Option<Span> {
        self.0.as_ref().map(|(span, _)| *span)
    }

    pub(crate) fn is_set(&self) -> bool {
        self.0.is_some()
    }
}

/// The keys that an attribute accepts in one position.
pub(crate) struct Vocabulary {
    /// The attribute or item that accepts them, for messages.
    pub(crate) owner: &'static str,
    pub(crate) keys: &'static [&'static str],
    /// An example of a key, for input that is not a key.
    pub(crate) example: &'static str,
    /// Words of other crates, with the keys that they mean.
    pub(crate) synonyms: &'static [(&'static str, &'static str)],
    /// Words that do not mean a single key, with advice.
    pub(crate) advice: &'static [(&'static str, &'static str)],
}

impl Vocabulary {
    fn unknown(&self, given: &str) -> String {
        if let Some((_, advice)) = self.advice.iter().find(|(word, _)| *word == given) {
            return format!("unknown key `{given}`: {advice}");
        }
        if let Some(meant) = self.synonym(given) {
            return format!("unknown key `{given}`: the key is `{meant}`");
        }
        match nearest(given, self.keys.iter().copied()) {
            Some(meant) => format!("unknown key `{given}`; did you mean `{meant}`?"),
            None => format!("unknown key `{given}`: {} takes {}", self.owner, listed(self.keys)),
        }
    }

    /// Returns the key that an unknown key most likely means.
    fn meant(&self, given: &str) -> Option<&'static str> {
        let advised = self.advice.iter().any(|(word, _)| *word == given);
        let near = || nearest(given, self.keys.iter().copied()).filter(|_| !advised);
        self.synonym(given).or_else(near)
    }

    fn synonym(&self, given: &str) -> Option<&'static str> {
        self.synonyms.iter().find(|(word, _)| *word == given).map(|(_, meant)| *meant)
    }
}

/// Returns the keys of all macros, and those of serde that they read.
#[cfg(test)]
pub(crate) fn all_keys() -> impl Iterator<Item = &'static str> {
    let of_structs = [&vocabulary::ENDPOINT, &client::CLIENT, &resource::RESOURCE];
    let of_fields = [&field::ENDPOINT, &field::OBJECT, &field::RESPONSE].map(|field| &field.vocabulary);
    let inside = [&page::PAGE, &query_style::STYLES];
    let of_serde = [&serde::CONTAINER, &serde::FIELD];
    let all = of_structs.into_iter().chain(of_fields).chain(inside).chain(of_serde);
    all.flat_map(|vocabulary| vocabulary.keys.iter().copied())
}

/// Parses `key`, `key = value` and `key(…)`, separated by commas. Continues after a mistake.
///
/// `read` gets each known key with the stream after it, and parses the rest of the key. Returns whether every key was
/// known.
pub(crate) fn keys(
    tokens: TokenStream,
    vocabulary: &Vocabulary,
    errors: &Errors,
    mut read: impl FnMut(&str, &Ident, ParseStream<'_>) -> Result<()>,
) -> bool {
    let mut known = true;
    let walk = |input: ParseStream<'_>| {
        while !input.is_empty() {
            known &= one_key(input, vocabulary, errors, &mut read)?;
        }
        Ok(())
    };
    if let Err(error) = walk.parse2(tokens) {
        errors.push(error);
    }
    known
}

fn one_key(
    input: ParseStream<'_>,
    vocabulary: &Vocabulary,
    errors: &Errors,
    read: &mut impl FnMut(&str, &Ident, ParseStream<'_>) -> Result<()>,
) -> Result<bool> {
    let Ok(key) = input.call(Ident::parse_any) else {
        let example = vocabulary.example;
        errors.at(input.span(), format!("expected a key, as in `{example}`"));
        return end_of_key(input, None, errors).map(|()| false);
    };
    let name = key.to_string();
    let known = vocabulary.keys.contains(&name.as_str());
    if known {
        if let Err(error) = read(&name, &key, input) {
            errors.push(error);
            skip_to_comma(input)?;
        }
    } else {
        errors.at(key.span(), vocabulary.unknown(&name));
        // The unknown key is parsed as the most similar one, so that no second error says that this key is missing.
        let guessed = vocabulary.meant(&name).map(|meant| errors.muted(|| read(meant, &key, input)));
        if !matches!(guessed, Some(Ok(()))) {
            skip_to_comma(input)?;
        }
    }
    end_of_key(input, Some(&key), errors)?;
    Ok(known)
}

/// Parses the comma after a key, and reports a missing one.
fn end_of_key(input: ParseStream<'_>, key: Option<&Ident>, errors: &Errors) -> Result<()> {
    if let (Some(key), false) = (key, input.is_empty() || input.peek(Token![,])) {
        errors.at(input.span(), format!("a comma is missing after `{key}`: add one before the next key"));
        if input.peek(Ident::peek_any) {
            return Ok(());
        }
        if input.parse::<Option<Token![;]>>()?.is_some() {
            return Ok(());
        }
    }
    skip_to_comma(input)?;
    input.parse::<Option<Token![,]>>().map(|_| ())
}

/// Skips the rest of the current key.
pub(crate) fn skip_to_comma(input: ParseStream<'_>) -> Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<TokenTree>()?;
    }
    Ok(())
}

/// Parses the `= value` of a key. The error message says what `key` takes.
///
/// A value in quotes that should have none is reported, and parsed.
pub(crate) fn value<T: Parse>(
    key: &Ident,
    wanted: &str,
    input: ParseStream<'_>,
    errors: &Errors,
) -> Result<T> {
    let complain = |span: Span| syn::Error::new(span, format!("`{key}` takes {wanted}"));
    if !input.peek(Token![=]) {
        return Err(complain(key.span()));
    }
    input.parse::<Token![=]>()?;
    let span = if input.is_empty() { key.span() } else { input.span() };
    let ahead = input.fork();
    if let Ok(value) = ahead.parse() {
        input.advance_to(&ahead);
        return Ok(value);
    }
    let quoted = input.parse::<LitStr>().ok().and_then(|literal| literal.parse().ok());
    let value = quoted.ok_or_else(|| complain(span))?;
    errors.at(span, format!("no quotes: `{key}` takes {wanted}"));
    Ok(value)
}

/// Parses a key without a value.
pub(crate) fn flag(key: &Ident, input: ParseStream<'_>) -> Result<()> {
    // If another key follows, the caller reports the missing comma.
    if input.is_empty() || input.peek(Token![,]) || input.peek(Ident::peek_any) {
        return Ok(());
    }
    Err(input.error(format!("`{key}` takes no value: remove the text after it")))
}
