//! Serializes lists, maps and structs whose parts are strings.

use std::borrow::Cow;
use std::fmt;

use serde::ser::{self, Serialize, SerializeMap};

use super::{Sink, Style, Target, TextError, TextSerializer};

/// Serializes a list element by element.
pub struct List<'s> {
    sink: Sink<'s>,
    name: Cow<'s, str>,
    style: Style,
    /// The number of elements so far.
    before: usize,
}

impl<'s> List<'s> {
    pub(super) fn new(name: Cow<'s, str>, style: Style, sink: Sink<'s>) -> Self {
        Self { sink, name, style, before: 0 }
    }

    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TextError> {
        match self.style {
            Style::Repeat { no_map } | Style::Comma { no_map } => {
                value.serialize(TextSerializer::element(&self.name, no_map, &mut *self.sink))
            }
            Style::Brackets => {
                let name = format!("{}[]", self.name);
                value.serialize(TextSerializer::one(&name, "a list", &mut *self.sink))
            }
            Style::Deep => self.numbered(value),
        }
    }

    /// Writes an element with its number.
    fn numbered<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TextError> {
        let name = format!("{}[{}]", self.name, self.before);
        self.before += 1;
        let (sink, mut is_empty) = (&mut *self.sink, true);
        let mut noted = |name: &str, text: &str| {
            is_empty = false;
            sink(name, text)
        };
        value.serialize(TextSerializer::values(&name, self.style, &mut noted))?;
        if is_empty {
            return Err(TextError::new(
                "an empty element would cause a gap in the numbers of the list: remove the element",
            ));
        }
        Ok(())
    }
}

impl fmt::Debug for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("List").finish_non_exhaustive()
    }
}

/// serde has a separate trait for each kind of list.
macro_rules! lists {
    ($($kind:ident::$method:ident,)*) => {$(
        impl ser::$kind for List<'_> {
            type Ok = ();
            type Error = TextError;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TextError> {
                self.element(value)
            }

            fn end(self) -> Result<(), TextError> {
                Ok(())
            }
        }
    )*};
}

lists! {
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field,
}

/// Serializes a map: each value with its key.
pub struct Pairs<'s> {
    sink: Sink<'s>,
    /// The name of the map, if its keys are written in brackets after it.
    name: Option<Cow<'s, str>>,
    style: Style,
    key: String,
}

impl<'s> Pairs<'s> {
    /// Creates a serializer for a map whose keys are the names.
    pub(super) fn named(style: Style, sink: Sink<'s>) -> Self {
        Self { sink, name: None, style, key: String::new() }
    }

    /// Creates a serializer for a map whose keys are written in brackets after its name.
    pub(super) fn under(name: Cow<'s, str>, style: Style, sink: Sink<'s>) -> Self {
        Self { sink, name: Some(name), style, key: String::new() }
    }

    /// Writes a value with its key.
    pub(super) fn entry<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), TextError> {
        let Some(name) = &self.name else {
            return value.serialize(TextSerializer::values(key, self.style, &mut *self.sink));
        };
        if key.is_empty() || key.contains(['[', ']']) {
            return Err(TextError::new(format!(
                "a server would misread the key {key:?} in brackets: use a key that is not empty and has no brackets"
            )));
        }
        value.serialize(TextSerializer::values(&format!("{name}[{key}]"), self.style, &mut *self.sink))
    }
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
        key.serialize(TextSerializer::one("*", "a map key", &mut |_, key| {
            text.push_str(key);
            Ok(())
        }))?;
        self.key = text;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TextError> {
        let key = std::mem::take(&mut self.key);
        self.entry(&key, value)
    }

    fn end(self) -> Result<(), TextError> {
        Ok(())
    }
}

/// Serializes the fields of a struct: each value with its name.
#[derive(Debug)]
pub struct Fields<'s>(Kind<'s>);

#[derive(Debug)]
enum Kind<'s> {
    Named(Pairs<'s>),
    /// A number that is serialized as a struct: its only field is the text.
    Number(Target<'s>),
}

impl<'s> Fields<'s> {
    pub(super) fn named(pairs: Pairs<'s>) -> Self {
        Self(Kind::Named(pairs))
    }

    pub(super) fn number(target: Target<'s>) -> Self {
        Self(Kind::Number(target))
    }

    fn field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), TextError> {
        match &mut self.0 {
            Kind::Named(pairs) => pairs.entry(key, value),
            Kind::Number(Target { sink, name, takes }) => {
                value.serialize(TextSerializer(Target { sink: &mut **sink, name, takes: *takes }))
            }
        }
    }
}

/// serde has a separate trait for each kind of struct.
macro_rules! structs {
    ($($kind:ident,)*) => {$(
        impl ser::$kind for Fields<'_> {
            type Ok = ();
            type Error = TextError;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<(), TextError> {
                self.field(key, value)
            }

            fn end(self) -> Result<(), TextError> {
                Ok(())
            }
        }
    )*};
}

structs! { SerializeStruct, SerializeStructVariant, }
