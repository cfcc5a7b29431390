//! The bodies of a recording, without secrets.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use declapi::{EndpointInfo, FieldInfo, JsonKind, JsonObject, Location};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::form_urlencoded;

use super::stream::Stream;
use crate::fields::{self, Sent};
use crate::multipart::{self, Part};
use crate::redact::{self, FLAT, Known, REDACTED};

/// A body, in the most readable form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Content {
    #[default]
    Empty,
    Json(Value),
    Text(String),
    Base64(String),
}

impl Content {
    /// Returns a body that is not JSON. Bytes with a secret in them become text without it.
    pub(super) fn of(body: &[u8], known: &Known) -> Self {
        if body.is_empty() {
            return Self::Empty;
        }
        let text = String::from_utf8_lossy(body);
        let hidden = known.hide_in(&text);
        let is_binary = matches!(text, Cow::Owned(_)) && hidden == text;
        if is_binary { Self::Base64(STANDARD.encode(body)) } else { Self::Text(hidden) }
    }

    /// Returns the body of a response.
    pub(super) fn of_response(response: &Response<Bytes>, info: &EndpointInfo, known: &mut Known) -> Self {
        let body = response.body();
        if body.is_empty() {
            return Self::Empty;
        }
        // Decodes the text like a client, so that an unreadable character cannot protect a secret.
        let text = String::from_utf8_lossy(body);
        let content_type = content_type(response.headers());
        let is_json = content_type.is_empty() || content_type.contains("json");
        let hide = |value: &mut Value| redact::json(value, info.response);
        if let Some(content) = Self::json(body, is_json, known, &hide) {
            return content;
        }
        // The type belongs to successful responses.
        let is_marked = response.status().is_success() && redact::has_secrets(info.response);
        if matches!(info.response, JsonKind::List(_)) || content_type.contains("event-stream") {
            let stream = Stream { known, hide: &hide, is_marked };
            return Self::Text(stream.lines_or_events(&text, &content_type));
        }
        if is_marked {
            return Self::Text(REDACTED.to_owned());
        }
        Self::of(body, known)
    }

    /// Returns the body of a request.
    pub(super) fn of_request(sent: &Sent<'_>, known: &mut Known) -> Self {
        let body = sent.body;
        if body.is_empty() {
            return Self::Empty;
        }
        let content_type = content_type(sent.headers);
        let hide = |value: &mut Value| hide_body(value, sent.info);
        if content_type.starts_with("application/x-www-form-urlencoded") {
            return Self::Text(pairs(body, known, &hide).join("&"));
        }
        let parts = multipart::split(header(sent.headers), body);
        if !parts.is_empty() {
            return Self::Text(multipart_body(&parts, sent.info, known));
        }
        let text = String::from_utf8_lossy(body);
        let is_json = content_type.is_empty() || content_type.contains("json");
        if let Some(content) = Self::json(body, is_json, known, &hide) {
            return content;
        }
        let mut fields = sent.info.fields().filter(is_in_body);
        let is_marked = fields.any(|field| redact::is_secret(&field) || redact::has_secrets(field.kind));
        if content_type.contains("ndjson") || content_type.contains("jsonl") {
            return Self::Text(Stream { known, hide: &hide, is_marked }.lines(&text));
        }
        if is_marked {
            // In such a format, a secret may be anywhere.
            known.add(&text);
            return Self::Text(REDACTED.to_owned());
        }
        Self::of(body, known)
    }

    /// Returns a body of JSON. If it has another content type, it is recorded as it is unless there is a secret in it.
    fn json(body: &[u8], is_json: bool, known: &mut Known, hide: &dyn Fn(&mut Value)) -> Option<Self> {
        // Reads the JSON like a client: unreadable characters are replaced, and values that `serde_json` would lose
        // become strings.
        let value: Value = declapi::from_json(&String::from_utf8_lossy(body)).ok()?;
        if !is_json && !value.is_object() && !value.is_array() {
            return None;
        }
        let hidden = hidden(&value, known, hide);
        Some(if is_json || hidden != value { Self::Json(hidden) } else { Self::of(body, known) })
    }

