//! The JSON body, member by member.

use serde::Serialize;

use super::Parts;
use crate::body::BodyBuffer;
use crate::text::TextError;

/// The serializer that a `#[serde(with = …)]` on a body field is given.
type Json<'b> = &'b mut serde_json::Serializer<&'b mut BodyBuffer>;

impl Parts {
    /// A member of the body.
    pub fn body<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.body_with(name, value, |value, to| value.serialize(to));
    }

    /// A member of the body that is left out when unset.
    pub fn body_opt<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        if let Some(value) = value {
            self.body(name, value);
        }
    }

    /// A member of the body with a serializer of the field's own.
    pub fn body_with<T: ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
        serialize: impl FnOnce(&T, Json<'_>) -> Result<(), serde_json::Error>,
    ) {
        self.key(name);
        let outcome = serialize(value, &mut serde_json::Serializer::new(&mut self.body));
        self.note(name, outcome);
    }

    /// An optional member of the body with a serializer of the field's own.
    pub fn body_opt_with<T>(
        &mut self,
        name: &'static str,
        value: &Option<T>,
        serialize: impl FnOnce(&Option<T>, Json<'_>) -> Result<(), serde_json::Error>,
    ) {
        if value.is_some() {
            self.body_with(name, value, serialize);
        }
    }

    /// A map whose members stand beside the others.
    pub fn body_flat<T: Serialize + ?Sized>(&mut self, value: &T) {
        self.body_flat_with(value, |value, to| value.serialize(to));
    }

    /// A map whose members stand beside the others, left out when unset.
    pub fn body_flat_opt<T: Serialize>(&mut self, value: &Option<T>) {
        if let Some(value) = value {
            self.body_flat(value);
        }
    }

    /// A map for the body with a serializer of the field's own.
    pub fn body_flat_with<T: ?Sized>(
        &mut self,
        value: &T,
        serialize: impl FnOnce(&T, Json<'_>) -> Result<(), serde_json::Error>,
    ) {
        let start = self.body.len();
        let outcome = serialize(value, &mut serde_json::Serializer::new(&mut self.body));
        self.note("*", outcome);
        self.splice(start);
    }

    /// An optional map for the body with a serializer of the field's own.
    pub fn body_flat_opt_with<T>(
        &mut self,
        value: &Option<T>,
        serialize: impl FnOnce(&Option<T>, Json<'_>) -> Result<(), serde_json::Error>,
    ) {
        if value.is_some() {
            self.body_flat_with(value, serialize);
        }
    }

    /// Writes `,"name":`.
    fn key(&mut self, name: &'static str) {
        if self.info.has_plain_names {
            self.body.extend(b",\"");
            self.body.extend(name.as_bytes());
            self.body.extend(b"\":");
        } else {
            self.body.push(b',');
            let outcome = serde_json::to_writer(&mut self.body, name);
            self.note(name, outcome);
            self.body.push(b':');
        }
    }

    /// Turns the object that was written from `start` on into members of the body around it.
    fn splice(&mut self, start: usize) {
        let end = self.body.len();
        match self.body.as_mut_slice().get_mut(start..) {
            Some([first @ b'{', _, .., b'}']) => {
                *first = b',';
                self.body.truncate(end - 1);
            }
            Some([b'{', b'}'] | [b'n', b'u', b'l', b'l']) => self.body.truncate(start),
            _ => {
                self.body.truncate(start);
                self.note("*", Err(TextError::new("`flatten` takes a map or a struct")));
            }
        }
    }
}

/// Makes an object of the members.
pub(super) fn close_object(body: &mut BodyBuffer) {
    match body.as_mut_slice().first_mut() {
        Some(first) => *first = b'{',
        None => body.push(b'{'),
    }
    body.push(b'}');
}
