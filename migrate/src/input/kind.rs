//! Detects the format of an input from its first bytes.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use super::Format;
use super::json_document::{self, Start};
use super::record::BYTE_ORDER_MARK;

/// The number of bytes that are read for it.
pub(super) const ENOUGH: usize = 4096;

/// Returns the character encoding of an input that begins like this, if it is not UTF-8.
pub(super) fn charset(begin: &[u8]) -> Option<&'static Encoding> {
    if begin.starts_with(b"\xff\xfe\0\0") {
        return None;
    }
    if begin.starts_with(b"\xff\xfe") || has_zeros(begin, 1) {
        return Some(UTF_16LE);
    }
    (begin.starts_with(b"\xfe\xff") || has_zeros(begin, 0)).then_some(UTF_16BE)
}

/// Whether every other byte is zero, as in UTF-16 text that is mostly ASCII. Names of columns are.
fn has_zeros(begin: &[u8], at: usize) -> bool {
    let pairs = begin.chunks_exact(2).take(64);
    let (mut zeros, mut count) = (0, 0);
    for pair in pairs {
        if pair[1 - at] == 0 {
            return false;
        }
        zeros += usize::from(pair[at] == 0);
        count += 1;
    }
    count >= 2 && 10 * zeros >= 7 * count
}

/// Returns why an input that begins like this cannot be read, and what to do.
pub(super) fn unreadable(begin: &[u8]) -> Option<&'static str> {
    let begins = |with: &[u8]| begin.starts_with(with);
    let trimmed = text(begin);
    let text_begins = |with: &str| {
        trimmed.get(..with.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(with.as_bytes()))
    };
    if begin.is_empty() {
        Some("is empty")
    } else if begins(b"\xff\xfe\0\0") || begins(b"\0\0\xfe\xff") {
        Some("is in UTF-32: save it as UTF-8")
    } else if begins(b"PK\x03\x04") {
        Some("is an archive or a workbook, which is one inside: unpack it, or save it as CSV")
    } else if begins(b"BZh") || begins(b"\xfd7zXZ\0") {
        Some("is compressed with bzip2 or xz: unpack it, and send it on to `-`")
    } else if text_begins("<") {
        Some("is XML or HTML: export the users as CSV or JSON")
    } else if ["insert into ", "create table ", "-- ", "copy "].into_iter().any(text_begins) {
        Some("is SQL: export the table of users as CSV or JSON")
    } else if text_begins("dn:") || text_begins("version: 1") {
        Some("is LDIF: convert it to CSV or JSON")
    } else {
        None
    }
}

/// Returns the format of an input. JSON begins with a brace or a bracket, and the name of a column does not.
pub(super) fn guess(begin: &[u8], delimiter: Option<u8>) -> Format {
    let text = text(begin);
    match text.first() {
        Some(b'{') if is_document(text) => Format::JsonDocument,
        Some(b'{') => Format::JsonLines,
        Some(b'[') if matches!(text[1..].trim_ascii_start().first(), Some(b'{' | b']')) => {
            Format::JsonDocument
        }
        _ => Format::Csv { delimiter: delimiter.unwrap_or_else(|| delimiter_of(text)) },
    }
}

/// Whether an object has several lines, or contains the list of users, so that a line is not a record.
fn is_document(text: &[u8]) -> bool {
    let first_line = text.iter().position(|byte| *byte == b'\n').unwrap_or(text.len());
    match json_document::start(text) {
        Start::List => true,
        Start::Object { length } => length > first_line,
        // A JSON line that is cut is followed by another line, and not by a key.
        Start::Unfinished => text[first_line..].trim_ascii_start().first().is_some_and(|next| *next != b'{'),
    }
}

/// Returns the separator of the names of the columns: the candidate that occurs most often.
fn delimiter_of(text: &[u8]) -> u8 {
    let (mut counts, mut is_quoted) = ([0; 128], false);
    for byte in text {
        if !is_quoted && b"\r\n".contains(byte) {
            break;
        }
        is_quoted ^= *byte == b'"';
        if !is_quoted && byte.is_ascii() {
            counts[usize::from(*byte)] += 1;
        }
    }
    // If several have the same count, the last one is used.
    b"|\t;,".iter().copied().max_by_key(|delimiter| counts[usize::from(*delimiter)]).unwrap_or(b',')
}

fn text(begin: &[u8]) -> &[u8] {
    begin.strip_prefix(BYTE_ORDER_MARK).unwrap_or(begin).trim_ascii_start()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn csv(delimiter: u8) -> Format {
        Format::Csv { delimiter }
    }

    #[test]
    fn formats_are_distinguished() {
        for (begin, format) in [
            ("\u{feff}\n {\"email\":1}\n{\"email\":2}", Format::JsonLines),
            ("{\"email\":1}", Format::JsonLines),
            // A broken line, and a line that is longer than the bytes that are read.
            ("{\"email\": \n{\"email\":2}", Format::JsonLines),
            ("{\"email\":\"a", Format::JsonLines),
            ("{\n  \"email\": 1\n}\n", Format::JsonDocument),
            ("{\"email\": 1,\n \"hash\": 2}\n", Format::JsonDocument),
            ("{\"email\": 1,\n \"ha", Format::JsonDocument),
            ("{\"kind\":1,\"users\":[{\"email\":1}]}", Format::JsonDocument),
            ("{\"users\": [\n{\"email\":1},", Format::JsonDocument),
            ("[{\"email\":1}]", Format::JsonDocument),
            ("[\n]", Format::JsonDocument),
            ("[email],[hash]\n", csv(b',')),
            ("email", csv(b',')),
            ("email;hash;name, first\n,,,,,,", csv(b';')),
            ("email\thash\thash_type\n", csv(b'\t')),
            ("email|hash|hash_type\n", csv(b'|')),
            ("\"a;b;c;d\",hash\n", csv(b',')),
        ] {
            assert_eq!(guess(begin.as_bytes(), None), format, "{begin}");
        }
        assert_eq!(guess(b"email;hash,x;y", Some(b',')), csv(b','));
    }

    #[test]
    fn unreadable_files_are_named() {
        for (begin, word) in [
            (&b""[..], "empty"),
            (b"\xff\xfe\0\0e\0\0\0", "UTF-32"),
            (b"PK\x03\x04\x14", "workbook"),
            (b"BZh91AY", "bzip2"),
            (b"<?xml version=\"1.0\"?>", "XML"),
            (b"-- PostgreSQL database dump", "SQL"),
            (b"INSERT INTO `users` VALUES", "SQL"),
            (b"dn: cn=ada", "LDIF"),
        ] {
            assert!(unreadable(begin).is_some_and(|what| what.contains(word)), "{word}");
        }
        assert_eq!(unreadable(b"[email],[hash]\n"), None);
        assert_eq!(unreadable(b"copyright,email\n"), None);
    }

    #[test]
    fn utf_16_shows_without_a_mark() {
        let bytes =
            |text: &str, to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect::<Vec<u8>>();
        for text in ["email;hash", "\u{feff}e", "{\"é\":\"日本\",\"email\":"] {
            assert_eq!(charset(&bytes(text, u16::to_le_bytes)), Some(UTF_16LE), "{text}");
            assert_eq!(charset(&bytes(text, u16::to_be_bytes)), Some(UTF_16BE), "{text}");
            assert_eq!(charset(text.as_bytes()), None, "{text}");
        }
        assert_eq!(charset(b"email,\0\0\0\0\0\0\0\0\0"), None);
    }
}
