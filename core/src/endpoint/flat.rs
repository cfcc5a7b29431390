//! Serializes flattened fields of the body.

use std::fmt;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Error;

use super::body::Json;

/// Serializes a flattened field as JSON. The caller then removes the braces.
///
/// It differs from `serde_json`'s serializer in the same way as serde's `flatten`: an enum variant without a value
/// becomes a field that is null.
pub struct FlatSerializer<'b>(pub(super) Json<'b>);

impl fmt::Debug for FlatSerializer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FlatSerializer").finish_non_exhaustive()
    }
}

macro_rules! scalars {
    ($($method:ident($ty:ty),)*) => {
        // The value is rejected later if the text is neither an object nor null, so any other JSON works here. NaN
        // itself would become null.
        $(fn $method(self, _: $ty) -> Result<(), Error> { self.0.serialize_bool(false) })*
    };
}

macro_rules! forwarded {
    ($($method:ident($($name:ident: $ty:ty),*) -> $output:ty,)*) => {
        $(fn $method(self, $($name: $ty),*) -> Result<$output, Error> { self.0.$method($($name),*) })*
    };
}

impl<'b> Serializer for FlatSerializer<'b> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = <Json<'b> as Serializer>::SerializeSeq;
    type SerializeTuple = <Json<'b> as Serializer>::SerializeTuple;
    type SerializeTupleStruct = <Json<'b> as Serializer>::SerializeTupleStruct;
    type SerializeTupleVariant = <Json<'b> as Serializer>::SerializeTupleVariant;
    type SerializeMap = <Json<'b> as Serializer>::SerializeMap;
    type SerializeStruct = <Json<'b> as Serializer>::SerializeStruct;
    type SerializeStructVariant = <Json<'b> as Serializer>::SerializeStructVariant;

    scalars! {
        serialize_bool(bool), serialize_char(char), serialize_str(&str), serialize_bytes(&[u8]),
        serialize_i8(i8), serialize_i16(i16), serialize_i32(i32), serialize_i64(i64), serialize_i128(i128),
        serialize_u8(u8), serialize_u16(u16), serialize_u32(u32), serialize_u64(u64), serialize_u128(u128),
        serialize_f32(f32), serialize_f64(f64),
    }

    forwarded! {
        serialize_none() -> (),
        serialize_unit() -> (),
        serialize_unit_struct(name: &'static str) -> (),
        serialize_seq(len: Option<usize>) -> Self::SerializeSeq,
        serialize_tuple(len: usize) -> Self::SerializeTuple,
        serialize_tuple_struct(name: &'static str, len: usize) -> Self::SerializeTupleStruct,
        serialize_tuple_variant(name: &'static str, index: u32, variant: &'static str, len: usize)
            -> Self::SerializeTupleVariant,
        serialize_struct(name: &'static str, len: usize) -> Self::SerializeStruct,
        serialize_struct_variant(name: &'static str, index: u32, variant: &'static str, len: usize)
            -> Self::SerializeStructVariant,
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        let mut map = self.0.serialize_map(None)?;
        map.serialize_entry(variant, &())?;
        map.end()
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.0.serialize_newtype_variant(name, index, variant, value)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Error> {
        // `serde_json` closes a map immediately if its length is 0, and some maps have entries although they report a
        // length of 0.
        self.0.serialize_map(None)
    }
}
