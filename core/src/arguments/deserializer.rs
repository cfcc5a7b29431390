//! Deserializes types from a borrowed JSON value. Its errors contain the path of the wrong value.
//!
//! The deserializer of `serde_json` is not used because it quotes values in its errors.

use serde::de::value::{BorrowedStrDeserializer, UnitDeserializer};
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value;

use super::ArgumentsError;

/// One argument, or a part of one.
#[derive(Clone, Copy, Debug)]
pub struct Argument<'de>(pub(super) &'de Value);

impl<'de> Deserializer<'de> for Argument<'de> {
    type Error = ArgumentsError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ArgumentsError> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(bool) => visitor.visit_bool(*bool),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(items) => visitor.visit_seq(Items { items: items.iter().enumerate() }),
            Value::Object(fields) => visitor.visit_map(Entries {
                entries: fields.iter().map(|(name, value)| (name.as_str(), value)),
                next: None,
            }),
            Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(number), ..) => visitor.visit_u64(number),
                (_, Some(number), _) => visitor.visit_i64(number),
                (.., number) => visitor.visit_f64(number.unwrap_or(f64::NAN)),
            },
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ArgumentsError> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ArgumentsError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ArgumentsError> {
        let variant = match self.0 {
            Value::String(name) => Some((name, None)),
            Value::Object(fields) if fields.len() == 1 => {
                fields.iter().next().map(|(name, value)| (name, Some(value)))
            }
            _ => None,
        };
        match variant {
            Some((name, value)) => visitor.visit_enum(Variant { name, value: value.map(Argument) }),
            None => self.deserialize_any(visitor),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ArgumentsError> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier
    }
}

/// The elements of a list.
struct Items<'de> {
    items: std::iter::Enumerate<std::slice::Iter<'de, Value>>,
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = ArgumentsError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, ArgumentsError> {
        let Some((index, item)) = self.items.next() else { return Ok(None) };
        seed.deserialize(Argument(item)).map(Some).map_err(|error| error.at(index))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

/// The fields of an object.
struct Entries<'de, I> {
    entries: I,
    next: Option<(&'de str, &'de Value)>,
}

impl<'de, I: Iterator<Item = (&'de str, &'de Value)>> MapAccess<'de> for Entries<'de, I> {
    type Error = ArgumentsError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, ArgumentsError> {
        self.next = self.entries.next();
        self.next.map(|(name, _)| seed.deserialize(BorrowedStrDeserializer::new(name))).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, ArgumentsError> {
        // serde asks for a value only after its name.
        let (name, value) = self.next.take().unwrap_or(("", &Value::Null));
        seed.deserialize(Argument(value)).map_err(|error| error.inside(name))
    }
}

/// A variant of an enum: its name alone, or an object with its name and its value.
struct Variant<'de> {
    name: &'de str,
    value: Option<Argument<'de>>,
}

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = ArgumentsError;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), ArgumentsError> {
        seed.deserialize(BorrowedStrDeserializer::new(self.name)).map(|name| (name, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'de> {
    type Error = ArgumentsError;

    fn unit_variant(self) -> Result<(), ArgumentsError> {
        self.newtype_variant_seed(std::marker::PhantomData)
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, ArgumentsError> {
        match self.value {
            Some(value) => seed.deserialize(value).map_err(|error| error.inside(self.name)),
            None => seed.deserialize(UnitDeserializer::new()),
        }
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, ArgumentsError> {
        self.contents(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ArgumentsError> {
        self.contents(visitor)
    }
}

impl<'de> Variant<'de> {
    fn contents<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ArgumentsError> {
        match self.value {
            Some(value) => value.deserialize_any(visitor).map_err(|error| error.inside(self.name)),
            None => visitor.visit_unit(),
        }
    }
}

/// The arguments that no other field uses. A struct takes those that it has fields for; any other type takes all of
/// them.
pub(super) struct Rest<'r, 'de>(pub(super) &'r mut Vec<(&'de str, &'de Value)>);

impl<'de> Deserializer<'de> for Rest<'_, 'de> {
    type Error = ArgumentsError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ArgumentsError> {
        visitor.visit_map(Entries { entries: self.0.drain(..), next: None })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ArgumentsError> {
        let (own, others) = self.0.drain(..).partition(|(name, _)| fields.contains(name));
        *self.0 = others;
        let own: Vec<(&str, &Value)> = own;
        visitor.visit_map(Entries { entries: own.into_iter(), next: None })
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ArgumentsError> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct seq
        tuple tuple_struct map enum identifier ignored_any
    }
}
