//! Values as plain text, for paths, queries and headers.

mod compound;
mod scalar;
#[cfg(test)]
mod tests;

use std::fmt::{self, Display};

use serde::ser::{self, Impossible, Serialize, Serializer};

use self::compound::{Fields, List, Pairs};
use self::scalar::Scalar;

/// What takes the texts of a value, each with its name: one of a scalar, several of a list.
pub(crate) type Sink<'s> = &'s mut dyn FnMut(&str, &str) -> Result<(), TextError>;

/// The struct that a `serde_json::Number` is, where any crate of the program enables `arbitrary_precision`.
const NUMBER: &str = "$serde_json::private::Number";
/// The struct that a `serde_json::RawValue` is.
const RAW_VALUE: &str = "$serde_json::private::RawValue";

/// Serializes scalars, lists of scalars, and (for `flatten`) maps of both into text.
///
/// Numbers are written as JSON writes them. `None` gives no text at all; where only one text can be, it is rejected.
#[derive(Debug)]
pub struct TextSerializer<'s>(Target<'s>);

struct Target<'s> {
    sink: Sink<'s>,
    /// The name of the texts.
    name: &'s str,
    takes: Takes,
}

/// What is accepted.
#[derive(Clone, Copy)]
enum Takes {
    /// A scalar or a list of scalars; says why no map is.
    Values { no_map: &'static str },
    /// A scalar; says what it is a part of.
    One { within: &'static str },
    /// A map or a struct.
    Members,
}

impl fmt::Debug for Target<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Target").finish_non_exhaustive()
    }
}

/// Why a value has no text.
#[derive(Debug)]
pub struct TextError {
    reason: String,
    /// Whether the value's own serializer said it, who may have said anything.
    pub(crate) is_custom: bool,
}

impl Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for TextError {}

impl ser::Error for TextError {
    fn custom<T: Display>(message: T) -> Self {
        Self { reason: message.to_string(), is_custom: true }
    }
}

impl TextError {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), is_custom: false }
    }

    pub(crate) fn no_members() -> Self {
        Self::new("`flatten` takes a map or a struct")
    }
}

impl<'s> TextSerializer<'s> {
    /// For a scalar, or a list that repeats the name; `no_map` says why a map is rejected.
    pub(crate) fn values(name: &'s str, no_map: &'static str, sink: Sink<'s>) -> Self {
        Self(Target { sink, name, takes: Takes::Values { no_map } })
    }

    /// For a scalar; `within` says what it is a part of.
    pub(crate) fn one(name: &'s str, within: &'static str, sink: Sink<'s>) -> Self {
        Self(Target { sink, name, takes: Takes::One { within } })
    }

    /// For a map or a struct, whose texts have the names of its fields.
    pub(crate) fn members(sink: Sink<'s>) -> Self {
        Self(Target { sink, name: "*", takes: Takes::Members })
    }

    /// For the value under a key of a map.
    fn under(key: &'s str, sink: Sink<'s>) -> Self {
        Self::values(key, "a map in a map has no plain text: send it in the body", sink)
    }

    fn put(self, text: &str) -> Result<(), TextError> {
        match self.0.takes {
            Takes::Members => Err(TextError::no_members()),
            Takes::Values { .. } | Takes::One { .. } => (self.0.sink)(self.0.name, text),
        }
    }

    fn display(self, value: impl Display) -> Result<(), TextError> {
        // Numbers are short: a stack buffer spares the allocation.
        match Scalar::display(&value) {
            Some(scalar) => self.put(scalar.as_str()),
            None => self.put(&value.to_string()),
        }
    }

    fn float(self, value: impl Serialize, is_finite: bool) -> Result<(), TextError> {
        if !is_finite {
            return Err(TextError::new("NaN and infinite numbers have no form in JSON: send a finite one"));
        }
        Scalar::json(&value).map_or_else(|| no_text("the number"), |scalar| self.put(scalar.as_str()))
    }

