//! What a client and its clones share, and what can differ from call to call.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HOST, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue};
use tokio::sync::Semaphore;
use url::Url;
use zeroize::Zeroizing;

use super::retry::{Budget, RetryPolicy};
use super::unsuccessful::Api;
use super::url_cache::UrlCache;
use crate::endpoint::Request;
use crate::error::{ErrorFormat, Redactor};
use crate::transport::timer::Timer;
use crate::transport::{Body, PreparedRequest, Progress, Transport};
use crate::{Method, response};

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// What a client and its clones share.
pub(crate) struct Core {
    pub(crate) base: Url,
    /// The path of the base URL without its last slash.
    pub(crate) prefix: String,
    /// The credentials and what is made of them: never to be quoted.
    pub(crate) secrets: Vec<Zeroizing<String>>,
    /// What every call sends, the credentials among it.
    pub(crate) headers: HeaderMap,
    pub(crate) transport: Arc<dyn Transport>,
    /// One permit per connection; `None` if a custom transport decides.
    pub(crate) connections: Option<Arc<Semaphore>>,
    pub(crate) timer: Arc<dyn Timer>,
    pub(crate) errors: ErrorFormat,
    pub(crate) budget: Budget,
    pub(crate) urls: UrlCache,
}

/// What can differ from call to call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options {
    pub(crate) timeout: Option<Duration>,
    pub(crate) retries: RetryPolicy,
    pub(crate) max_response_bytes: usize,
    /// How long the next piece of a streamed body may take.
    pub(crate) idle_timeout: Option<Duration>,
}

impl Core {
    /// Whether connections or the timer are Tokio's.
    pub(crate) fn needs_tokio(&self) -> bool {
        self.transport.needs_tokio() || self.timer.needs_tokio()
    }

    /// Scheme, host and port.
    pub(crate) fn origin(&self) -> String {
        self.base.origin().ascii_serialization()
    }

    /// Keeps what was sent out of what is quoted from a response.
    pub(crate) fn redactor(&self, request: &Request) -> Redactor {
        Redactor::new(self.secrets.iter().cloned().chain(request.possible_secrets()))
    }

    /// Returns what a response that is not a success is judged by.
    pub(super) fn api(&self, request: &Request) -> Api<'_> {
        Api {
            errors: &self.errors,
            base: Some(&self.base),
            redactor: self.redactor(request),
            now: self.timer.timestamp(),
        }
    }

    /// Returns the request as it goes to the transport. Never inlined, so that it can be measured by itself.
    #[inline(never)]
    pub(crate) fn prepare(
        &self,
        request: &Request,
        accept: &'static str,
        body: Body,
        progress: Progress,
    ) -> PreparedRequest {
        PreparedRequest {
            method: request.info.method.into(),
            url: self.url(request),
            headers: self.headers(request, accept),
            body,
            info: request.info,
            progress,
        }
    }

    pub(crate) fn url(&self, request: &Request) -> Url {
        match request.path {
            // Without values in it, the URL is the same for every call.
            Cow::Borrowed(path) => self.urls.get_or_make(path, || self.make_url(path)),
            Cow::Owned(ref path) => self.make_url(path),
        }
    }

    fn make_url(&self, path: &str) -> Url {
        let (path, query) = match path.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (path, None),
        };
        let mut url = self.base.clone();
        if self.prefix.is_empty() {
            url.set_path(path);
        } else {
            url.set_path(&format!("{}{path}", self.prefix));
        }
        if query.is_some() {
            url.set_query(query);
        }
        url
    }

    /// The client's headers, and the endpoint's own, which replace the client's.
    fn headers(&self, request: &Request, accept: &'static str) -> HeaderMap {
        // Copied whole, which spares a search per header.
        let mut headers = self.headers.clone();
        if let Some(content_type) = &request.content_type {
            headers.insert(CONTENT_TYPE, content_type.clone());
        } else if !request.has_body() {
            headers.remove(CONTENT_TYPE);
            // HTTP wants it where a body could be; some front ends reject a request without it with 411.
            if matches!(request.info.method, Method::Post | Method::Put | Method::Patch) {
                headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
            }
        }
        if accept != response::JSON {
            headers.insert(ACCEPT, HeaderValue::from_static(accept));
        }
        for (at, (name, value)) in request.headers.iter().enumerate() {
            let is_further = request.headers[..at].iter().any(|(before, _)| before == name);
            if is_further {
                headers.append(name.clone(), value.clone());
            } else {
                headers.insert(name.clone(), value.clone());
            }
        }
        headers
    }
}

impl fmt::Debug for Core {
    /// Shows nothing but where calls go: everything else may hold credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core").field("base_url", &self.base.as_str()).finish_non_exhaustive()
    }
}

/// The headers of every call with a body; `host` if it is certain that the call goes there and nowhere else.
pub(crate) fn common_headers(
    host: Option<HeaderValue>,
    user_agent: HeaderValue,
    authorization: Option<HeaderValue>,
    more: Vec<(HeaderName, HeaderValue)>,
) -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(5 + more.len());
    if let Some(host) = host {
        headers.insert(HOST, host);
    }
    headers.insert(USER_AGENT, user_agent);
    headers.insert(ACCEPT, JSON);
    if let Some(authorization) = authorization {
        headers.insert(AUTHORIZATION, authorization);
    }
    headers.insert(CONTENT_TYPE, JSON);
    for (name, value) in more {
        headers.insert(name, value);
    }
    headers
}
