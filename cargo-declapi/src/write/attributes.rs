//! Attributes of the macros and of serde.

use crate::model::{Api, Field};

/// Returns a string as a literal. A literal that is too long for a line continues in the next.
pub(super) fn literal(text: &str, room: usize) -> String {
    let whole = format!("{text:?}");
    if whole.chars().count() <= room {
        return whole;
    }
    let mut lines: Vec<String> = vec![String::new()];
    let mut characters = whole.chars().peekable();
    while let Some(character) = characters.next() {
        let Some(line) = lines.last_mut() else { break };
        line.push(character);
        if character == '\\' {
            line.extend(characters.next());
        }
        // A space at the beginning of a line would not count.
        let is_full = line.chars().count() + 2 > room && characters.peek().is_some_and(|next| *next != ' ');
        let is_escape = line.ends_with("\\u") || line.contains("\\u{") && !line.contains('}');
        if is_full && !is_escape && characters.peek() != Some(&'"') {
            line.push('\\');
            lines.push(String::new());
        }
    }
    lines.join("\n")
}

pub(super) fn client(api: &Api, width: usize) -> String {
    let mut keys: Vec<String> = Vec::new();
    keys.extend(api.base_url.as_ref().map(|url| format!("base_url = {url:?}")));
    for host in &api.hosts {
        let auth = if host.auth { ", auth" } else { "" };
        keys.push(format!("host({:?} = {:?}{auth})", host.name, host.url));
    }
    if keys.is_empty() { "#[client]".to_owned() } else { attribute("client", &keys, width) }
}

/// Returns an attribute, with a line for each key if it does not fit into one.
pub(super) fn attribute(name: &str, keys: &[String], width: usize) -> String {
    let line = format!("#[{name}({})]", keys.join(", "));
    if line.chars().count() <= width && !line.contains('\n') {
        return line;
    }
    let keys: Vec<String> =
        keys.iter().map(|key| format!("    {}", key.replace('\n', "\n        "))).collect();
    format!("#[{name}(\n{}\n)]", keys.join(",\n"))
}

/// Writes the name of a field in another case.
type Rule = fn(&str) -> String;

/// The rules of serde for the names of fields.
const RULES: [(&str, Rule); 4] = [
    ("camelCase", camel_case),
    ("PascalCase", pascal_case),
    ("kebab-case", |name| name.replace('_', "-")),
    ("SCREAMING_SNAKE_CASE", str::to_ascii_uppercase),
];

fn pascal_case(name: &str) -> String {
    name.split('_').map(|word| with_first(word, char::to_ascii_uppercase)).collect()
}

fn camel_case(name: &str) -> String {
    with_first(&pascal_case(name), char::to_ascii_lowercase)
}

/// Changes the first character. Like serde, the rules do not change characters other than ASCII.
fn with_first(word: &str, change: fn(&char) -> char) -> String {
    let mut characters = word.chars();
    characters.next().map(|first| change(&first)).into_iter().chain(characters).collect()
}

/// Returns the rule for all fields of a struct, if it makes the code shorter, and the new name of each field.
pub(super) fn renames(fields: &[&Field]) -> (Option<&'static str>, Vec<Option<String>>) {
    let plain = |field: &Field| field.name.trim_start_matches("r#").to_owned();
    let with = |rule: &dyn Fn(&str) -> String| -> Vec<Option<String>> {
        let rename = |field: &&Field| {
            (field.is_named && rule(&plain(field)) != field.wire).then(|| field.wire.clone())
        };
        fields.iter().map(rename).collect()
    };
    let count = |renames: &[Option<String>]| renames.iter().flatten().count();
    let none = with(&str::to_owned);
    let best = RULES.iter().map(|(name, rule)| (*name, with(rule))).min_by_key(|(_, renames)| count(renames));
    match best {
        Some((name, renames)) if count(&renames) + 1 < count(&none) => (Some(name), renames),
        _ => (None, none),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_literal_has_the_same_value() {
        let literal = literal("/a b/{c}/ddddddddddd \"eeeee\" ffffffff", 14);
        assert!(literal.lines().all(|line| line.chars().count() <= 15), "{literal}");
        let joined: String = literal.lines().map(|line| line.trim_end_matches('\\')).collect();
        assert_eq!(joined, "\"/a b/{c}/ddddddddddd \\\"eeeee\\\" ffffffff\"");
    }

    #[test]
    fn names_are_in_the_case_of_serde() {
        assert_eq!(
            (camel_case("user_id"), pascal_case("user_id")),
            ("userId".to_owned(), "UserId".to_owned())
        );
        assert_eq!(
            (camel_case("größe_ä"), pascal_case("änderung")),
            ("größeä".to_owned(), "änderung".to_owned())
        );
    }
}
