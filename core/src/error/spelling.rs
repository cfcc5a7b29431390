//! Finds a string even if it is escaped for JSON, HTML or a URL.

use std::ops::Range;

/// Returns the positions of `wanted` in `text`. Each character may be escaped in a different way.
pub(super) fn find(text: &str, wanted: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut at = 0;
    // No spelling of a string is shorter than the string.
    while at < text.len() && wanted.len() <= text.len() - at {
        match spelled_at(&text[at..], wanted) {
            Some(length) => {
                ranges.push(at..at + length);
                at += length;
            }
            None => at += text[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    ranges
}

/// Returns the earliest position at which the end of `text` is the beginning of `wanted`, but not all of it.
pub(super) fn begins_at_end(text: &str, wanted: &str) -> Option<usize> {
    // An escaped character has at most twelve bytes, and the text may end in the middle of one.
    const LONGEST: usize = 12;
    let window = text.len().saturating_sub(wanted.len().saturating_mul(LONGEST));
    let starts = text.char_indices().map(|(at, _)| at).skip_while(|at| *at < window);
    starts.into_iter().find(|start| {
        let mut at = *start;
        for character in wanted.chars() {
            let rest = &text[at..];
            if rest.is_empty() {
                return true;
            }
            match char_at(rest, character) {
                Some(length) => at += length,
                None => return at > *start && rest.len() < LONGEST && rest.starts_with(['\\', '%', '&']),
            }
        }
        false
    })
}

/// Returns the length of the (escaped) `wanted` at the beginning of `text`, in bytes.
fn spelled_at(text: &str, wanted: &str) -> Option<usize> {
    // The first byte excludes most positions.
    let (begins, first) = (*text.as_bytes().first()?, *wanted.as_bytes().first()?);
    if begins != first && !matches!(begins, b'\\' | b'%' | b'&' | b'+') {
        return None;
    }
    let mut length = 0;
    for character in wanted.chars() {
        length += char_at(&text[length..], character)?;
    }
    Some(length)
}

/// Returns the length of the (escaped) character at the beginning of `text`, in bytes.
fn char_at(text: &str, character: char) -> Option<usize> {
    // Tries an escaped character first, because a backslash may be a character or the beginning of an escape.
    let escaped = match text.as_bytes().first()? {
        b'\\' => in_json(text, character),
        b'%' => in_url(text, character),
        b'&' => in_html(text, character),
        b'+' if character == ' ' => Some(1),
        _ => None,
    };
    escaped.or_else(|| text.starts_with(character).then(|| character.len_utf8()))
}

fn in_json(text: &str, character: char) -> Option<usize> {
    let short = match character {
        '"' | '\\' | '/' | '\'' => Some(character),
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
    for unit in character.encode_utf16(&mut [0; 2]) {
        let digits = text.get(length..)?.strip_prefix("\\u")?.get(..4)?;
        if u16::from_str_radix(digits, 16) != Ok(*unit) {
            return None;
        }
        length += 6;
    }
    Some(length)
}

fn in_url(text: &str, character: char) -> Option<usize> {
    let mut length = 0;
    for byte in character.encode_utf8(&mut [0; 4]).bytes() {
        let digits = text.get(length..)?.strip_prefix('%')?.get(..2)?;
        if u8::from_str_radix(digits, 16) != Ok(byte) {
            return None;
        }
        length += 3;
    }
    Some(length)
}

fn in_html(text: &str, character: char) -> Option<usize> {
    // The length of the longest character reference: `&#1114111;`.
    const LONGEST: usize = 10;
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = &text[1..end];
    let spells = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            code == Ok(u32::from(character))
        }
        None => matches!(
            (name, character),
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
        for spelled in [
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
            let text = format!("é{spelled}🦀");
            assert_eq!(find(&text, wanted), vec![2..2 + spelled.len(); 1], "{spelled}");
        }
    }

    #[test]
    fn other_strings_are_not_found() {
        for text in
            ["", "a", "a&b", "a%3", "a%3x", "a%é", "a\\u00", "a\\ué", "a&#;", "a&#x;", "a&lté;", "a&", "a<"]
        {
            assert_eq!(find(text, "a<b"), [], "{text}");
        }
        assert_eq!(find("aaaa", "aa"), [0..2, 2..4]);
    }
}
