//! The client: cheap to clone, safe to share.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HOST, USER_AGENT};
use http::{HeaderMap, HeaderValue};
use reqwest::Url;
use serde::de::DeserializeOwned;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use crate::builder::ClientBuilder;
use crate::call::Caller;
use crate::pending::Pending;
use crate::request::Request;
use crate::retry::Budget;
use crate::timer::Clock;
use crate::transport::{Outgoing, Progress, Wire};
use crate::url_cache::UrlCache;
use crate::{Endpoint, Error, Method, RetryPolicy};

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// A client of the API, or of any other JSON API whose endpoints are declared with
/// [`#[endpoint]`](macro@crate::endpoint).
///
/// A clone shares connections and retry budget with the original and costs one reference count: keep one
/// client and clone it to wherever it is needed. `Debug` shows no credentials.
///
/// ```no_run
/// # async fn example() -> Result<(), stytch_client::Error> {
/// let client = stytch_client::Client::builder("project-test-…", "secret-test-…").build()?;
/// let login = client.passwords().authenticate().email("ada@example.com").password("…").send().await?;
/// println!("{}", login.user_id);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    pub(crate) core: Arc<Core>,
    pub(crate) options: Options,
}

/// What a client and its clones share.
pub(crate) struct Core {
    pub(crate) base: Url,
    /// The path of the base URL without its last slash.
    pub(crate) prefix: String,
    pub(crate) project_id: String,
    /// The API secret and what is made of it: never to be quoted.
    pub(crate) secrets: Vec<Zeroizing<String>>,
    /// What every call sends, the credentials among it.
    pub(crate) headers: HeaderMap,
    pub(crate) wire: Wire,
    /// One permit a connection; `None` where somebody else's HTTP client or transport decides.
    pub(crate) connections: Option<Semaphore>,
    /// Whether the HTTP client was handed in, and may follow redirects for all we know.
    pub(crate) redirects_possible: bool,
    /// `None` where the HTTP client was handed in, which has its own.
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) clock: Clock,
    pub(crate) budget: Budget,
    pub(crate) urls: UrlCache,
    #[cfg(feature = "rustls")]
    pub(crate) keys: crate::jwt::KeyCache,
}

/// What can differ from call to call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options {
    pub(crate) timeout: Option<Duration>,
    pub(crate) retries: RetryPolicy,
    pub(crate) max_response_bytes: usize,
}

impl Client {
    /// Starts a client with the credentials of a Stytch project.
    ///
    /// They come from the project's page in the Stytch dashboard. An id that begins with `project-live-` leads
    /// to Stytch's live environment, any other to the test environment.
    pub fn builder(project_id: impl Into<String>, secret: impl Into<String>) -> ClientBuilder {
        ClientBuilder::for_stytch(project_id.into(), secret.into())
    }

    /// Starts a client for another API, without credentials until some are given.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), stytch_client::Error> {
    /// let client = stytch_client::Client::for_api("https://api.example.com/v2").bearer_auth("key").build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn for_api(base_url: impl Into<String>) -> ClientBuilder {
        ClientBuilder::for_api(base_url.into())
    }

    /// A client from the environment: `STYTCH_PROJECT_ID`, `STYTCH_SECRET` and, if set, `STYTCH_BASE_URL`.
    ///
    /// # Errors
    ///
    /// One of the first two is not set or no Unicode, or one of the three cannot be what it should be.
    pub fn from_env() -> Result<Self, Error> {
        let builder = Self::builder(variable("STYTCH_PROJECT_ID")?, variable("STYTCH_SECRET")?);
        match std::env::var_os("STYTCH_BASE_URL") {
            Some(_) => builder.base_url(variable("STYTCH_BASE_URL")?).build(),
            None => builder.build(),
        }
    }

    /// Sends a request that was built as a value.
    ///
    /// ```no_run
    /// # async fn example(client: stytch_client::Client) -> Result<(), stytch_client::Error> {
    /// use stytch_client::passwords::StrengthCheck;
    ///
    /// let request = StrengthCheck::builder().password("correct horse battery staple").build();
    /// let checked = client.send(&request).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn send<E: Endpoint>(&self, request: &E) -> Pending<E::Response> {
        self.call(request)
    }

    /// Sends a request and reads the answer as a type of your own, which names only what you need.
    ///
    /// ```no_run
    /// # async fn example(client: stytch_client::Client) -> Result<(), stytch_client::Error> {
    /// # let request = stytch_client::passwords::StrengthCheck::builder().password("x").build();
    /// #[derive(serde::Deserialize)]
    /// struct Score {
    ///     score: u8,
    /// }
    /// let score: Score = client.send_as(&request).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn send_as<T: DeserializeOwned>(&self, request: &impl Endpoint) -> Pending<T> {
        self.call_as(request)
    }

    /// The same client with another limit for each call, retries included.
    ///
    /// ```no_run
    /// # async fn example(client: stytch_client::Client) -> Result<(), stytch_client::Error> {
    /// # use std::time::Duration;
    /// let quick = client.with_timeout(Duration::from_secs(2));
    /// quick.passwords().strength_check().password("…").send().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_timeout(&self, timeout: Duration) -> Self {
        let options = Options { timeout: Some(timeout), ..self.options };
        Self { core: Arc::clone(&self.core), options }
    }

    /// The same client with another retry policy; the budget stays shared.
    pub fn with_retries(&self, retries: RetryPolicy) -> Self {
        let options = Options { retries, ..self.options };
        Self { core: Arc::clone(&self.core), options }
    }

    /// The project that the client was built for; empty for another API.
    pub fn project_id(&self) -> &str {
        &self.core.project_id
    }

    /// The URL that every path is appended to.
    pub fn base_url(&self) -> &str {
        self.core.base.as_str()
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.base_url())
            .field("project_id", &self.core.project_id)
            .field("transport", &self.core.wire)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

