//! Constructors of errors. There is one for each situation, so that each message is written only once.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http::{HeaderMap, StatusCode};

use super::duration::Shown;
use super::json_path::describe;
use super::line::one_line;
use super::{Error, ErrorKind, ErrorParts, Inner, Phase, Redactor, ResponseParts, find_request_id, snippet};
use crate::EndpointInfo;

/// The maximum length of the API's message and of other quotes, in characters.
const SENTENCE: usize = 500;
/// The maximum length of a code or a content type, in characters.
const WORD: usize = 100;

/// The parts of a response whose body cannot be read as declared.
pub(crate) struct Decoded<'r> {
    pub(crate) status: StatusCode,
    pub(crate) headers: &'r HeaderMap,
    pub(crate) body: &'r [u8],
    /// The body as text, in the form that was deserialized.
    pub(crate) text: &'r str,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            info: None,
            attempts: 0,
            status: None,
            code: None,
            said: None,
            request_id: None,
            retry_after: None,
            phase: None,
            retryable: None,
            headers: None,
            body: None,
            idempotency_key: None,
            source: None,
        }))
    }

    /// Creates an error for a client that cannot be built or used in this way. Use it in constructors, for example in
    /// `from_env`.
    pub fn config(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Config, message)
    }

    /// Adds a subject before the message.
    pub(crate) fn about(mut self, what: &str) -> Self {
        self.0.message = format!("{what}: {}", self.0.message);
        self
    }

    /// Creates the error for a field that cannot be sent.
    pub(crate) fn request(info: &'static EndpointInfo, field: &str, reason: &str) -> Self {
        let what = if field == "*" { "a flattened field".to_owned() } else { format!("`{field}`") };
        // A custom serializer may write anything into its message.
        let (reason, _) = one_line(reason, SENTENCE);
        Self::new(ErrorKind::Request, format!("{what} cannot be sent: {reason}")).at(info)
    }

    /// Creates the error for an error response of the API. `codes` are always shown.
    pub(crate) fn api(status: StatusCode, said: &ErrorParts, codes: &[&str], redactor: &Redactor) -> Self {
        let code = said.code.as_deref().map(|code| redactor.quote_code(code, codes, WORD));
        let sentence = said.message.as_deref().map(|text| redactor.quote(text, SENTENCE));
        let documentation = said.documentation.as_deref().map(|text| redactor.quote(text, SENTENCE));
        let mut line = format!("API error {}", status.as_u16());
        for (before, part) in [(" ", &code), (": ", &sentence)] {
            if let Some(part) = part {
                line.push_str(before);
                line.push_str(part);
            }
        }
        if let Some(documentation) = documentation {
            line.truncate(line.trim_end_matches('.').len());
            line.push_str(", see ");
            line.push_str(&documentation);
        }
        let mut error = Self::new(ErrorKind::Api, line).with_status(status);
        error.0.request_id = said
            .request_id
            .as_deref()
            .and_then(|id| super::request_id::check_request_id(id, &|id| redactor.allows(id)));
        (error.0.code, error.0.said) = (code, sentence);
        error
    }

    /// Creates the error for an error response that is not in the API's format. `said` contains its parts if it has one
    /// of the usual formats.
    pub(crate) fn unexpected(
        response: &ResponseParts<'_>,
        said: Option<&ErrorParts>,
        is_whole: bool,
        redactor: &Redactor,
    ) -> Self {
        let ResponseParts { status, headers, body } = *response;
        let kind = header(headers, CONTENT_TYPE).unwrap_or("no content type");
        let kind = redactor.quote(kind, WORD);
        let cut = if is_whole { "" } else { ", cut short" };
        let explanation = said.and_then(|said| said.message.as_ref().or(said.code.as_ref()));
        let explanation = explanation.map(|text| redactor.quote(text, SENTENCE));
        let text = explanation.clone().unwrap_or_else(|| snippet::quote(body, is_whole, redactor));
        let hint = match status.as_u16() {
            407 => "; the proxy requires credentials: add them to the URL of the proxy",
            _ => "",
        };
        let code = status.as_u16();
        let message =
            format!("{code} with a response that is not in the API's format ({kind}{cut}): {text}{hint}");
        let mut error = Self::new(ErrorKind::Status, message).with_status(status);
        error.0.said = explanation;
        error
    }

    /// Creates the error for a success whose body does not have the declared type.
    pub(crate) fn decode(response: &Decoded<'_>, error: &serde_json::Error, redactor: &Redactor) -> Self {
        let Decoded { status, headers, body, text } = *response;
        let code = status.as_u16();
        let message = if let Some(encoding) =
            header(headers, CONTENT_ENCODING).filter(|name| *name != "identity")
        {
            let encoding = redactor.quote(encoding, WORD);
            format!(
                "{code} with a body in the encoding `{encoding}`, which was not requested: for gzip, enable the \
                 feature `gzip`"
            )
        } else if body.is_empty() {
            format!("{code} with an empty body, where JSON was expected")
        } else {
            let kind = header(headers, CONTENT_TYPE).filter(|kind| !kind.contains("json"));
            let of_kind = kind.map_or_else(String::new, |kind| format!(" ({})", redactor.quote(kind, WORD)));
            format!("{code} with an unreadable body{of_kind}: {}", describe(text, error, redactor))
        };
        let request_id = find_request_id(body, headers, &|id| redactor.allows(id));
        Self::new(ErrorKind::Decode, message).with_status(status).with_request_id(request_id)
    }

    /// Creates the error for a success that a custom type cannot read.
    pub(crate) fn unreadable(
        status: StatusCode,
        headers: &HeaderMap,
        body: &[u8],
        sentence: &str,
        redactor: &Redactor,
    ) -> Self {
        let sentence = redactor.quote(sentence, SENTENCE);
        let message = format!("{} with an unreadable body: {sentence}", status.as_u16());
        let request_id = find_request_id(body, headers, &|id| redactor.allows(id));
        let error = Self::new(ErrorKind::Decode, message).with_status(status);
        error.with_request_id(request_id).with_headers(headers.clone())
    }

    /// Creates the error for a success with a part that is larger than the size limit.
    pub(crate) fn too_large(status: u16, what: &str, limit: usize) -> Self {
        let message = format!(
            "{status} with {what} over {limit} bytes: raise `max_response_bytes` if you expect this size"
        );
        Self::new(ErrorKind::TooLarge, message)
    }

    /// Creates the error for a success whose body is not a stream of server-sent events.
    pub(crate) fn no_events(status: u16) -> Self {
        let message = format!(
            "{status} with a body that is not a stream of events: check that the request asks for one, and that the \
             response comes from the API"
        );
        Self::new(ErrorKind::Decode, message)
    }

    /// Creates the error for a success whose connection was closed too early.
    pub(crate) fn cut_short(status: u16) -> Self {
        let message = format!(
            "{status}, but the connection was closed in the middle of the response; the API has executed the call"
        );
        Self::new(ErrorKind::Connection, message)
    }

    /// Creates the error for a success with a broken transfer or compression encoding.
    pub(crate) fn garbled(status: u16) -> Self {
        let message = format!(
            "{status} with a body whose chunks or compression are broken; the API has executed the call"
        );
        Self::new(ErrorKind::Decode, message)
    }

    /// Creates the error for a timeout. `limit` is `None` if it is not a timeout of the client.
    pub(crate) fn timeout(phase: Phase, limit: Option<Duration>) -> Self {
        let (doing, hint) = match phase {
            Phase::Preparing => (
                "waiting for the credentials or for a hook",
                "nothing was sent; check the credentials provider and the hooks, or raise the timeout",
            ),
            Phase::Queued => (
                "waiting for a free connection",
                "nothing was sent; make fewer calls at the same time, or raise `max_connections`",
            ),
            Phase::Connecting => ("connecting", "nothing was sent; check the network, or raise the timeout"),
            Phase::Waiting => {
                ("waiting for the response", "the server may have received the request; raise the timeout")
            }
            Phase::Reading => {
                ("reading the response", "the server has received the request; raise the timeout")
            }
        };
        let within = limit.map_or_else(
            || "the timeout of the HTTP client or of the system".to_owned(),
            |limit| Shown(limit).to_string(),
        );
        let mut error =
            Self::new(ErrorKind::Timeout, format!("no response within {within}, {doing}: {hint}"));
        error.0.phase = Some(phase);
        error
    }

    pub(crate) fn at(mut self, info: &'static EndpointInfo) -> Self {
        self.0.info = Some(info);
        self
    }

    pub(crate) fn with_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    pub(crate) fn with_status(mut self, status: StatusCode) -> Self {
        self.0.status = Some(status.as_u16());
        self
    }

    /// Sets the request id, unless the error has one.
    pub(crate) fn with_request_id(mut self, request_id: Option<String>) -> Self {
        self.0.request_id = self.0.request_id.or(request_id);
        self
    }

    pub(crate) fn with_retry_after(mut self, retry_after: Option<Duration>) -> Self {
        self.0.retry_after = retry_after;
        self
    }

    pub(crate) fn with_idempotency_key(mut self, key: Option<&str>) -> Self {
        self.0.idempotency_key = key.map(Into::into);
        self
    }

    pub(crate) fn retryable(mut self, retryable: bool) -> Self {
        self.0.retryable = Some(retryable);
        self
    }

    /// Adds the reason why a call was not retried although its endpoint allows it.
    pub(crate) fn sent_once(mut self) -> Self {
        self.0.message.push_str("; it was not retried, because a reader or a stream can be sent only once");
        self
    }

    pub(crate) fn with_headers(mut self, headers: HeaderMap) -> Self {
        self.0.headers = Some(headers);
        self
    }

    pub(crate) fn with_body(mut self, body: Bytes) -> Self {
        self.0.body = Some(body);
        self
    }

    pub(crate) fn with_source(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.0.source = Some(Arc::from(source.into()));
        self
    }
}

fn header(headers: &HeaderMap, name: http::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}
