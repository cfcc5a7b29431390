//! Lists, maps and structs, whose parts are texts.

use std::fmt;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, SerializeStruct};

use super::{Sink, Target, TextError, TextSerializer};

/// A list: each element by itself.
#[derive(Debug)]
pub struct List<'s>(Target<'s>);

impl<'s> List<'s> {
    pub(super) fn new(target: Target<'s>) -> Self {
        Self(target)
    }
}

impl SerializeSeq for List<'_> {
    type Ok = ();
    type Error = TextError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TextError> {
        value.serialize(TextSerializer::one(self.0.name, "a list", &mut *self.0.sink))
    }

    fn end(self) -> Result<(), TextError> {
        Ok(())
    }
}

/// A map: each value under its key.
pub struct Pairs<'s> {
    sink: Sink<'s>,
    key: String,
}

impl<'s> Pairs<'s> {
    pub(super) fn new(sink: Sink<'s>) -> Self {
        Self { sink, key: String::new() }
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
        value.serialize(TextSerializer::under(&self.key, &mut *self.sink))
    }

    fn end(self) -> Result<(), TextError> {
        Ok(())
    }
}

/// The fields of a struct: each value under its name.
#[derive(Debug)]
pub struct Fields<'s>(Kind<'s>);

#[derive(Debug)]
enum Kind<'s> {
    Named(Pairs<'s>),
    /// A number that is dressed as a struct: its one field is the text.
    Number(Target<'s>),
}

impl<'s> Fields<'s> {
    pub(super) fn named(pairs: Pairs<'s>) -> Self {
        Self(Kind::Named(pairs))
    }

    pub(super) fn number(target: Target<'s>) -> Self {
        Self(Kind::Number(target))
    }
}

impl SerializeStruct for Fields<'_> {
    type Ok = ();
    type Error = TextError;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), TextError> {
        value.serialize(match &mut self.0 {
            Kind::Named(pairs) => TextSerializer::under(key, &mut *pairs.sink),
            Kind::Number(Target { sink, name, takes }) => {
                TextSerializer(Target { sink: &mut **sink, name, takes: *takes })
            }
        })
    }

    fn end(self) -> Result<(), TextError> {
        Ok(())
    }
}
