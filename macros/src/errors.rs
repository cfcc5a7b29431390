//! Collects every mistake of one declaration, so that one compile shows them all.

use std::cell::{Cell, RefCell};

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// The mistakes found so far.
///
/// Its contents have to be taken out with [`Errors::into_compile_errors`]. Dropping it with its contents panics: a
/// mistake that is not reported causes errors in other places, which are hard to explain.
pub(crate) struct Errors {
    collected: RefCell<Option<Vec<syn::Error>>>,
    muted: Cell<bool>,
}

impl Errors {
    pub(crate) fn new() -> Self {
        Self { collected: RefCell::new(Some(Vec::new())), muted: Cell::new(false) }
    }

    /// Reports a mistake at the span where it was made.
    pub(crate) fn at(&self, span: Span, message: impl std::fmt::Display) {
        self.push(syn::Error::new(span, message));
    }

    /// Reports a mistake that spans all of `tokens`.
    pub(crate) fn over(&self, tokens: impl ToTokens, message: impl std::fmt::Display) {
        self.push(syn::Error::new_spanned(tokens, message));
    }

    pub(crate) fn push(&self, error: syn::Error) {
        if self.muted.get() {
            return;
        }
        if let Some(collected) = self.collected.borrow_mut().as_mut() {
            collected.push(error);
        }
    }

    /// Runs `guess` without reporting anything: its input was reported already, and one mistake is one error.
    pub(crate) fn muted<T>(&self, guess: impl FnOnce() -> T) -> T {
        let before = self.muted.replace(true);
        let guessed = guess();
        self.muted.set(before);
        guessed
    }

    /// The same where it is certain that somebody else reports the mistakes, as serde's own derive does.
    pub(crate) fn muted_if<T>(&self, is_muted: bool, read: impl FnOnce() -> T) -> T {
        if is_muted { self.muted(read) } else { read() }
    }

    /// One `compile_error!` for each mistake; empty if there was none.
    pub(crate) fn into_compile_errors(self) -> TokenStream {
        let collected = self.collected.borrow_mut().take().unwrap_or_default();
        collected.iter().map(syn::Error::to_compile_error).collect()
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        // While a panic unwinds, a second one would abort and hide the first.
        let forgotten = self.collected.borrow().is_some() && !std::thread::panicking();
        assert!(!forgotten, "mistakes were collected and never reported");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mistake_is_reported() {
        let errors = Errors::new();
        errors.at(Span::call_site(), "first");
        errors.at(Span::call_site(), "second");
        let reported = errors.into_compile_errors().to_string();
        assert!(reported.contains("first") && reported.contains("second"), "{reported}");
    }

    #[test]
    fn a_guess_is_silent() {
        let errors = Errors::new();
        errors.muted(|| errors.at(Span::call_site(), "guessed"));
        assert!(errors.into_compile_errors().is_empty());
    }

    #[test]
    #[should_panic(expected = "never reported")]
    fn dropping_unreported_mistakes_panics() {
        drop(Errors::new());
    }
}
