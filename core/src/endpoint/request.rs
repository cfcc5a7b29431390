//! A request as plain data, before it is sent.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::header::{AUTHORIZATION, PROXY_AUTHORIZATION};
use http::{HeaderMap, HeaderName, HeaderValue};
use percent_encoding::percent_decode_str;
use url::Url;
use zeroize::Zeroizing;

use super::format::Format;
use super::secret_strings::{Secrets, UNMARKED};
use super::upload::Pieces;
use crate::secret::in_header;
use crate::transport::{Body, TransportError};
use crate::{EndpointInfo, Error, ErrorKind, Method, RetryPolicy};

/// An HTTP request that is not tied to a server: method, path, headers and body.
///
/// [`Endpoint::request`](crate::Endpoint::request) builds one without any I/O. Use it in tests of the wire format:
///
/// ```
/// use declapi::{Endpoint, endpoint};
///
/// /// Creates a note.
/// #[endpoint(post = "/notes", response = ())]
/// pub struct CreateNote<'a> {
///     /// The text of the note.
///     pub text: &'a str,
/// }
///
/// let request = CreateNote::builder().text("milk").build().request()?;
/// assert_eq!(request.path(), "/notes");
/// assert_eq!(request.body(), Some(&br#"{"text":"milk"}"#[..]));
/// # Ok::<(), declapi::Error>(())
/// ```
///
/// `Debug` does not show the query, header values or the body, because any of them may be secret.
#[derive(Clone)]
pub struct Request {
    pub(crate) info: &'static EndpointInfo,
    pub(crate) path: Cow<'static, str>,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    /// Empty if the endpoint has no body, or has one that is streamed.
    pub(crate) body: Bytes,
    /// `None` for a JSON object of fields.
    pub(crate) format: Option<Box<Format>>,
    pub(super) secrets: SecretRanges,
    /// Settings that differ from other calls; `None` for most requests.
    pub(crate) settings: Option<Box<Settings>>,
}

/// The settings of a single call. They override those of the client.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    pub(crate) timeout: Option<Duration>,
    pub(crate) retries: Option<RetryPolicy>,
    /// The names of query pairs that were removed. Constants of the client do not add them again.
    pub(super) removed: Vec<String>,
    /// The header for the idempotency key.
    pub(crate) idempotency_key: Option<HeaderName>,
    /// The URL of a page from a response. It replaces path and query.
    pub(crate) url: Option<Url>,
    /// The secrets that hooks have added.
    pub(crate) added: Added,
}

/// Secrets that a hook has added to the attempts of a call. All objects that belong to the request share them.
#[derive(Clone, Default)]
pub(crate) struct Added(Arc<Mutex<Vec<Zeroizing<String>>>>);

impl Added {
    /// Records the sensitive headers of an attempt.
    pub(crate) fn note(&self, headers: &HeaderMap) {
        let mut added = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let values = headers.values().filter(|value| value.is_sensitive());
        for secret in values.flat_map(|value| in_header(value.as_bytes())) {
            if !added.contains(&secret) {
                added.push(secret);
            }
        }
    }

    fn secrets(&self) -> Vec<Zeroizing<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl fmt::Debug for Added {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Added(<redacted>)")
    }
}

/// The range of a secret, recorded when it was written.
#[derive(Clone, Debug)]
pub(super) struct SecretRange {
    pub(super) kind: SecretKind,
    /// The range in the body, or in the path with its query.
    pub(super) range: Range<usize>,
}

/// Most requests have at most two.
pub(super) type SecretRanges = smallvec::SmallVec<[SecretRange; 2]>;

/// The kind of the secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SecretKind {
    /// The JSON of a field that is marked as secret.
    Value,
    /// The JSON of an object, or of a list that may contain objects. Any string of an object may be secret.
    Objects,
    /// Flattened fields of the body, with a comma before each. None of them is marked, so any of them may be secret.
    Fields,
    /// A percent-encoded value of the query.
    Query,
    /// A percent-encoded value of the query from an object that may contain secret strings.
    QueryObject,
}

impl SecretKind {
    /// Returns whether the range is in the path instead of the body.
    pub(super) fn is_in_path(self) -> bool {
        matches!(self, Self::Query | Self::QueryObject)
    }
}

impl Request {
    /// Creates a request that is never sent, for code that knows only the endpoint.
    pub(crate) fn unknown(info: &'static EndpointInfo) -> Self {
        Self {
            info,
            path: Cow::Borrowed(info.path),
            headers: Vec::new(),
            body: Bytes::new(),
            format: None,
            secrets: SecretRanges::new(),
            settings: None,
        }
    }

