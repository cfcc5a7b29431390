//! The differences from the facts and from the recorded requests, with their reasons.

use std::collections::BTreeSet;

/// A difference, and its reason. A `*` matches any text.
#[derive(Debug)]
pub struct Differences {
    listed: &'static [(&'static str, &'static str)],
    found: BTreeSet<&'static str>,
    others: BTreeSet<String>,
}

impl Differences {
    /// Starts with the differences that are meant.
    #[must_use]
    pub fn new(listed: &'static [(&'static str, &'static str)]) -> Self {
        Self { listed, found: BTreeSet::new(), others: BTreeSet::new() }
    }

    /// Notes a difference.
    pub fn note(&mut self, what: &str, how: &str) {
        match self.listed.iter().find(|(listed, _)| is_like(what, listed)) {
            Some((listed, _)) => drop(self.found.insert(listed)),
            None => drop(self.others.insert(format!("{what} {how}"))),
        }
    }

    /// Checks that every difference is in the list, and that every entry of the list is a difference.
    ///
    /// # Panics
    ///
    /// One of the two is not so.
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
                "remove {listed} from the list, it is no difference: {reason}"
            );
        }
    }
}

/// Whether a string matches a pattern, in which `*` matches any text.
fn is_like(text: &str, pattern: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return text == pattern };
    let Some(text) = text.strip_prefix(start) else { return false };
    text.char_indices().map(|(at, _)| at).chain([text.len()]).any(|at| is_like(&text[at..], rest))
}

#[test]
fn patterns_match() {
    assert!(is_like("a.b.c", "a.*.c") && is_like("a.b", "*") && is_like("a.b", "*.b") && is_like("a", "a"));
    assert!(!is_like("a.b.c", "a.*.d") && !is_like("a.b", "b*") && !is_like("ab", "a"));
}
