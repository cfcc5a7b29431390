//! The bodies of a recording, without secrets.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use declapi::{EndpointInfo, JsonKind};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::redact::{self, Known, REDACTED};

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
    /// Returns a body that is not JSON.
    pub(super) fn of(body: &[u8], known: &Known) -> Self {
        match std::str::from_utf8(body) {
            Ok("") => Self::Empty,
            Ok(text) => Self::Text(known.hide_in(text)),
            Err(_) => Self::Base64(STANDARD.encode(body)),
        }
    }

    /// Returns the body of a response.
    pub(super) fn of_response(response: &Response<Bytes>, info: &EndpointInfo, known: &mut Known) -> Self {
        let body = response.body();
        if body.is_empty() {
            return Self::Empty;
        }
        // Decodes the text like a client, so that an unreadable character cannot protect a secret.
        let text = String::from_utf8_lossy(body);
        if let Ok(value) = declapi::from_json::<Value>(&text) {
            let content_type = content_type(response.headers());
            let hidden = hidden(&value, info.response, known);
            let is_json = content_type.is_empty() || content_type.contains("json");
            // Servers send JSON with any content type. Without a secret in it, other text is recorded as it is.
            return if is_json || hidden != value { Self::Json(hidden) } else { Self::of(body, known) };
        }
        if let JsonKind::List(kind) = info.response {
            return Self::Text(lines(&text, *kind, known));
        }
        if response.status().is_success() && redact::has_secrets(info.response) {
            return Self::Text(REDACTED.to_owned());
        }
        Self::of(body, known)
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

pub(super) fn content_type(headers: &HeaderMap) -> String {
    headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default().to_ascii_lowercase()
}

/// Returns the value without its secrets, and adds them to the known ones.
fn hidden(value: &Value, kind: JsonKind, known: &mut Known) -> Value {
    let mut hidden = value.clone();
    redact::json(&mut hidden, kind);
    known.add_hidden(value, &hidden);
    known.hide_in_json(&mut hidden);
    hidden
}

/// Returns a stream of JSON lines or of events, each line without its secrets.
fn lines(text: &str, kind: JsonKind, known: &mut Known) -> String {
    let lines = text.split_inclusive('\n').map(|line| {
        let start = line.find(['{', '[']).unwrap_or(line.len());
        let (before, rest) = line.split_at(start);
        let json = rest.trim_end();
        match declapi::from_json::<Value>(json) {
            Ok(value) => format!("{before}{}{}", hidden(&value, kind, known), &rest[json.len()..]),
            Err(_) => known.hide_in(line),
        }
    });
    lines.collect()
}
