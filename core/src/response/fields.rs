//! The interface between the code that `#[response]` generates and the reader of structs.

use serde::de::Deserializer;

/// The number for a name that belongs to no field.
pub const UNKNOWN: usize = usize::MAX;

/// A struct whose fields are read one by one, each directly into its memory.
///
/// Fields have numbers. A struct's list of names starts with the names of its fields, in this order.
pub trait Fields<'de>: Sized {
    /// The required fields.
    const REQUIRED: &'static [usize] = &[];
    /// Whether an unknown name is an error.
    const DENIES_UNKNOWN: bool = false;
    /// The `expected …` part of error messages, if it is not the name of the struct.
    const EXPECTING: Option<&'static str> = None;

    /// Returns the struct with the default value in every field.
    fn unread() -> Self;

    /// Returns the number of the field with a name, or [`UNKNOWN`].
    fn field(name: &str) -> usize;

    /// Reads the value of a field into the struct.
    ///
    /// # Errors
    ///
    /// The value does not match the type of the field.
    fn read<D: Deserializer<'de>>(&mut self, field: usize, from: D) -> Result<(), D::Error>;
}
