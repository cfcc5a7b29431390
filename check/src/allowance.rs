//! Differences that are meant.

/// A difference that is meant, with the reason. See [`Check::allow`](crate::Check::allow).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Allowance {
    /// The operations, as a pattern for a method and a path.
    pub operation: String,
    /// The fields, as a pattern for a location.
    pub field: String,
    /// Why it is meant.
    pub reason: String,
}

impl Allowance {
    pub(crate) fn allows(&self, operation: &str, field: &str) -> bool {
        is_like(operation, &self.operation) && is_like(field, &self.field)
    }
}

/// Whether a text is like a pattern, in which `*` stands for anything.
fn is_like(text: &str, pattern: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return text == pattern };
    let Some(text) = text.strip_prefix(start) else { return false };
    text.char_indices().map(|(at, _)| at).chain([text.len()]).any(|at| is_like(&text[at..], rest))
}

#[test]
fn patterns_match_what_they_say() {
    assert!(is_like("a.b.c", "a.*.c") && is_like("a.b", "*") && is_like("a.b", "*.b") && is_like("a", "a"));
    assert!(is_like("files.*", "files.*") && is_like("", "*") && is_like("", ""));
    assert!(!is_like("a.b.c", "a.*.d") && !is_like("a.b", "b*") && !is_like("ab", "a") && !is_like("a", ""));
}
