//! Collects the values that an endpoint writes, field by field.

use std::borrow::Cow;
use std::fmt;

use http::{HeaderName, HeaderValue};
use serde::Serialize;

use super::body::{BodyBuffer, Json};
use super::flat::FlatSerializer;
use super::format::{BodyFields, BodyFormat, Formatted};
use super::header::{header_name, header_value};
use super::request::{Request, SecretKind, SecretRange, SecretRanges};
use super::text::{Style, TextError, TextSerializer};
use crate::{EndpointInfo, Error, QueryStyle};

const NO_MAP_IN_A_HEADER: &str = "a map cannot be sent in a header: its keys would be lost";

/// Receives the values of an endpoint one by one. It keeps the first error.
///
/// [`Endpoint::write`](crate::Endpoint::write) gets this type. Write path values first, in the order of the
/// placeholders. Write the name of a body field as in JSON, without the quotes.
#[derive(Debug)]
pub struct Parts {
    pub(super) info: &'static EndpointInfo,
    pub(super) path: String,
    /// The rest of the template after the last path value.
    pub(super) template: &'static str,
    pub(super) has_query: bool,
    headers: Vec<(HeaderName, HeaderValue)>,
    /// Fields with a comma before each. The first comma becomes the opening brace.
    pub(super) body: BodyBuffer,
    /// Whether the next field is secret.
    pub(super) is_secret: bool,
    /// The style of the next query field.
    pub(super) style: QueryStyle,
    pub(super) secrets: SecretRanges,
    /// A body that is not a JSON object of fields.
    formatted: Option<Box<Formatted>>,
    error: Option<Error>,
}

impl Parts {
    pub(crate) fn new(info: &'static EndpointInfo) -> Self {
        let body = BodyBuffer::with_capacity(info.body_size);
        Self {
            info,
            path: String::new(),
            template: info.path,
            has_query: false,
            headers: Vec::new(),
            body,
            is_secret: false,
            style: QueryStyle::Repeat,
            secrets: SecretRanges::new(),
            formatted: None,
            error: None,
        }
    }

    pub(crate) fn finish(mut self) -> Result<Request, Error> {
        if let Some(error) = self.error {
            return Err(error);
        }
        // The macros write every placeholder, so only hand-written code can miss one.
        if self.info.is_by_hand && self.template.contains('{') {
            return Err(Error::request(self.info, "path", "a placeholder has no value"));
        }
        let path = if self.path.is_empty() {
            Cow::Borrowed(self.template)
        } else {
            self.end_path();
            Cow::Owned(self.path)
        };
        let Self { info, headers, secrets, .. } = self;
        let (body, format) = if let Some(formatted) = self.formatted {
            (formatted.body, formatted.format)
        } else {
            if self.body.len() > 0 || info.has_json_fields() {
                self.body.close_object();
            }
            (self.body.freeze(), None)
        };
        let request = Request { info, path, headers, body, format, secrets, settings: None };
        if info.defaults.is_plain { Ok(request) } else { request.with_declared() }
    }

    /// Marks the next field as secret.
    pub fn secret(&mut self) -> &mut Self {
        self.is_secret = true;
        self
    }

