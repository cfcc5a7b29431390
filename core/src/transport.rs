//! Transports, which send requests, and timers, which measure time.

pub(crate) mod base_url;
mod body;
mod error;
mod hook;
mod progress;
#[cfg(feature = "reqwest")]
pub(crate) mod reqwest;
pub(crate) mod timer;
#[cfg(feature = "reqwest")]
pub(crate) mod tls;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use http::HeaderMap;
use url::Url;

pub use self::body::Body;
pub use self::error::{TransportError, TransportErrorKind};
pub use self::hook::{Hook, HookFuture, Next};
pub use self::progress::{Progress, Stage};
use crate::EndpointInfo;

/// Connecting takes one round trip, or two with TLS. Five seconds are enough even if two packets are lost.
#[cfg_attr(not(feature = "reqwest"), allow(dead_code))]
pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// The future that a [`Transport`] returns.
pub type TransportFuture = Pin<Box<dyn Future<Output = Result<http::Response<Body>, TransportError>> + Send>>;

/// Sends HTTP requests. Implement it for other HTTP clients, for middleware, and for tests without a network.
///
/// `reqwest::Client` is a transport. A closure with an [`http::Request`] parameter is one too, if the type of the
/// parameter is written. The body of the request is in memory unless it contains an upload of a file or a stream: see
/// [`Body::as_bytes`].
///
/// ```
/// use declapi::{Body, Client, endpoint, http, resource};
///
/// /// Reads the state of a service.
/// #[endpoint(get = "/health", response = String)]
/// pub struct Health;
///
/// # async fn example() -> Result<(), declapi::Error> {
/// let client = Client::builder("https://api.example.com")
///     .transport(|request: http::Request<Body>| async move {
///         if request.uri().path() == "/health" {
///             return Ok(http::Response::new(Body::from("\"up\"")));
///         }
///         let mut response = http::Response::new(Body::from(r#"{"error": "there is no such page"}"#));
///         *response.status_mut() = http::StatusCode::NOT_FOUND;
///         Ok(response)
///     })
///     .build()?;
/// assert_eq!(client.health().send().await?, "up");
/// # Ok(())
/// # }
/// # tokio::runtime::Runtime::new().unwrap().block_on(example()).unwrap();
/// ```
///
/// The request contains the credentials. A transport must not follow redirects, because it would send the credentials
/// to the new location.
pub trait Transport: Send + Sync + 'static {
    /// Sends the request. The future completes when the status and the headers of the response have arrived.
    fn send(&self, request: PreparedRequest) -> TransportFuture;

    /// Returns whether this transport needs a Tokio runtime. Default: `false`.
    fn needs_tokio(&self) -> bool {
        false
    }
}

impl<F, Response> Transport for F
where
    F: Fn(http::Request<Body>) -> Response + Send + Sync + 'static,
    Response: Future<Output = Result<http::Response<Body>, TransportError>> + Send + 'static,
{
    fn send(&self, request: PreparedRequest) -> TransportFuture {
        match request.into_http() {
            Ok(request) => Box::pin(self(request)),
            Err(error) => Box::pin(std::future::ready(Err(error))),
        }
    }
}

/// A request with all its parts: the URL, the headers of client and endpoint, the credentials, and the body.
///
/// `Debug` shows neither the query, nor the values of sensitive headers, nor the body.
#[non_exhaustive]
pub struct PreparedRequest {
    /// The HTTP method.
    pub method: http::Method,
    /// The URL.
    pub url: Url,
    /// All headers. Headers with credentials or secrets are marked as sensitive.
    pub headers: HeaderMap,
    /// The body; empty if there is none.
    pub body: Body,
    /// The metadata of the endpoint.
    pub info: &'static EndpointInfo,
    /// The number of this attempt: 1 for the first one.
    pub attempt: u32,
    /// Receives the progress of the request from the transport. If the transport does not report any, the request
    /// counts as sent.
    pub progress: Progress,
    pub(crate) own: OwnPart,
}

/// The part of a URL that belongs to the endpoint.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OwnPart {
    /// The start of the part, after the path of the base URL.
    pub(crate) path_start: usize,
    /// The end of the part, before the credentials in the query.
    pub(crate) query_end: usize,
}

impl PreparedRequest {
    /// Returns the percent-encoded path of the endpoint, without the path of the base URL.
    pub fn endpoint_path(&self) -> &str {
        self.url.path().get(self.own.path_start..).unwrap_or_else(|| self.url.path())
    }

    /// Returns the query without the credentials; empty if there is none. It may still contain secret fields.
    ///
    /// ```
    /// use declapi::{Body, Client, Hook, HookFuture, Method, Next, PreparedRequest, http};
    ///
    /// /// Checks the URL with and without credentials.
    /// struct Check;
    ///
    /// impl Hook for Check {
    ///     fn send<'a>(&'a self, request: PreparedRequest, next: Next<'a>) -> HookFuture<'a> {
    ///         assert_eq!(request.url.as_str(), "https://api.example.com/v1/notes?page=2&key=secret");
    ///         assert_eq!((request.endpoint_path(), request.endpoint_query()), ("/notes", "page=2"));
    ///         next.send(request)
    ///     }
    /// }
    ///
    /// # async fn example() -> Result<(), declapi::Error> {
    /// let client = Client::builder("https://api.example.com/v1").secret_query("key", "secret").hook(Check);
    /// let client = client.transport(|_: http::Request<Body>| async { Ok(http::Response::new(Body::empty())) });
    /// let client = client.build()?;
    /// client.request(Method::Get, "/notes").query("page", 2).send::<()>().await?;
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Runtime::new().unwrap().block_on(example()).unwrap();
    /// ```
    pub fn endpoint_query(&self) -> &str {
        let query = self.url.query().unwrap_or_default();
        query.get(..self.own.query_end).unwrap_or(query)
    }

    /// Converts the request to the type of the `http` crate. The metadata of the endpoint and the [`Progress`] become
    /// extensions.
    ///
    /// # Errors
    ///
    /// The URL is too long for an [`http::Uri`].
    pub fn into_http(self) -> Result<http::Request<Body>, TransportError> {
        let mut request = http::Request::new(self.body);
        *request.method_mut() = self.method;
        let uri = self.url.as_str().parse();
        *request.uri_mut() = uri.map_err(|error: http::uri::InvalidUri| {
            TransportError::rejected(error).with_message("the path and the query are too long for a URL")
        })?;
        *request.headers_mut() = self.headers;
        request.extensions_mut().insert(self.info);
        self.progress.reach(Stage::Sent);
        request.extensions_mut().insert(self.progress);
        Ok(request)
    }
}

impl fmt::Debug for PreparedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The values in a path are not secret, unless the endpoint provides the whole URL, which may be presigned.
        let origin = self.url.origin().ascii_serialization();
        let path = if self.info.is_absolute() { self.info.path } else { self.url.path() };
        f.debug_struct("PreparedRequest")
            .field("method", &self.method)
            .field("origin", &origin)
            .field("path", &path)
            .field("headers", &self.headers)
            .field("body", &self.body)
            .field("attempt", &self.attempt)
            .finish_non_exhaustive()
    }
}
