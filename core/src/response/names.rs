//! Reads a name as the number of its field.

use std::fmt::{self, Formatter};
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, Unexpected, Visitor};

use super::fields::{Fields, UNKNOWN};

/// Reads a name.
pub(super) struct Name<F> {
    /// The names of the fields, followed by their aliases.
    names: &'static [&'static str],
    fields: PhantomData<F>,
}

impl<'de, F: Fields<'de>> Name<F> {
    #[inline]
    pub(super) fn new(names: &'static [&'static str]) -> Self {
        Self { names, fields: PhantomData }
    }

    /// Returns the field for a name that is not valid text.
    pub(super) fn find(name: &[u8]) -> usize {
        std::str::from_utf8(name).map_or(UNKNOWN, F::field)
    }

    fn known<E: Error>(&self, field: usize, name: &[u8]) -> Result<usize, E> {
        if F::DENIES_UNKNOWN && field == UNKNOWN {
            return Err(E::unknown_field(&String::from_utf8_lossy(name), self.names));
        }
        Ok(field)
    }
}

impl<'de, F: Fields<'de>> DeserializeSeed<'de> for Name<F> {
    type Value = usize;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<usize, D::Error> {
        from.deserialize_identifier(self)
    }
}

impl<'de, F: Fields<'de>> Visitor<'de> for Name<F> {
    type Value = usize;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("field identifier")
    }

    #[inline(never)]
    fn visit_str<E: Error>(self, name: &str) -> Result<usize, E> {
        self.known(F::field(name), name.as_bytes())
    }

    fn visit_bytes<E: Error>(self, name: &[u8]) -> Result<usize, E> {
        self.known(Self::find(name), name)
    }

    /// Some formats write the number of a field instead of its name.
    fn visit_u64<E: Error>(self, number: u64) -> Result<usize, E> {
        let named = |number: &usize| self.names.get(*number).map(|name| F::field(name)) == Some(*number);
        match usize::try_from(number).ok().filter(named) {
            Some(field) => Ok(field),
            None if F::DENIES_UNKNOWN => Err(E::invalid_value(Unexpected::Unsigned(number), &self)),
            None => Ok(UNKNOWN),
        }
    }
}
