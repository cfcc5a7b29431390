//! Creates identifiers from the user's names.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;

/// Returns an identifier that is derived from the user's name and is not a keyword.
pub(crate) fn derived(name: &str, span: Span) -> Ident {
    if name.chars().all(unicode_ident::is_xid_continue) {
        return Ident::new(name, span);
    }
    Ident::new(&readable(name), span)
}

/// Returns whether rustc accepts the name as an identifier; other derives panic if it does not.
pub(crate) fn is_identifier(ident: &Ident) -> bool {
    ident.unraw().to_string().chars().all(unicode_ident::is_xid_continue)
}

/// Returns whether the text can be the name of a field. rustc would report other text when it is parsed.
pub(crate) fn is_name(text: &str) -> bool {
    text.chars().all(unicode_ident::is_xid_continue) && syn::parse_str::<Ident>(text).is_ok()
}

/// Removes characters that are not allowed in an identifier. rustc passes an emoji to macros after it has reported it.
fn readable(name: &str) -> String {
    let spell = |character: char| match character {
        _ if unicode_ident::is_xid_continue(character) => character.to_string(),
        _ => format!("u{:x}", u32::from(character)),
    };
    name.chars().map(spell).collect()
}

/// Converts `LoginOrCreate` to `login_or_create`, as a raw identifier if it is a keyword.
pub(crate) fn method_name(ident: &Ident) -> Ident {
    let mut snake = String::new();
    let name = readable(&ident.unraw().to_string());
    let characters: Vec<char> = name.chars().collect();
    for (at, character) in characters.iter().enumerate() {
        let after_lower = at > 0 && !characters[at - 1].is_uppercase() && characters[at - 1] != '_';
        let before_lower = at > 0 && characters.get(at + 1).is_some_and(|next| next.is_lowercase());
        if character.is_uppercase() && (after_lower || before_lower) && !snake.ends_with('_') {
            snake.push('_');
        }
        snake.extend(character.to_lowercase());
    }
    // `gen` is a keyword since edition 2024, which syn does not know.
    if snake != "gen" && syn::parse_str::<Ident>(&snake).is_ok() {
        return Ident::new(&snake, ident.span());
    }
    if matches!(snake.as_str(), "self" | "super" | "crate" | "_") {
        snake.push('_');
        return Ident::new(&snake, ident.span());
    }
    Ident::new_raw(&snake, ident.span())
}

/// Escapes a string for a JSON string, without the quotes.
pub(crate) fn json_text(name: &str) -> String {
    let escape = |character: char| match character {
        '"' | '\\' => format!("\\{character}"),
        '\0'..' ' => format!("\\u{:04x}", u32::from(character)),
        _ => character.to_string(),
    };
    name.chars().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use quote::format_ident;

    use super::*;

    proptest! {
        /// Also with emoji, which cannot occur in a token of a unit test. `tests/ui/fail/emoji.rs` has such tokens.
        #[test]
        fn any_name_gives_an_identifier(name: String, emoji in "[a🦀\u{200d}Ⓜ㊙🅰½·é]{0,4}") {
            for name in [name, emoji] {
                let made = derived(&format!("__{name}"), Span::call_site());
                prop_assert!(syn::parse_str::<Ident>(&made.to_string()).is_ok(), "{name:?}");
            }
        }
    }

    #[test]
    fn names_stay_apart() {
        let [crab, bee] = ["maybe_🦀", "maybe_🐝"].map(|name| derived(name, Span::call_site()));
        assert_ne!(crab, bee);
        assert_eq!(derived("maybe_größe", Span::call_site()).to_string(), "maybe_größe");
    }

    #[test]
    fn method_names_are_snake_case() {
        for (name, method) in [
            ("Migrate", "migrate"),
            ("LoginOrCreate", "login_or_create"),
            ("GetJWKS", "get_jwks"),
            ("JWKSGet", "jwks_get"),
            ("Move", "r#move"),
            ("Crate", "crate_"),
            ("Gen", "r#gen"),
            ("Reset2Start", "reset2_start"),
        ] {
            assert_eq!(method_name(&format_ident!("{name}")).to_string(), method);
        }
    }
}
