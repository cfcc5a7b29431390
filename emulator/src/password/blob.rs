//! The bytes of salts and hashes. A state file contains them as base64.

use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use subtle::ConstantTimeEq;

/// Standard base64, with or without padding: hashes are written in both forms.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

#[derive(Clone, PartialEq, Eq)]
pub(super) struct Blob(pub(super) Vec<u8>);

impl Blob {
    pub(super) fn from_base64(text: &str) -> Option<Self> {
        BASE64.decode(text).ok().map(Self)
    }

    /// Reads hexadecimal digits in lower or upper case.
    pub(super) fn from_hex(text: &str) -> Option<Self> {
        let digits: Option<Vec<u8>> =
            text.chars().map(|digit| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
        let digits = digits.filter(|digits| digits.len().is_multiple_of(2))?;
        Some(Self(digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect()))
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Compares in a time that does not depend on where the bytes differ.
    pub(super) fn equals(&self, other: &[u8]) -> bool {
        self.0.ct_eq(other).into()
    }
}

impl Serialize for Blob {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Blob {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::from_base64(&text).ok_or_else(|| D::Error::custom("not base64"))
    }
}

#[cfg(test)]
mod tests {
    use super::Blob;

    #[test]
    fn hexadecimal_and_base64() {
        let bytes = |blob: Option<Blob>| blob.map(|blob| blob.0);
        assert_eq!(bytes(Blob::from_hex("00fFa1")), Some(vec![0, 255, 161]));
        assert_eq!(bytes(Blob::from_hex("0")), None);
        assert_eq!(bytes(Blob::from_hex("0g")), None);
        assert_eq!(bytes(Blob::from_hex("é")), None);
        assert_eq!(bytes(Blob::from_base64("/w==")), bytes(Blob::from_base64("/w")));
        assert_eq!(bytes(Blob::from_base64("_w")), None);
    }
}
