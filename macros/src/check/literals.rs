//! Finds placeholders in the syntax of other languages, which would be sent literally.

use crate::errors::Errors;
use crate::model::Endpoint;
use crate::suggest::same_word;

pub(super) fn check(endpoint: &Endpoint<'_>, errors: &Errors) {
    for (written, name) in foreign_placeholders(endpoint) {
        let is_field = endpoint.fields.iter().any(|field| field.name == name);
        let otherwise =
            if is_field { ", or rename the field if this text is intended" } else { " of a field" };
        // In every language that has `*name`, it stands for the rest of the path.
        let sign = if written.starts_with('*') { "*" } else { "" };
        errors.at(
            endpoint.template.span,
            format!("`{written}` would be sent literally: write `{{{name}{sign}}}` for a value{otherwise}"),
        );
    }
}

/// Returns whether the path contains the field's name as a placeholder of another language.
pub(super) fn is_named(endpoint: &Endpoint<'_>, field: &str) -> bool {
    foreign_placeholders(endpoint).iter().any(|(_, name)| name == field)
}

/// Returns each foreign placeholder as it is written, and the name that should be in braces.
///
/// The paths of APIs contain literals like `{id}:cancel`, `$batch`, `@me` and `:analyze-text`. So a sign counts as a
/// placeholder only before the name of a field, or before an id.
fn foreign_placeholders(endpoint: &Endpoint<'_>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    if !endpoint.template.is_sound {
        return found;
    }
    let literal = without_names(&endpoint.template.text);
    for segment in literal.split('/') {
        let is_routed = segment.starts_with(':');
        for (before, word, after) in words(segment) {
            let (written, takes_ids) = match before {
                '(' if after == ')' => (format!("({word})"), true),
                '$' | '*' => (format!("{before}{word}"), true),
                // `{id}:cancel` and `documents:query` contain the name of an action.
                ':' if is_routed => (format!("{before}{word}"), true),
                '@' if segment.starts_with('@') => (format!("{before}{word}"), false),
                _ => continue,
            };
            let fields = endpoint.fields.iter().map(|field| field.name.as_str());
            let is_id = word == "id" || word.ends_with("_id") || word.ends_with("Id");
            match same_word(word, fields) {
                Some(name) => found.push((written, name.to_owned())),
                None if takes_ids && is_id => found.push((written, word.to_owned())),
                None => {}
            }
        }
    }
    found
}

/// Returns the template with empty braces.
fn without_names(text: &str) -> String {
    let pieces = text.split('{').enumerate().map(|(at, piece)| match piece.split_once('}') {
        Some((_, literal)) if at > 0 => format!("{{}}{literal}"),
        _ => piece.to_owned(),
    });
    pieces.collect()
}

/// Returns the words of a segment, each with the characters before and after it.
fn words(segment: &str) -> Vec<(char, &str, char)> {
    let is_sign = |character: char| !character.is_alphanumeric() && character != '_' && character != '-';
    let mut words = Vec::new();
    let (mut start, mut before) = (0, '/');
    for (at, sign) in
        segment.char_indices().filter(|(_, character)| is_sign(*character)).chain([(segment.len(), '/')])
    {
        let word = segment[start..at].trim_end_matches('-');
        if !word.is_empty() {
            words.push((before, word, sign));
        }
        (start, before) = (at + sign.len_utf8(), sign);
    }
    words
}
