//! A path template, `"/v1/users/{user_id}"`, taken apart by a small state machine.

use proc_macro2::Span;
use syn::LitStr;

use crate::errors::Errors;

/// A path template and the placeholders in it, in order.
pub(crate) struct Template {
    /// The template as written.
    pub(crate) text: String,
    /// The names between braces, in order of appearance.
    pub(crate) placeholders: Vec<String>,
    /// Where the template stands.
    pub(crate) span: Span,
}

impl Template {
    /// Reads a template and reports what is wrong with it; what could be read is returned all the same.
    pub(crate) fn read(literal: &LitStr, errors: &Errors) -> Self {
        let text = literal.value();
        let mut placeholders = Vec::new();
        for mistake in scan(&text, &mut placeholders) {
            errors.at(literal.span(), mistake);
        }
        Self { text, placeholders, span: literal.span() }
    }
}

fn scan(text: &str, placeholders: &mut Vec<String>) -> Vec<String> {
    let mut mistakes = check_outline(text);
    let mut open: Option<String> = None;
    for letter in text.chars() {
        match (letter, open.as_mut()) {
            ('{', None) => open = Some(String::new()),
            ('{', Some(_)) => {
                mistakes.push("`{` inside a placeholder: close the first one with `}` before it".into());
                return mistakes;
            }
            ('}', None) => {
                mistakes.push("`}` without a `{` before it: write `{field}`".into());
                return mistakes;
            }
            ('}', Some(name)) => {
                close(std::mem::take(name), placeholders, &mut mistakes);
                open = None;
            }
            (letter, Some(name)) => name.push(letter),
            (_, None) => {}
        }
    }
    if let Some(name) = open {
        mistakes.push(format!("`{{{name}` is never closed: write `{{{name}}}`"));
    }
    mistakes
}

/// What can be said of a path without looking into its placeholders.
fn check_outline(text: &str) -> Vec<String> {
    let mut mistakes = Vec::new();
    if !text.starts_with('/') {
        mistakes.push(format!("a path begins with a slash: write \"/{text}\""));
    }
    if let Some(letter) = text.chars().find(|letter| matches!(letter, '?' | '#')) {
        mistakes.push(format!("`{letter}` in a path: declare a field with `#[endpoint(query)]` instead"));
    }
    if let Some(letter) =
        text.chars().find(|letter| !letter.is_ascii_graphic() || matches!(letter, '\\' | '%'))
    {
        let letter = letter.escape_default();
        mistakes.push(format!("`{letter}` in a path: write plain ASCII, values are percent-encoded for you"));
    }
    if text.split('/').any(|segment| segment == "." || segment == "..") {
        mistakes.push("a `.` or `..` segment would be folded away: write the path it leads to".into());
    }
    mistakes
}

fn close(name: String, placeholders: &mut Vec<String>, mistakes: &mut Vec<String>) {
    if name.is_empty() {
        mistakes.push("empty placeholder `{}`: name a field between the braces, as in `{user_id}`".into());
    } else if placeholders.contains(&name) {
        mistakes.push(format!("`{{{name}}}` stands in the path twice: a field fills one place only"));
    } else {
        placeholders.push(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<String>, Vec<String>) {
        let mut placeholders = Vec::new();
        let mistakes = scan(text, &mut placeholders);
        (placeholders, mistakes)
    }

    #[test]
    fn placeholders_come_in_order() {
        let (placeholders, mistakes) = read("/v1/{b}/x/{a}.json");
        assert_eq!(placeholders, ["b", "a"]);
        assert_eq!(mistakes, [""; 0]);
    }

    #[test]
    fn mistakes_are_found() {
        for (text, word) in [
            ("v1", "begins with a slash"),
            ("/{a", "never closed"),
            ("/a}", "without a `{`"),
            ("/{a{b}}", "inside a placeholder"),
            ("/{}", "empty placeholder"),
            ("/{a}/{a}", "twice"),
            ("/a?b=c", "query"),
            ("/a b", "percent-encoded"),
            ("/a/../b", "folded"),
        ] {
            let (_, mistakes) = read(text);
            assert!(mistakes.iter().any(|mistake| mistake.contains(word)), "{text}: {mistakes:?}");
        }
    }

    #[test]
    fn several_mistakes_are_reported_together() {
        assert_eq!(read("a/{}/{}").1.len(), 3);
    }
}
