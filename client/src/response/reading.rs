//! Reads a struct in place: one visitor for all of them.

use std::fmt::{self, Formatter};
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Unexpected, Visitor};

/// A struct whose fields are read one by one, each into its own location.
///
/// Fields have numbers, and the first names of a struct's list of names are those of its fields, in this order.
pub trait Fields<'de>: Sized {
    /// The number of the field for each further name in the list.
    const ALIASES: &'static [usize] = &[];
    /// The fields that a response must have.
    const REQUIRED: &'static [usize] = &[];
    /// Whether a name that is not in the list is an error.
    const DENIES_UNKNOWN: bool = false;
    /// What an error says was expected, if it is not the name of the struct.
    const EXPECTING: Option<&'static str> = None;

    /// The struct with every field at its default.
    fn unread() -> Self;

    /// Reads the value of a field into its location.
    ///
    /// # Errors
    ///
    /// The value is not one that the field can hold.
    fn read<D: Deserializer<'de>>(&mut self, field: usize, from: D) -> Result<(), D::Error>;
}

/// Reads a struct from a map; nothing else will do.
///
/// # Errors
///
/// The input is not a map, a value does not fit its field, a field is given twice, or a required one is missing.
pub fn read<'de, F: Fields<'de>, D: Deserializer<'de>>(
    from: D,
    name: &'static str,
    names: &'static [&'static str],
) -> Result<F, D::Error> {
    from.deserialize_struct(name, names, FieldsVisitor { name, names, fields: PhantomData::<F> })
}

struct FieldsVisitor<F> {
    name: &'static str,
    names: &'static [&'static str],
    fields: PhantomData<F>,
}

impl<'de, F: Fields<'de>> Visitor<'de> for FieldsVisitor<F> {
    type Value = F;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        expecting::<F>(self.name, f)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<F, A::Error> {
        let mut state = State::new(self.names);
        while let Some(found) = map.next_key_seed(state.name())? {
            match found {
                Some(position) => state.read(position, &mut map)?,
                None => drop(map.next_value::<IgnoredAny>()?),
            }
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
pub(super) struct State<F> {
    fields: F,
    seen: Seen,
    names: &'static [&'static str],
    /// The name that is most likely to come next: servers hardly change the order of their fields.
    next: usize,
}

impl<'de, F: Fields<'de>> State<F> {
    pub(super) fn new(names: &'static [&'static str]) -> Self {
        Self { fields: F::unread(), seen: Seen::default(), names, next: 0 }
    }

    /// Reads the next name.
    pub(super) fn name(&self) -> Name {
        Name { names: self.names, next: self.next, denies_unknown: F::DENIES_UNKNOWN }
    }

    /// Reads the value behind the name at this position of the list.
    pub(super) fn read<A: MapAccess<'de>>(&mut self, position: usize, map: &mut A) -> Result<(), A::Error> {
        let own = self.names.len() - F::ALIASES.len();
        let field = if position < own { position } else { F::ALIASES[position - own] };
        if !self.seen.insert(field) {
            return Err(A::Error::duplicate_field(self.names[field]));
        }
        self.next = position + 1;
        map.next_value_seed(Value { fields: &mut self.fields, field })
    }

    /// The struct, if nothing that is required is missing.
    pub(super) fn finish<E: Error>(self) -> Result<F, E> {
        if F::REQUIRED.iter().all(|field| self.seen.contains(*field)) {
            return Ok(self.fields);
        }
        Err(missing::<E>(F::REQUIRED, &self.seen, self.names))
    }
}

/// Names every field that is missing, and not only the first.
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

/// The value of one field.
struct Value<'f, F> {
    fields: &'f mut F,
    field: usize,
}

impl<'de, F: Fields<'de>> DeserializeSeed<'de> for Value<'_, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        self.fields.read(self.field, from)
    }
}

/// The fields that were given.
#[derive(Default)]
struct Seen {
    first: u64,
    /// Those behind the first 64, which few structs have.
    more: Vec<u64>,
}

impl Seen {
    /// Adds a field; says whether it is new.
    fn insert(&mut self, field: usize) -> bool {
        let (bits, bit) = match field.checked_sub(64) {
            None => (&mut self.first, 1 << field),
            Some(rest) => {
                let (word, bit) = (rest / 64, 1 << (rest % 64));
                if self.more.len() <= word {
                    self.more.resize(word + 1, 0);
                }
                (&mut self.more[word], bit)
            }
        };
        let is_new = *bits & bit == 0;
        *bits |= bit;
        is_new
    }

    fn contains(&self, field: usize) -> bool {
        match field.checked_sub(64) {
            None => self.first & (1 << field) != 0,
            Some(rest) => self.more.get(rest / 64).is_some_and(|bits| bits & (1 << (rest % 64)) != 0),
        }
    }
}

/// The position of a name in a list; `None` for a name that is not in it.
pub(super) struct Name {
    names: &'static [&'static str],
    next: usize,
    denies_unknown: bool,
}

impl Name {
    pub(super) fn position(&self, name: &[u8]) -> Option<usize> {
        let is_it = |known: &&str| known.as_bytes() == name;
        if self.names.get(self.next).is_some_and(is_it) {
            return Some(self.next);
        }
        self.names.iter().position(is_it)
    }

    fn find<E: Error>(&self, name: &[u8]) -> Result<Option<usize>, E> {
        match self.position(name) {
            None if self.denies_unknown => Err(E::unknown_field(&String::from_utf8_lossy(name), self.names)),
            found => Ok(found),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Option<usize>, D::Error> {
        from.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("field identifier")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Option<usize>, E> {
        self.find(name.as_bytes())
    }

    fn visit_bytes<E: Error>(self, name: &[u8]) -> Result<Option<usize>, E> {
        self.find(name)
    }

    /// Some formats write the number of a field for its name.
    fn visit_u64<E: Error>(self, number: u64) -> Result<Option<usize>, E> {
        match usize::try_from(number).ok().filter(|position| *position < self.names.len()) {
            None if self.denies_unknown => Err(E::invalid_value(Unexpected::Unsigned(number), &self)),
            found => Ok(found),
        }
    }
}
