//! Reads strings and bytes without copying them if possible, like serde's derive does for a `Cow`.

use std::borrow::Cow;
use std::fmt::{self, Formatter};

use serde::de::{Deserialize, Deserializer, Visitor};

/// Reads a string or null. The string borrows from the input if possible.
///
/// # Errors
///
/// The value is neither null nor a string.
pub fn borrowed_str<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Cow<'de, str>>, D::Error> {
    Ok(Option::deserialize(from)?.map(|Borrowed(value)| value))
}

/// Reads bytes or null. The bytes borrow from the input if possible.
///
/// # Errors
///
/// The value is neither null nor bytes.
pub fn borrowed_bytes<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Cow<'de, [u8]>>, D::Error> {
    Ok(Option::deserialize(from)?.map(|Borrowed(value)| value))
}

struct Borrowed<T>(T);

impl<'de> Deserialize<'de> for Borrowed<Cow<'de, str>> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_str(StrVisitor).map(Self)
    }
}

impl<'de> Deserialize<'de> for Borrowed<Cow<'de, [u8]>> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_bytes(BytesVisitor).map(Self)
    }
}

struct StrVisitor;

impl<'de> Visitor<'de> for StrVisitor {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(text))
    }
}

struct BytesVisitor;

impl<'de> Visitor<'de> for BytesVisitor {
    type Value = Cow<'de, [u8]>;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("bytes")
    }

    fn visit_borrowed_bytes<E>(self, bytes: &'de [u8]) -> Result<Cow<'de, [u8]>, E> {
        Ok(Cow::Borrowed(bytes))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Cow<'de, [u8]>, E> {
        Ok(Cow::Borrowed(text.as_bytes()))
    }

    fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Cow<'de, [u8]>, E> {
        Ok(Cow::Owned(bytes.to_owned()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Cow<'de, [u8]>, E> {
        Ok(Cow::Owned(text.as_bytes().to_owned()))
    }
}
