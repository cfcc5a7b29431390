//! Adds headers, query pairs and body fields to a finished request. Each replaces the values with the same name.
//!
//! Options of a call, constants of a client and the position of a page all use this code.

mod form;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use bytes::Bytes;
use http::{HeaderName, HeaderValue};
use percent_encoding::{percent_decode_str, utf8_percent_encode};
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;
use zeroize::Zeroizing;

use super::body::BodyBuffer;
use super::header::header;
use super::parts::Rejection;
use super::request::{Request, SecretKind, SecretRange};
use super::spelling::RESERVED;
use super::text::{Style, TextSerializer};
use crate::response::JSON;
use crate::{Error, Location};

/// Headers, query pairs and body fields for a finished request. If two have the same name, the later one is used.
///
/// Except for constants, any value may be secret, so errors and `Debug` show only names.
#[derive(Clone, Default)]
pub(crate) struct Extras {
    headers: Vec<(HeaderName, HeaderValue)>,
    /// Names and percent-encoded values. An empty list removes the pairs with the name; several values become several
    /// pairs.
    query: Vec<(String, Vec<Zeroizing<String>>)>,
    /// Names and JSON values.
    body: Vec<(String, Bytes)>,
    /// The first name that cannot be sent, and the reason.
    rejected: Option<(String, String)>,
    are_constants: bool,
}

impl Extras {
    /// Creates extras for the constants of a declaration, which are not secret.
    pub(super) fn of_constants() -> Self {
        Self { are_constants: true, ..Self::default() }
    }

    /// Sets a header.
    pub(crate) fn header(&mut self, name: &str, value: &str) {
        match header(name, value) {
            Ok((header, mut value)) => {
                value.set_sensitive(!self.are_constants);
                self.headers.retain(|(before, _)| *before != header);
                self.headers.push((header, value));
            }
            Err(reason) => self.reject(name, reason),
        }
    }

