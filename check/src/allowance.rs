//! Allowed differences.

/// An allowed difference, with the reason. See [`Check::allow`](crate::Check::allow).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Allowance {
    /// A pattern for the method and the path of an operation.
    pub operation: String,
    /// A pattern for the location of a field.
    pub field: String,
    /// The reason.
    pub reason: String,
}

impl Allowance {
    pub(crate) fn allows(&self, operation: &str, field: &str) -> bool {
        matches_pattern(operation, &self.operation) && matches_pattern(field, &self.field)
    }
}

/// Returns whether a string matches a pattern, in which `*` matches any characters.
fn matches_pattern(text: &str, pattern: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return text == pattern };
    let Some(text) = text.strip_prefix(start) else { return false };
    text.char_indices().map(|(at, _)| at).chain([text.len()]).any(|at| matches_pattern(&text[at..], rest))
}

#[test]
fn a_star_matches_any_characters() {
    assert!(
        matches_pattern("a.b.c", "a.*.c")
            && matches_pattern("a.b", "*")
            && matches_pattern("a.b", "*.b")
            && matches_pattern("a", "a")
    );
    assert!(matches_pattern("files.*", "files.*") && matches_pattern("", "*") && matches_pattern("", ""));
    assert!(
        !matches_pattern("a.b.c", "a.*.d")
            && !matches_pattern("a.b", "b*")
            && !matches_pattern("ab", "a")
            && !matches_pattern("a", "")
    );
}
