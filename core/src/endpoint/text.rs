//! Serializes values as plain text, for paths, queries and headers.

mod compound;
mod scalar;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt::{self, Display};

use serde::ser::{self, Serialize, Serializer};

use self::compound::{Fields, List, Pairs};
use self::scalar::Scalar;

/// Receives the strings of a value with their names: one string for a scalar, several for a list.
pub(crate) type Sink<'s> = &'s mut dyn FnMut(&str, &str) -> Result<(), TextError>;

/// The name of the struct that `serde_json::Number` serializes as if any crate of the program enables
/// `arbitrary_precision`.
const NUMBER: &str = "$serde_json::private::Number";
/// The name of the struct that `serde_json::RawValue` serializes as.
const RAW_VALUE: &str = "$serde_json::private::RawValue";

/// Serializes scalars, lists of scalars and (for `flatten`) maps into strings. Some styles also allow nested values.
///
/// Numbers are written as in JSON. `None` is written as no string, and is an error if exactly one string is required.
#[derive(Debug)]
pub struct TextSerializer<'s>(Target<'s>);

struct Target<'s> {
    sink: Sink<'s>,
    /// The name of the strings.
    name: &'s str,
    takes: Takes,
}

/// The values that are accepted.
#[derive(Clone, Copy)]
enum Takes {
    /// A scalar, or a value whose parts can be named in the style.
    Values(Style),
    /// A scalar. `within` names the value that contains it. A map is rejected with the reason `no_map`, if there is one.
    One { within: &'static str, no_map: Option<&'static str> },
    /// A map or a struct, whose values are named in the style.
    Entries(Style),
}

/// How the parts of a value are named: the elements of a list and the entries of a map.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Style {
    /// `a=1&a=2`: each element of a list has the same name. A map is rejected with the reason.
    Repeat { no_map: &'static str },
    /// `a=1,2`: like `Repeat`, and the receiver joins the strings of a name with commas. A tuple is a list, too.
    Comma { no_map: &'static str },
    /// `a[]=1&a[]=2` and `a[b]=1`, as in PHP and Rails. A list can contain only scalars; otherwise a server could not
    /// tell which parts belong to the same element.
    Brackets,
    /// `a[0]=1&a[1]=2` and `a[b][c]=1`, to any depth.
    Deep,
}

impl fmt::Debug for Target<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Target").finish_non_exhaustive()
    }
}

/// The error for a value that cannot be written as text.
#[derive(Debug)]
pub struct TextError {
    reason: String,
    /// Whether the value's own serializer wrote the message, which may then contain anything.
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

    pub(crate) fn no_entries() -> Self {
        Self::new("`flatten` takes a map or a struct")
    }
}

impl<'s> TextSerializer<'s> {
    /// Creates a serializer for a name, with the names of its parts in a style.
    pub(crate) fn values(name: &'s str, style: Style, sink: Sink<'s>) -> Self {
        Self(Target { sink, name, takes: Takes::Values(style) })
    }

    /// Creates a serializer for a scalar. `within` names the value that contains it.
    pub(crate) fn one(name: &'s str, within: &'static str, sink: Sink<'s>) -> Self {
        Self(Target { sink, name, takes: Takes::One { within, no_map: None } })
    }

    /// Creates a serializer for a scalar in a list. `no_map` is the reason why a map is rejected.
    pub(crate) fn element(name: &'s str, no_map: &'static str, sink: Sink<'s>) -> Self {
        Self(Target { sink, name, takes: Takes::One { within: "a list", no_map: Some(no_map) } })
    }

    /// Creates a serializer for a map or a struct. Its fields are the names, and nested values are named in the style.
    pub(crate) fn entries(style: Style, sink: Sink<'s>) -> Self {
        Self(Target { sink, name: "*", takes: Takes::Entries(style) })
    }

    fn put(self, text: &str) -> Result<(), TextError> {
        match self.0.takes {
            Takes::Entries(_) => Err(TextError::no_entries()),
            Takes::Values(_) | Takes::One { .. } => (self.0.sink)(self.0.name, text),
        }
    }

    fn display(self, value: impl Display) -> Result<(), TextError> {
        // Numbers are short, so a stack buffer avoids an allocation.
        match Scalar::display(&value) {
            Some(scalar) => self.put(scalar.as_str()),
            None => self.put(&value.to_string()),
        }
    }

