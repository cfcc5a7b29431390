//! JSON that `serde_json` rejects, or reads with a loss, written so that it can be read.
//!
//! One odd value in the metadata of a user would keep that user from logging in. What `serde_json` cannot represent
//! becomes a string that holds its JSON:
//!
//! - a list or an object below 127 others, since deeper ones would need as much stack as a server likes
//! - a number beyond `f64`, and an integer beyond `u64` and `i64`, of which `f64` would keep the first 17 digits
//!
//! Half of a surrogate pair, which is left where a text was cut in the middle of an emoji, becomes U+FFFD.

use std::ops::Range;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::{Error, Number, from_str};

/// How many lists and objects `serde_json` reads inside each other.
const DEPTH: usize = 127;
/// How many characters the shortest integer has that may not fit, its sign included.
const LONG: usize = 20;
/// What stands for a character that cannot be read.
const UNREADABLE: &[u8] = br"\ufffd";

/// Reads a value, if need be from mended JSON.
pub(crate) fn read<T: DeserializeOwned>(json: &str) -> Result<T, Error> {
    // Lost digits are no error, so they are looked for first. A field that takes such a number takes no string.
    if let Some(value) = without_loss(json).and_then(|mended| from_str(&mended).ok()) {
        return Ok(value);
    }
    from_str(json).or_else(|error| mended(json).and_then(|mended| from_str(&mended).ok()).ok_or(error))
}

/// The mended JSON, if digits would be lost without.
fn without_loss(json: &str) -> Option<String> {
    has_long_integer(json.as_bytes()).then(|| mended(json)).flatten()
}

/// Whether there may be an integer that does not fit.
///
/// One has 19 digits in a row at least, and one of them is at a multiple of 19, so that it is enough to look at a few
/// bytes.
fn has_long_integer(json: &[u8]) -> bool {
    let is_no_digit = |byte: &u8| !byte.is_ascii_digit();
    let mut at = 0;
    while let Some(byte) = json.get(at) {
        if byte.is_ascii_digit() {
            let start = json[..at].iter().rposition(is_no_digit).map_or(0, |before| before + 1);
            let end = json[at..].iter().position(is_no_digit).map_or(json.len(), |length| at + length);
            let before = json[..start].last();
            let length = end - start + usize::from(before == Some(&b'-'));
            // Ids of this length are common, and are strings.
            if length >= LONG && before != Some(&b'"') {
                return true;
            }
            at = end;
        }
        at += LONG - 1;
    }
    false
}

/// The JSON with everything mended that has to be, if anything has.
pub(crate) fn mended(json: &str) -> Option<String> {
    let mut mender = Mender { json, mended: Vec::new(), copied: 0 };
    // Some servers put a byte order mark in front, which means nothing in UTF-8.
    let mut at = json.len() - json.trim_start_matches('\u{FEFF}').len();
    mender.replace(0..at, b"");
    let mut depth = 0;
    while let Some(byte) = json.as_bytes().get(at) {
        at = match byte {
            b'"' => mender.string(at),
            b'-' | b'0'..=b'9' => mender.number(at),
            b'[' | b'{' if depth == DEPTH => mender.deep_value(at)?,
            b'[' | b'{' => {
                depth += 1;
                at + 1
            }
            b']' | b'}' => {
                depth = depth.saturating_sub(1);
                at + 1
            }
            _ => at + 1,
        };
    }
    mender.finish()
}

struct Mender<'j> {
    json: &'j str,
    mended: Vec<u8>,
    /// Up to where `json` is in `mended`.
    copied: usize,
}

