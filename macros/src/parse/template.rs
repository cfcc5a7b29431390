//! Parses path templates, for example `"/v1/users/{user_id}"`, with a small state machine.

pub(crate) mod placeholder;

use proc_macro2::Span;
use syn::LitStr;

use self::placeholder::{
    OPTIONAL, Placeholder, VALUE, check_name, check_signs, is_not_in_a_name, is_whole_url, signs,
};
use crate::errors::Errors;

/// A path template and its placeholders, in order.
pub(crate) struct Template {
    /// The template as written.
    pub(crate) text: String,
    /// The content of the braces, in order.
    pub(crate) placeholders: Vec<Placeholder>,
    pub(crate) span: Span,
    /// Whether it has no mistake. Otherwise, no conclusions are drawn from missing placeholders.
    pub(crate) is_sound: bool,
}

impl Template {
    /// Parses a template and reports its mistakes. Always returns the placeholders that could be parsed.
    pub(crate) fn read(literal: &LitStr, errors: &Errors) -> Self {
        let text = literal.value();
        let (placeholders, mistakes) = scan(&text);
        for mistake in &mistakes {
            errors.at(literal.span(), mistake);
        }
        Self { text, placeholders, span: literal.span(), is_sound: mistakes.is_empty() }
    }

    /// Returns a substitute for a missing template, which was reported.
    pub(crate) fn unknown(span: Span) -> Self {
        Self { text: "/".to_owned(), placeholders: Vec::new(), span, is_sound: false }
    }

    /// Returns whether the whole URL is a field, `{url}`.
    pub(crate) fn is_absolute(&self) -> bool {
        is_whole_url(&self.text)
    }

    /// Returns the placeholder for the field with this name.
    pub(crate) fn placeholder(&self, field: &str) -> Option<&Placeholder> {
        self.placeholders.iter().find(|placeholder| placeholder.name == field)
    }
}

/// A part of a template.
#[derive(Debug, PartialEq)]
enum Piece {
    Text(String),
    Placeholder(Placeholder),
}

