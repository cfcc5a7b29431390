//! Collects every mistake of a declaration, so that one compilation shows them all.

use std::cell::{Cell, RefCell};

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// The mistakes that were found so far.
///
/// Take them out with [`Errors::into_compile_errors`]. Dropping this type without doing so panics, because a mistake
/// that is not reported causes errors in other locations, which are hard to understand.
pub(crate) struct Errors {
    collected: RefCell<Option<Vec<syn::Error>>>,
    muted: Cell<bool>,
}

impl Errors {
    pub(crate) fn new() -> Self {
        Self { collected: RefCell::new(Some(Vec::new())), muted: Cell::new(false) }
    }

    /// Reports a mistake at a span.
    pub(crate) fn at(&self, span: Span, message: impl std::fmt::Display) {
        self.push(syn::Error::new(span, message));
    }

    /// Reports a mistake at the span of all `tokens`.
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

    /// Runs `guess` without reporting mistakes. Its input was already reported, and each mistake should cause only one
    /// error.
    pub(crate) fn muted<T>(&self, guess: impl FnOnce() -> T) -> T {
        let before = self.muted.replace(true);
        let guessed = guess();
        self.muted.set(before);
        guessed
    }

    /// Runs `read` without reporting mistakes if another macro certainly reports them, for example serde's derive.
    pub(crate) fn muted_if<T>(&self, is_muted: bool, read: impl FnOnce() -> T) -> T {
        if is_muted { self.muted(read) } else { read() }
    }

    /// Returns one `compile_error!` for each mistake; empty if there is none.
    pub(crate) fn into_compile_errors(self) -> TokenStream {
        let collected = self.collected.borrow_mut().take().unwrap_or_default();
        collected.iter().map(syn::Error::to_compile_error).collect()
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        // During a panic, a second panic would abort the process and hide the first one.
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
    fn a_guess_reports_no_mistakes() {
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
