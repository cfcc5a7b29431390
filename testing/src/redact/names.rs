//! Names that mean a secret, if they belong to no declared field.

use percent_encoding::percent_decode_str;

/// The replacement of a secret in a URL. A `<` or `>` would end the URL in a header `link`.
pub(crate) const REDACTED_IN_URL: &str = "%3Credacted%3E";

/// Names in lower case, without `_` and `-`.
const NAMES: [&str; 15] = [
    "accesstoken",
    "apikey",
    "authtoken",
    "authorization",
    "clientsecret",
    "cookie",
    "idtoken",
    "passwd",
    "privatekey",
    "refreshtoken",
    "secretkey",
    "sessionjwt",
    "sessiontoken",
    "sig",
    "xamzsignature",
];
/// The last words of other names.
const LAST_WORDS: [&str; 5] = ["token", "secret", "password", "signature", "key"];

/// Returns whether the name of an undeclared field means a secret.
pub(crate) fn means_secret(name: &str) -> bool {
    let short = name.replace(['_', '-'], "").to_ascii_lowercase();
    let last = last_word(name).to_ascii_lowercase();
    // A `key` alone is the name of an entry, and a public key is public.
    let is_plain = last == "key" && matches!(&*short, "key" | "publickey");
    NAMES.contains(&short.as_str()) || LAST_WORDS.contains(&last.as_str()) && !is_plain
}

/// Returns the last word of a name such as `accessToken`, `API-KEY` or `hub_secret`.
fn last_word(name: &str) -> &str {
    let begins = |&(at, char): &(usize, char)| {
        let Some(before) = name[..at].chars().next_back() else { return false };
        let after = name[at + char.len_utf8()..].chars().next();
        let is_capital =
            char.is_uppercase() && (!before.is_uppercase() || after.is_some_and(char::is_lowercase));
        is_capital || !before.is_alphanumeric()
    };
    let start = name.char_indices().rev().find(begins).map_or(0, |(at, _)| at);
    &name[start..]
}

/// Hides the keys in the URLs and forms inside of a string, for example the signature of a presigned URL.
pub(super) fn hide_keys(text: &str) -> String {
    let is_in_name = |char: char| char.is_alphanumeric() || "_-.%[]".contains(char);
    let is_end = |char: char| char.is_whitespace() || "&<>\"'`;,#\\".contains(char);
    let (mut hidden, mut done) = (String::new(), 0);
    for (at, _) in text.match_indices('=') {
        let before = text[..at].trim_end_matches(is_in_name);
        let name = percent_decode_str(&text[before.len()..at]).decode_utf8_lossy();
        let is_pair = before.is_empty() || before.ends_with(['?', '&', '#', ';']);
        let end = text[at + 1..].find(is_end).map_or(text.len(), |length| at + 1 + length);
        if at >= done && is_pair && end > at + 1 && name.split(['[', ']']).any(means_secret) {
            hidden.push_str(&text[done..=at]);
            hidden.push_str(REDACTED_IN_URL);
            done = end;
        }
    }
    hidden + &text[done..]
}
