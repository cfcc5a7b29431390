//! Removes the secrets of a request from the text of a response.

use std::ops::Range;

use zeroize::Zeroizing;

use super::line::{is_one_line, one_line};
use super::spelling::{begins_at_end, find};

/// A secret shorter than this is often a part of other words. If `x` were redacted in `exists`, a reader could guess
/// the secret.
const SHORT: usize = 8;

/// The secrets of one call.
#[derive(Default)]
pub(crate) struct Redactor {
    secrets: Vec<Zeroizing<String>>,
}

impl Redactor {
    /// The text that replaces a secret.
    pub(crate) const REDACTED: &str = "<redacted>";

    pub(crate) fn new(secrets: impl IntoIterator<Item = Zeroizing<String>>) -> Self {
        let mut secrets: Vec<_> = secrets.into_iter().collect();
        // Quotes have their whitespace folded, so each secret is also searched in this form.
        let folded: Vec<_> = secrets.iter().filter_map(|secret| folded(secret)).collect();
        secrets.extend(folded);
        secrets.retain(|secret| !secret.is_empty());
        secrets.sort_unstable_by(|one, other| one.as_str().cmp(other));
        secrets.dedup();
        Self { secrets }
    }

    pub(crate) fn secrets(&self) -> &[Zeroizing<String>] {
        &self.secrets
    }

    /// Returns text from a server as one line of at most `limit` characters, without secrets.
    ///
    /// The whitespace is folded and the text is shortened first. Otherwise these steps could restore a secret that was
    /// not recognized before. At the end of a shortened text, the beginning of a secret is redacted too.
    pub(crate) fn quote(&self, text: &str, limit: usize) -> String {
        self.quote_part(text, limit, false)
    }

    /// Like `quote`, for text of which only the first part may have arrived.
    pub(crate) fn quote_part(&self, text: &str, limit: usize, is_part: bool) -> String {
        let (mut line, is_cut) = one_line(text, limit);
        let is_cut = is_cut || is_part;
        if is_cut {
            let tail = self.secrets.iter().filter_map(|secret| begins_at_end(&line, secret)).min();
            let tail = tail.unwrap_or(line.len());
            // Without its end, a secret that ends like the beginning of another one would not be found.
            let around = self.found_in(&line).into_iter().find(|range| range.contains(&tail));
            line.truncate(around.map_or(tail, |range| range.start));
        }
        let mut quoted = self.redact(&line);
        // The replacement of a short secret is longer than the secret.
        let end = quoted.char_indices().nth(limit).map(|(end, _)| end);
        if let Some(end) = end {
            quoted.truncate(end);
            let tail = begins_at_end(&quoted, Self::REDACTED);
            quoted.truncate(tail.unwrap_or(quoted.len()));
        }
        if is_cut || end.is_some() {
            quoted.push('…');
        }
        quoted
    }

    /// Returns the text with every secret replaced, also if a server has escaped it.
    pub(crate) fn redact(&self, text: &str) -> String {
        let (mut redacted, mut done) = (String::with_capacity(text.len()), 0);
        for range in self.found_in(text) {
            redacted.push_str(&text[done..range.start]);
            redacted.push_str(Self::REDACTED);
            done = range.end;
        }
        redacted.push_str(&text[done..]);
        redacted
    }

    /// Returns the parts of a string that are secret, in order. Secrets that overlap are one part.
    fn found_in(&self, text: &str) -> Vec<Range<usize>> {
        let found = self.secrets.iter().flat_map(|secret| occurrences(text, secret));
        let mut ranges: Vec<Range<usize>> = found.collect();
        ranges.sort_unstable_by_key(|range| range.start);
        ranges.dedup_by(|next, before| {
            let overlaps = next.start < before.end;
            if overlaps {
                before.end = before.end.max(next.end);
            }
            overlaps
        });
        ranges
    }

    /// Returns an error code. Known codes are not redacted, because programs compare them: `weak_password` stays
    /// readable even if the password is `password`. A code is replaced only if it is equal to a secret or contains a
    /// long one.
    pub(crate) fn quote_code(&self, code: &str, known: &[&str], limit: usize) -> String {
        const LONG: usize = 12;
        let shows = |secret: &Zeroizing<String>| {
            code == secret.as_str() || secret.len() >= LONG && code.contains(secret.as_str())
        };
        let is_plain = code.len() <= limit
            && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte));
        if known.contains(&code) || is_plain && !self.secrets.iter().any(shows) {
            code.to_owned()
        } else {
            self.quote(code, limit)
        }
    }

    /// Returns whether the text contains no secret.
    pub(crate) fn allows(&self, text: &str) -> bool {
        !self.secrets.iter().any(|secret| is_in(text, secret))
    }
}

/// Returns whether a string contains a secret, also escaped or with folded whitespace.
#[cfg(feature = "tracing")]
pub(crate) fn shows(text: &str, secret: &str) -> bool {
    is_in(text, secret) || folded(secret).is_some_and(|folded| is_in(text, &folded))
}

