//! What an input is, told from its first bytes.

use super::Format;

/// How much of the input is looked at.
pub(super) const ENOUGH: usize = 4096;

/// Why an input that begins like this cannot be read, and what to do.
pub(super) fn unreadable(begin: &[u8], format: Option<Format>) -> Option<&'static str> {
    let begins = |with: &[u8]| begin.starts_with(with);
    if begin.is_empty() {
        Some("is empty")
    } else if begins(b"\xff\xfe") || begins(b"\xfe\xff") {
        Some("is in UTF-16: save it as UTF-8")
    } else if begins(b"\x1f\x8b") {
        Some("is compressed: unpack it, or send it on with `gunzip -c` and read `-`")
    } else if begins(b"PK\x03\x04") {
        Some("is an archive or a workbook, which is one inside: unpack it, or save it as CSV")
    } else if !matches!(format, Some(Format::Csv { .. })) && is_json_array(begin) {
        Some("is a JSON array: write one object a line, as `jq -c '.[]'` does")
    } else {
        None
    }
}

/// A line of JSON begins with a brace, which no name of a column does.
pub(super) fn guess(begin: &[u8], delimiter: u8) -> Format {
    match text(begin).first() {
        Some(b'{') => Format::JsonLines,
        _ => Format::Csv { delimiter },
    }
}

/// Whether this is a list of objects; a column in brackets is something else.
fn is_json_array(begin: &[u8]) -> bool {
    text(begin).strip_prefix(b"[").is_some_and(|rest| rest.trim_ascii_start().starts_with(b"{"))
}

fn text(begin: &[u8]) -> &[u8] {
    begin.strip_prefix(b"\xef\xbb\xbf").unwrap_or(begin).trim_ascii_start()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CSV: Format = Format::Csv { delimiter: b',' };

    #[test]
    fn formats_are_told_apart() {
        assert_eq!(guess(b"\xef\xbb\xbf\n {\"email\":", b','), Format::JsonLines);
        assert_eq!(guess(b"[email],[hash]\n", b','), CSV);
        assert_eq!(guess(b"", b','), CSV);
    }

    #[test]
    fn what_is_no_text_is_named() {
        for (begin, word) in [
            (&b""[..], "empty"),
            (b"\xff\xfee\0", "UTF-16"),
            (b"\x1f\x8b\x08", "compressed"),
            (b"PK\x03\x04\x14", "workbook"),
            (b"\xef\xbb\xbf[\n  {\"email\"", "JSON array"),
        ] {
            assert!(unreadable(begin, None).is_some_and(|what| what.contains(word)), "{word}");
        }
        assert_eq!(unreadable(b"[email],[hash]\n", None), None);
        assert_eq!(unreadable(b"[{,hash\n", Some(CSV)), None);
    }
}
