//! Attribute texts into slots that remember where they stood.
//!
//! What one key says is judged here; how keys fit together is judged in `check.rs`.

pub(crate) mod arguments;
pub(crate) mod field;
pub(crate) mod serde;

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::Token;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Ident, Result};

use crate::errors::Errors;

/// A value that may be given once, with the span of its key.
pub(crate) struct Slot<T>(Option<(Span, T)>);

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Slot<T> {
    /// Fills the slot; a second value is a mistake, and the first one stays.
    pub(crate) fn set(&mut self, key: &Ident, value: T, errors: &Errors) {
        if self.0.is_some() {
            errors.at(key.span(), format!("`{key}` is given twice: keep one"));
        } else {
            self.0 = Some((key.span(), value));
        }
    }

    pub(crate) fn take(self) -> Option<T> {
        self.0.map(|(_, value)| value)
    }

    pub(crate) fn span(&self) -> Option<Span> {
        self.0.as_ref().map(|(span, _)| *span)
    }

    pub(crate) fn is_set(&self) -> bool {
        self.0.is_some()
    }
}

/// Reads `key`, `key = value`, `key(…)` separated by commas and carries on after a mistake.
///
/// `read` gets each key with the stream just behind it and takes what belongs to the key.
pub(crate) fn keys(
    tokens: TokenStream,
    errors: &Errors,
    mut read: impl FnMut(&Ident, ParseStream<'_>) -> Result<()>,
) {
    let walk = |input: ParseStream<'_>| {
        while !input.is_empty() {
            let outcome = input.call(Ident::parse_any).and_then(|key| {
                read(&key, input)?;
                if input.is_empty() || input.peek(Token![,]) {
                    return Ok(());
                }
                Err(input.error(format!("`{key}` ends here: write a comma before the next key")))
            });
            if let Err(error) = outcome {
                errors.push(error);
                skip_to_comma(input)?;
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(())
    };
    if let Err(error) = walk.parse2(tokens) {
        errors.push(error);
    }
}

/// Passes over what belongs to the current key.
pub(crate) fn skip_to_comma(input: ParseStream<'_>) -> Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<TokenTree>()?;
    }
    Ok(())
}

/// The `= value` of a key, with words of our own where it is missing or of another kind.
pub(crate) fn value<T: syn::parse::Parse>(key: &Ident, wanted: &str, input: ParseStream<'_>) -> Result<T> {
    let complain = |span: Span| syn::Error::new(span, format!("`{key}` takes {wanted}"));
    if !input.peek(Token![=]) {
        return Err(complain(key.span()));
    }
    input.parse::<Token![=]>()?;
    let span = if input.is_empty() { key.span() } else { input.span() };
    input.parse().map_err(|_| complain(span))
}

/// A key that stands alone.
pub(crate) fn flag(key: &Ident, input: ParseStream<'_>) -> Result<()> {
    if input.is_empty() || input.peek(Token![,]) {
        return Ok(());
    }
    Err(input.error(format!("`{key}` stands alone: remove what follows it")))
}
