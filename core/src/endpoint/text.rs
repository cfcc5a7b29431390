//! Values as plain text, for paths, queries and headers.

use std::fmt::{self, Display, Write};

use serde::ser::{self, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer};

/// What takes the texts of a value: one of a scalar, several of a list, named ones of a map.
pub(crate) type Sink<'s> = &'s mut dyn FnMut(Option<&str>, &str) -> Result<(), TextError>;

/// Serializes scalars, lists of scalars, and (for `flatten`) maps of both into text.
///
/// `None` gives no text at all; in a list, where it would shift what comes after it, it is refused.
#[derive(Debug)]
pub struct TextSerializer<'s>(Target<'s>);

struct Target<'s> {
    sink: Sink<'s>,
    key: Option<&'s str>,
    /// Whether it takes one element of a list.
    in_list: bool,
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
}

impl<'s> TextSerializer<'s> {
    pub(crate) fn new(sink: Sink<'s>) -> Self {
        Self(Target { sink, key: None, in_list: false })
    }

    /// For the value under a key of a map.
    fn under(sink: Sink<'s>, key: &'s str) -> Self {
        Self(Target { sink, key: Some(key), in_list: false })
    }

    fn put(self, text: &str) -> Result<(), TextError> {
        (self.0.sink)(self.0.key, text)
    }

    fn display(self, value: impl Display) -> Result<(), TextError> {
        // Numbers are short: a stack buffer spares the allocation.
        let mut short = Short::default();
        match write!(short, "{value}") {
            Ok(()) => self.put(short.as_str()),
            Err(fmt::Error) => self.put(&value.to_string()),
        }
    }
}

/// Up to 40 bytes of ASCII, enough for every integer.
struct Short {
    bytes: [u8; 40],
    length: usize,
}

impl Default for Short {
    fn default() -> Self {
        Self { bytes: [0; 40], length: 0 }
    }
}

impl Short {
    fn as_str(&self) -> &str {
        // Only whole strings were written, so what is there is UTF-8.
        std::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }
}

impl Write for Short {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.length + text.len();
        self.bytes.get_mut(self.length..end).ok_or(fmt::Error)?.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
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
    type SerializeStruct = Pairs<'s>;
    type SerializeStructVariant = Impossible<(), TextError>;

    displayed! {
        serialize_bool(bool), serialize_char(char), serialize_f32(f32), serialize_f64(f64),
        serialize_i8(i8), serialize_i16(i16), serialize_i32(i32), serialize_i64(i64), serialize_i128(i128),
        serialize_u8(u8), serialize_u16(u16), serialize_u32(u32), serialize_u64(u64), serialize_u128(u128),
    }

    fn serialize_str(self, value: &str) -> Result<(), TextError> {
        self.put(value)
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<(), TextError> {
        self.display(value)
    }

    fn serialize_none(self) -> Result<(), TextError> {
        if self.0.in_list { no_text("`None` in a list") } else { Ok(()) }
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), TextError> {
        value.serialize(self)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), TextError> {
        self.put(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), TextError> {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List<'s>, TextError> {
        if self.0.in_list {
            return no_text("a list in a list");
        }
        Ok(List(self.0))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Pairs<'s>, TextError> {
        if self.0.key.is_some() {
            return no_text("a map");
        }
        Ok(Pairs { sink: self.0.sink, key: String::new() })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Pairs<'s>, TextError> {
        self.serialize_map(None)
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), TextError> {
        no_text("a byte string")
    }

    fn serialize_unit(self) -> Result<(), TextError> {
        no_text("`()`")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), TextError> {
        no_text("a struct without fields")
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), TextError> {
        no_text("an enum variant with a value")
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

/// A list: each element by itself.
#[derive(Debug)]
pub struct List<'s>(Target<'s>);

impl SerializeSeq for List<'_> {
    type Ok = ();
    type Error = TextError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TextError> {
        value.serialize(TextSerializer(Target { sink: &mut *self.0.sink, key: self.0.key, in_list: true }))
    }

    fn end(self) -> Result<(), TextError> {
        Ok(())
    }
}

/// A map or a struct: each value under its key.
pub struct Pairs<'s> {
    sink: Sink<'s>,
    key: String,
}

impl fmt::Debug for Pairs<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pairs").finish_non_exhaustive()
    }
}

impl SerializeMap for Pairs<'_> {
    type Ok = ();
    type Error = TextError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), TextError> {
        let mut text = String::new();
        key.serialize(TextSerializer::new(&mut |_, key| {
            text.push_str(key);
            Ok(())
        }))?;
        self.key = text;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TextError> {
        value.serialize(TextSerializer::under(&mut *self.sink, &self.key))
    }

    fn end(self) -> Result<(), TextError> {
        Ok(())
    }
}

impl SerializeStruct for Pairs<'_> {
    type Ok = ();
    type Error = TextError;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), TextError> {
        value.serialize(TextSerializer::under(&mut *self.sink, key))
    }

    fn end(self) -> Result<(), TextError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(value: impl Serialize) -> Result<Vec<String>, TextError> {
        let mut texts = Vec::new();
        value.serialize(TextSerializer::new(&mut |key, text| {
            texts.push(key.map_or_else(|| text.to_owned(), |key| format!("{key}={text}")));
            Ok(())
        }))?;
        Ok(texts)
    }

    #[test]
    fn scalars_and_lists() {
        assert_eq!(texts(0.1_f32).unwrap(), ["0.1"]);
        assert_eq!(texts(i128::MIN).unwrap(), [i128::MIN.to_string()]);
        assert_eq!(texts(f64::MIN_POSITIVE).unwrap(), [f64::MIN_POSITIVE.to_string()]);
        assert_eq!(texts(["a", "b"].as_slice()).unwrap(), ["a", "b"]);
        assert_eq!(texts(None::<u8>).unwrap(), [""; 0]);
        assert_eq!(texts(Some(true)).unwrap(), ["true"]);
    }

    #[test]
    fn maps_give_pairs() {
        let map = std::collections::BTreeMap::from([("a", vec![1, 2]), ("b", vec![])]);
        assert_eq!(texts(map).unwrap(), ["a=1", "a=2"]);
    }

    #[test]
    fn the_rest_is_refused() {
        assert!(texts((1, 2)).unwrap_err().to_string().contains("tuple"));
        assert!(texts(()).is_err());
        assert!(texts(vec![vec![1], vec![2, 3]]).unwrap_err().to_string().contains("a list in a list"));
        let with_a_gap = std::collections::BTreeMap::from([("a", vec![Some(1), None])]);
        assert!(texts(with_a_gap).unwrap_err().to_string().contains("`None` in a list"));
    }
}
