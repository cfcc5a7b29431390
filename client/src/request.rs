//! A request as plain data: what an endpoint writes, before anything is sent.

use std::borrow::Cow;
use std::fmt;

use http::{HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::body::{Body, BodyBuffer};
use crate::text::{TextError, TextSerializer};
use crate::{EndpointInfo, Error, Method};

/// What a path segment or a query value may hold as it is: RFC 3986's unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A request without a server: method, path, headers and body.
///
/// [`Endpoint::request`](crate::Endpoint::request) makes one without any I/O, which is what wire tests look at:
///
/// ```
/// use stytch_client::{Endpoint, passwords::StrengthCheck};
///
/// let request = StrengthCheck::builder().password("hunter2").build().request()?;
/// assert_eq!(request.path(), "/v1/passwords/strength_check");
/// assert_eq!(request.body(), Some(&br#"{"password":"hunter2"}"#[..]));
/// # Ok::<(), stytch_client::Error>(())
/// ```
///
/// `Debug` shows neither the query nor header values nor the body, since any of them may be secret.
#[derive(Clone)]
pub struct Request {
    pub(crate) info: &'static EndpointInfo,
    pub(crate) path: Cow<'static, str>,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    /// Empty where the endpoint has none; what is noted on it needs a place all the same.
    pub(crate) body: Body,
}

impl Request {
    /// The description of the endpoint that made it.
    pub fn info(&self) -> &'static EndpointInfo {
        self.info
    }

    /// The HTTP method.
    pub fn method(&self) -> Method {
        self.info.method
    }

    /// The path with its values percent-encoded, and the query if there is one.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The headers that the endpoint's own fields give; the client adds its own when it sends.
    pub fn headers(&self) -> impl Iterator<Item = (&HeaderName, &HeaderValue)> {
        self.headers.iter().map(|(name, value)| (name, value))
    }

    /// The JSON body. An endpoint without body fields has none, whatever its method.
    pub fn body(&self) -> Option<&[u8]> {
        self.info.has_body.then(|| self.body.as_slice())
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.info.method)
            .field("path", &self.info.path)
            .field("headers", &self.headers.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .field("body", &self.body().map(|body| format!("<{} bytes, redacted>", body.len())))
            .finish()
    }
}

/// The serializer that a `#[serde(with = …)]` on a body field is given.
type Json<'b> = &'b mut serde_json::Serializer<&'b mut BodyBuffer>;

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

fn close_object(body: &mut BodyBuffer) {
    match body.as_mut_slice().first_mut() {
        Some(first) => *first = b'{',
        None => body.push(b'{'),
    }
    body.push(b'}');
}