impl Mender<'_> {
    fn replace(&mut self, range: Range<usize>, with: &[u8]) {
        self.mended.extend_from_slice(&self.json.as_bytes()[self.copied..range.start]);
        self.mended.extend_from_slice(with);
        self.copied = range.end;
    }

    fn finish(mut self) -> Option<String> {
        if self.copied == 0 {
            return None;
        }
        self.mended.extend_from_slice(&self.json.as_bytes()[self.copied..]);
        String::from_utf8(self.mended).ok()
    }

    /// Mends the string that begins at `at`, and returns where it ends.
    fn string(&mut self, mut at: usize) -> usize {
        at += 1;
        while let Some(byte) = self.json.as_bytes().get(at) {
            at += match byte {
                b'"' => return at + 1,
                b'\\' => self.escape(at),
                _ => 1,
            };
        }
        at
    }

    /// Mends the escape sequence that begins at `at`, and returns its length.
    fn escape(&mut self, at: usize) -> usize {
        match (self.code_unit(at), self.code_unit(at + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (Some(0xD800..=0xDFFF), _) => {
                self.replace(at..at + 6, UNREADABLE);
                6
            }
            (Some(_), _) => 6,
            // The character behind it may be a quote or another backslash.
            (None, _) => 2,
        }
    }

    /// The code unit in `\u1234`, if that is what begins at `at`.
    fn code_unit(&self, at: usize) -> Option<u16> {
        let digits = self.json.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    }

    /// Mends the number that begins at `at`, and returns where it ends.
    fn number(&mut self, at: usize) -> usize {
        let is_part = |byte: &u8| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E');
        let length = self.json.as_bytes()[at..].iter().take_while(|byte| is_part(byte)).count();
        let number = &self.json[at..at + length];
        if is_lost(number) {
            self.replace(at..at + length, format!("\"{number}\"").as_bytes());
        }
        at + length
    }

    /// Makes a string of the list or object that begins at `at`, and returns where it ends; `None` where it is broken.
    fn deep_value(&mut self, at: usize) -> Option<usize> {
        // Passing over a value takes no stack.
        let mut values = serde_json::Deserializer::from_str(&self.json[at..]).into_iter::<IgnoredAny>();
        values.next()?.ok()?;
        let end = at + values.byte_offset();
        self.replace(at..at, b"");
        serde_json::to_writer(&mut self.mended, &self.json[at..end]).ok()?;
        self.copied = end;
        Some(end)
    }
}

