//! The known differences from the facts and from the recorded requests, with their reasons.

use std::collections::BTreeSet;

/// The known differences with their reasons, and the differences that were found. A `*` in a known difference matches
/// any text.
#[derive(Debug)]
pub struct Differences {
    listed: &'static [(&'static str, &'static str)],
    found: BTreeSet<&'static str>,
    others: BTreeSet<String>,
}

impl Differences {
    /// Creates the list of known differences. No difference has been found yet.
    #[must_use]
    pub fn new(listed: &'static [(&'static str, &'static str)]) -> Self {
        Self { listed, found: BTreeSet::new(), others: BTreeSet::new() }
    }

    /// Records a difference that was found.
    pub fn note(&mut self, what: &str, how: &str) {
        match self.listed.iter().find(|(listed, _)| is_like(what, listed)) {
            Some((listed, _)) => drop(self.found.insert(listed)),
            None => drop(self.others.insert(format!("{what} {how}"))),
        }
    }

    /// Checks that every difference that was found is known, and that every known difference was found.
    ///
    /// # Panics
    ///
    /// A difference is not known, or a known difference was not found.
    #[track_caller]
    pub fn check(self) {
        assert!(
            self.others.is_empty(),
            "correct the code, or add the difference and its reason to the list above the test: {:#?}",
            self.others
        );
        for (listed, reason) in self.listed {
            assert!(
                self.found.contains(listed),
                "`{listed}` is not a difference any more: remove it from the list ({reason})"
            );
        }
    }
}

/// Returns whether a string matches a pattern, in which `*` matches any text.
fn is_like(text: &str, pattern: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return text == pattern };
    let Some(text) = text.strip_prefix(start) else { return false };
    text.char_indices().map(|(at, _)| at).chain([text.len()]).any(|at| is_like(&text[at..], rest))
}

#[test]
fn a_star_matches_any_text() {
    assert!(is_like("a.b.c", "a.*.c") && is_like("a.b", "*") && is_like("a.b", "*.b") && is_like("a", "a"));
    assert!(!is_like("a.b.c", "a.*.d") && !is_like("a.b", "b*") && !is_like("ab", "a"));
}
