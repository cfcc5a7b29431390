//! The encodings of bytes in a string: hexadecimal, base64 or plain text.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::alphabet::{Alphabet, STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// An encoding of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Encoding {
    /// Hexadecimal digits of either case.
    Hex,
    /// Base64 with the standard alphabet, with or without padding, because hashes are written in both forms.
    Base64,
    /// The bytes of the string itself.
    Text,
}

const fn base64(alphabet: &Alphabet) -> GeneralPurpose {
    let config = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    GeneralPurpose::new(alphabet, config)
}

const BASE64: GeneralPurpose = base64(&STANDARD);
const BASE64_URL_SAFE: GeneralPurpose = base64(&URL_SAFE);
/// A string of this many digits of one case is base64 by chance once in four thousand million times.
const SURELY_HEX: usize = 16;
/// A shorter string can be hexadecimal by chance.
const PERHAPS_HEX: usize = 8;

impl Encoding {
    /// Decodes a string from the input. Hexadecimal digits may have the prefix that databases write, and base64 may
    /// be URL-safe.
    pub(crate) fn decode(self, text: &str) -> Option<Vec<u8>> {
        let bytes = match self {
            Self::Hex => hex_bytes(without_prefix(text)),
            Self::Base64 => BASE64.decode(text).or_else(|_| BASE64_URL_SAFE.decode(text)).ok(),
            Self::Text => Some(text.as_bytes().to_vec()),
        };
        bytes.filter(|bytes| !bytes.is_empty())
    }

    /// Encodes bytes for the API. Returns `None` for bytes that are not UTF-8.
    pub(crate) fn encode(self, bytes: Vec<u8>) -> Option<String> {
        match self {
            Self::Hex => Some(bytes.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))),
            Self::Base64 => Some(BASE64.encode(bytes)),
            Self::Text => String::from_utf8(bytes).ok(),
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Hex => "hexadecimal",
            Self::Base64 => "base64",
            Self::Text => "plain text",
        })
    }
}

impl FromStr for Encoding {
    type Err = &'static str;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        match name {
            "hex" => Ok(Self::Hex),
            "base64" => Ok(Self::Base64),
            "text" => Ok(Self::Text),
            _ => Err("an encoding is hex, base64 or text"),
        }
    }
}

/// Returns the number of bytes that the API reads from this base64; `None` if it is not base64.
pub(crate) fn base64_length(text: &str) -> Option<usize> {
    BASE64.decode(text).ok().map(|bytes| bytes.len()).filter(|length| *length > 0)
}

/// Returns the number of bytes of these hexadecimal digits.
pub(crate) fn hex_length(text: &str) -> Option<usize> {
    hex_bytes(text).map(|bytes| bytes.len())
}

fn hex_bytes(text: &str) -> Option<Vec<u8>> {
    let digit = |digit: &u8| char::from(*digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pair = |pair: &[u8]| match pair {
        [high, low] => Some(digit(high)? << 4 | digit(low)?),
        _ => None,
    };
    text.as_bytes().chunks(2).map(pair).collect()
}

fn without_prefix(text: &str) -> &str {
    text.strip_prefix("\\x").or_else(|| text.strip_prefix("0x")).unwrap_or(text)
}

/// Returns the number of bytes if the string can only be hexadecimal: it has a prefix, or so many digits that it
/// cannot be base64 by chance.
pub(crate) fn surely_hex(text: &str) -> Option<usize> {
    let digits = without_prefix(text);
    let is_sure = digits.len() < text.len() || (digits.len() >= SURELY_HEX && is_of_one_case(digits));
    hex_length(digits).filter(|length| is_sure && *length > 0)
}

/// No program writes digits of both cases in one string.
fn is_of_one_case(digits: &str) -> bool {
    !(digits.contains(|digit: char| digit.is_ascii_lowercase())
        && digits.contains(|digit: char| digit.is_ascii_uppercase()))
}

/// Whether the string is base64 with characters of the URL-safe alphabet.
pub(crate) fn is_url_safe_base64(text: &str) -> bool {
    text.contains(['-', '_']) && BASE64_URL_SAFE.decode(text).is_ok()
}

/// Whether bytes are text that a person could have typed.
fn is_typed(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Returns another possible encoding of a salt that the API reads as base64.
pub(crate) fn other_than_base64(salt: &str) -> Option<Encoding> {
    let bytes = BASE64.decode(salt).ok()?;
    // Only base64 has these characters. Base64 that decodes to readable text is not a coincidence.
    if salt.contains(['+', '/', '=']) || is_typed(&bytes) {
        return None;
    }
    let is_hex = salt.len() >= PERHAPS_HEX && hex_length(salt).is_some() && is_of_one_case(salt);
    Some(if is_hex { Encoding::Hex } else { Encoding::Text })
}

/// Returns another possible encoding of a salt that the API reads as plain text.
pub(crate) fn other_than_text(salt: &str) -> Option<Encoding> {
    let is_hex = salt.len() >= PERHAPS_HEX && hex_length(salt).is_some() && is_of_one_case(salt);
    if is_hex || surely_hex(salt).is_some() {
        return Some(Encoding::Hex);
    }
    let bytes = BASE64.decode(salt).ok()?;
    (salt.ends_with('=') || (salt.len() >= PERHAPS_HEX && is_typed(&bytes))).then_some(Encoding::Base64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_input_and_encodes_for_the_api() {
        let bytes = [0xfb, 0xef, 0xbe, 0x01];
        for (encoding, texts) in [
            (Encoding::Hex, &["fbefbe01", "FBEFBE01", "\\xfbefbe01", "0xfbefbe01"][..]),
            (Encoding::Base64, &["++++AQ==", "++++AQ", "----AQ==", "----AQ"]),
        ] {
            for text in texts {
                assert_eq!(encoding.decode(text).as_deref(), Some(&bytes[..]), "{text}");
            }
            assert_eq!(encoding.encode(bytes.to_vec()).as_deref(), texts.first().copied());
        }
        assert_eq!(Encoding::Text.encode(bytes.to_vec()), None);
        for (encoding, text) in [
            (Encoding::Hex, "abc"),
            (Encoding::Hex, "é"),
            (Encoding::Hex, ""),
            (Encoding::Base64, "a!b"),
            (Encoding::Base64, ""),
        ] {
            assert_eq!(encoding.decode(text), None, "{text}");
        }
        // These bits do not belong to a byte, so that it is not base64.
        assert_eq!((base64_length("AQ"), base64_length("AR")), (Some(1), None));
    }

    #[test]
    fn long_hexadecimal_is_no_base64_by_chance() {
        for (text, length) in [
            ("00112233aabbccdd", Some(8)),
            ("00112233AABBCCDD", Some(8)),
            ("0xdead", Some(2)),
            ("\\x", None),
            ("00112233aabbccd", None),
            ("00112233aabbCCDD", None),
            ("00112233aabbcc", None),
            ("00112233aabbccdg", None),
        ] {
            assert_eq!(surely_hex(text), length, "{text}");
        }
    }
}
