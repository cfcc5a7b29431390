//! The requests and responses of a recording, without secrets.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use declapi::{Body, EndpointInfo, Location, PreparedRequest};
use http::header::{AUTHORIZATION, LINK};
use http::{HeaderName, HeaderValue, Response};
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use url::{Url, form_urlencoded};

use super::body::{Content, pairs};
use crate::fields::{self, Sent};
use crate::redact::{self, Known, REDACTED, REDACTED_IN_URL};
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
        known.add_names(redact::declared_names(request.info));
        add_secrets(known, request);
        let mut made = || Self {
            method: request.method.as_str().to_owned(),
            host: request.info.host().map(str::to_owned),
            path: path(&sent, known),
            query: query(&sent, known),
            body: Content::of_request(&sent, known),
        };
        // Each part may repeat the secrets of a later one, so the first pass finds them.
        made();
        made()
    }

    /// Returns the request in one line, without its body.
    pub(super) fn line(&self) -> String {
        let host = self.host.as_ref().map(|host| format!("{host}:")).unwrap_or_default();
        let mark = if self.query.is_empty() { "" } else { "?" };
        format!("{} {host}{}{mark}{}", self.method, self.path, self.query.join("&"))
    }

    /// Returns the whole request as text.
    pub(super) fn text(&self) -> String {
        match &self.body {
            Content::Empty => self.line(),
            Content::Json(body) => format!("{} {body}", self.line()),
            Content::Text(text) | Content::Base64(text) => format!("{} {text}", self.line()),
        }
    }
}

/// Adds the secrets of a request: credentials, and fields that its declaration marks.
fn add_secrets(known: &mut Known, request: &PreparedRequest) {
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
    for field in fields::of(request.info, Location::Header).filter(redact::is_secret) {
        let values = request.headers.get_all(field.name).iter().filter_map(|value| value.to_str().ok());
        values.for_each(|value| known.add(value));
    }
}

/// Returns the path without secret values, or the URL of an endpoint that has it as a field.
fn path(sent: &Sent<'_>, known: &mut Known) -> String {
    let fields = || fields::of(sent.info, Location::Path);
    let mut path = sent.path.to_owned();
    if !sent.info.path.starts_with('/') {
        if fields().any(|field| redact::is_secret(&field)) {
            known.add(sent.url);
            return sent.info.path.to_owned();
        }
        // The user and the password of a URL are left out.
        path = Url::parse(sent.url)
            .map(|url| url.origin().ascii_serialization() + url.path())
            .unwrap_or_default();
    } else if let Some(values) = template::values(sent.info.path, sent.path) {
        for (name, range) in values.into_iter().rev() {
            if fields().any(|field| field.name == name && redact::is_secret(&field)) {
                known.add(&percent_decode_str(&sent.path[range.clone()]).decode_utf8_lossy());
                path.replace_range(range, REDACTED);
            }
        }
    } else if fields().any(|field| redact::is_secret(&field)) {
        // A hook has changed the path, so any part of it may be the secret.
        return sent.info.path.to_owned();
    }
    let segments = path.split('/').map(|segment| {
        let text = percent_decode_str(segment).decode_utf8_lossy();
        let hidden = known.hide_in(&text);
        // A redacted value from an earlier response is sent with percent-encoding.
        if hidden != text || text.contains(REDACTED) { hidden } else { segment.to_owned() }
    });
    segments.collect::<Vec<_>>().join("/")
}

fn query(sent: &Sent<'_>, known: &mut Known) -> Vec<String> {
    let fields = redact::spread(fields::of(sent.info, Location::Query));
    let mut pairs = pairs(sent.query.as_bytes(), known, &|value| redact::entries(value, &fields));
    pairs.sort();
    pairs
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
    let mut value = if is_secret { REDACTED.into() } else { known.hide_in(&value) };
    if name == LINK {
        value = value.replace(REDACTED, REDACTED_IN_URL);
    }
    format!("{name}: {value}")
}