    /// Returns the value of an optional field. If it is not set, resets the marks for the field, which must not apply
    /// to the next one.
    pub(super) fn present<'v, T>(&mut self, value: Option<&'v T>) -> Option<&'v T> {
        if value.is_none() {
            (self.is_secret, self.style) = (false, QueryStyle::Repeat);
        }
        value
    }

    /// Records the range of a secret.
    pub(super) fn keep_secret(&mut self, kind: SecretKind, start: usize) {
        let end = if kind.is_in_path() { self.path.len() } else { self.body.len() };
        self.secrets.push(SecretRange { kind, range: start..end });
    }

    /// Writes a path value. Write path values in the order of the placeholders.
    pub fn path<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.path_with(name, value, |value, to| value.serialize(to));
    }

    /// Writes a path value with a custom serializer.
    pub fn path_with<T: ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
        serialize: impl FnOnce(&T, TextSerializer<'_>) -> Result<(), TextError>,
    ) {
        let mut segment = String::new();
        let outcome = serialize(
            value,
            TextSerializer::one(name, "a path", &mut |_, text| {
                segment.push_str(text);
                Ok(())
            }),
        );
        self.note(name, outcome, false);
        self.segment(name, &segment);
    }

    /// Writes the value of an optional segment, or leaves out the segment.
    pub fn path_opt<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        match value {
            Some(value) => self.path(name, value),
            None => self.no_segment(),
        }
    }

    /// Writes the value of an optional segment with a custom serializer, or leaves out the segment.
    pub fn path_opt_with<T>(
        &mut self,
        name: &'static str,
        value: &Option<T>,
        serialize: impl FnOnce(&Option<T>, TextSerializer<'_>) -> Result<(), TextError>,
    ) {
        match value {
            Some(_) => self.path_with(name, value, serialize),
            None => self.no_segment(),
        }
    }

    /// Writes a header. A list becomes one header for each element.
    pub fn header<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.header_with(name, value, |value, to| value.serialize(to));
    }

    /// Writes a header, if it is set.
    pub fn header_opt<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        if let Some(value) = self.present(value.as_ref()) {
            self.header(name, value);
        }
    }

    /// Writes a header with a custom serializer.
    pub fn header_with<T: ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
        serialize: impl FnOnce(&T, TextSerializer<'_>) -> Result<(), TextError>,
    ) {
        // Every header value is treated as secret anyway.
        self.is_secret = false;
        let header = match header_name(name) {
            Ok(header) => header,
            Err(reason) => return self.reject(name, reason),
        };
        let headers = &mut self.headers;
        let outcome = serialize(
            value,
            TextSerializer::values(name, Style::Repeat { no_map: NO_MAP_IN_A_HEADER }, &mut |_, text| {
                let mut value = header_value(text).map_err(TextError::new)?;
                // Any header may contain a key. Sensitive headers do not appear in logs.
                value.set_sensitive(true);
                headers.push((header.clone(), value));
                Ok(())
            }),
        );
        self.note(name, outcome, true);
    }

    /// Writes a header with a custom serializer, if it is set.
    pub fn header_opt_with<T>(
        &mut self,
        name: &'static str,
        value: &Option<T>,
        serialize: impl FnOnce(&Option<T>, TextSerializer<'_>) -> Result<(), TextError>,
    ) {
        if self.present(value.as_ref()).is_some() {
            self.header_with(name, value, serialize);
        }
    }

    /// Writes a field of the body. Write its name as in JSON, without the quotes.
    pub fn body<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.body_with(name, value, |value, to| value.serialize(to));
    }

    /// Writes a field of the body, if it is set.
    pub fn body_opt<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        if let Some(value) = self.present(value.as_ref()) {
            self.body(name, value);
        }
    }

    /// Writes a field of the body with a custom serializer.
    pub fn body_with<T: ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
        serialize: impl FnOnce(&T, Json<'_>) -> Result<(), serde_json::Error>,
    ) {
        self.key(name);
        let start = self.body.len();
        let outcome = serialize(value, &mut serde_json::Serializer::new(&mut self.body));
        let is_secret = std::mem::take(&mut self.is_secret);
        let has_objects = matches!(self.body.as_mut_slice().get(start), Some(b'{' | b'['));
        if is_secret {
            self.keep_secret(SecretKind::Value, start);
        } else if has_objects {
            self.keep_secret(SecretKind::Objects, start);
        }
        self.note(name, outcome, is_secret || has_objects);
    }

    /// Writes a field of the body with a custom serializer, if it is set.
    pub fn body_opt_with<T>(
        &mut self,
        name: &'static str,
        value: &Option<T>,
        serialize: impl FnOnce(&Option<T>, Json<'_>) -> Result<(), serde_json::Error>,
    ) {
        if self.present(value.as_ref()).is_some() {
            self.body_with(name, value, serialize);
        }
    }

    /// Writes the entries of a map as fields of the body.
    pub fn body_flat<T: Serialize + ?Sized>(&mut self, value: &T) {
        self.body_flat_with(value, |value, to| value.serialize(to));
    }

    /// Writes the entries of a map as fields of the body, if it is set.
    pub fn body_flat_opt<T: Serialize>(&mut self, value: &Option<T>) {
        if let Some(value) = self.present(value.as_ref()) {
            self.body_flat(value);
        }
    }

    /// Writes the entries of a map as fields of the body, with a custom serializer.
    pub fn body_flat_with<T: ?Sized>(
        &mut self,
        value: &T,
        serialize: impl FnOnce(&T, FlatSerializer<'_>) -> Result<(), serde_json::Error>,
    ) {
        // The names of these fields are not declared, so they are treated as secret anyway.
        self.is_secret = false;
        let start = self.body.len();
        let outcome = serialize(value, FlatSerializer(&mut serde_json::Serializer::new(&mut self.body)));
        self.note("*", outcome, true);
        self.splice(start);
        self.keep_secret(SecretKind::Fields, start);
    }

    /// Writes the entries of a map as fields of the body with a custom serializer, if it is set.
    pub fn body_flat_opt_with<T>(
        &mut self,
        value: &Option<T>,
        serialize: impl FnOnce(&Option<T>, FlatSerializer<'_>) -> Result<(), serde_json::Error>,
    ) {
        if self.present(value.as_ref()).is_some() {
            self.body_flat_with(value, serialize);
        }
    }

    /// Writes the body in a format.
    pub fn format<F: BodyFormat, E: BodyFields>(&mut self, endpoint: &E) {
        match Formatted::write::<F, _>(self.info, endpoint) {
            Ok(formatted) => self.formatted = Some(Box::new(formatted)),
            Err(reason) => self.reject("body", &reason),
        }
    }

    /// Keeps the error of a field. If the field may be secret, the message of its serializer is not shown.
    pub(super) fn note<E: Rejection>(
        &mut self,
        name: &'static str,
        outcome: Result<(), E>,
        may_be_secret: bool,
    ) {
        match outcome {
            Ok(()) => {}
            Err(error) if may_be_secret && error.is_custom() => {
                self.reject(
                    name,
                    "its serializer rejected it; the reason is not shown because the field may be secret",
                );
            }
            Err(error) => self.reject(name, &error.to_string()),
        }
    }

    pub(super) fn reject(&mut self, name: &'static str, reason: &str) {
        if self.error.is_none() {
            self.error = Some(Error::request(self.info, name, reason));
        }
    }
}

/// The reason why a field could not be written.
pub(super) trait Rejection: fmt::Display {
    /// Returns whether a custom serializer wrote the message, which may then contain the value.
    fn is_custom(&self) -> bool;
}

impl Rejection for TextError {
    fn is_custom(&self) -> bool {
        self.is_custom
    }
}

impl Rejection for serde_json::Error {
    fn is_custom(&self) -> bool {
        self.is_data()
    }
}
