//! The requests and responses of a recording, without secrets.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use declapi::{Body, EndpointInfo, JsonKind, Location, PreparedRequest};
use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::form_urlencoded;

use super::body::{Content, content_type};
use crate::fields::{self, Field, Sent};
use crate::redact::{self, Known, REDACTED, means_secret};
use crate::template;

/// Headers that have no meaning in a replayed response.
const PASSING: [&str; 6] =
    ["connection", "content-length", "date", "keep-alive", "strict-transport-security", "transfer-encoding"];
/// Headers whose names contain one of these words are secret.
const SECRET_HEADERS: [&str; 7] = ["auth", "cookie", "key", "secret", "session", "signature", "token"];

/// A request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct RecordedRequest {
    method: String,
    /// The name of the host, if it is not the one of the base URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    host: Option<String>,
    path: String,
    /// Query pairs of name and value, sorted by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    query: Vec<String>,
    #[serde(default, skip_serializing_if = "Content::is_empty")]
    body: Content,
}

/// A response.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct RecordedResponse {
    status: u16,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    headers: Vec<String>,
    #[serde(default, skip_serializing_if = "Content::is_empty")]
    body: Content,
}

impl RecordedRequest {
    /// Reads a request with this body, and adds its secrets.
    pub(super) fn read(request: &PreparedRequest, body: &[u8], known: &mut Known) -> Self {
        let sent = Sent {
            info: request.info,
            url: request.url.as_str(),
            path: request.endpoint_path(),
            query: request.endpoint_query(),
            headers: &request.headers,
            body,
        };
        let fields = fields::read(&sent);
        add_secrets(known, request, &fields);
        Self {
            method: request.method.as_str().to_owned(),
            host: request.info.host().map(str::to_owned),
            path: path(&sent),
            query: query(&sent, known),
            body: request_body(&sent, &fields, known),
        }
    }

    pub(super) fn is_same(&self, other: &Self) -> bool {
        self == other
    }

    /// Returns the request in one line, without its body.
    pub(super) fn line(&self) -> String {
        let host = self.host.as_ref().map(|host| format!("{host}:")).unwrap_or_default();
        let mark = if self.query.is_empty() { "" } else { "?" };
        format!("{} {host}{}{mark}{}", self.method, self.path, self.query.join("&"))
    }

    /// Returns the whole request as text.
    pub(super) fn key(&self) -> String {
        match &self.body {
            Content::Empty => self.line(),
            Content::Json(body) => format!("{} {body}", self.line()),
            Content::Text(text) | Content::Base64(text) => format!("{} {text}", self.line()),
        }
    }
}

/// Adds the secrets of a request: credentials, and fields that its declaration marks.
fn add_secrets(known: &mut Known, request: &PreparedRequest, fields: &[Field]) {
    let is_plain_field = |name: &HeaderName| {
        let mut fields = request.info.fields().filter(|field| field.location == Location::Header);
        fields.any(|field| !field.secret && field.name.eq_ignore_ascii_case(name.as_str()))
    };
    for (name, value) in &request.headers {
        if value.is_sensitive() && (name == AUTHORIZATION || !is_plain_field(name)) {
            let value = value.to_str().unwrap_or_default();
            known.add(value);
            let Some((scheme, rest)) = value.split_once(' ') else { continue };
            known.add(rest);
            if scheme.eq_ignore_ascii_case("basic") {
                let pair = STANDARD.decode(rest).ok().and_then(|pair| String::from_utf8(pair).ok());
                known.add(
                    pair.as_deref()
                        .and_then(|pair| pair.split_once(':'))
                        .map_or("", |(_, password)| password),
                );
            }
        }
    }
    let query = request.url.query().unwrap_or_default();
    let credentials = query.strip_prefix(request.endpoint_query()).unwrap_or_default();
    for (_, value) in form_urlencoded::parse(credentials.as_bytes()) {
        known.add(&value);
    }
    for field in fields {
        let mut hidden = field.value.clone();
        match &field.info {
            Some(info) => redact::field(&mut hidden, info),
            None if means_secret(&field.name) => redact::hide(&mut hidden),
            None => redact::json(&mut hidden, JsonKind::Unknown),
        }
        known.add_hidden(&field.value, &hidden);
    }
}

/// Returns the path without secret values.
fn path(sent: &Sent<'_>) -> String {
    // A presigned URL gives access to its target.
    if !sent.info.path.starts_with('/') {
        return sent.info.path.to_owned();
    }
    let mut path = sent.path.to_owned();
    for (name, range) in template::values(sent.info.path, sent.path).unwrap_or_default().into_iter().rev() {
        let mut fields = sent.info.fields().filter(|field| field.location == Location::Path);
        if fields.any(|field| field.name == name && redact::is_secret(&field)) {
            path.replace_range(range, REDACTED);
        }
    }
    path
}

fn query(sent: &Sent<'_>, known: &Known) -> Vec<String> {
    let pairs = form_urlencoded::parse(sent.query.as_bytes());
    let pairs = pairs.map(|(name, value)| {
        format!("{name}={}", pair_value(sent.info, Location::Query, &name, &value, known))
    });
    let mut pairs: Vec<String> = pairs.collect();
    pairs.sort();
    pairs
}

