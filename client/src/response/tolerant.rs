//! How the fields of a response are read, so that an API's drift is not an error.

use std::borrow::Cow;
use std::fmt::{self, Formatter};

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, Visitor};

/// Holds for what a response can be read into: `Deserialize`, with a message of our own where it is missing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a response",
    label = "`serde::Deserialize` is missing here",
    note = "put `#[response]` on `{Self}` if it is a struct of yours, or derive `serde::Deserialize` for it",
    note = "a type of another crate often has it behind a feature called `serde`; otherwise name a function in \
            `#[serde(deserialize_with = \"…\")]`"
)]
pub trait Readable<'de>: Deserialize<'de> {}

#[diagnostic::do_not_recommend]
impl<'de, T: Deserialize<'de>> Readable<'de> for T {}

/// Holds for what a response may leave out: `Default`, with a message of our own where it is missing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no value to stand for a field that a response leaves out",
    label = "`Default` is missing here",
    note = "make the field an `Option`, mark it `#[response(required)]`, or implement `Default` for `{Self}`"
)]
pub trait Missing: Sized {
    /// Returns the value for what was left out.
    fn missing() -> Self;
}

#[diagnostic::do_not_recommend]
impl<T: Default> Missing for T {
    fn missing() -> Self {
        T::default()
    }
}

/// Returns the value for what was left out.
pub fn missing<T: Missing>() -> T {
    T::missing()
}

/// Reads a value; null leaves the field at its default.
///
/// # Errors
///
/// The value is neither null nor a `T`.
pub fn or_default<'de, T: Readable<'de>, D: Deserializer<'de>>(
    field: &mut T,
    from: D,
) -> Result<(), D::Error> {
    if let Some(value) = Option::deserialize(from)? {
        *field = value;
    }
    Ok(())
}

/// Reads a value as its type reads itself.
///
/// # Errors
///
/// The value is not a `T`.
pub fn value<'de, T: Readable<'de>, D: Deserializer<'de>>(field: &mut T, from: D) -> Result<(), D::Error> {
    put(field, T::deserialize(from))
}

/// Reads a value or null.
///
/// # Errors
///
/// The value is neither null nor a `T`.
pub fn option<'de, T: Readable<'de>, D: Deserializer<'de>>(
    field: &mut Option<T>,
    from: D,
) -> Result<(), D::Error> {
    put(field, Option::deserialize(from))
}

/// Reads a value that is required.
///
/// # Errors
///
/// The value is not a `T`.
pub fn required<'de, T: Readable<'de>, D: Deserializer<'de>>(
    field: &mut Option<T>,
    from: D,
) -> Result<(), D::Error> {
    put_required(field, T::deserialize(from))
}

/// Reads a value if `T` can be read from it; anything else, and null, is `None`.
///
/// # Errors
///
/// The input is not well-formed.
pub fn lenient<'de, T: Readable<'de>, D: Deserializer<'de>>(
    field: &mut Option<T>,
    from: D,
) -> Result<(), D::Error> {
    put(field, if_readable(from))
}

/// Puts into a field what a reader of its own has read.
///
/// # Errors
///
/// The reader's.
pub fn put<T, E>(field: &mut T, read: Result<T, E>) -> Result<(), E> {
    *field = read?;
    Ok(())
}

/// Puts into a required field what a reader of its own has read.
///
/// # Errors
///
/// The reader's.
pub fn put_required<T, E>(field: &mut Option<T>, read: Result<T, E>) -> Result<(), E> {
    *field = Some(read?);
    Ok(())
}

/// Puts into a field what a reader of its own has read; null leaves the field at its default.
///
/// # Errors
///
/// The reader's.
pub fn put_some<T, E>(field: &mut T, read: Result<Option<T>, E>) -> Result<(), E> {
    if let Some(value) = read? {
        *field = value;
    }
    Ok(())
}

/// Returns the value of a required field.
///
/// # Errors
///
/// Null was given. That nothing was given was found before.
pub fn given<T, E: Error>(value: Option<T>, name: &'static str) -> Result<T, E> {
    value.ok_or_else(|| E::missing_field(name))
}

/// Passes over a value.
///
/// # Errors
///
/// The input is not well-formed.
pub fn ignored<'de, D: Deserializer<'de>>(from: D) -> Result<(), D::Error> {
    IgnoredAny::deserialize(from).map(drop)
}

/// Reads a value if `T` can be read from it; anything else, and null, is `None`.
///
/// # Errors
///
/// The input is not well-formed.
pub fn if_readable<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Option<T>, D::Error> {
    Ok(match Option::deserialize(from)? {
        Some(Lenient::Read(value) | Lenient::FromJson(FromJson(value))) => Some(value),
        Some(Lenient::Unreadable(_)) | None => None,
    })
}

/// A value that is kept until it was tried: serde buffers it for an untagged enum.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Lenient<T> {
    Read(T),
    FromJson(FromJson<T>),
    Unreadable(IgnoredAny),
}

/// A value read from `serde_json::Value`, in which numbers are numbers.
///
/// With serde_json's feature `arbitrary_precision`, what serde buffers has maps in the place of fractions.
struct FromJson<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for FromJson<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let value = serde_json::Value::deserialize(from)?;
        T::deserialize(value).map(Self).map_err(D::Error::custom)
    }
}

/// Reads a string, borrowed where the input lends it, or null.
///
/// # Errors
///
/// The value is neither null nor a string.
pub fn borrowed_str<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Cow<'de, str>>, D::Error> {
    Ok(Option::deserialize(from)?.map(|Borrowed(value)| value))
}

/// Reads bytes, borrowed where the input lends them, or null.
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

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use serde_json::json;

    use super::*;

    fn read<T: for<'de> Deserialize<'de>>(json: &str) -> Option<T> {
        if_readable(&mut serde_json::Deserializer::from_str(json)).unwrap()
    }

    #[test]
    fn what_can_be_read_is_read_whatever_it_is() {
        assert_eq!(
            read("\"2026-11-22T10:00:00Z\""),
            Some("2026-11-22T10:00:00Z".parse::<Timestamp>().unwrap())
        );
        assert_eq!(read("\"\""), Some(String::new()));
        assert_eq!(
            (read("7"), read("-7"), read("1.5"), read("true")),
            (Some(7_u8), Some(-7), Some(1.5), Some(true))
        );
        assert_eq!(read(r#"[1,"a",null,[2.5]]"#), Some(json!([1, "a", null, [2.5]])));
        assert_eq!(read("[1.5,2.5]"), Some(vec![1.5, 2.5]));
        assert_eq!(read(r#"{"a":[1]}"#), Some(std::collections::BTreeMap::from([("a".to_owned(), vec![1])])));
    }

    #[test]
    fn what_is_no_time_is_none() {
        for json in ["\"\"", "null", "\"yesterday\"", "7", "true", "-1.5", "[1,{}]", "{\"a\":[]}"] {
            assert_eq!(read::<Timestamp>(json), None, "{json}");
        }
    }

    #[test]
    fn broken_json_stays_an_error() {
        let read = if_readable::<Timestamp, _>(&mut serde_json::Deserializer::from_str("[1,"));
        assert!(read.is_err());
    }

    #[test]
    fn null_is_the_default() {
        let mut list = vec![1_u8];
        or_default(&mut list, &mut serde_json::Deserializer::from_str("null")).unwrap();
        assert_eq!(list, [1]);
        or_default(&mut list, &mut serde_json::Deserializer::from_str("[2]")).unwrap();
        assert_eq!(list, [2]);
    }
}
