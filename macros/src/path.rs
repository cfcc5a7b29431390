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
    /// Whether what it says is certain: with a mistake in it, nothing follows from what it does not say.
    pub(crate) is_sound: bool,
}

impl Template {
    /// Reads a template and reports what is wrong with it; what could be read is returned all the same.
    pub(crate) fn read(literal: &LitStr, errors: &Errors) -> Self {
        let text = literal.value();
        let (placeholders, mistakes) = scan(&text);
        for mistake in &mistakes {
            errors.at(literal.span(), mistake);
        }
        Self { text, placeholders, span: literal.span(), is_sound: mistakes.is_empty() }
    }

    /// Stands for a template that is missing, which was reported.
    pub(crate) fn unknown(span: Span) -> Self {
        Self { text: "/".to_owned(), placeholders: Vec::new(), span, is_sound: false }
    }
}

/// A piece of a template.
#[derive(Debug, PartialEq)]
enum Piece {
    Text(String),
    Placeholder(String),
}

/// The placeholders of a template, and what is wrong with it.
fn scan(text: &str) -> (Vec<String>, Vec<String>) {
    let (mut placeholders, mut mistakes) = (Vec::new(), Vec::new());
    match pieces(text) {
        Ok(pieces) => {
            let parts = || check_letters(&pieces).into_iter().chain(check_segments(&pieces));
            match check_host(text) {
                Some(mistake) => mistakes.push(mistake),
                None => mistakes.extend(check_start(text).into_iter().chain(parts())),
            }
            for piece in pieces {
                if let Piece::Placeholder(name) = piece {
                    match check_name(&name, &placeholders) {
                        Some(mistake) => mistakes.push(mistake),
                        None => placeholders.push(name),
                    }
                }
            }
        }
        Err(mistake) => mistakes.push(mistake),
    }
    (placeholders, mistakes)
}

fn pieces(text: &str) -> Result<Vec<Piece>, String> {
    let (mut pieces, mut read, mut open) = (Vec::new(), String::new(), false);
    for letter in text.chars() {
        match (letter, open) {
            ('{', true) => {
                return Err("`{` inside a placeholder: close the first one with `}` before it".into());
            }
            ('}', false) => return Err("`}` without a `{` before it: write `{field}`".into()),
            ('{', false) => pieces.push(Piece::Text(std::mem::take(&mut read))),
            ('}', true) => pieces.push(Piece::Placeholder(std::mem::take(&mut read))),
            _ => read.push(letter),
        }
        open = letter == '{' || open && letter != '}';
    }
    if open {
        let name: String =
            read.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
        return Err(format!("`{{{name}` is never closed: write `{{{name}}}`"));
    }
    pieces.push(Piece::Text(read));
    Ok(pieces)
}

/// One declaration serves every host that a client is given.
fn check_host(text: &str) -> Option<String> {
    let (_, after) = text.split_once("://")?;
    let path = after.split_once('/').map_or("", |(_, path)| path);
    Some(format!("the host is the client's base URL: write the path alone, \"/{path}\""))
}

/// What a base URL is put in front of begins with a slash.
fn check_start(text: &str) -> Option<String> {
    (!text.starts_with('/')).then(|| format!("a path begins with a slash: write \"/{text}\""))
}

/// What stands outside of placeholders goes out as it is.
fn check_letters(pieces: &[Piece]) -> Option<String> {
    let texts = pieces.iter().filter_map(|piece| match piece {
        Piece::Text(text) => Some(text),
        Piece::Placeholder(_) => None,
    });
    let wrong = |letter: &char| !letter.is_ascii_alphanumeric() && !"/-._~!$&'()*+,;=:@".contains(*letter);
    let letter = texts.flat_map(|text| text.chars()).find(wrong)?;
    Some(match letter {
        '?' => "`?` in a path: declare a field with `#[endpoint(query)]` instead".to_owned(),
        '#' => "`#` in a path: what follows it is never sent, remove it".to_owned(),
        letter => {
            let letter = letter.escape_default();
            format!(
                "`{letter}` in a path: write plain letters, or `{{field}}`, whose value is encoded for you"
            )
        }
    })
}

/// A segment that is empty, `.` or `..` is folded away by servers and proxies, and leads to another route.
fn check_segments(pieces: &[Piece]) -> Option<String> {
    // Each segment as its text, with a mark in the place of every value.
    let marked: String =
        pieces.iter().map(|piece| if let Piece::Text(text) = piece { text } else { "\0" }).collect();
    let segments: Vec<&str> = marked.split('/').skip(1).collect();
    let last = segments.len().saturating_sub(1);
    for (at, segment) in segments.iter().enumerate() {
        match *segment {
            "" if at != last => return Some("an empty segment, `//`: write one slash".into()),
            "." | ".." => {
                return Some("a `.` or `..` segment would be folded away: write the path it leads to".into());
            }
            // A lone value that is empty, `.` or `..` is refused when the request is built.
            "" | "\0" => {}
            dots if dots.chars().all(|letter| matches!(letter, '.' | '\0')) => {
                return Some(
                    "values of `.` could make this segment `..`: put a letter or a slash between them".into(),
                );
            }
            _ => {}
        }
    }
    None
}

fn check_name(name: &str, before: &[String]) -> Option<String> {
    if name.is_empty() {
        return Some("empty placeholder `{}`: name a field between the braces, as in `{user_id}`".into());
    }
    before.iter().any(|other| other == name).then(|| {
        format!("`{{{name}}}` stands in the path twice: a field fills one place only, declare a second one")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_come_in_order() {
        let (placeholders, mistakes) = scan("/v1/{b}/x/{a}.json");
        assert_eq!(placeholders, ["b", "a"]);
        assert_eq!(mistakes, [""; 0]);
    }

    #[test]
    fn mistakes_are_found() {
        for (text, word) in [
            ("", "begins with a slash"),
            ("v1", "begins with a slash"),
            ("http://a.b/v1", "write the path alone, \"/v1\""),
            ("/{a", "never closed"),
            ("/a}", "without a `{`"),
            ("/{a{b}}", "inside a placeholder"),
            ("/{}", "empty placeholder"),
            ("/{a}/{a}", "twice"),
            ("/a?b=c", "query"),
            ("/a#b", "never sent"),
            ("/a b", "encoded"),
            ("/a%20b", "encoded"),
            ("/a/../b", "folded"),
            ("/a//b", "one slash"),
            ("//a", "one slash"),
            ("/{a}{b}", "could make"),
            ("/.{a}", "could make"),
        ] {
            let (_, mistakes) = scan(text);
            assert!(mistakes.iter().any(|mistake| mistake.contains(word)), "{text}: {mistakes:?}");
        }
    }

    #[test]
    fn what_http_can_spell_is_no_mistake() {
        for text in ["/", "/v1/users/", "/{a}/", "/{a}-{b}", "/a.b/~c/@me/x:y,z;v=1", "/v1/{a}.json"] {
            assert_eq!(scan(text).1, [""; 0], "{text}");
        }
    }

    #[test]
    fn several_mistakes_are_reported_together() {
        assert_eq!(scan("a/{}/{}").1.len(), 3);
    }
}