/// Returns the value of a pair in a query or a form, without secrets.
fn pair_value(info: &EndpointInfo, location: Location, name: &str, value: &str, known: &Known) -> String {
    let base = name.split('[').next().unwrap_or(name);
    let mut fields = info.fields().filter(|field| field.location == location);
    let of_this_name = fields.clone().find(|field| field.name == name || field.name == base);
    let is_secret = match of_this_name.or_else(|| fields.find(|field| field.name == "*")) {
        Some(field) => redact::is_secret(&field) || field.name == "*" && means_secret(name),
        None => means_secret(name),
    };
    // The name is a part of an object, for example `by[token]`.
    let inside = name.split(['[', ']']).skip(1).any(means_secret);
    if is_secret || inside { REDACTED.to_owned() } else { known.hide_in(value) }
}

fn request_body(sent: &Sent<'_>, fields: &[Field], known: &Known) -> Content {
    let content_type = content_type(sent.headers);
    if content_type.starts_with("application/x-www-form-urlencoded") {
        let pairs = form_urlencoded::parse(sent.body);
        let pairs = pairs.map(|(name, value)| {
            format!("{name}={}", pair_value(sent.info, Location::Body, &name, &value, known))
        });
        return Content::Text(pairs.collect::<Vec<_>>().join("&"));
    }
    let in_body = |field: &&Field| matches!(field.location, Location::Body | Location::WholeBody);
    if let Some(mut body) = as_json(sent.body, &content_type) {
        match &mut body {
            Value::Object(values) if !fields.iter().any(|field| field.location == Location::WholeBody) => {
                for (name, value) in values {
                    match fields.iter().filter(in_body).find(|field| field.name == *name) {
                        Some(Field { info: Some(info), .. }) => redact::field(value, info),
                        _ if means_secret(name) => redact::hide(value),
                        _ => redact::json(value, JsonKind::Unknown),
                    }
                }
            }
            body => {
                if let Some(info) = fields.iter().find(in_body).and_then(|field| field.info) {
                    redact::field(body, &info);
                }
            }
        }
        known.hide_in_json(&mut body);
        return Content::Json(body);
    }
    let mut marked = sent.info.fields().filter(|field| {
        redact::is_secret(field) && matches!(field.location, Location::Body | Location::WholeBody)
    });
    if marked.next().is_some() && !sent.body.is_empty() {
        // In such a format, a secret may be anywhere.
        return Content::Text(REDACTED.to_owned());
    }
    // The boundary of multipart bodies is different each time.
    let boundary = content_type.split_once("boundary=").map(|(_, boundary)| boundary.trim_matches('"'));
    match (std::str::from_utf8(sent.body), boundary) {
        (Ok(text), Some(boundary)) => Content::Text(known.hide_in(&text.replace(boundary, "boundary"))),
        (Err(_), Some(_)) => Content::Text(known.hide_in(&lossy(sent.body, boundary.unwrap_or_default()))),
        (_, None) => Content::of(sent.body, known),
    }
}

fn lossy(body: &[u8], boundary: &str) -> String {
    String::from_utf8_lossy(body).replace(boundary, "boundary")
}

/// Returns the JSON of a body. Bodies of JSON lines, forms and text are not JSON.
fn as_json(body: &[u8], content_type: &str) -> Option<Value> {
    let is_other =
        !content_type.is_empty() && !content_type.contains("json") || content_type.contains("jsonl");
    let text = std::str::from_utf8(body).ok().filter(|text| !is_other && !text.is_empty())?;
    // Reads the JSON like a client: values that `serde_json` would lose become strings.
    declapi::from_json(text).ok()
}

impl RecordedResponse {
    /// Reads a response, and adds its secrets.
    pub(super) fn read(response: &Response<Bytes>, info: &EndpointInfo, known: &mut Known) -> Self {
        let body = Content::of_response(response, info, known);
        let headers = response.headers().iter().filter(|(name, _)| !PASSING.contains(&name.as_str()));
        let headers = headers.map(|(name, value)| header(name, value, known)).collect();
        Self { status: response.status().as_u16(), headers, body }
    }

    pub(super) fn response(&self) -> Result<Response<Body>, String> {
        let mut response = Response::new(self.body.bytes()?.into());
        *response.status_mut() = self
            .status
            .try_into()
            .map_err(|_| format!("the recorded status {} is not a valid HTTP status", self.status))?;
        for line in &self.headers {
            let (name, value) = line.split_once(": ").unwrap_or((line, ""));
            let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) else {
                return Err(format!("the recorded header `{}` cannot be read", name.escape_debug()));
            };
            response.headers_mut().append(name, value);
        }
        Ok(response)
    }
}

fn header(name: &HeaderName, value: &HeaderValue, known: &Known) -> String {
    let is_secret = value.is_sensitive() || SECRET_HEADERS.iter().any(|word| name.as_str().contains(word));
    let value = String::from_utf8_lossy(value.as_bytes());
    let value = if is_secret { REDACTED.into() } else { known.hide_in(&value) };
    format!("{name}: {value}")
}
