//! Repairs JSON that `serde_json` rejects or reads with a loss of data.
//!
//! Otherwise a single unusual value in the metadata of a user would prevent that user from logging in. A value that
//! `serde_json` cannot represent is replaced by a string that contains its JSON:
//!
//! - a list or an object with more than 127 others around it, because a server could otherwise use up the stack
//! - a number beyond the range of `f64`, and an integer beyond the range of `u64` and `i64`, of which `f64` would keep
//!   only the first 17 digits
//!
//! Half of a surrogate pair is replaced by U+FFFD. It occurs if a server has cut a string in the middle of an emoji.

mod long_integer;
#[cfg(test)]
mod tests;

use std::ops::Range;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::{Error, Number, from_str};

use self::long_integer::{LONG, has_long_integer};

/// The maximum nesting of lists and objects in `serde_json`.
const DEPTH: usize = 127;
/// The replacement for a character that cannot be read.
const UNREADABLE: &[u8] = br"\ufffd";

/// Deserializes a value. Repairs the JSON first if necessary.
pub(crate) fn read<T: DeserializeOwned>(json: &str) -> Result<T, Error> {
    // A loss of digits is not an error in `serde_json`, so it is checked first. If the field is a number, the repaired
    // string does not fit, and the original JSON is used.
    if let Some(value) = without_loss(json).and_then(|mended| from_str(&mended).ok()) {
        return Ok(value);
    }
    from_str(json).or_else(|error| mended(json).and_then(|mended| from_str(&mended).ok()).ok_or(error))
}

/// Returns the repaired JSON, if digits would be lost otherwise.
fn without_loss(json: &str) -> Option<String> {
    has_long_integer(json.as_bytes()).then(|| mended(json)).flatten()
}

/// Returns the JSON with all necessary repairs, or `None` if there are none.
pub(crate) fn mended(json: &str) -> Option<String> {
    let mut mender = Mender { json, mended: Vec::new(), copied: 0 };
    // Some servers send a byte order mark, which has no meaning in UTF-8.
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
    /// The part of `json` before this position is already in `mended`.
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

    /// Repairs the string that begins at `at`, and returns its end.
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

    /// Repairs the escape sequence that begins at `at`, and returns its length.
    fn escape(&mut self, at: usize) -> usize {
        match (self.code_unit(at), self.code_unit(at + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (Some(0xD800..=0xDFFF), _) => {
                self.replace(at..at + 6, UNREADABLE);
                6
            }
            (Some(_), _) => 6,
            // The escaped character may be a quote or another backslash.
            (None, _) => 2,
        }
    }

    /// Returns the code unit of the `\u1234` at `at`, if there is one.
    fn code_unit(&self, at: usize) -> Option<u16> {
        let digits = self.json.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    }

    /// Repairs the number that begins at `at`, and returns its end.
    fn number(&mut self, at: usize) -> usize {
        let is_part = |byte: &u8| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E');
        let length = self.json.as_bytes()[at..].iter().take_while(|byte| is_part(byte)).count();
        let number = &self.json[at..at + length];
        if is_lost(number) {
            self.replace(at..at + length, format!("\"{number}\"").as_bytes());
        }
        at + length
    }

    /// Converts the list or object that begins at `at` to a string, and returns its end; `None` if it is broken.
    fn deep_value(&mut self, at: usize) -> Option<usize> {
        // Skipping a value uses no stack.
        let mut values = serde_json::Deserializer::from_str(&self.json[at..]).into_iter::<IgnoredAny>();
        values.next()?.ok()?;
        let end = at + values.byte_offset();
        self.replace(at..at, b"");
        serde_json::to_writer(&mut self.mended, &self.json[at..end]).ok()?;
        self.copied = end;
        Some(end)
    }
}

/// Returns whether `serde_json` cannot represent the number. With the feature `arbitrary_precision`, it can represent
/// all numbers.
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
