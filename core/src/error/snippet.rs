//! Quotes a response that is in no known format.

use super::Redactor;

/// The maximum length of the quote, in characters.
const LENGTH: usize = 200;
/// The number of bytes that are searched. The message of an HTML page is at its beginning.
const WINDOW: usize = 16 * 1024;
/// A sequence of letters and digits of at least this length is a key or a token and not a word.
const TOKEN: usize = 32;
/// The same for a sequence at the end of a shortened text.
const CUT_TOKEN: usize = 8;

/// Returns a short quote of `body` on one line and without secrets. `is_whole` says whether the whole body has arrived.
pub(crate) fn quote(body: &[u8], is_whole: bool, redactor: &Redactor) -> String {
    match body.trim_ascii_start().first() {
        None => "an empty body".to_owned(),
        // JSON may contain tokens that are not known here. Its error message was searched for before.
        Some(b'{' | b'[') => "JSON without an error message".to_owned(),
        Some(_) => {
            let window = body.get(..WINDOW).unwrap_or(body);
            let is_part = window.len() < body.len() || !is_whole;
            without_tokens(&redactor.quote_part(&String::from_utf8_lossy(window), LENGTH, is_part))
        }
    }
}

fn without_tokens(text: &str) -> String {
    let is_inner =
        |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '+');
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let length = rest.find(|character| !is_inner(character)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(length);
        let longest = if after == "…" { CUT_TOKEN } else { TOKEN };
        kept.push_str(if run.len() < longest { run } else { Redactor::REDACTED });
        let outer = after.find(is_inner).unwrap_or(after.len());
        kept.push_str(&after[..outer]);
        rest = &after[outer..];
    }
    kept
}

#[cfg(test)]
mod tests {
    use zeroize::Zeroizing;

    use super::*;

    fn quoted(body: &str) -> String {
        quote(body.as_bytes(), true, &Redactor::default())
    }

    #[test]
    fn pages_are_quoted_in_one_line() {
        assert_eq!(quoted("<h1>502\n\tBad  Gateway</h1>\r\n"), "<h1>502 Bad Gateway</h1>");
        assert_eq!(quoted(" \n"), "an empty body");
        let long = quoted(&"word ".repeat(10_000));
        assert!(long.chars().count() <= 201 && long.ends_with('…'), "{long}");
    }

    #[test]
    fn tokens_are_not_quoted() {
        let token = "WJtR5BCy38Szd5AfoDpf0iqFKEt4EE5JhjlWUY7l3FtY";
        let page = quoted(&format!("<p>session {token}, and eyJhbGciOiJSUzI1NiIsImtpZCI6Imp3ay10ZXN0.e30.x"));
        assert_eq!(page, "<p>session <redacted>, and <redacted>.e30.x");
        let cut = quoted(&format!("{}{token}", "word ".repeat(38)));
        assert!(cut.ends_with("word <redacted>…"), "{cut}");
    }

    #[test]
    fn json_is_not_quoted() {
        for body in [r#"{"session_token":"t"}"#, r#"{"session_token":"t"#, "[1]"] {
            assert_eq!(quoted(body), "JSON without an error message", "{body}");
        }
    }

    #[test]
    fn the_beginning_of_a_secret_at_the_end_of_the_window_is_not() {
        let redactor = Redactor::new([Zeroizing::new("hunter2-hunter2".to_owned())]);
        let page = format!("{}hunter2-hunter2", " ".repeat(WINDOW - 7));
        assert_eq!(quote(page.as_bytes(), true, &redactor), "…");
        assert_eq!(quote(b"no: hunter2", false, &redactor), "no: …");
    }
}
