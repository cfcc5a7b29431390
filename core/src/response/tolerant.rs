//! Reads the fields of a response tolerantly, so that changes of the API are not errors.
//!
//! Generated code calls one of these functions for each field, and they are not inlined. A struct then needs only a
//! table of calls instead of copies of the code.

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny};

pub use super::borrowed::{borrowed_bytes, borrowed_str};
pub use super::lenient::if_readable;

/// A type that can be read from a response: `Deserialize`, with our own error message if it is not implemented.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a response",
    label = "`serde::Deserialize` is missing here",
    note = "add `#[response]` to `{Self}` if it is your struct, or derive `serde::Deserialize` for it",
    note = "other crates often implement it with a feature called `serde`; otherwise name a function in \
            `#[serde(deserialize_with = \"…\")]`"
)]
pub trait Readable<'de>: Deserialize<'de> {}

#[diagnostic::do_not_recommend]
impl<'de, T: Deserialize<'de>> Readable<'de> for T {}

/// A type for fields that a response may leave out: `Default`, with our own error message if it is not implemented.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no default value for a field that a response leaves out",
    label = "`Default` is missing here",
    note = "make the field an `Option`, add `#[response(required)]`, or implement `Default` for `{Self}`"
)]
pub trait Missing: Sized {
    /// Returns the value of a missing field.
    fn missing() -> Self;
}

#[diagnostic::do_not_recommend]
impl<T: Default> Missing for T {
    fn missing() -> Self {
        T::default()
    }
}

/// Returns the value of a missing field.
pub fn missing<T: Missing>() -> T {
    T::missing()
}

/// Reads a value. Null sets the field to its default.
///
/// # Errors
///
/// The value is neither null nor a `T`.
#[inline(never)]
pub fn or_default<'de, T: Readable<'de>, D: Deserializer<'de>>(
    field: &mut T,
    from: D,
) -> Result<(), D::Error> {
    if let Some(value) = Option::deserialize(from)? {
        *field = value;
    }
    Ok(())
}

/// Reads a value with the deserializer of its type.
///
/// # Errors
///
/// The value is not a `T`.
#[inline(never)]
pub fn value<'de, T: Readable<'de>, D: Deserializer<'de>>(field: &mut T, from: D) -> Result<(), D::Error> {
    put(field, T::deserialize(from))
}

/// Reads a value or null.
///
/// # Errors
///
/// The value is neither null nor a `T`.
#[inline(never)]
pub fn option<'de, T: Readable<'de>, D: Deserializer<'de>>(
    field: &mut Option<T>,
    from: D,
) -> Result<(), D::Error> {
    put(field, Option::deserialize(from))
}

/// Reads a required value.
///
/// # Errors
///
/// The value is not a `T`.
#[inline(never)]
pub fn required<'de, T: Readable<'de>, D: Deserializer<'de>>(
    field: &mut Option<T>,
    from: D,
) -> Result<(), D::Error> {
    put_required(field, T::deserialize(from))
}

/// Reads a value if it matches `T`. Any other value and null become `None`.
///
/// # Errors
///
/// The input is not well-formed.
#[inline(never)]
pub fn lenient<'de, T: Readable<'de>, D: Deserializer<'de>>(
    field: &mut Option<T>,
    from: D,
) -> Result<(), D::Error> {
    put(field, if_readable(from))
}

/// Stores the result of a custom reader in a field.
///
/// # Errors
///
/// Returns the error of the reader.
pub fn put<T, E>(field: &mut T, read: Result<T, E>) -> Result<(), E> {
    *field = read?;
    Ok(())
}

/// Stores the result of a custom reader in a required field.
///
/// # Errors
///
/// Returns the error of the reader.
pub fn put_required<T, E>(field: &mut Option<T>, read: Result<T, E>) -> Result<(), E> {
    *field = Some(read?);
    Ok(())
}

/// Stores the result of a custom reader in a field. Null sets the field to its default.
///
/// # Errors
///
/// Returns the error of the reader.
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
/// The value was null. A missing field was detected before.
pub fn given<T, E: Error>(value: Option<T>, name: &'static str) -> Result<T, E> {
    value.ok_or_else(|| E::missing_field(name))
}

/// Skips a value.
///
/// # Errors
///
/// The input is not well-formed.
pub fn ignored<'de, D: Deserializer<'de>>(from: D) -> Result<(), D::Error> {
    IgnoredAny::deserialize(from).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_is_the_default() {
        let mut list = vec![1_u8];
        or_default(&mut list, &mut serde_json::Deserializer::from_str("null")).unwrap();
        assert_eq!(list, [1]);
        or_default(&mut list, &mut serde_json::Deserializer::from_str("[2]")).unwrap();
        assert_eq!(list, [2]);
    }
}