    /// What is as good as nothing, where there may be nothing.
    fn nothing(self, what: &str) -> Result<(), TextError> {
        match self.0.takes {
            Takes::One { within } => no_text(&format!("{what} in {within}")),
            Takes::Values { .. } | Takes::Members => Ok(()),
        }
    }

    /// What is nothing to `flatten`, as it is to serde, and has no text elsewhere.
    fn without_text(self, what: &str) -> Result<(), TextError> {
        if matches!(self.0.takes, Takes::Members) { Ok(()) } else { no_text(what) }
    }
}

macro_rules! displayed {
    ($($method:ident($ty:ty)),* $(,)?) => {
        $(fn $method(self, value: $ty) -> Result<(), TextError> { self.display(value) })*
    };
}

fn no_text<T>(what: &str) -> Result<T, TextError> {
    Err(TextError::new(format!("{what} has no plain text: give it `serialize_with`, or send it in the body")))
}

impl<'s> Serializer for TextSerializer<'s> {
    type Ok = ();
    type Error = TextError;
    type SerializeSeq = List<'s>;
    type SerializeTuple = Impossible<(), TextError>;
    type SerializeTupleStruct = Impossible<(), TextError>;
    type SerializeTupleVariant = Impossible<(), TextError>;
    type SerializeMap = Pairs<'s>;
    type SerializeStruct = Fields<'s>;
    type SerializeStructVariant = Impossible<(), TextError>;

    displayed! {
        serialize_bool(bool), serialize_char(char),
        serialize_i8(i8), serialize_i16(i16), serialize_i32(i32), serialize_i64(i64), serialize_i128(i128),
        serialize_u8(u8), serialize_u16(u16), serialize_u32(u32), serialize_u64(u64), serialize_u128(u128),
    }

    fn serialize_f32(self, value: f32) -> Result<(), TextError> {
        self.float(value, value.is_finite())
    }

    fn serialize_f64(self, value: f64) -> Result<(), TextError> {
        self.float(value, value.is_finite())
    }

    fn serialize_str(self, value: &str) -> Result<(), TextError> {
        self.put(value)
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<(), TextError> {
        self.display(value)
    }

    fn serialize_none(self) -> Result<(), TextError> {
        self.nothing("`None`")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), TextError> {
        value.serialize(self)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), TextError> {
        match self.0.takes {
            // To `flatten` it is a field that is null, which has no text.
            Takes::Members => no_text("an enum variant without a value"),
            Takes::Values { .. } | Takes::One { .. } => self.put(variant),
        }
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), TextError> {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List<'s>, TextError> {
        match self.0.takes {
            Takes::One { within } => no_text(&format!("a list in {within}")),
            Takes::Members => Err(TextError::no_members()),
            Takes::Values { .. } => Ok(List::new(self.0)),
        }
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Pairs<'s>, TextError> {
        match self.0.takes {
            Takes::One { within } => no_text(&format!("a map in {within}")),
            Takes::Values { no_map } => Err(TextError::new(no_map)),
            Takes::Members => Ok(Pairs::new(self.0.sink)),
        }
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Fields<'s>, TextError> {
        match name {
            NUMBER => Ok(Fields::number(self.0)),
            RAW_VALUE => no_text("a `RawValue`"),
            _ => self.serialize_map(None).map(Fields::named),
        }
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), TextError> {
        no_text("a byte string")
    }

    fn serialize_unit(self) -> Result<(), TextError> {
        self.without_text("`()` or null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), TextError> {
        self.without_text("a struct without fields")
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), TextError> {
        match self.0.takes {
            Takes::Members => value.serialize(TextSerializer::under(variant, self.0.sink)),
            Takes::Values { .. } | Takes::One { .. } => no_text("an enum variant with a value"),
        }
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, TextError> {
        no_text("a tuple")
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, TextError> {
        no_text("a tuple struct")
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, TextError> {
        no_text("an enum variant with values")
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, TextError> {
        no_text("an enum variant with fields")
    }
}