/// Returns whether a string contains a secret, also escaped.
fn is_in(text: &str, secret: &str) -> bool {
    occurrences(text, secret).next().is_some()
}

/// Returns the secret with its whitespace folded, if that changes it.
fn folded(secret: &str) -> Option<Zeroizing<String>> {
    (!is_one_line(secret)).then(|| Zeroizing::new(one_line(secret, usize::MAX).0))
}

/// Returns the positions of a secret in a string, also escaped.
fn occurrences<'t>(text: &'t str, secret: &str) -> impl Iterator<Item = Range<usize>> + use<'t> {
    let is_short = secret.len() < SHORT;
    find(text, secret).into_iter().filter(move |range| !is_short || stands_alone(text, range))
}

/// Returns whether there is no letter and no digit directly before and after the range.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    ![before, after].into_iter().flatten().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redactor<const N: usize>(secrets: [&str; N]) -> Redactor {
        Redactor::new(secrets.map(str::to_owned).map(Zeroizing::new))
    }

    #[test]
    fn replaces_a_secret_in_all_encodings() {
        let redactor = redactor(["a<b>\"c&d", "secret-test-1"]);
        assert_eq!(
            redactor.quote("<p>a&lt;b&gt;&quot;c&amp;d, a%3Cb%3E%22c%26d, secret-test-1</p>", 200),
            "<p><redacted>, <redacted>, <redacted></p>"
        );
    }

    #[test]
    fn folding_restores_no_secret() {
        let redactor = redactor(["correct horse battery", "two  spaces here"]);
        assert_eq!(redactor.quote("no: correct\n horse\tbattery!", 200), "no: <redacted>!");
        assert_eq!(redactor.quote("no: two spaces\r\nhere!", 200), "no: <redacted>!");
    }

    #[test]
    fn a_shortened_text_contains_no_part_of_a_secret_that_ends_like_another_begins() {
        let redactor = redactor(["canary-of-secret", "secret-of-the-api", "the-canary-of"]);
        assert_eq!(redactor.quote("no: canary-of-secret and more", 20), "no: …");
        assert_eq!(redactor.quote("no: the-canary-of-secret and more", 24), "no: …");
        assert_eq!(redactor.quote("no: canary-of-secret and more", 24), "no: <redacted> and…");
    }

    #[test]
    fn a_shortened_text_contains_no_beginning_of_a_secret() {
        let redactor = redactor(["hunter2-hunter2", "a<b>c<d>e"]);
        for limit in 4..=18 {
            let quoted = redactor.quote("no: hunter2-hunter2", limit);
            assert_eq!(quoted, "no: …", "{limit}");
        }
        assert_eq!(redactor.quote("no: hunter2-hunter2", 19), "no: <redacted>");
        for limit in 4..=26 {
            let quoted = redactor.quote("no: a&lt;b&gt;c&lt;d&gt;e and so on", limit);
            assert!(
                ["no: …", "no: <redacted>…", "no: <redacted> …"].contains(&&*quoted),
                "{limit}: {quoted}"
            );
        }
    }

    #[test]
    fn leaves_the_rest_alone() {
        assert_eq!(redactor([""]).quote("502 for ada@example.com", 200), "502 for ada@example.com");
        assert_eq!(redactor(["zzz"]).quote("abcdef", 3), "abc…");
    }

    /// A short secret occurs in many strings, even in the word that replaces secrets.
    #[test]
    fn short_secrets_are_replaced_only_as_whole_words() {
        let redactor = redactor(["r", "e", "d", "a", "c", "t"]);
        assert_eq!(redactor.quote("red (e) a-d.", 200), "red (<redacted>) <redacted>-<redacted>.");
        assert_eq!(redactor.quote(Redactor::REDACTED, 200), Redactor::REDACTED);
    }

    #[test]
    fn a_line_of_short_secrets_is_no_longer_than_others() {
        let quoted = redactor(["x"]).quote(&"x ".repeat(300), 500);
        assert!(
            (480..=501).contains(&quoted.chars().count()) && quoted.ends_with("<redacted> …"),
            "{quoted}"
        );
        assert_eq!(redactor(["x"]).quote("x y z", 12), "<redacted> y…");
    }

    #[test]
    fn overlapping_secrets_are_replaced_together() {
        assert_eq!(redactor(["abcdefgh", "bcdefghi"]).quote("xabcdefghix", 200), "x<redacted>x");
    }

    #[test]
    fn a_code_stays_comparable() {
        let redactor = redactor(["password", "secret_test_1_long", "known_code"]);
        let code = |code| redactor.quote_code(code, &["known_code"], 100);
        assert_eq!(code("weak_password"), "weak_password");
        assert_eq!(code("a_new_password_error"), "a_new_password_error");
        assert_eq!(code("known_code"), "known_code");
        assert_eq!(code("password"), "<redacted>");
        assert_eq!(code("no secret_test_1_long"), "no <redacted>");
        assert_eq!(code("no_secret_test_1_long"), "no_<redacted>");
    }
}
