//! Names of Rust, made from the names of a document.

use std::collections::HashSet;

use heck::{ToSnakeCase, ToUpperCamelCase};

/// The keywords of edition 2024, and those that are reserved.
const KEYWORDS: [&str; 51] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop",
    "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static",
    "struct", "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual",
    "where", "while", "yield",
];

/// Types and traits that are in scope everywhere, and those that declarations import.
const IN_SCOPE: [&str; 54] = [
    "AsMut",
    "AsRef",
    "BTreeMap",
    "Box",
    "Bytes",
    // `on = Client` means a client, not a resource.
    "Client",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Deserialize",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "Events",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "Form",
    "From",
    "FromIterator",
    "Future",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "JsonLines",
    "JsonObject",
    "Multipart",
    "MultipartRelated",
    "NestedForm",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Secret",
    "Self",
    "Send",
    "Serialize",
    "Sized",
    "Some",
    "String",
    "Sync",
    "Text",
    "Timestamp",
    "ToOwned",
    "ToString",
    "TryFrom",
];

/// Further names that are in scope everywhere.
const ALSO_IN_SCOPE: [&str; 6] = ["Nullable", "TryInto", "Unpin", "Upload", "Value", "Vec"];

/// Returns a name for a field or a module: `snake_case`, raw if it is a keyword.
pub(crate) fn snake(text: &str) -> String {
    let name = spelled(text).to_snake_case();
    let name = if name.starts_with(|first: char| first.is_numeric()) { format!("n{name}") } else { name };
    match name.as_str() {
        "" => "empty".to_owned(),
        "self" | "super" | "crate" => format!("{name}_"),
        name if KEYWORDS.contains(&name) => format!("r#{name}"),
        _ => name,
    }
}

/// Returns a name for a type or a variant: `UpperCamelCase`.
pub(crate) fn camel(text: &str) -> String {
    let name = spelled(text).to_upper_camel_case();
    match name.as_str() {
        "" => "Empty".to_owned(),
        "Self" => "SelfValue".to_owned(),
        name if name.starts_with(|first: char| first.is_numeric()) => format!("N{name}"),
        _ => name,
    }
}

/// Returns the words of a name, in lower case.
pub(crate) fn words(text: &str) -> Vec<String> {
    let snake = spelled(text).to_snake_case();
    snake.split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Replaces signs that make a difference, and characters that identifiers cannot have, with words.
fn spelled(text: &str) -> String {
    let only_signs = !text.chars().any(char::is_alphanumeric);
    let mut spelled = String::new();
    for (at, character) in text.char_indices() {
        let next = text[at + character.len_utf8()..].chars().next();
        let is_of_a_number = at == 0 && next.is_some_and(char::is_numeric);
        match sign(character) {
            Some(word) if only_signs || is_of_a_number => spelled.push_str(&format!(" {word} ")),
            _ if unicode_ident::is_xid_continue(character) => spelled.push(character),
            _ if character.is_ascii() || character.is_whitespace() => spelled.push(' '),
            _ => spelled.push_str(&format!(" u{:x} ", u32::from(character))),
        }
    }
    spelled
}

fn sign(character: char) -> Option<&'static str> {
    Some(match character {
        '+' => "plus",
        '-' => "minus",
        '=' => "equals",
        '<' => "less",
        '>' => "greater",
        '!' => "not",
        '*' => "star",
        '.' => "dot",
        '/' => "slash",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '#' => "hash",
        '@' => "at",
        '$' => "dollar",
        '~' => "tilde",
        '^' => "caret",
        '?' => "question",
        ':' => "colon",
        ',' => "comma",
        _ => return None,
    })
}

/// Returns whether two words have the same singular.
pub(crate) fn same_noun(one: &str, other: &str) -> bool {
    singular(one) == singular(other)
}

/// Returns a noun without the ending of its plural.
pub(crate) fn singular(noun: &str) -> String {
    if let Some(stem) = noun.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    for ending in ["sses", "shes", "ches", "xes"] {
        if noun.ends_with(ending) {
            return noun[..noun.len() - 2].to_owned();
        }
    }
    match noun.strip_suffix('s') {
        Some(stem) if stem.len() > 1 && !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => noun.to_owned(),
    }
}