    /// Sets a query pair. A list becomes several pairs with the same name. `None` and an empty list remove the pair.
    pub(crate) fn query<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        let mut values = Vec::new();
        let mut sink = |_: &str, text: &str| {
            values.push(Zeroizing::new(utf8_percent_encode(text, RESERVED).to_string()));
            Ok(())
        };
        let style = Style::Repeat { no_map: "a map cannot be a single value: set each of its entries" };
        match value.serialize(TextSerializer::values(name, style, &mut sink)) {
            Ok(()) => {
                self.query.retain(|(before, _)| before != name);
                self.query.push((name.to_owned(), values));
            }
            Err(error) => self.reject_value(name, &error),
        }
    }

    /// Sets a field of the body.
    pub(crate) fn body<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        // `to_vec` is not used, because a growing vector leaves copies of its content in memory.
        let mut json = BodyBuffer::with_capacity(0);
        match value.serialize(&mut serde_json::Serializer::new(&mut json)) {
            Ok(()) => self.set_body(name, json.freeze()),
            Err(error) => self.reject_value(name, &error),
        }
    }

    /// Sets a field of the body to a JSON value.
    pub(super) fn body_json(&mut self, name: &str, json: &'static str) {
        self.set_body(name, Bytes::from_static(json.as_bytes()));
    }

    fn set_body(&mut self, name: &str, json: Bytes) {
        self.body.retain(|(before, _)| before != name);
        self.body.push((name.to_owned(), json));
    }

    /// Adds other extras. They replace values with the same name.
    pub(crate) fn extend(&mut self, later: Self) {
        self.headers.retain(|(before, _)| !later.headers.iter().any(|(name, _)| name == before));
        self.headers.extend(later.headers);
        self.query.retain(|(before, _)| !later.query.iter().any(|(name, _)| name == before));
        self.query.extend(later.query);
        self.body.retain(|(before, _)| !later.body.iter().any(|(name, _)| name == before));
        self.body.extend(later.body);
        self.rejected = self.rejected.take().or(later.rejected);
    }

    fn reject_value(&mut self, name: &str, error: &impl Rejection) {
        if error.is_custom() {
            self.reject(
                name,
                "its serializer rejected it; the reason is not shown because it may contain a secret",
            );
        } else {
            self.reject(name, &error.to_string());
        }
    }

    fn reject(&mut self, name: &str, reason: &str) {
        self.rejected.get_or_insert_with(|| (name.escape_debug().to_string(), reason.to_owned()));
    }

    /// Merges the values into a request. They replace the values with the same name.
    ///
    /// # Errors
    ///
    /// A name or value cannot be sent, or there are body fields and the body is neither a JSON object nor a form.
    pub(crate) fn merge(&self, request: &mut Request) -> Result<(), Error> {
        if let Some((name, reason)) = &self.rejected {
            return Err(Error::request(request.info, name, reason));
        }
        for (name, value) in &self.headers {
            request.set_header(name.clone(), value.clone());
        }
        if !self.query.is_empty() {
            self.merge_query(request);
        }
        if !self.body.is_empty() && request.is_form() {
            self.merge_form(request)?;
        } else if let [(first, _), ..] = &*self.body {
            let fields = request.body_fields().ok_or_else(|| {
                let reason = "the body is neither a JSON object nor a form, so fields cannot be added to it";
                Error::request(request.info, first, reason)
            })?;
            self.merge_body(request, &fields);
        }
        Ok(())
    }

    fn merge_query(&self, request: &mut Request) {
        let old = std::mem::take(&mut request.path);
        let (before, pairs) = old.split_once('?').unwrap_or((&old, ""));
        let mut path = before.to_owned();
        let mut kept = Vec::new();
        // Each pair is kept or removed together with the separator before it.
        let mut start = before.len();
        for pair in pairs.split('&') {
            let end = start + 1 + pair.len();
            if !pair.is_empty() && !self.query.iter().any(|(name, _)| is_named(pair, name)) {
                push_pair(&mut path, pair);
                kept.push(start..end);
            }
            start = end;
        }
        let moved = |at: usize| at.min(before.len()) + length_before(&kept, at);
        request.secrets.retain_mut(|secret| !secret.kind.is_in_path() || secret.move_to(moved));
        for (name, values) in &self.query {
            if values.is_empty() {
                request.settings.get_or_insert_default().removed.push(name.clone());
            }
            for value in values {
                push_pair(&mut path, &format!("{}=", utf8_percent_encode(name, RESERVED)));
                let start = path.len();
                path.push_str(value);
                self.note_secret(request, SecretKind::Query, start..path.len());
            }
        }
        request.path = Cow::Owned(path);
    }

    fn note_secret(&self, request: &mut Request, kind: SecretKind, range: Range<usize>) {
        if !self.are_constants {
            request.secrets.push(SecretRange { kind, range });
        }
    }

    fn merge_body(&self, request: &mut Request, fields: &[(String, Range<usize>)]) {
        let is_kept = |name: &String| !self.body.iter().any(|(ours, _)| ours == name);
        let kept = fields.iter().filter(|(name, _)| is_kept(name)).map(|(_, range)| range.clone());
        let kept: Vec<Range<usize>> = kept.collect();
        let mut body = BodyBuffer::with_capacity(request.body.len());
        for range in &kept {
            // Each field starts with the comma or the brace before it.
            body.push(b',');
            body.extend(request.body.get(range.start + 1..range.end).unwrap_or_default());
        }
        let moved = |at| length_before(&kept, at);
        request.secrets.retain_mut(|secret| secret.kind.is_in_path() || secret.move_to(moved));
        for (name, json) in &self.body {
            body.push(b',');
            body.extend(Value::from(name.as_str()).to_string().as_bytes());
            body.push(b':');
            let start = body.len();
            body.extend(json);
            self.note_secret(request, SecretKind::Value, start..body.len());
        }
        body.close_object();
        request.body = body.freeze();
    }
}

impl Request {
    /// Returns whether the query has a pair with the name.
    pub(super) fn has_pair(&self, name: &str) -> bool {
        let query = self.path.split_once('?').map_or("", |(_, query)| query);
        query.split('&').any(|pair| is_named(pair, name))
    }

