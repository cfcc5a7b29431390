//! What the expansion of `#[response]` says of a struct's fields.

use serde::de::Deserializer;

/// What a name leads to that is not a field's.
pub const UNKNOWN: usize = usize::MAX;

/// A struct whose fields are read one by one, each into its own location.
///
/// Fields have numbers, and the first names of a struct's list of names are those of its fields, in this order.
pub trait Fields<'de>: Sized {
    /// The fields that a response must have.
    const REQUIRED: &'static [usize] = &[];
    /// Whether a name that is not in the list is an error.
    const DENIES_UNKNOWN: bool = false;
    /// What an error says was expected, if it is not the name of the struct.
    const EXPECTING: Option<&'static str> = None;

    /// The struct with every field at its default.
    fn unread() -> Self;

    /// The number of the field that a name leads to, or [`UNKNOWN`].
    fn field(name: &str) -> usize;

    /// Reads the value of a field into its location.
    ///
    /// # Errors
    ///
    /// The value is not one that the field can hold.
    fn read<D: Deserializer<'de>>(&mut self, field: usize, from: D) -> Result<(), D::Error>;
}
