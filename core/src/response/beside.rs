//! Deserializes a struct with flattened fields. They get the entries that belong to no other field.
//!
//! serde does not publish how it buffers a value of any type, so `Flat` uses serde's derive for this.

use std::fmt::{self, Formatter};
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::value::{
    BorrowedBytesDeserializer, BorrowedStrDeserializer, BytesDeserializer, MapAccessDeserializer,
};
use serde::de::{DeserializeSeed, Deserializer, Error, IntoDeserializer, MapAccess, Visitor};

use super::fields::{Fields, UNKNOWN};
use super::names::Name;
use super::reading::{State, expecting};

/// A flattened field and the ones after it; `()` at the end.
#[derive(Debug, Deserialize)]
pub struct Flat<T, Rest> {
    /// The value of this field.
    #[serde(flatten)]
    pub value: T,
    /// The values of the other fields.
    #[serde(flatten)]
    pub rest: Rest,
}

/// Reads a struct from a map, and the entries that do not belong to its own fields as a `T`.
///
/// # Errors
///
/// The same as [`read`](super::reading::read), and the errors of `T`.
pub fn read<'de, F: Fields<'de>, T: Deserialize<'de>, D: Deserializer<'de>>(
    from: D,
    name: &'static str,
    names: &'static [&'static str],
) -> Result<(F, T), D::Error> {
    let mut fields = F::unread();
    let visitor = BesideVisitor { name, names, fields: &mut fields, beside: PhantomData };
    let beside = from.deserialize_map(visitor)?;
    Ok((fields, beside))
}

struct BesideVisitor<'f, F, T> {
    name: &'static str,
    names: &'static [&'static str],
    fields: &'f mut F,
    beside: PhantomData<T>,
}

impl<'de, F: Fields<'de>, T: Deserialize<'de>> Visitor<'de> for BesideVisitor<'_, F, T> {
    type Value = T;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        expecting::<F>(self.name, f)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let mut state = State::new(self.names, self.fields);
        let beside = T::deserialize(MapAccessDeserializer::new(Beside { map, state: &mut state }))?;
        state.finish().map(|()| beside)
    }
}

/// The entries of a map that do not belong to a field. Entries of fields are read in between.
struct Beside<'s, 'f, A, F> {
    map: A,
    state: &'s mut State<'f, F>,
}

impl<'de, A: MapAccess<'de>, F: Fields<'de>> MapAccess<'de> for Beside<'_, '_, A, F> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        let mut seed = Some(seed);
        loop {
            let key = Key { fields: PhantomData::<F>, other: &mut seed };
            match self.map.next_key_seed(key)? {
                None => return Ok(None),
                Some(Found::Field(field)) => self.state.read(field, &mut self.map)?,
                Some(Found::Other(key)) => return Ok(Some(key)),
            }
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}

/// The name of a field of the struct, or a name that `other` reads.
struct Key<'s, F, K> {
    fields: PhantomData<F>,
    other: &'s mut Option<K>,
}

enum Found<T> {
    Field(usize),
    Other(T),
}

impl<'de, F: Fields<'de>, K: DeserializeSeed<'de>> Key<'_, F, K> {
    fn find<D: Deserializer<'de>>(self, field: usize, from: D) -> Result<Found<K::Value>, D::Error> {
        if field == UNKNOWN { self.other(from) } else { Ok(Found::Field(field)) }
    }

    fn other<D: Deserializer<'de>>(self, from: D) -> Result<Found<K::Value>, D::Error> {
        // It is only taken once: after another name, control returns to the reader of the map.
        let seed = self.other.take().ok_or_else(|| D::Error::custom("one name was read twice"))?;
        seed.deserialize(from).map(Found::Other)
    }
}

impl<'de, F: Fields<'de>, K: DeserializeSeed<'de>> DeserializeSeed<'de> for Key<'_, F, K> {
    type Value = Found<K::Value>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_identifier(self)
    }
}

impl<'de, F: Fields<'de>, K: DeserializeSeed<'de>> Visitor<'de> for Key<'_, F, K> {
    type Value = Found<K::Value>;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("field identifier")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        self.find(F::field(name), name.into_deserializer())
    }

    fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<Self::Value, E> {
        self.find(F::field(name), BorrowedStrDeserializer::new(name))
    }

    fn visit_bytes<E: Error>(self, name: &[u8]) -> Result<Self::Value, E> {
        self.find(Name::<F>::find(name), BytesDeserializer::new(name))
    }

    fn visit_borrowed_bytes<E: Error>(self, name: &'de [u8]) -> Result<Self::Value, E> {
        self.find(Name::<F>::find(name), BorrowedBytesDeserializer::new(name))
    }

    // Names that belong to no field, in formats other than JSON.

    fn visit_bool<E: Error>(self, name: bool) -> Result<Self::Value, E> {
        self.other(name.into_deserializer())
    }

    fn visit_i64<E: Error>(self, name: i64) -> Result<Self::Value, E> {
        self.other(name.into_deserializer())
    }

    fn visit_u64<E: Error>(self, name: u64) -> Result<Self::Value, E> {
        self.other(name.into_deserializer())
    }
}
