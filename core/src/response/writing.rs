//! Serializes a struct field by field. Errors are reported only at the end, so that a field is a single call without a
//! branch.

use serde::ser::{Error, Impossible, Serialize, SerializeMap, SerializeStruct, Serializer};

/// A type that can be written: `Serialize`, with our own error message if it is not implemented.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be written",
    label = "`serde::Serialize` is missing here",
    note = "derive `serde::Serialize` for `{Self}`, or name a function in `#[serde(serialize_with = \"…\")]`"
)]
pub trait Writable: Serialize {}

#[diagnostic::do_not_recommend]
impl<T: Serialize + ?Sized> Writable for T {}

/// Writes a struct.
#[derive(Debug)]
pub struct StructWriter<S: Serializer>(Result<S::SerializeStruct, S::Error>);

impl<S: Serializer> StructWriter<S> {
    /// Writes a struct. It has `always` fields, and one more field for each `true` in `sometimes`. `write` gets a
    /// reference, on which no trait of the user can replace a method.
    ///
    /// # Errors
    ///
    /// Returns the first error of a field.
    pub fn write(
        to: S,
        name: &'static str,
        always: usize,
        sometimes: &[bool],
        write: impl FnOnce(&mut Self),
    ) -> Result<S::Ok, S::Error> {
        let fields = always + sometimes.iter().filter(|is_written| **is_written).count();
        let mut writer = Self(to.serialize_struct(name, fields));
        write(&mut writer);
        writer.0?.end()
    }

    /// Writes a field.
    pub fn field<T: Writable + ?Sized>(&mut self, name: &'static str, value: &T) {
        attempt(&mut self.0, |to| to.serialize_field(name, value));
    }

    /// Writes a field if it is set.
    pub fn option<T: Writable>(&mut self, name: &'static str, value: &Option<T>) {
        self.field_if(value.is_some(), name, value);
    }

    /// Writes a field if `is_written` is true.
    pub fn field_if<T: Writable + ?Sized>(&mut self, is_written: bool, name: &'static str, value: &T) {
        attempt(
            &mut self.0,
            |to| {
                if is_written { to.serialize_field(name, value) } else { to.skip_field(name) }
            },
        );
    }
}

/// Writes a struct with flattened fields as a map.
#[derive(Debug)]
pub struct MapWriter<S: Serializer>(Result<S::SerializeMap, S::Error>);

impl<S: Serializer> MapWriter<S> {
    /// Writes a map with the fields that `write` adds.
    ///
    /// # Errors
    ///
    /// Returns the first error of a field.
    pub fn write(to: S, write: impl FnOnce(&mut Self)) -> Result<S::Ok, S::Error> {
        let mut writer = Self(to.serialize_map(None));
        write(&mut writer);
        writer.0?.end()
    }

    /// Writes a field.
    pub fn field<T: Writable + ?Sized>(&mut self, name: &'static str, value: &T) {
        attempt(&mut self.0, |to| to.serialize_entry(name, value));
    }

    /// Writes a field if it is set.
    pub fn option<T: Writable>(&mut self, name: &'static str, value: &Option<T>) {
        self.field_if(value.is_some(), name, value);
    }

    /// Writes a field if `is_written` is true.
    pub fn field_if<T: Writable + ?Sized>(&mut self, is_written: bool, name: &'static str, value: &T) {
        if is_written {
            self.field(name, value);
        }
    }

    /// Writes the entries of a map or struct next to the fields.
    pub fn flat<T: Writable + ?Sized>(&mut self, value: &T) {
        attempt(&mut self.0, |to| into_map(value, to));
    }
}

fn attempt<T, E>(state: &mut Result<T, E>, write: impl FnOnce(&mut T) -> Result<(), E>) {
    if let Ok(to) = state {
        if let Err(error) = write(to) {
            *state = Err(error);
        }
    }
}

/// A struct with fields that custom functions write.
pub trait WriteWith {
    /// Writes the value of a field.
    ///
    /// # Errors
    ///
    /// Returns the error of the function.
    fn write_with<S: Serializer>(&self, field: usize, to: S) -> Result<S::Ok, S::Error>;
}

