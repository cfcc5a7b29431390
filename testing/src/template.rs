//! Finds the values in a path with the help of its template.

use std::ops::Range;

/// A part of a template.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part<'t> {
    Literal(&'t str),
    /// A placeholder: its name, and whether its value may have slashes.
    Value(&'t str, bool),
    /// The same for an optional value, which is left out together with the slash before it.
    Optional(&'t str, bool),
}

/// Returns the names of the placeholders and the ranges of their values; `None` if the path does not match the
/// template.
pub(crate) fn values<'t>(template: &'t str, path: &str) -> Option<Vec<(&'t str, Range<usize>)>> {
    let mut values = find(&parts(template), path, 0)?;
    values.reverse();
    Some(values)
}

fn parts(template: &str) -> Vec<Part<'_>> {
    let (mut parts, mut rest) = (Vec::new(), template);
    while let Some((literal, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let (is_optional, has_slashes) = (name.contains('?'), name.contains('*'));
        let name = name.trim_end_matches(['*', '?']);
        // The slash before an optional segment belongs to the segment.
        let literal = literal.strip_suffix('/').filter(|_| is_optional).unwrap_or(literal);
        if !literal.is_empty() {
            parts.push(Part::Literal(literal));
        }
        parts.push(if is_optional {
            Part::Optional(name, has_slashes)
        } else {
            Part::Value(name, has_slashes)
        });
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Part::Literal(rest));
    }
    parts
}

/// Returns the values of the parts from a position on, the last one first.
fn find<'t>(parts: &[Part<'t>], path: &str, at: usize) -> Option<Vec<(&'t str, Range<usize>)>> {
    let rest = path.get(at..)?;
    let Some((part, parts)) = parts.split_first() else {
        return rest.is_empty().then(Vec::new);
    };
    // The range of possible positions of the value, and whether it can contain slashes.
    let (name, start, has_slashes) = match *part {
        Part::Literal(literal) => {
            return rest.starts_with(literal).then(|| find(parts, path, at + literal.len()))?;
        }
        Part::Value(name, has_slashes) => (name, at, has_slashes),
        Part::Optional(name, has_slashes) => {
            if let Some(values) = find(parts, path, at) {
                return Some(values);
            }
            (name, at + rest.starts_with('/').then_some(1)?, has_slashes)
        }
    };
    let value = &path[start..];
    let end = if has_slashes { value.len() } else { value.find('/').unwrap_or(value.len()) };
    // The shortest value for which the rest matches, as a person would read `{base}...{head}`.
    let ends = (1..=end).filter(|length| value.is_char_boundary(*length));
    ends.map(|length| start + length).find_map(|end| {
        let mut values = find(parts, path, end)?;
        values.push((name, start..end));
        Some(values)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(template: &str, path: &str) -> Option<String> {
        let values = values(template, path)?.into_iter();
        let values: Vec<String> = values.map(|(name, range)| format!("{name}={}", &path[range])).collect();
        Some(values.join(" "))
    }

    #[test]
    fn values_are_found() {
        for (template, path, values) in [
            ("/repos", "/repos", ""),
            ("/repos/{owner}/{repo}", "/repos/a/b%2Fc", "owner=a repo=b%2Fc"),
            ("/contents/{path*}", "/contents/a/b.md", "path=a/b.md"),
            ("/contents/{path*}/raw", "/contents/a/raw/raw", "path=a/raw"),
            ("/jobs/{id}:cancel", "/jobs/7:8:cancel", "id=7:8"),
            ("/compare/{base}...{head}", "/compare/main...next", "base=main head=next"),
            ("/{year}-{month}.json", "/2025-11.json", "year=2025 month=11"),
            ("/tags/{tag?}", "/tags", ""),
            ("/tags/{tag?}", "/tags/v1", "tag=v1"),
            ("/tags/{tag?}/files", "/tags/files", ""),
            ("/tree/{path*?}", "/tree", ""),
            ("/tree/{path*?}", "/tree/a/b", "path=a/b"),
            ("/tags/{tag?}/files", "/tags/v1/files", "tag=v1"),
        ] {
            assert_eq!(found(template, path).as_deref(), Some(values), "{template} {path}");
        }
    }

    #[test]
    fn other_paths_have_no_values() {
        for (template, path) in [
            ("/repos", "/repos/"),
            ("/repos/{owner}", "/repos/"),
            ("/repos/{owner}", "/repos/a/b"),
            ("/repos/{owner}", "/users/a"),
            ("/jobs/{id}:cancel", "/jobs/7"),
        ] {
            assert_eq!(found(template, path), None, "{template} {path}");
        }
    }
}
