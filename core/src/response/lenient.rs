//! Reads values that may have another type than expected.

use std::fmt::{self, Formatter};
use std::marker::PhantomData;

use serde::de::value::{
    BorrowedBytesDeserializer, BorrowedStrDeserializer, BytesDeserializer, MapAccessDeserializer,
    SeqAccessDeserializer, StrDeserializer,
};
use serde::de::{
    Deserialize, Deserializer, Error, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};

/// Reads a value if it matches `T`. Any other value and null become `None`.
///
/// # Errors
///
/// The input is not well-formed.
pub fn if_readable<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Option<T>, D::Error> {
    from.deserialize_any(LenientVisitor(PhantomData))
}

struct LenientVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> LenientVisitor<T> {
    fn held_back<D: Deserializer<'de>>(value: D) -> Result<Option<T>, D::Error> {
        Ok(match Lenient::deserialize(value)? {
            Lenient::Read(value) | Lenient::FromJson(FromJson(value)) => Some(value),
            Lenient::Number(_) | Lenient::Unreadable(_) => None,
        })
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for LenientVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    /// Most lenient values are times in strings, which do not have to be buffered.
    fn visit_str<E: Error>(self, text: &str) -> Result<Option<T>, E> {
        Ok(T::deserialize(Text(StrDeserializer::<E>::new(text))).ok())
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Option<T>, E> {
        Ok(T::deserialize(Text(BorrowedStrDeserializer::<E>::new(text))).ok())
    }

    fn visit_none<E>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<Option<T>, D::Error> {
        value.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, value: D) -> Result<Option<T>, D::Error> {
        value.deserialize_any(self)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Option<T>, E> {
        Self::held_back(value.into_deserializer())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Option<T>, E> {
        Self::held_back(value.into_deserializer())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Option<T>, E> {
        Self::held_back(value.into_deserializer())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Option<T>, E> {
        Self::held_back(value.into_deserializer())
    }

    fn visit_bytes<E: Error>(self, value: &[u8]) -> Result<Option<T>, E> {
        Self::held_back(BytesDeserializer::new(value))
    }

    fn visit_borrowed_bytes<E: Error>(self, value: &'de [u8]) -> Result<Option<T>, E> {
        Self::held_back(BorrowedBytesDeserializer::new(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, values: A) -> Result<Option<T>, A::Error> {
        Self::held_back(SeqAccessDeserializer::new(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Option<T>, A::Error> {
        Self::held_back(MapAccessDeserializer::new(entries))
    }
}

/// A string that can also be read as an `Option` or a newtype struct, as in JSON.
struct Text<D>(D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Text<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_enum(name, variants, visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

/// A value that is buffered until it has been tried. The variants are tried in this order, because serde buffers a
/// value for an untagged enum.
///
/// With `serde_json`'s feature `arbitrary_precision`, serde's buffer contains maps instead of fractions, but a
/// `serde_json::Value` contains numbers. A `Value` cannot lend strings or contain bytes, so the second variant uses
/// serde's buffer.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Lenient<T> {
    FromJson(FromJson<T>),
    Number(#[expect(dead_code, reason = "only its type matters")] serde_json::Number),
    Read(T),
    Unreadable(IgnoredAny),
}

/// A value read from `serde_json::Value`.
struct FromJson<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for FromJson<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let value = serde_json::Value::deserialize(from)?;
        T::deserialize(value).map(Self).map_err(D::Error::custom)
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
    fn readable_values_of_all_types_are_read() {
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
    fn invalid_times_are_none() {
        for json in ["\"\"", "null", "\"yesterday\"", "7", "true", "-1.5", "[1,{}]", "{\"a\":[]}"] {
            assert_eq!(read::<Timestamp>(json), None, "{json}");
        }
    }

    #[test]
    fn broken_json_stays_an_error() {
        let read = if_readable::<Timestamp, _>(&mut serde_json::Deserializer::from_str("[1,"));
        assert!(read.is_err());
    }
}
