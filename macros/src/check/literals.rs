//! Placeholders in the style of other languages, which would be sent as they are written.

use crate::errors::Errors;
use crate::model::Endpoint;
use crate::suggest::same_word;

pub(super) fn check(endpoint: &Endpoint<'_>, errors: &Errors) {
    for (written, name) in foreign_placeholders(endpoint) {
        let is_field = endpoint.fields.iter().any(|field| field.name == name);
        let otherwise = if is_field { ", or rename the field if this text is meant" } else { " of a field" };
        // What is behind `*name` is the rest of the path in every language that has it.
        let sign = if written.starts_with('*') { "*" } else { "" };
        errors.at(
            endpoint.template.span,
            format!(
                "`{written}` would be sent as it is written: write `{{{name}{sign}}}` for a value{otherwise}"
            ),
        );
    }
}

/// Whether the path names a field in the style of another language.
pub(super) fn is_named(endpoint: &Endpoint<'_>, field: &str) -> bool {
    foreign_placeholders(endpoint).iter().any(|(_, name)| name == field)
}

/// Each foreign placeholder as it is written, and the name between the braces that was meant.
///
/// APIs have literals such as `{id}:cancel`, `$batch`, `@me` and `:analyze-text`. So a sign is a placeholder only
/// before a field's name, or before an id.
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
                // `{id}:cancel` and `documents:query` name an action.
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

/// The template with nothing between its braces.
fn without_names(text: &str) -> String {
    let pieces = text.split('{').enumerate().map(|(at, piece)| match piece.split_once('}') {
        Some((_, literal)) if at > 0 => format!("{{}}{literal}"),
        _ => piece.to_owned(),
    });
    pieces.collect()
}

/// The words of a segment, each with the characters before and after it.
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
