//! Reads structs in place. All structs share one visitor.

use std::fmt::{self, Formatter};

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

pub use super::fields::Fields;
use super::fields::UNKNOWN;
use super::names::Name;

/// Reads a struct from a map.
///
/// # Errors
///
/// The input is not a map, a value does not match its field, a field occurs twice, or a required field is missing.
pub fn read<'de, F: Fields<'de>, D: Deserializer<'de>>(
    from: D,
    name: &'static str,
    names: &'static [&'static str],
) -> Result<F, D::Error> {
    let mut fields = F::unread();
    from.deserialize_struct(name, names, FieldsVisitor { name, names, fields: &mut fields })?;
    Ok(fields)
}

/// Reads into a struct that exists already, because a returned struct would be copied at every level.
struct FieldsVisitor<'f, F> {
    name: &'static str,
    names: &'static [&'static str],
    fields: &'f mut F,
}

impl<'de, F: Fields<'de>> Visitor<'de> for FieldsVisitor<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        expecting::<F>(self.name, f)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut state = State::new(self.names, self.fields);
        while let Some(field) = map.next_key_seed(Name::<F>::new(self.names))? {
            state.read(field, &mut map)?;
        }
        state.finish()
    }
}

pub(super) fn expecting<'de, F: Fields<'de>>(name: &str, f: &mut Formatter<'_>) -> fmt::Result {
    match F::EXPECTING {
        Some(text) => f.write_str(text),
        None => write!(f, "struct {name}"),
    }
}

/// A struct that is being read.
pub(super) struct State<'f, F> {
    fields: &'f mut F,
    seen: Seen,
    names: &'static [&'static str],
}

impl<'f, 'de, F: Fields<'de>> State<'f, F> {
    pub(super) fn new(names: &'static [&'static str], fields: &'f mut F) -> Self {
        Self { fields, seen: Seen::default(), names }
    }

    /// Reads the value of a field, or skips the value of an unknown one.
    #[inline]
    pub(super) fn read<A: MapAccess<'de>>(&mut self, field: usize, map: &mut A) -> Result<(), A::Error> {
        // The most common case comes first: one of the first 64 fields, for the first time.
        if field < 64 && self.seen.first & (1 << field) == 0 {
            self.seen.first |= 1 << field;
        } else if field == UNKNOWN {
            return map.next_value::<IgnoredAny>().map(drop);
        } else if !self.seen.insert(field) {
            return Err(A::Error::duplicate_field(self.names[field]));
        }
        map.next_value_seed(Value { fields: &mut *self.fields, field })
    }

    /// Checks that all required fields were read.
    pub(super) fn finish<E: Error>(self) -> Result<(), E> {
        if F::REQUIRED.iter().all(|field| self.seen.contains(*field)) {
            return Ok(());
        }
        Err(missing::<E>(F::REQUIRED, &self.seen, self.names))
    }
}

/// Returns an error with the names of all missing fields, not only the first one.
#[cold]
fn missing<E: Error>(required: &[usize], seen: &Seen, names: &[&'static str]) -> E {
    let mut missing = required.iter().filter(|field| !seen.contains(**field)).map(|field| names[*field]);
    match (missing.next(), missing.next()) {
        (Some(only), None) => E::missing_field(only),
        (first, second) => {
            let all = first.into_iter().chain(second).chain(missing);
            let all: Vec<String> = all.map(|name| format!("missing field `{name}`")).collect();
            E::custom(all.join(", "))
        }
    }
}

/// The value of a field.
struct Value<'f, F> {
    fields: &'f mut F,
    field: usize,
}

impl<'de, F: Fields<'de>> DeserializeSeed<'de> for Value<'_, F> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        self.fields.read(self.field, from)
    }
}

/// The fields that were read.
#[derive(Default)]
struct Seen {
    first: u64,
    /// The fields after the first 64, which few structs have.
    more: Vec<u64>,
}

impl Seen {
    /// Adds a field and returns whether it is new.
    #[cold]
    fn insert(&mut self, field: usize) -> bool {
        let bit = 1 << (field % 64);
        let bits = if field < 64 { &mut self.first } else { self.word_behind_the_first(field / 64 - 1) };
        let is_new = *bits & bit == 0;
        *bits |= bit;
        is_new
    }

    #[cold]
    fn word_behind_the_first(&mut self, word: usize) -> &mut u64 {
        if self.more.len() <= word {
            self.more.resize(word + 1, 0);
        }
        &mut self.more[word]
    }

    fn contains(&self, field: usize) -> bool {
        let bits = if field < 64 { Some(&self.first) } else { self.more.get(field / 64 - 1) };
        bits.is_some_and(|bits| bits & (1 << (field % 64)) != 0)
    }
}