/// The value of a field that a custom function writes.
#[derive(Debug)]
pub struct With<'f, F>(pub &'f F, pub usize);

impl<F: WriteWith> Serialize for With<'_, F> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.write_with(self.1, to)
    }
}

/// serde does not publish its code for `flatten`, but a type that derives `Serialize` can be written into any map.
#[derive(serde::Serialize)]
struct Flat<'v, T: ?Sized> {
    #[serde(flatten)]
    value: &'v T,
}

/// Writes the entries of a map or struct into a map.
///
/// # Errors
///
/// The value is neither a map nor a struct, or an entry cannot be written.
pub fn into_map<T: Serialize + ?Sized, M: SerializeMap>(value: &T, map: &mut M) -> Result<(), M::Error> {
    Flat { value }.serialize(Beside(map))
}

/// Receives a map and writes its entries into another one.
struct Beside<'m, M>(&'m mut M);

impl<M: SerializeMap> SerializeMap for Beside<'_, M> {
    type Ok = ();
    type Error = M::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), M::Error> {
        self.0.serialize_key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), M::Error> {
        self.0.serialize_value(value)
    }

    fn serialize_entry<K: Serialize + ?Sized, V: Serialize + ?Sized>(
        &mut self,
        key: &K,
        value: &V,
    ) -> Result<(), M::Error> {
        self.0.serialize_entry(key, value)
    }

    fn end(self) -> Result<(), M::Error> {
        Ok(())
    }
}

/// Methods that `Flat` never calls, because a struct with a flattened field is a map.
macro_rules! only_a_map {
    ($($method:ident($($argument:ident: $type:ty),*) -> $ok:ty;)*) => {$(
        fn $method(self, $($argument: $type),*) -> Result<$ok, M::Error> {
            $(let _ = $argument;)*
            Err(M::Error::custom("a struct with a flattened field is written as a map"))
        }
    )*};
}

impl<M: SerializeMap> Serializer for Beside<'_, M> {
    type Ok = ();
    type Error = M::Error;
    type SerializeSeq = Impossible<(), M::Error>;
    type SerializeTuple = Impossible<(), M::Error>;
    type SerializeTupleStruct = Impossible<(), M::Error>;
    type SerializeTupleVariant = Impossible<(), M::Error>;
    type SerializeMap = Self;
    type SerializeStruct = Impossible<(), M::Error>;
    type SerializeStructVariant = Impossible<(), M::Error>;

    fn serialize_map(self, _: Option<usize>) -> Result<Self, M::Error> {
        Ok(self)
    }

    only_a_map! {
        serialize_bool(value: bool) -> ();
        serialize_i8(value: i8) -> ();
        serialize_i16(value: i16) -> ();
        serialize_i32(value: i32) -> ();
        serialize_i64(value: i64) -> ();
        serialize_u8(value: u8) -> ();
        serialize_u16(value: u16) -> ();
        serialize_u32(value: u32) -> ();
        serialize_u64(value: u64) -> ();
        serialize_f32(value: f32) -> ();
        serialize_f64(value: f64) -> ();
        serialize_char(value: char) -> ();
        serialize_str(value: &str) -> ();
        serialize_bytes(value: &[u8]) -> ();
        serialize_none() -> ();
        serialize_unit() -> ();
        serialize_unit_struct(name: &'static str) -> ();
        serialize_unit_variant(name: &'static str, index: u32, variant: &'static str) -> ();
        serialize_seq(len: Option<usize>) -> Impossible<(), M::Error>;
        serialize_tuple(len: usize) -> Impossible<(), M::Error>;
        serialize_tuple_struct(name: &'static str, len: usize) -> Impossible<(), M::Error>;
        serialize_tuple_variant(name: &'static str, index: u32, variant: &'static str, len: usize)
            -> Impossible<(), M::Error>;
        serialize_struct(name: &'static str, len: usize) -> Impossible<(), M::Error>;
        serialize_struct_variant(name: &'static str, index: u32, variant: &'static str, len: usize)
            -> Impossible<(), M::Error>;
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), M::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), M::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), M::Error> {
        value.serialize(self)
    }
}