/// The longest name of a type: a line has room for it, its lifetime and three levels of generics.
const LONGEST: usize = 56;

/// Returns a name that is not too long. It loses its first words.
pub(crate) fn shortened(name: &str) -> String {
    let words = words(name);
    let shorter = (0..words.len()).map(|at| camel(&words[at..].join(" ")));
    if name.chars().count() <= LONGEST {
        return name.to_owned();
    }
    shorter.into_iter().find(|name| name.chars().count() <= LONGEST).unwrap_or_else(|| "Long".to_owned())
}

/// Names that are used once. They are compared without case, because a method has the name of a type in another case.
#[derive(Clone, Debug, Default)]
pub(crate) struct Taken(HashSet<String>);

impl Taken {
    /// The names that no type of a module can have.
    pub(crate) fn in_scope() -> Self {
        let names = IN_SCOPE.iter().chain(&ALSO_IN_SCOPE);
        Self(names.map(|name| name.to_lowercase()).collect())
    }

    pub(crate) fn add(&mut self, name: &str) {
        self.0.insert(name.trim_start_matches("r#").to_lowercase());
    }

    pub(crate) fn is_free(&self, name: &str) -> bool {
        !self.0.contains(&name.trim_start_matches("r#").to_lowercase())
    }

    /// Takes the first free name. If all are taken, it adds a number to the last one.
    pub(crate) fn claim(&mut self, candidates: &[String]) -> String {
        let free = candidates.iter().find(|name| self.is_free(name)).cloned();
        let name = free.unwrap_or_else(|| {
            let last = candidates.last().map_or("empty", |last| last.trim_start_matches("r#"));
            let numbered = (2..).map(|number: usize| format!("{last}{number}"));
            numbered.into_iter().find(|name| self.is_free(name)).unwrap_or_default()
        });
        self.add(&name);
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_snake_case() {
        for (wire, name) in [
            ("userId", "user_id"),
            ("PhoneNumber", "phone_number"),
            ("x-rate-limit", "x_rate_limit"),
            ("include[]", "include"),
            ("type", "r#type"),
            ("gen", "r#gen"),
            ("self", "self_"),
            ("Self", "self_"),
            ("2fa", "n2fa"),
            ("+1", "plus_1"),
            ("-1", "minus_1"),
            ("@timestamp", "timestamp"),
            ("$ref", "r#ref"),
            ("größe", "größe"),
            ("🦀", "u1f980"),
            ("", "empty"),
            ("_", "empty"),
        ] {
            assert_eq!(snake(wire), name, "{wire}");
        }
    }

    #[test]
    fn types_and_variants_are_camel_case() {
        for (wire, name) in [
            ("simple-user", "SimpleUser"),
            ("open", "Open"),
            ("APPROVE", "Approve"),
            ("REQUEST_CHANGES", "RequestChanges"),
            ("self", "SelfValue"),
            ("3d", "N3d"),
            (">=", "GreaterEquals"),
            ("*", "Star"),
            ("", "Empty"),
            ("text/event-stream", "TextEventStream"),
        ] {
            assert_eq!(camel(wire), name, "{wire}");
        }
    }

    #[test]
    fn nouns_are_compared_in_the_singular() {
        for (plural, noun) in [
            ("repos", "repo"),
            ("branches", "branch"),
            ("repositories", "repository"),
            ("status", "status"),
            ("address", "address"),
            ("addresses", "address"),
            ("analysis", "analysis"),
        ] {
            assert_eq!(singular(plural), noun);
        }
    }

    #[test]
    fn a_name_is_used_once() {
        let mut taken = Taken::in_scope();
        let claim = |taken: &mut Taken, names: &[&str]| {
            taken.claim(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(claim(&mut taken, &["Option", "OptionObject"]), "OptionObject");
        assert_eq!(claim(&mut taken, &["Option", "OptionObject"]), "OptionObject2");
        assert_eq!(claim(&mut taken, &["User"]), "User");
        assert_eq!(claim(&mut taken, &["USER"]), "USER2");
    }
}
