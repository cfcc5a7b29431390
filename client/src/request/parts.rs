//! What an endpoint writes its fields into: path, query and headers here, the body beside it.

mod members;

use std::borrow::Cow;
use std::fmt;

use http::{HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use self::members::close_object;
use super::Request;
use crate::body::BodyBuffer;
use crate::text::{TextError, TextSerializer};
use crate::{EndpointInfo, Error};

/// What a path segment or a query value may hold as it is: RFC 3986's unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Takes what an endpoint writes, field by field, and keeps the first thing that goes wrong.
#[derive(Debug)]
pub struct Parts {
    info: &'static EndpointInfo,
    path: String,
    /// What is left of the template behind the last path value.
    template: &'static str,
    has_query: bool,
    headers: Vec<(HeaderName, HeaderValue)>,
    /// Members, each with a comma before it; the first comma becomes the brace.
    body: BodyBuffer,
    error: Option<Error>,
}

impl Parts {
    pub(crate) fn new(info: &'static EndpointInfo) -> Self {
        let body = BodyBuffer::with_capacity(if info.has_body { info.body_size } else { 0 });
        let (path, headers) = (String::new(), Vec::new());
        Self { info, path, template: info.path, has_query: false, headers, body, error: None }
    }

    pub(crate) fn finish(mut self) -> Result<Request, Error> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let path = if self.path.is_empty() {
            Cow::Borrowed(self.template)
        } else {
            self.end_path();
            Cow::Owned(self.path)
        };
        if self.info.has_body {
            close_object(&mut self.body);
        }
        Ok(Request { info: self.info, path, headers: self.headers, body: self.body.freeze() })
    }

    /// A value of the path. They come in the order of the template's placeholders.
    pub fn path<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.path_with(name, value, |value, to| value.serialize(to));
    }

    /// A path value with a serializer of the field's own.
    pub fn path_with<T: ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
        serialize: impl FnOnce(&T, TextSerializer<'_>) -> Result<(), TextError>,
    ) {
        let mut segment = None;
        let outcome = serialize(
            value,
            TextSerializer::new(&mut |key, text| {
                if key.is_some() || segment.is_some() {
                    return Err(TextError::new("a path value is one text"));
                }
                segment = Some(text.to_owned());
                Ok(())
            }),
        );
        self.note(name, outcome);
        self.segment(name, &segment.unwrap_or_default());
    }

    /// A value of the query; a list repeats its name.
    pub fn query<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.query_with(name, value, |value, to| value.serialize(to));
    }

    /// A query value that is left out when unset.
    pub fn query_opt<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        if let Some(value) = value {
            self.query(name, value);
        }
    }

    /// A query value with a serializer of the field's own.
    pub fn query_with<T: ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
        serialize: impl FnOnce(&T, TextSerializer<'_>) -> Result<(), TextError>,
    ) {
        let outcome = serialize(
            value,
            TextSerializer::new(&mut |key, text| {
                if key.is_some() {
                    return Err(TextError::new("a map has no place under one name: add `#[serde(flatten)]`"));
                }
                self.pair(name, text);
                Ok(())
            }),
        );
        self.note(name, outcome);
    }

    /// An optional query value with a serializer of the field's own.
    pub fn query_opt_with<T>(
        &mut self,
        name: &'static str,
        value: &Option<T>,
        serialize: impl FnOnce(&Option<T>, TextSerializer<'_>) -> Result<(), TextError>,
    ) {
        if value.is_some() {
            self.query_with(name, value, serialize);
        }
    }

    /// A map whose pairs stand in the query.
    pub fn query_flat<T: Serialize + ?Sized>(&mut self, value: &T) {
        self.query_flat_with(value, |value, to| value.serialize(to));
    }

    /// A map whose pairs stand in the query, left out when unset.
    pub fn query_flat_opt<T: Serialize>(&mut self, value: &Option<T>) {
        if let Some(value) = value {
            self.query_flat(value);
        }
    }

    /// A map for the query with a serializer of the field's own.
    pub fn query_flat_with<T: ?Sized>(
        &mut self,
        value: &T,
        serialize: impl FnOnce(&T, TextSerializer<'_>) -> Result<(), TextError>,
    ) {
        let outcome = serialize(
            value,
            TextSerializer::new(&mut |key, text| {
                let key = key.ok_or_else(|| TextError::new("`flatten` takes a map or a struct"))?;
                self.pair(key, text);
                Ok(())
            }),
        );
        self.note("*", outcome);
    }

    /// An optional map for the query with a serializer of the field's own.
    pub fn query_flat_opt_with<T>(
        &mut self,
        value: &Option<T>,
        serialize: impl FnOnce(&Option<T>, TextSerializer<'_>) -> Result<(), TextError>,
    ) {
        if value.is_some() {
            self.query_flat_with(value, serialize);
        }
    }

    /// A header; a list gives one header a value.
    pub fn header<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.header_with(name, value, |value, to| value.serialize(to));
    }

    /// A header that is left out when unset.
    pub fn header_opt<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        if let Some(value) = value {
            self.header(name, value);
        }
    }

    /// A header with a serializer of the field's own.
    pub fn header_with<T: ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
        serialize: impl FnOnce(&T, TextSerializer<'_>) -> Result<(), TextError>,
    ) {
        let header = HeaderName::from_static(name);
        let headers = &mut self.headers;
        let outcome = serialize(
            value,
            TextSerializer::new(&mut |_, text| {
                let mut value = HeaderValue::from_str(text)
                    .map_err(|_| TextError::new("a header value has no line breaks or control characters"))?;
                // Any header may carry a key; what is marked stays out of every log on the way.
                value.set_sensitive(true);
                headers.push((header.clone(), value));
                Ok(())
            }),
        );
        self.note(name, outcome);
    }

    /// An optional header with a serializer of the field's own.
    pub fn header_opt_with<T>(
        &mut self,
        name: &'static str,
        value: &Option<T>,
        serialize: impl FnOnce(&Option<T>, TextSerializer<'_>) -> Result<(), TextError>,
    ) {
        if value.is_some() {
            self.header_with(name, value, serialize);
        }
    }

    /// The template up to the next placeholder, then the value in its place.
    fn segment(&mut self, name: &'static str, value: &str) {
        if matches!(value, "" | "." | "..") {
            let shown = if value.is_empty() { "empty".to_owned() } else { format!("`{value}`") };
            self.refuse(
                name,
                &format!("{shown} would lead to another route: a path value needs a text of its own"),
            );
            return;
        }
        let (before, after) = self.template.split_once('{').unwrap_or((self.template, ""));
        self.path.push_str(before);
        self.path.extend(utf8_percent_encode(value, RESERVED));
        self.template = after.split_once('}').map_or("", |(_, after)| after);
    }

    fn pair(&mut self, name: &str, value: &str) {
        self.end_path();
        self.path.push(if self.has_query { '&' } else { '?' });
        self.has_query = true;
        self.path.extend(utf8_percent_encode(name, RESERVED));
        self.path.push('=');
        self.path.extend(utf8_percent_encode(value, RESERVED));
    }

    fn end_path(&mut self) {
        self.path.push_str(std::mem::take(&mut self.template));
    }

    fn note<E: fmt::Display>(&mut self, name: &'static str, outcome: Result<(), E>) {
        if let Err(error) = outcome {
            self.refuse(name, &error.to_string());
        }
    }

    fn refuse(&mut self, name: &'static str, reason: &str) {
        if self.error.is_none() {
            self.error = Some(Error::request(self.info, name, reason));
        }
    }
}