    #[allow(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    pub(super) fn bytes(&self) -> Result<Bytes, String> {
        Ok(match self {
            Self::Empty => Bytes::new(),
            Self::Json(value) => value.to_string().into(),
            Self::Text(text) => text.clone().into(),
            Self::Base64(text) => STANDARD
                .decode(text)
                .map_err(|error| format!("a recorded body is not valid Base64: {error}"))?
                .into(),
        })
    }
}

fn header(headers: &HeaderMap) -> &str {
    headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn content_type(headers: &HeaderMap) -> String {
    header(headers).to_ascii_lowercase()
}

fn is_in_body(field: &FieldInfo) -> bool {
    matches!(field.location, Location::Body | Location::WholeBody)
}

/// Hides the secrets in the JSON of a request's body.
fn hide_body(value: &mut Value, info: &EndpointInfo) {
    match fields::of(info, Location::WholeBody).next() {
        Some(whole) => redact::field(value, &whole),
        None => redact::entries(value, &redact::spread(fields::of(info, Location::Body))),
    }
}

/// Returns the value without its secrets, and adds them to the known ones.
pub(super) fn hidden(value: &Value, known: &mut Known, hide: &dyn Fn(&mut Value)) -> Value {
    let mut hidden = value.clone();
    hide(&mut hidden);
    known.add_hidden(value, &hidden);
    known.hide_in_json(&mut hidden);
    hidden
}

/// Returns the pairs of a query or a form without their secrets. `hide` hides secrets in an object.
pub(super) fn pairs(pairs: &[u8], known: &mut Known, hide: &dyn Fn(&mut Value)) -> Vec<String> {
    let pairs = form_urlencoded::parse(pairs).map(|(name, text)| {
        // A name such as `items[0][price]` is a path. But a field may also have such a name.
        let keys = name.split(['[', ']']).filter(|key| !key.is_empty());
        let is_secret = [nested(keys, &text), nested([&*name].into_iter(), &text)].into_iter().any(|value| {
            let mut hidden = value.clone();
            hide(&mut hidden);
            known.add_hidden(&value, &hidden);
            hidden != value
        });
        let value = if is_secret { REDACTED.to_owned() } else { known.hide_in(&text) };
        format!("{}={value}", known.hide_in_name(&name))
    });
    pairs.collect()
}

/// Returns a value at a path.
fn nested<'k>(mut keys: impl Iterator<Item = &'k str>, text: &str) -> Value {
    match keys.next() {
        Some(index) if index.bytes().all(|byte| byte.is_ascii_digit()) => vec![nested(keys, text)].into(),
        Some(key) => JsonObject::from_iter([(key.to_owned(), nested(keys, text))]).into(),
        None => text.into(),
    }
}

/// Returns the parts without their secrets. The boundary is always the same.
fn multipart_body(parts: &[Part<'_>], info: &EndpointInfo, known: &mut Known) -> String {
    let fields = redact::spread(info.fields().filter(is_in_body).map(|mut field| {
        if field.location == Location::WholeBody {
            field.name = FLAT;
        }
        field
    }));
    // Parts without names are in the order of the fields. After an optional field or a list, it may be any later field.
    let is_one = |field: &&FieldInfo| {
        field.required && !matches!(redact::inner(field.kind), JsonKind::List(_) | JsonKind::Unknown)
    };
    let certain = fields.iter().take_while(is_one).count();
    let mut text = String::new();
    for (index, part) in parts.iter().enumerate() {
        let possible = if index < certain { &fields[index..=index] } else { &fields[certain..] };
        let name = part.name().or_else(|| match possible {
            [field] => Some(field.name.to_owned()),
            _ => None,
        });
        let is_secret = name.is_none() && possible.iter().any(redact::is_secret);
        let value = JsonObject::from_iter([(name.unwrap_or_default(), part.value())]).into();
        let hidden = hidden(&value, known, &|value| {
            if is_secret { redact::hide(value) } else { hide_body(value, info) }
        });
        let content = hidden.as_object().and_then(|values| values.values().next());
        let content =
            content.map(|content| content.as_str().map_or_else(|| content.to_string(), str::to_owned));
        let content = content.filter(|_| hidden != value).unwrap_or_else(|| part.content.to_string());
        text.push_str(&format!("--boundary{}\r\n\r\n{content}\r\n", known.hide_in(&part.headers)));
    }
    text + "--boundary--\r\n"
}
