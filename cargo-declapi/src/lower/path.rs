//! The paths that can be declared, and their form.

use declapi_check::document::Operation;

use crate::model::{Line, Note, Reason, fields};
use crate::names::snake;

/// Returns the names between braces.
pub(super) fn placeholders(path: &str) -> Vec<&str> {
    path.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0)).collect()
}

/// Returns the path with the names of fields between its braces.
pub(super) fn written(operation: &Operation, members: &[Line]) -> String {
    let mut path = String::new();
    for (at, part) in operation.path.split('{').enumerate() {
        match part.split_once('}') {
            Some((name, after)) if at > 0 => {
                let field = fields(members).find(|field| field.wire == name && !field.is_named);
                let name = field.map_or_else(|| snake(name), |field| field.name.clone());
                path.push_str(&format!("{{{}}}{after}", name.trim_start_matches("r#")));
            }
            _ => path.push_str(part),
        }
    }
    path
}

/// Rejects a path that the macro rejects, with the reason.
pub(super) fn check(path: &str) -> Result<(), Note> {
    match problem(path) {
        Some(problem) => Err(Note::new(Reason::Path, problem)),
        None => Ok(()),
    }
}

fn problem(path: &str) -> Option<&'static str> {
    let names = placeholders(path);
    // The path with a mark for each value.
    let mut outside = String::new();
    for (at, part) in path.split('{').enumerate() {
        match part.split_once('}') {
            Some((_, after)) if at > 0 => outside.push_str(&format!("\0{after}")),
            _ if at > 0 => return Some("A placeholder is not closed."),
            _ => outside.push_str(part),
        }
    }
    let is_of_a_path = |character: char| {
        character == '\0' || character.is_ascii_alphanumeric() || "/-._~!$&'()*+,;=:@".contains(character)
    };
    let segments: Vec<&str> = outside.split('/').skip(1).collect();
    let only_dots = |segment: &str| segment.chars().all(|character| matches!(character, '.' | '\0'));
    if path.contains(['?', '#']) {
        return Some("A path must not have a query or a fragment.");
    }
    if !outside.starts_with('/') {
        return Some("A path must begin with a slash.");
    }
    if !outside.chars().all(is_of_a_path) || outside.contains("$\0") {
        return Some("A path must not have characters that would be percent-encoded.");
    }
    if segments.iter().rev().skip(1).any(|segment| segment.is_empty()) {
        return Some("A path must not have empty segments.");
    }
    if segments
        .iter()
        .any(|segment| !matches!(*segment, "" | "\0") && segment.len() < 3 && only_dots(segment))
    {
        return Some("A segment that may become `..` leads to another path.");
    }
    let is_twice = |(at, name): (usize, &&str)| names[..at].contains(name);
    if names.iter().enumerate().any(is_twice) {
        return Some("The path has the same placeholder twice.");
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_the_macro_rejects_has_a_reason() {
        for path in ["/", "/a/{b}", "/a/{b}...{c}/d.json", "/{a}:cancel", "/users/@me", "/a/"] {
            assert_eq!(problem(path), None, "{path}");
        }
        for (path, word) in [
            ("/a?b=c", "query"),
            ("/a#b", "fragment"),
            ("a", "slash"),
            ("/a b", "characters"),
            ("/é", "characters"),
            ("/a}", "characters"),
            ("/{a", "closed"),
            ("/a//b", "empty"),
            ("/../a", "`..`"),
            ("/{a}{b}", "`..`"),
            ("/{a}/{a}", "twice"),
        ] {
            assert!(
                problem(path).is_some_and(|problem| problem.contains(word)),
                "{path}: {:?}",
                problem(path)
            );
        }
    }
}