    /// Returns the text of a header, of a query pair, or of a scalar in a JSON body or a form.
    pub(crate) fn value(&self, location: Location, name: &str) -> Option<String> {
        match location {
            Location::Header => {
                let (_, value) = self.headers.iter().find(|(given, _)| given == name)?;
                value.to_str().ok().map(str::to_owned)
            }
            Location::Body if self.is_form() => self.form_value(name),
            Location::Body => {
                let (_, range) = self.body_fields()?.into_iter().find(|(given, _)| given == name)?;
                let value: Value = serde_json::from_slice(field_value(&self.body, &range)?).ok()?;
                Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
            }
            _ => {
                let (_, query) = self.path.split_once('?')?;
                let pair = query.split('&').find(|pair| is_named(pair, name))?;
                let (_, value) = pair.split_once('=')?;
                Some(percent_decode_str(value).decode_utf8_lossy().into_owned())
            }
        }
    }

    /// Returns the fields of the body, see [`object_fields`].
    pub(super) fn body_fields(&self) -> Option<Vec<(String, Range<usize>)>> {
        // Other formats may write an empty body, or text that only looks like JSON.
        let is_json = |kind: &str| kind == JSON || kind.ends_with("+json");
        match self.content_type() {
            Some(kind) if self.body.is_empty() || !kind.to_str().is_ok_and(is_json) => None,
            _ => object_fields(&self.body),
        }
    }
}

/// Returns whether a `name=value` pair has the name.
fn is_named(pair: &str, name: &str) -> bool {
    let given = pair.split_once('=').map_or(pair, |(given, _)| given);
    percent_decode_str(given).decode_utf8_lossy() == name
}

fn push_pair(path: &mut String, pair: &str) {
    path.push(if path.contains('?') { '&' } else { '?' });
    path.push_str(pair);
}

impl SecretRange {
    /// Moves the range of a secret after an edit of the text. Returns whether a part of the secret is left.
    fn move_to(&mut self, moved: impl Fn(usize) -> usize) -> bool {
        self.range = moved(self.range.start)..moved(self.range.end);
        !self.range.is_empty()
    }
}

/// Returns how many bytes of the kept ranges come before a position.
fn length_before(kept: &[Range<usize>], at: usize) -> usize {
    kept.iter().map(|range| at.clamp(range.start, range.end) - range.start).sum()
}

/// Returns the fields of a JSON object. Each range starts at the brace or the comma before the field and ends after its
/// value. Returns `None` if the text is not a JSON object, and no fields for an empty text.
pub(super) fn object_fields(json: &[u8]) -> Option<Vec<(String, Range<usize>)>> {
    let mut fields = Vec::new();
    let space =
        |at: usize| at + json[at.min(json.len())..].iter().take_while(|b| b.is_ascii_whitespace()).count();
    let mut at = space(0);
    if at == json.len() {
        return Some(fields);
    }
    if json.get(at) != Some(&b'{') {
        return None;
    }
    if json.get(space(at + 1)) == Some(&b'}') {
        return (space(space(at + 1) + 1) == json.len()).then_some(fields);
    }
    loop {
        let start = at;
        let (name, end) = value::<String>(json, at + 1)?;
        let colon = space(end);
        if json.get(colon) != Some(&b':') {
            return None;
        }
        let (IgnoredAny, end) = value(json, colon + 1)?;
        fields.push((name, start..end));
        at = space(end);
        match json.get(at)? {
            b',' => {}
            b'}' => return (space(at + 1) == json.len()).then_some(fields),
            _ => return None,
        }
    }
}

/// Returns the value of a field that [`object_fields`] found, as it is written.
pub(super) fn field_value<'j>(json: &'j [u8], field: &Range<usize>) -> Option<&'j [u8]> {
    let (_, end) = value::<String>(json, field.start + 1)?;
    Some(json.get(end..field.end)?.trim_ascii_start().strip_prefix(b":")?.trim_ascii())
}

/// Returns the JSON value at a position, and its end.
pub(super) fn value<T: DeserializeOwned>(json: &[u8], start: usize) -> Option<(T, usize)> {
    let mut values = serde_json::Deserializer::from_slice(json.get(start..)?).into_iter();
    let value = values.next()?.ok()?;
    Some((value, start + values.byte_offset()))
}

impl fmt::Debug for Extras {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Extras")
            .field("headers", &self.headers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>())
            .field("query", &self.query.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .field("body", &self.body.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