/// Whether this is a number that `serde_json` cannot represent. With the feature `arbitrary_precision` there is none.
fn is_lost(number: &str) -> bool {
    let is_integer = !number.contains(['.', 'e', 'E']);
    if is_integer && number.len() < LONG {
        return false;
    }
    match from_str::<Number>(number) {
        Ok(read) => is_integer && read.to_string() != number,
        Err(_) => from_str::<IgnoredAny>(number).is_ok(),
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::Value;

    use super::*;

    /// Whether `serde_json` keeps any number, since another crate enables `arbitrary_precision`.
    fn keeps_numbers() -> bool {
        from_str::<Number>("1e400").is_ok()
    }

    fn nested(depth: usize) -> String {
        format!("{}{}", "[".repeat(depth), "]".repeat(depth))
    }

    #[test]
    fn halves_of_pairs_are_replaced() {
        for (odd, right) in [
            (r#""\ud83d""#, r#""\ufffd""#),
            (r#""\ude00""#, r#""\ufffd""#),
            (r#""\ud83d\ud83d\ude00x""#, r#""\ufffd\ud83d\ude00x""#),
            (r#""\ud83d\n\ude00""#, r#""\ufffd\n\ufffd""#),
            (r#""é\\\uD83D""#, r#""é\\\ufffd""#),
            (r#"{"\udc00":"\"\ud800"}"#, r#"{"\ufffd":"\"\ufffd"}"#),
        ] {
            assert_eq!(mended(odd).as_deref(), Some(right), "{odd}");
        }
    }

    #[test]
    fn a_byte_order_mark_is_removed() {
        assert_eq!(mended("\u{FEFF}{}").as_deref(), Some("{}"));
        assert_eq!(read::<Value>("\u{FEFF}[7]").unwrap(), from_str::<Value>("[7]").unwrap());
    }

    #[test]
    fn numbers_that_would_be_lost_become_strings() {
        let huge = "9".repeat(400);
        for number in ["18446744073709551616", "-9223372036854775809", "1e400", "-1.5E+999", &huge] {
            for (before, after) in
                [("", ""), ("[", "]"), ("[1, ", " ,2]"), ("{\"a\":", "}"), ("{\"7\":[\n", "\n]}")]
            {
                let (json, right) =
                    (format!("{before}{number}{after}"), format!("{before}\"{number}\"{after}"));
                assert_eq!(mended(&json), (!keeps_numbers()).then_some(right), "{json:.99}");
            }
        }
        for number in [
            "18446744073709551615",
            "-9223372036854775808",
            "1e308",
            "0.1000000000000000055511151231257827",
            "-0",
            "1e-400",
            // No numbers at all, which stay the errors that they are.
            "01234567890123456789012",
            "1e",
            "1e999e",
            "--1e999",
            "1.2.3456789012345678901234",
            ".e999",
        ] {
            assert_eq!(mended(&format!("[{number}]")), None, "{number}");
        }
    }

    /// Wherever in the text it begins, it is found; and a string of digits is none.
    #[test]
    fn a_long_integer_is_found() {
        for offset in 0..=2 * LONG {
            let spaces = " ".repeat(offset);
            let finds = |text: &str| has_long_integer(format!("{spaces}{text}").as_bytes());
            assert!(finds("18446744073709551616"), "{offset}");
            assert!(finds("-9223372036854775809,"), "{offset}");
            assert!(finds(&"7".repeat(99)), "{offset}");
            assert!(finds("\"18446744073709551616\",-9223372036854775809"), "{offset}");
            assert!(!finds("9223372036854775809"), "{offset}");
            assert!(!finds("-922337203685477580"), "{offset}");
            assert!(!finds("\"18446744073709551616\""), "{offset}");
            assert!(!finds("[1844674407370955161,1844674407370955161,1844674407370955161]"), "{offset}");
        }
    }

    #[test]
    fn what_is_nested_too_deep_becomes_a_string() {
        assert_eq!(mended(&nested(DEPTH)), None);
        let right = format!("{}\"[]\"{}", "[".repeat(DEPTH), "]".repeat(DEPTH));
        assert_eq!(mended(&nested(DEPTH + 1)), Some(right.clone()));
        // What is behind stays in its place, and a deep object with odd characters is kept as it is.
        let (open, close) = ("[".repeat(DEPTH), "]".repeat(DEPTH));
        let deep = r#"{ "\ud83d": ["é]", 1e400] }"#;
        let json = format!("{open}{deep} , 7{close}");
        let kept: Value = from_str(&mended(&json).unwrap()).unwrap();
        let inner = (0..DEPTH - 1).fold(&kept, |value, _| &value[0]);
        assert_eq!((&inner[0], &inner[1]), (&Value::from(deep), &Value::from(7)));
        assert_eq!(right.parse::<Value>().unwrap(), read::<Value>(&nested(DEPTH + 1)).unwrap());
    }

    /// Brackets are cheap to send; reading, comparing, printing and dropping them takes no more stack than there is.
    #[test]
    fn any_depth_is_read() {
        for depth in [DEPTH + 1, 1_000, 1_000_000] {
            let read: Value = read(&nested(depth)).unwrap();
            assert_eq!(read, read.clone());
            let text = format!("{read:?}{read}");
            assert_eq!(text.matches('[').count(), 2 * depth);
        }
        // Broken below the surface, it is as broken as it would be above.
        for broken in
            ["[".repeat(1_000_000), format!("{}x", "[".repeat(200)), nested(200).replace("[]", "[1,]")]
        {
            assert_eq!(mended(&broken), None, "{broken:.9}");
            assert!(read::<Value>(&broken).is_err(), "{broken:.9}");
        }
    }

    /// Depth is counted, not brackets: many lists beside each other are no deeper than one.
    #[test]
    fn wide_is_not_deep() {
        let wide = format!("[{}{{}}]", "[{},[]],".repeat(1_000));
        assert_eq!(mended(&wide), None);
        let text = format!("[\"{}\"]", "[".repeat(1_000));
        assert_eq!(mended(&text), None);
    }

    #[test]
    fn what_is_right_or_past_help_stays() {
        for text in [
            "",
            "{}",
            r#""\ud83d\ude00 \\ud83d \u00e9""#,
            "\"\\",
            "\"\\u",
            "\"\\ud8",
            "\"\\é",
            "\\u+fff",
            "]]]]",
            "{{{",
            "\"",
            "-",
            "7",
        ] {
            assert_eq!(mended(text), None, "{text}");
        }
    }

    #[derive(Debug, Deserialize, PartialEq)]
    struct Typed {
        exact: Option<u128>,
        near: Option<f64>,
        #[serde(default)]
        metadata: Value,
    }

    /// A field that takes the number gets the number.
    #[test]
    fn a_type_that_holds_it_gets_the_number() {
        let typed: Typed = read(r#"{"exact":18446744073709551616,"near":18446744073709551616}"#).unwrap();
        assert_eq!((typed.exact, typed.near), (Some(1 << 64), Some(18_446_744_073_709_551_616.0)));
        let typed: Typed = read(r#"{"near":0.5,"metadata":{"big":18446744073709551616}}"#).unwrap();
        let text = typed.metadata["big"].to_string();
        assert_eq!(text.trim_matches('"'), "18446744073709551616");
    }

    /// The error is that of the JSON as it came, since its position is looked up there.
    #[test]
    fn an_error_is_that_of_the_original() {
        let json = r#"{"metadata":[18446744073709551616,"\ud83d"], "near":"x"}"#;
        let error = read::<Typed>(json).unwrap_err();
        assert_eq!(error.to_string(), from_str::<Typed>(json).unwrap_err().to_string());
    }
}