/// Returns the placeholders of a template and its mistakes.
fn scan(text: &str) -> (Vec<Placeholder>, Vec<String>) {
    let (mut placeholders, mut mistakes): (Vec<Placeholder>, Vec<String>) = (Vec::new(), Vec::new());
    match pieces(text) {
        Ok(pieces) => {
            let parts = || check_characters(&pieces).into_iter().chain(check_segments(&pieces));
            match check_host(text) {
                Some(mistake) => mistakes.push(mistake),
                None if is_whole_url(text) => {}
                None => mistakes.extend(check_start(text).into_iter().chain(parts())),
            }
            for piece in pieces {
                if let Piece::Placeholder(placeholder) = piece {
                    match check_name(&placeholder.name, &placeholders) {
                        Some(mistake) => mistakes.push(mistake),
                        None => placeholders.push(placeholder),
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
    for (at, character) in text.char_indices() {
        match (character, open) {
            ('{', true) if read.is_empty() => return Err(doubled(&text[at..])),
            ('{', true) => {
                return Err("`{` inside of a placeholder: add the `}` of the first one before it".into());
            }
            ('}', false) => return Err("`}` without a `{`: write `{field}`".into()),
            ('{', false) => pieces.push(Piece::Text(std::mem::take(&mut read))),
            ('}', true) => {
                let text = std::mem::take(&mut read);
                pieces.push(Piece::Placeholder(Placeholder::read(&text)));
            }
            _ => read.push(character),
        }
        open = character == '{' || open && character != '}';
    }
    if open {
        let name = word(&read);
        return Err(format!("`{{{name}` is not closed: write `{{{name}}}`"));
    }
    pieces.push(Piece::Text(read));
    Ok(pieces)
}

/// Returns the message for `{{name}}`, given the text after the first brace.
fn doubled(text: &str) -> String {
    let name = match word(text.trim_start_matches(['{', ' '])) {
        "" => "field",
        name => name,
    };
    format!("`{{{{` is a placeholder of another language: write `{{{name}}}`")
}

/// Returns the identifier at the beginning of a string.
fn word(text: &str) -> &str {
    let end = text.find(|character: char| !character.is_alphanumeric() && character != '_');
    &text[..end.unwrap_or(text.len())]
}

/// A declaration must work for every host that a client can have.
fn check_host(text: &str) -> Option<String> {
    let (_, after) = text.split_once("://")?;
    let path = after.split_once('/').map_or("", |(_, path)| path);
    Some(format!("the host is the client's base URL: write only the path, \"/{path}\""))
}

/// The path is appended to a base URL.
fn check_start(text: &str) -> Option<String> {
    let name = text.strip_prefix('{').map(word).filter(|name| !name.is_empty());
    let otherwise = name.map(|name| format!(", or only \"{{{name}}}\" if the field is the whole URL"));
    let message =
        || format!("a path must begin with a slash: write \"/{text}\"{}", otherwise.unwrap_or_default());
    (!text.starts_with('/')).then(message)
}

/// The text outside of placeholders is sent literally.
fn check_characters(pieces: &[Piece]) -> Option<String> {
    let is_wrong =
        |character: char| !character.is_ascii_alphanumeric() && !"/-._~!$&'()*+,;=:@".contains(character);
    for (at, piece) in pieces.iter().enumerate() {
        let Piece::Text(text) = piece else { continue };
        let next = match pieces.get(at + 1) {
            Some(Piece::Placeholder(placeholder)) => Some(placeholder.name.as_str()),
            _ => None,
        };
        if let Some(wrong) = text.find(is_wrong) {
            return Some(wrong_character(&text[wrong..], next));
        }
        if let (Some(name), true) = (next, text.ends_with('$')) {
            return Some(foreign(&format!("${{{name}}}"), name));
        }
    }
    None
}

/// Returns the message for text that begins with a character that is not allowed in a path. `next` is the placeholder
/// after the text.
fn wrong_character(text: &str, next: Option<&str>) -> String {
    let mut characters = text.chars();
    let (first, rest) = (characters.next().unwrap_or_default(), characters.as_str());
    let closed = |close: char| rest.split_once(close).map(|(inside, _)| inside);
    match (first, next) {
        ('%' | '#', Some(name)) if rest.is_empty() => foreign(&format!("{first}{{{name}}}"), name),
        ('<', _) if closed('>').is_some() => enclosed('<', closed('>').unwrap_or_default(), '>'),
        ('[', _) if closed(']').is_some() => enclosed('[', closed(']').unwrap_or_default(), ']'),
        ('%', _) if rest.starts_with('(') && closed(')').is_some() => {
            let name = word(&rest[1..]);
            foreign(&format!("%({name})"), name)
        }
        ('%', _) if !is_encoded(rest) => foreign(&format!("%{}", word(rest)), ""),
        ('?', _) => "`?` in a path: declare a query field, or write `query(\"name\" = \"value\")`".to_owned(),
        ('#', _) => "`#` in a path: the text after it is never sent, remove it".to_owned(),
        _ => {
            let character = first.escape_default();
            format!(
                "`{character}` in a path: write ASCII characters, or `{{field}}`, whose value is percent-encoded"
            )
        }
    }
}

/// Returns whether two hexadecimal digits follow a `%`.
fn is_encoded(text: &str) -> bool {
    text.len() > 1 && text.bytes().take(2).all(|byte| byte.is_ascii_hexdigit())
}

/// Returns the message for `<name>`, `<int:name>` or `[...name]`.
fn enclosed(open: char, inside: &str, close: char) -> String {
    const KINDS: [&str; 12] =
        ["int", "string", "str", "float", "path", "uuid", "slug", "any", "bool", "i32", "u32", "u64"];
    let is_sign = |character: char| is_not_in_a_name(character) && character != '-';
    let mut words: Vec<&str> = inside.split(is_sign).filter(|word| !word.is_empty()).collect();
    let is_path = words.len() > 1 && words.contains(&"path");
    if words.iter().any(|word| !KINDS.contains(word)) {
        words.retain(|word| !KINDS.contains(word));
    }
    let signs = if is_path { "*" } else { signs(inside) };
    let name = words.first().map(|name| format!("{}{signs}", name.replace('-', "_")));
    foreign(&format!("{open}{inside}{close}"), &name.unwrap_or_default())
}

/// Returns the message for a placeholder in the syntax of another language.
fn foreign(written: &str, name: &str) -> String {
    let name = name.replace('-', "_");
    if name.is_empty() {
        return format!("`{written}` is not a placeholder: write `{{field}}` with the name of a field");
    }
    format!("`{written}` is a placeholder of another language: write `{{{name}}}`")
}

/// Servers and proxies remove a segment that is empty, `.` or `..`, which changes the route.
fn check_segments(pieces: &[Piece]) -> Option<String> {
    // The text with a mark instead of each value.
    let mut marked = String::new();
    let mut placeholders = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => marked.push_str(text),
            Piece::Placeholder(placeholder) => {
                marked.push(if placeholder.is_optional { OPTIONAL } else { VALUE });
                placeholders.push(placeholder.clone());
            }
        }
    }
    let segments: Vec<&str> = marked.split('/').skip(1).collect();
    let last = segments.len().saturating_sub(1);
    if let Some(mistake) = check_signs(&segments, &placeholders) {
        return Some(mistake);
    }
    for (at, segment) in segments.iter().enumerate() {
        match *segment {
            "" if at != last => return Some("an empty segment, `//`: write one slash".into()),
            "." | ".." => {
                return Some("servers remove a `.` or `..` segment: write the path that it leads to".into());
            }
            // Values that are empty, `.` or `..` are rejected when the request is built.
            "" | "\0" | "\u{1}" => {}
            // A value is never empty, so three or more dots and values are longer than `..`.
            dots if dots.len() < 3 && dots.chars().all(|character| matches!(character, '.' | '\0')) => {
                return Some(
                    "values of `.` could make this segment `..`: put a character or a slash between them"
                        .into(),
                );
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_come_in_order() {
        let (placeholders, mistakes) = scan("/v1/{b}/x/{a}.json");
        assert_eq!(placeholders, [Placeholder::read("b"), Placeholder::read("a")]);
        assert_eq!(mistakes, [""; 0]);
    }

    #[test]
    fn signs_follow_the_name() {
        for (text, name, keeps_slashes, is_optional) in [
            ("a", "a", false, false),
            ("a*", "a", true, false),
            ("a?", "a", false, true),
            ("a*?", "a", true, true),
            // Not a name, so it is reported elsewhere.
            ("a?*", "a?*", false, false),
            ("a**", "a**", false, false),
            ("*a", "*a", false, false),
            ("a:*", "a:*", false, false),
        ] {
            let name = name.to_owned();
            assert_eq!(Placeholder::read(text), Placeholder { name, keeps_slashes, is_optional }, "{text}");
        }
    }

    #[test]
    fn mistakes_are_found() {
        for (text, word) in [
            ("", "must begin with a slash"),
            ("v1", "must begin with a slash"),
            ("http://a.b/v1", "write only the path, \"/v1\""),
            ("/{a", "not closed"),
            ("/a}", "without a `{`"),
            ("/{a{b}}", "inside of a placeholder"),
            ("/{}", "empty placeholder"),
            ("/{a}/{a}", "twice"),
            ("/a?b=c", "query"),
            ("/a#b", "never sent"),
            ("/a b", "encoded"),
            ("/{{a}}", "write `{a}`"),
            ("/{{ a }}", "write `{a}`"),
            ("/{{", "write `{field}`"),
            ("/${a}", "`${a}` is a placeholder of another language: write `{a}`"),
            ("/#{a}", "write `{a}`"),
            ("/%{a}", "write `{a}`"),
            ("/<a>", "write `{a}`"),
            ("/<int:a>", "write `{a}`"),
            ("/<a:int>", "write `{a}`"),
            ("/[a]", "write `{a}`"),
            ("/[...user-id]", "write `{user_id*}`"),
            ("/<path:a>", "write `{a*}`"),
            ("/{a*}/{a}", "twice"),
            ("/{a?}.json", "whole segment, `/{a?}`"),
            ("/x{a?}", "whole segment"),
            ("/{a?}/{b?}", "could not distinguish `{a?}` from `{b?}`"),
            ("/{a?}/x/{b*?}", "could not distinguish"),
            ("/{a*}/{b?}", "could not distinguish `{b?}` from `{a*}`"),
            ("/{*}", "empty placeholder"),
            ("/%s", "`%s` is not a placeholder"),
            ("/%(a)s", "write `{a}`"),
            ("/%", "not a placeholder"),
            ("/<a", "`<` in a path"),
            ("/é", "in a path"),
            ("/a%20b", "encoded"),
            ("/a/../b", "remove"),
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
    fn valid_paths_have_no_mistakes() {
        let legal =
            ["{url}", "/", "/v1/users/", "/{a}/", "/{a}-{b}", "/a.b/~c/@me/x:y,z;v=1", "/v1/{a}.json"];
        let literals =
            ["/{a}...{b}", "/{a}.{b}", "/{a}:cancel", "/v1/a:b", "/$batch", "/:analyze", "/x('{a}')"];
        let signs = ["/{a*}", "/x/{a*}:y", "/{a*}/{b}", "/{a?}", "/x/{a?}/y/{b}", "/{a*?}", "/{a*}/{b*}"];
        for text in legal.into_iter().chain(literals).chain(signs) {
            assert_eq!(scan(text).1, [""; 0], "{text}");
        }
    }

    #[test]
    fn several_mistakes_are_reported_together() {
        assert_eq!(scan("a/{}/{}").1.len(), 3);
    }
}
