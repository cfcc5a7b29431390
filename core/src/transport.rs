//! What sends a request and returns a response, and what measures time.

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

/// Connecting takes one round trip, two with TLS; five seconds leave room for two lost packets.
#[cfg_attr(not(feature = "reqwest"), allow(dead_code))]
pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// The future that a [`Transport`] returns.
pub type TransportFuture = Pin<Box<dyn Future<Output = Result<http::Response<Body>, TransportError>> + Send>>;

/// Sends one HTTP request: for other HTTP clients, for middleware, and for tests without a network.
///
/// `reqwest::Client` is one. A closure over an [`http::Request`] is one too, if the type of its parameter is written. The
/// body of the request is whole: [`Body::as_bytes`].
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
/// The request carries the credentials. A transport must not follow redirects: the credentials would be sent along.
pub trait Transport: Send + Sync + 'static {
    /// Sends the request; the future ends when status and headers of the response have arrived.
    fn send(&self, request: PreparedRequest) -> TransportFuture;

    /// Whether a call needs a Tokio runtime because of this transport. Default `false`.
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

/// A request with everything that is sent: the URL, the headers of client and endpoint, the credentials, the body.
///
/// `Debug` shows neither the query nor the values of sensitive headers nor the body.
#[non_exhaustive]
pub struct PreparedRequest {
    /// The HTTP method.
    pub method: http::Method,
    /// Where the request goes.
    pub url: Url,
    /// All headers. Those with credentials or secrets are marked as sensitive.
    pub headers: HeaderMap,
    /// The body; empty if there is none.
    pub body: Body,
    /// The description of the endpoint.
    pub info: &'static EndpointInfo,
    /// How many times the call has been sent, or tried to be sent, with this attempt: 1 for the first.
    pub attempt: u32,
    /// Takes what a transport knows of how far the request has come. Without that, a request counts as sent.
    pub progress: Progress,
    pub(crate) own: OwnPart,
}

/// Which part of a URL is the endpoint's own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OwnPart {
    /// Where it begins in the path: behind that of the base URL.
    pub(crate) path_start: usize,
    /// Where it ends in the query: in front of the credentials.
    pub(crate) query_end: usize,
}

impl PreparedRequest {
    /// Returns the path of the endpoint with its values percent-encoded, without the path of the base URL.
    pub fn endpoint_path(&self) -> &str {
        self.url.path().get(self.own.path_start..).unwrap_or_else(|| self.url.path())
    }

    /// Returns the query without the credentials; empty if there is none. A field may be secret all the same.
    ///
    /// ```
    /// use declapi::{Body, Client, Hook, HookFuture, Method, Next, PreparedRequest, http};
    ///
    /// /// Says where requests go, without credentials.
    /// struct Say;
    ///
    /// impl Hook for Say {
    ///     fn send<'a>(&'a self, request: PreparedRequest, next: Next<'a>) -> HookFuture<'a> {
    ///         assert_eq!(request.url.as_str(), "https://api.example.com/v1/notes?page=2&key=secret");
    ///         assert_eq!((request.endpoint_path(), request.endpoint_query()), ("/notes", "page=2"));
    ///         next.send(request)
    ///     }
    /// }
    ///
    /// # async fn example() -> Result<(), declapi::Error> {
    /// let client = Client::builder("https://api.example.com/v1").secret_query("key", "secret").hook(Say);
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

    /// Returns the request as most HTTP crates take it, with the endpoint's description and the [`Progress`] among its
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
        // A value of a path is no secret, unless it is the whole URL, which may be presigned.
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
