//! How the fields of a response are read, so that an API's drift is not an error.
//!
//! What reads a field is one call in the expansion, and stays one in the program: a struct then has a table of calls and
//! no copy of what they do.

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny};

pub use super::borrowed::{borrowed_bytes, borrowed_str};
pub use super::lenient::if_readable;

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
    message = "`{Self}` has no default value for a field that a response leaves out",
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

/// Reads a value as its type reads itself.
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

/// Reads a value that is required.
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

/// Reads a value if `T` can be read from it; anything else, and null, is `None`.
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
