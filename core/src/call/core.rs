//! What a client and its clones share, and what can differ from call to call.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, HOST, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue};
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use super::attempt::Attempt;
use super::host::{Host, NamedHost};
use super::route::Route;
use crate::auth::{Credentials, Granted, Renewed};
use crate::endpoint::Request;
#[cfg(feature = "tracing")]
use crate::error::shows;
use crate::error::{ErrorFormat, Redactor};
use crate::info::Defaults;
use crate::retry::{Budget, RetryPolicy};
use crate::transport::timer::Timer;
use crate::transport::{Body, Hook, PreparedRequest, Transport};
use crate::{Method, response};

const JSON: HeaderValue = HeaderValue::from_static(response::JSON);

/// What a client and its clones share.
pub(crate) struct Core {
    /// Where calls go that choose no other host.
    pub(crate) main: Host,
    pub(crate) hosts: Vec<NamedHost>,
    /// Whether credentials may cross a network unencrypted.
    pub(crate) plain_http: bool,
    /// The credentials and what is made of them: never to be quoted.
    pub(crate) secrets: Redactor,
    /// What every call sends, the credentials among it.
    pub(crate) headers: HeaderMap,
    /// The credentials that belong into the query, percent-encoded.
    pub(crate) query: Zeroizing<String>,
    /// Where credentials come from that can expire.
    pub(crate) provider: Option<Renewed>,
    /// The credentials that endpoints choose by a name.
    pub(crate) named_auth: Vec<(String, Renewed)>,
    pub(crate) hooks: Vec<Box<dyn Hook>>,
    pub(crate) transport: Arc<dyn Transport>,
    /// One permit per connection; `None` if a custom transport decides.
    pub(crate) connections: Option<Arc<Semaphore>>,
    pub(crate) timer: Arc<dyn Timer>,
    pub(crate) errors: ErrorFormat,
    /// What the client's declaration adds to each request, besides headers.
    pub(crate) defaults: Defaults,
    pub(crate) budget: Budget,
}

/// What can differ from call to call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options {
    pub(crate) timeout: Option<Duration>,
    /// Whether the timeout was set for single calls, and so counts more than that of an endpoint.
    pub(crate) is_timeout_of_calls: bool,
    pub(crate) retries: RetryPolicy,
    pub(crate) max_response_bytes: usize,
    /// How long the next piece of a streamed body may take.
    pub(crate) idle_timeout: Option<Duration>,
}

impl Options {
    /// Returns the options for a request, which may have some of its own.
    pub(crate) fn of(self, request: &Request) -> Self {
        let by_declaration = request.info.timeout.filter(|_| !self.is_timeout_of_calls).or(self.timeout);
        let Some(settings) = &request.settings else { return Self { timeout: by_declaration, ..self } };
        let (timeout, retries) =
            (settings.timeout.or(by_declaration), settings.retries.unwrap_or(self.retries));
        Self { timeout, retries, ..self }
    }
}

impl Core {
    /// Whether connections or the timer are Tokio's.
    pub(crate) fn needs_tokio(&self) -> bool {
        self.transport.needs_tokio() || self.timer.needs_tokio()
    }

    /// Keeps what was sent out of what is quoted from a response.
    pub(crate) fn redactor(&self, request: &Request) -> Redactor {
        Redactor::new(self.all_secrets().chain(request.possible_secrets()))
    }

    /// Whether a text shows credentials.
    #[cfg(feature = "tracing")]
    pub(super) fn is_shown_by(&self, text: &str) -> bool {
        !self.secrets.allows(text) || self.renewed_secrets().any(|secret| shows(text, &secret))
    }

    /// The strings of all credentials.
    pub(crate) fn all_secrets(&self) -> impl Iterator<Item = Zeroizing<String>> {
        self.secrets.secrets().iter().cloned().chain(self.renewed_secrets())
    }

    fn renewed_secrets(&self) -> impl Iterator<Item = Zeroizing<String>> {
        let named = self.named_auth.iter().map(|(_, auth)| auth);
        named.chain(&self.provider).flat_map(Renewed::secrets)
    }

    /// Returns the request as it goes to the transport. Never inlined, so that it can be measured by itself.
    #[inline(never)]
    pub(super) fn prepare(
        &self,
        request: &Request,
        accept: &'static str,
        body: Body,
        route: &Route<'_>,
        attempt: &Attempt,
    ) -> PreparedRequest {
        let granted = attempt.granted.as_deref();
        let mut headers = self.headers(request, accept, route, granted);
        let may_have_body = matches!(request.info.method, Method::Post | Method::Put | Method::Patch);
        if may_have_body && body.as_bytes().is_some_and(Bytes::is_empty) {
            // HTTP wants it where a body could be; some front ends reject a request without it with 411.
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        let (url, own) = route.url(self, request, granted);
        PreparedRequest {
            method: request.info.method.into(),
            url,
            headers,
            body,
            info: request.info,
            attempt: attempt.number,
            progress: attempt.progress.clone(),
            own,
        }
    }

    /// The client's headers, and the endpoint's own, which replace the client's.
    fn headers(
        &self,
        request: &Request,
        accept: &'static str,
        route: &Route<'_>,
        granted: Option<&Granted>,
    ) -> HeaderMap {
        let mut headers = route.headers(self, granted);
        if let Some(content_type) = request.content_type() {
            headers.insert(CONTENT_TYPE, content_type.clone());
        } else if !request.has_body() {
            headers.remove(CONTENT_TYPE);
        }
        if accept != response::JSON {
            headers.insert(ACCEPT, HeaderValue::from_static(accept));
        }
        request.write_headers(&mut headers);
        headers
    }
}

impl fmt::Debug for Core {
    /// Shows nothing but where calls go: everything else may hold credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core").field("base_url", &self.main.base.as_str()).finish_non_exhaustive()
    }
}

/// The headers of every call with a body; `host` if it is certain that the call goes there and nowhere else.
pub(crate) fn common_headers(
    host: Option<HeaderValue>,
    user_agent: HeaderValue,
    credentials: &Credentials,
    more: Vec<(HeaderName, HeaderValue)>,
) -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(5 + more.len());
    if let Some(host) = host {
        headers.insert(HOST, host);
    }
    headers.insert(USER_AGENT, user_agent);
    headers.insert(ACCEPT, JSON);
    credentials.write_headers(&mut headers);
    headers.insert(CONTENT_TYPE, JSON);
    for (name, value) in more {
        headers.insert(name, value);
    }
    headers
}