    fn float(self, value: impl Serialize, is_finite: bool) -> Result<(), TextError> {
        if !is_finite {
            return Err(TextError::new("JSON does not allow NaN and infinite numbers: use a finite number"));
        }
        Scalar::json(&value).map_or_else(|| no_text("the number"), |scalar| self.put(scalar.as_str()))
    }

    /// Accepts an empty value if no text is required.
    fn empty(self, what: &str) -> Result<(), TextError> {
        match self.0.takes {
            Takes::One { within, .. } => no_text(&format!("{what} in {within}")),
            Takes::Values(_) | Takes::Entries(_) => Ok(()),
        }
    }

    /// Returns the name for the content of an enum variant, if its parts can have names.
    fn variant(
        self,
        variant: &'static str,
        what: &str,
    ) -> Result<(Cow<'s, str>, Style, Sink<'s>), TextError> {
        match self.0.takes {
            Takes::Values(style @ (Style::Brackets | Style::Deep)) => {
                Ok((Cow::Owned(format!("{}[{variant}]", self.0.name)), style, self.0.sink))
            }
            Takes::Entries(style @ (Style::Brackets | Style::Deep)) => {
                Ok((Cow::Borrowed(variant), style, self.0.sink))
            }
            _ => no_text(what),
        }
    }

    /// Accepts a value that `flatten` ignores, as serde does. It is an error elsewhere.
    fn without_text(self, what: &str) -> Result<(), TextError> {
        if matches!(self.0.takes, Takes::Entries(_)) { Ok(()) } else { no_text(what) }
    }
}

macro_rules! displayed {
    ($($method:ident($ty:ty)),* $(,)?) => {
        $(fn $method(self, value: $ty) -> Result<(), TextError> { self.display(value) })*
    };
}

fn no_text<T>(what: &str) -> Result<T, TextError> {
    Err(TextError::new(format!(
        "{what} cannot be written as text: add `serialize_with`, or send it in the body"
    )))
}

impl<'s> Serializer for TextSerializer<'s> {
    type Ok = ();
    type Error = TextError;
    type SerializeSeq = List<'s>;
    type SerializeTuple = List<'s>;
    type SerializeTupleStruct = List<'s>;
    type SerializeTupleVariant = List<'s>;
    type SerializeMap = Pairs<'s>;
    type SerializeStruct = Fields<'s>;
    type SerializeStructVariant = Fields<'s>;

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
        self.empty("`None`")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), TextError> {
        value.serialize(self)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), TextError> {
        match self.0.takes {
            // For `flatten` it is a field that is null, which is written as no text.
            Takes::Entries(_) => no_text("an enum variant without a value"),
            Takes::Values(_) | Takes::One { .. } => self.put(variant),
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
            Takes::One { within, .. } => no_text(&format!("a list in {within}")),
            Takes::Entries(_) => Err(TextError::no_entries()),
            Takes::Values(style) => Ok(List::new(Cow::Borrowed(self.0.name), style, self.0.sink)),
        }
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Pairs<'s>, TextError> {
        match self.0.takes {
            Takes::One { within, no_map: None } => no_text(&format!("a map in {within}")),
            Takes::One { no_map: Some(no_map), .. }
            | Takes::Values(Style::Repeat { no_map } | Style::Comma { no_map }) => {
                Err(TextError::new(no_map))
            }
            Takes::Values(style) => Ok(Pairs::under(Cow::Borrowed(self.0.name), style, self.0.sink)),
            Takes::Entries(style) => Ok(Pairs::named(style, self.0.sink)),
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
            Takes::One { .. } | Takes::Values(Style::Repeat { .. }) => {
                no_text("an enum variant with a value")
            }
            Takes::Values(_) | Takes::Entries(_) => self.serialize_map(None)?.entry(variant, value),
        }
    }

    fn serialize_tuple(self, _: usize) -> Result<List<'s>, TextError> {
        match self.0.takes {
            Takes::Values(Style::Comma { .. } | Style::Brackets | Style::Deep) => self.serialize_seq(None),
            _ => no_text("a tuple"),
        }
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<List<'s>, TextError> {
        match self.0.takes {
            Takes::Values(Style::Comma { .. } | Style::Brackets | Style::Deep) => {
                self.serialize_seq(Some(length))
            }
            _ => no_text("a tuple struct"),
        }
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<List<'s>, TextError> {
        let (name, style, sink) = self.variant(variant, "an enum variant with values")?;
        Ok(List::new(name, style, sink))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Fields<'s>, TextError> {
        let (name, style, sink) = self.variant(variant, "an enum variant with fields")?;
        Ok(Fields::named(Pairs::under(name, style, sink)))
    }
}
