//! Finds a text however JSON, HTML or a URL spells it.

use std::ops::Range;

/// The places of `wanted` in `text`, each of whose letters may be escaped in a way of its own.
pub(super) fn find(text: &str, wanted: &str) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let mut at = 0;
    while at < text.len() {
        match spelt_at(&text[at..], wanted) {
            Some(length) => {
                places.push(at..at + length);
                at += length;
            }
            None => at += text[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    places
}

/// How many bytes at the beginning of `text` spell `wanted`.
fn spelt_at(text: &str, wanted: &str) -> Option<usize> {
    let mut letters = wanted.chars();
    let first = letters.next()?;
    // Most places are ruled out by their first byte.
    let begins = *text.as_bytes().first()?;
    if !matches!(begins, b'\\' | b'%' | b'&' | b'+') && !text.starts_with(first) {
        return None;
    }
    let mut length = letter_at(text, first)?;
    for letter in letters {
        length += letter_at(&text[length..], letter)?;
    }
    Some(length)
}

/// How many bytes at the beginning of `text` spell the letter.
fn letter_at(text: &str, letter: char) -> Option<usize> {
    // An escaped letter first: a backslash may be one, or may be the beginning of one.
    let escaped = match text.as_bytes().first()? {
        b'\\' => in_json(text, letter),
        b'%' => in_url(text, letter),
        b'&' => in_html(text, letter),
        b'+' if letter == ' ' => Some(1),
        _ => None,
    };
    escaped.or_else(|| text.starts_with(letter).then(|| letter.len_utf8()))
}

fn in_json(text: &str, letter: char) -> Option<usize> {
    let short = match letter {
        '"' | '\\' | '/' | '\'' => Some(letter),
        '\n' => Some('n'),
        '\r' => Some('r'),
        '\t' => Some('t'),
        '\u{8}' => Some('b'),
        '\u{c}' => Some('f'),
        _ => None,
    };
    if short.is_some_and(|short| text[1..].starts_with(short)) {
        return Some(2);
    }
    let mut length = 0;
    for unit in letter.encode_utf16(&mut [0; 2]) {
        let digits = text.get(length..)?.strip_prefix("\\u")?.get(..4)?;
        if u16::from_str_radix(digits, 16) != Ok(*unit) {
            return None;
        }
        length += 6;
    }
    Some(length)
}

fn in_url(text: &str, letter: char) -> Option<usize> {
    let mut length = 0;
    for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
        let digits = text.get(length..)?.strip_prefix('%')?.get(..2)?;
        if u8::from_str_radix(digits, 16) != Ok(byte) {
            return None;
        }
        length += 3;
    }
    Some(length)
}

fn in_html(text: &str, letter: char) -> Option<usize> {
    // The longest reference to a letter: `&#1114111;`.
    const LONGEST: usize = 10;
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = &text[1..end];
    let spells = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            code == Ok(u32::from(letter))
        }
        None => matches!(
            (name, letter),
            ("amp", '&') | ("lt", '<') | ("gt", '>') | ("quot", '"') | ("apos", '\'')
        ),
    };
    spells.then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn every_usual_spelling() {
        let wanted = "a-<b>\"'c&d/ \\é\n🦀!";
        for spelt in [
            wanted,
            r#"a-<b>\"'c&d/ \\é\n🦀!"#,
            r#"a-<b>\"'c&d\/ \\é\n🦀!"#,
            r#"a-\u003cb\u003e\"'c\u0026d/ \\é\n🦀!"#,
            r"a-\u003Cb\u003E\u0022\u0027c\u0026d/ \\\u00e9\n\ud83e\udd80!",
            "a-&lt;b&gt;\"'c&amp;d/ \\é\n🦀!",
            "a-&lt;b&gt;&quot;&#39;c&amp;d/ \\é\n🦀!",
            "a-&lt;b&gt;&#34;&apos;c&amp;d&#x2F; &#92;&#233;&#xA;&#129408;!",
            "a-%3Cb%3E%22%27c%26d%2F%20%5C%C3%A9%0A%F0%9F%A6%80%21",
            "a-%3cb%3e%22'c%26d%2f+%5c%c3%a9%0a%f0%9f%a6%80!",
        ] {
            let text = format!("é{spelt}🦀");
            assert_eq!(find(&text, wanted), vec![2..2 + spelt.len(); 1], "{spelt}");
        }
    }

    #[test]
    fn nothing_else() {
        for text in
            ["", "a", "a&b", "a%3", "a%3x", "a%é", "a\\u00", "a\\ué", "a&#;", "a&#x;", "a&lté;", "a&", "a<"]
        {
            assert_eq!(find(text, "a<b"), [], "{text}");
        }
        assert_eq!(find("aaaa", "aa"), [0..2, 2..4]);
    }
}
