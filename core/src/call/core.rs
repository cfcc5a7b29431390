//! The state that a client shares with its clones, and the options that can differ from call to call.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{ACCEPT, CONTENT_TYPE, HOST, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue};
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use super::host::{Host, NamedHost};
use crate::auth::{Credentials, Renewed};
use crate::endpoint::Request;
#[cfg(feature = "tracing")]
use crate::error::shows;
use crate::error::{ErrorFormat, Redactor};
use crate::info::Defaults;
use crate::response;
use crate::retry::{Budget, RetryPolicy};
use crate::transport::timer::Timer;
use crate::transport::{Hook, Transport};

const JSON: HeaderValue = HeaderValue::from_static(response::JSON);

/// The state that a client shares with its clones.
pub(crate) struct Core {
    /// The host of calls that do not choose another host.
    pub(crate) main: Host,
    pub(crate) hosts: Vec<NamedHost>,
    /// Whether credentials may be sent over unencrypted connections.
    pub(crate) plain_http: bool,
    /// The credentials and the strings derived from them. They must not appear in errors or logs.
    pub(crate) secrets: Redactor,
    /// The headers of every call, including credentials.
    pub(crate) headers: HeaderMap,
    /// The credentials that belong in the query, percent-encoded.
    pub(crate) query: Zeroizing<String>,
    /// The provider of credentials that can expire.
    pub(crate) provider: Option<Renewed>,
    /// The credentials that endpoints choose by name.
    pub(crate) named_auth: Vec<(String, Renewed)>,
    pub(crate) hooks: Vec<Box<dyn Hook>>,
    pub(crate) transport: Arc<dyn Transport>,
    /// One permit per connection. `None` if a custom transport manages its connections.
    pub(crate) connections: Option<Arc<Semaphore>>,
    pub(crate) timer: Arc<dyn Timer>,
    pub(crate) errors: ErrorFormat,
    /// The parts of each request that the declaration of the client adds, except headers.
    pub(crate) defaults: Defaults,
    pub(crate) budget: Budget,
}

/// The options that can differ from call to call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options {
    pub(crate) timeout: Option<Duration>,
    /// Whether the timeout was set for a single call. Such a timeout overrides the timeout of the endpoint.
    pub(crate) is_timeout_of_calls: bool,
    pub(crate) retries: RetryPolicy,
    pub(crate) max_response_bytes: usize,
    /// The timeout for the next chunk of a streamed body.
    pub(crate) idle_timeout: Option<Duration>,
}

impl Options {
    /// Returns the options for a request. The request's own options override these.
    pub(crate) fn of(self, request: &Request) -> Self {
        let by_declaration = request.info.timeout.filter(|_| !self.is_timeout_of_calls).or(self.timeout);
        let Some(settings) = &request.settings else { return Self { timeout: by_declaration, ..self } };
        let (timeout, retries) =
            (settings.timeout.or(by_declaration), settings.retries.unwrap_or(self.retries));
        Self { timeout, retries, ..self }
    }
}

impl Core {
    /// Returns whether the transport or the timer needs Tokio.
    pub(crate) fn needs_tokio(&self) -> bool {
        self.transport.needs_tokio() || self.timer.needs_tokio()
    }

    /// Returns a redactor that removes the secrets of the request from quotes of the response.
    pub(crate) fn redactor(&self, request: &Request) -> Redactor {
        Redactor::new(self.all_secrets().chain(request.possible_secrets()))
    }

    /// Returns whether a string contains credentials.
    #[cfg(feature = "tracing")]
    pub(super) fn is_shown_by(&self, text: &str) -> bool {
        !self.secrets.allows(text) || self.renewed_secrets().any(|secret| shows(text, &secret))
    }

    /// Returns the secret strings of all credentials.
    pub(crate) fn all_secrets(&self) -> impl Iterator<Item = Zeroizing<String>> {
        self.secrets.secrets().iter().cloned().chain(self.renewed_secrets())
    }

    fn renewed_secrets(&self) -> impl Iterator<Item = Zeroizing<String>> {
        let named = self.named_auth.iter().map(|(_, auth)| auth);
        named.chain(&self.provider).flat_map(Renewed::secrets)
    }
}

impl fmt::Debug for Core {
    /// Shows only the base URLs, because all other fields may contain credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core").field("base_url", &self.main.base.as_str()).finish_non_exhaustive()
    }
}

/// Returns the headers of every call with a body. `host` is `Some` if every such call goes to this host.
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