impl Core {
    /// The texts that no error may quote.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &str> {
        self.secrets.iter().map(|secret| secret.as_str())
    }

    /// Whether connections or the clock are Tokio's.
    pub(crate) fn needs_tokio(&self) -> bool {
        matches!((&self.wire, &self.clock), (Wire::Reqwest(_), _) | (_, Clock::Tokio))
    }

    /// Scheme, host and port.
    pub(crate) fn origin(&self) -> String {
        self.base.origin().ascii_serialization()
    }

    /// The request as reqwest takes it; `progress` will say whether it set off.
    pub(crate) fn prepare(&self, request: &Request, progress: &Progress) -> reqwest::Request {
        let mut prepared = reqwest::Request::new(request.info.method.into(), self.url(request));
        *prepared.headers_mut() = self.headers(request);
        *prepared.body_mut() = Some(reqwest::Body::wrap(Outgoing::new(progress)));
        prepared
    }

    /// The request as any HTTP stack takes it.
    pub(crate) fn prepare_plain(&self, request: &Request) -> Result<http::Request<Bytes>, Error> {
        let mut prepared = http::Request::new(request.body.to_bytes());
        *prepared.method_mut() = request.info.method.into();
        let uri = self.url(request).as_str().parse();
        *prepared.uri_mut() = uri.map_err(|error: http::uri::InvalidUri| {
            Error::request(request.info, "path", "it is too long for a URL").with_source(error)
        })?;
        *prepared.headers_mut() = self.headers(request);
        Ok(prepared)
    }

    fn url(&self, request: &Request) -> Url {
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

    /// The client's headers, and the endpoint's own last: what it declares, it means.
    fn headers(&self, request: &Request) -> HeaderMap {
        // Copied whole, which spares looking for a place for each.
        let mut headers = self.headers.clone();
        if !request.info.has_body() {
            headers.remove(CONTENT_TYPE);
            // Said by HTTP to be sent where a body could be; some front ends answer 411 without it.
            if matches!(request.info.method, Method::Post | Method::Put | Method::Patch) {
                headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
            }
        }
        for (at, (name, value)) in request.headers.iter().enumerate() {
            let repeated = request.headers[..at].iter().any(|(before, _)| before == name);
            if repeated {
                headers.append(name.clone(), value.clone());
            } else {
                headers.insert(name.clone(), value.clone());
            }
        }
        headers
    }
}

/// The headers of every call with a body; `host` where it is certain that the call goes there and nowhere else.
pub(crate) fn common_headers(
    host: Option<HeaderValue>,
    user_agent: HeaderValue,
    authorization: Option<HeaderValue>,
) -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(5);
    if let Some(host) = host {
        headers.insert(HOST, host);
    }
    headers.insert(USER_AGENT, user_agent);
    headers.insert(ACCEPT, JSON);
    if let Some(authorization) = authorization {
        headers.insert(AUTHORIZATION, authorization);
    }
    headers.insert(CONTENT_TYPE, JSON);
    headers
}

fn variable(name: &str) -> Result<String, Error> {
    std::env::var(name).map_err(|error| match error {
        std::env::VarError::NotPresent => Error::config(format!(
            "the environment variable {name} is not set: set it, or use `Client::builder`"
        )),
        // The error would quote what is there.
        std::env::VarError::NotUnicode(_) => {
            Error::config(format!("the environment variable {name} is not valid Unicode"))
        }
    })
}