    /// Returns the metadata of the endpoint.
    pub fn info(&self) -> &'static EndpointInfo {
        self.info
    }

    /// Returns the HTTP method.
    pub fn method(&self) -> Method {
        self.info.method
    }

    /// Returns the percent-encoded path, and the query if there is one.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the headers of the endpoint's fields and constants. The client adds its headers when it sends the
    /// request.
    pub fn headers(&self) -> impl Iterator<Item = (&HeaderName, &HeaderValue)> {
        self.headers.iter().map(|(name, value)| (name, value))
    }

    /// Returns the body. It is `None` for an endpoint without body fields, also with a method like POST, and for one
    /// with an upload.
    pub fn body(&self) -> Option<&[u8]> {
        (self.has_body() && self.pieces().is_none()).then_some(&*self.body)
    }

    /// Returns the media type of a body that is not a JSON object of fields.
    pub(crate) fn content_type(&self) -> Option<&HeaderValue> {
        self.format.as_ref().map(|format| &format.content_type)
    }

    /// Returns the body, if it contains an upload.
    pub(crate) fn pieces(&self) -> Option<&Pieces> {
        self.format.as_ref()?.pieces.as_ref()
    }

    /// Returns whether the request has a body, which may be empty.
    pub(crate) fn has_body(&self) -> bool {
        self.format.is_some() || !self.body.is_empty()
    }

    /// Returns whether the body can be sent in a second attempt.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.pieces().is_none_or(Pieces::is_repeatable)
    }

    /// Returns the body for one attempt.
    pub(crate) fn open_body(&self) -> Result<Body, TransportError> {
        self.pieces().map_or_else(|| Ok(self.body.clone().into()), Pieces::open)
    }

    /// Returns the idempotency key, if the request has one. The client generates a missing key when it sends the
    /// request.
    pub fn idempotency_key(&self) -> Option<&str> {
        let name = self.settings.as_ref()?.idempotency_key.as_ref()?;
        self.header(name)?.to_str().ok()
    }

    /// Returns whether the request may be retried even if the server may have received it.
    pub(crate) fn is_idempotent(&self) -> bool {
        self.info.idempotent
            || self.settings.as_ref().is_some_and(|settings| settings.idempotency_key.is_some())
    }

    pub(crate) fn header(&self, name: &HeaderName) -> Option<&HeaderValue> {
        self.headers.iter().find(|(given, _)| given == name).map(|(_, value)| value)
    }

    /// Writes the headers of the request. They replace others with the same names; several headers with the same name
    /// are kept.
    pub(crate) fn write_headers(&self, headers: &mut HeaderMap) {
        for (at, (name, value)) in self.headers.iter().enumerate() {
            let is_further = self.headers[..at].iter().any(|(before, _)| before == name);
            if is_further {
                headers.append(name.clone(), value.clone());
            } else {
                headers.insert(name.clone(), value.clone());
            }
        }
    }

    /// Replaces all headers with the name.
    pub(crate) fn set_header(&mut self, name: HeaderName, value: HeaderValue) {
        self.headers.retain(|(before, _)| *before != name);
        self.headers.push((name, value));
    }

    /// Sets the whole URL, which comes from a response.
    pub(crate) fn set_url(&mut self, url: &str) -> Result<(), Error> {
        let url = Url::parse(url).map_err(|error| {
            let message = "the URL of the next page is not an absolute URL";
            Error::new(ErrorKind::Request, message).with_source(error).at(self.info)
        })?;
        self.settings.get_or_insert_default().url = Some(url);
        Ok(())
    }

    /// Sets the header for the idempotency key.
    pub(crate) fn set_idempotency_key(&mut self, header: HeaderName) {
        self.settings.get_or_insert_default().idempotency_key = Some(header);
    }

    /// Collects all values that may be secret, for errors that quote a response.
    pub(crate) fn possible_secrets(&self) -> Vec<Zeroizing<String>> {
        self.collect(true, |_| true)
    }

    /// Returns the values that may be secret in a body that is not a JSON object of fields.
    pub(super) fn format_secrets(&self, with_unmarked: bool) -> Secrets {
        let format = self.format.as_ref();
        format.map(|format| format.secrets(&self.body, self.info, with_unmarked)).unwrap_or_default()
    }

    /// Collects the recorded secrets that are wanted, and those in a body that is not a JSON object of fields.
    pub(super) fn collect(
        &self,
        with_unmarked: bool,
        is_wanted: impl Fn(&SecretRange) -> bool,
    ) -> Vec<Zeroizing<String>> {
        let mut secrets = self.format_secrets(with_unmarked);
        for SecretRange { kind, range } in self.secrets.iter().filter(|secret| is_wanted(secret)) {
            let body = || self.body.get(range.clone()).unwrap_or_default();
            match kind {
                SecretKind::Value => secrets.add_marked(body().trim_ascii()),
                SecretKind::Objects => {
                    if let Ok(value) = serde_json::from_slice(body()) {
                        secrets.add_objects(value);
                    }
                }
                SecretKind::Fields => {
                    let fields = body().strip_prefix(b",").or(body().strip_prefix(b"{")).unwrap_or_default();
                    let object = Zeroizing::new([b"{", fields, b"}"].concat());
                    secrets.add_marked(&object);
                }
                SecretKind::Query | SecretKind::QueryObject => {
                    let value = self.path.get(range.clone()).unwrap_or_default();
                    let value = Zeroizing::new(percent_decode_str(value).decode_utf8_lossy().into_owned());
                    let least = if *kind == SecretKind::Query { 0 } else { UNMARKED };
                    secrets.all.extend(Some(value).filter(|value| value.len() >= least));
                }
            }
        }
        let mut secrets = secrets.all;
        secrets.extend(self.settings.iter().flat_map(|settings| settings.added.secrets()));
        // Any header may contain a key, except the constants of a declaration.
        for (name, value) in self.headers.iter().filter(|(_, value)| value.is_sensitive()) {
            // Other headers have no scheme, and not every word of their values is secret.
            let strings = if [AUTHORIZATION, PROXY_AUTHORIZATION].contains(name) { 2 } else { 1 };
            secrets.extend(in_header(value.as_bytes()).take(strings));
        }
        secrets
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.info.method)
            .field("path", &self.info.path)
            .field("headers", &self.headers.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .field("body", &self.body().map(|body| format!("<{} bytes, redacted>", body.len())))
            .finish_non_exhaustive()
    }
}
