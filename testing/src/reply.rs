//! The replies of a stub.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use declapi::{Body, TransportError, TransportErrorKind};
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, Response, StatusCode};
use serde_json::Value;

/// A response of a stub, or a failure of the connection.
///
/// A [`Value`] can be used as a reply and has the status 200. `Debug` shows neither headers nor body.
///
/// ```
/// use std::time::Duration;
///
/// use declapi_test::Reply;
/// use serde_json::json;
///
/// let page = Reply::json(&json!([1, 2])).header("link", "</items?page=2>; rel=\"next\"");
/// let slow = Reply::text("a,b").header("content-type", "text/csv").delayed(Duration::from_secs(2));
/// # let _ = (page, slow);
/// ```
#[derive(Clone)]
pub struct Reply {
    pub(crate) status: StatusCode,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Bytes,
    delay: Option<Duration>,
    outcome: Outcome,
}

/// The result of the call, as the client sees it.
#[derive(Clone, Copy, Debug)]
enum Outcome {
    Whole,
    /// It is closed after the body.
    CutOff,
    /// There is no response.
    Failed(TransportErrorKind),
}

impl Reply {
    fn new(body: Bytes, content_type: Option<&'static str>) -> Self {
        let content_type = content_type.map(|value| (CONTENT_TYPE, HeaderValue::from_static(value)));
        let headers = content_type.into_iter().collect();
        Self { status: StatusCode::OK, headers, body, delay: None, outcome: Outcome::Whole }
    }

    /// Creates a response with JSON.
    pub fn json(body: &Value) -> Self {
        Self::new(body.to_string().into(), Some("application/json"))
    }

    /// Creates a response with text.
    pub fn text(body: impl Into<String>) -> Self {
        Self::new(body.into().into(), Some("text/plain; charset=utf-8"))
    }

    /// Creates a response with bytes.
    pub fn bytes(body: impl Into<Bytes>) -> Self {
        Self::new(body.into(), Some("application/octet-stream"))
    }

    /// Creates a response without a body, for example for the status 204.
    pub fn empty() -> Self {
        Self::new(Bytes::new(), None)
    }

    /// Creates a connection that is closed before a response has arrived. The server may have received the request, so
    /// only idempotent calls are retried.
    pub fn broken() -> Self {
        Self::failed(TransportErrorKind::Unknown)
    }

    /// Creates another failure, for example [`NotSent`](TransportErrorKind::NotSent).
    pub fn failed(kind: TransportErrorKind) -> Self {
        Self { outcome: Outcome::Failed(kind), ..Self::empty() }
    }

    /// Sets the status. Default: 200.
    ///
    /// # Panics
    ///
    /// The status is below 100 or above 999.
    #[track_caller]
    pub fn status(mut self, status: u16) -> Self {
        let Ok(status) = StatusCode::from_u16(status) else { panic!("{status} is not a valid HTTP status") };
        self.status = status;
        self
    }

    /// Adds a header. Earlier headers with the same name are kept.
    ///
    /// # Panics
    ///
    /// The name or the value contains characters that HTTP does not allow.
    #[track_caller]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) else {
            panic!("the header `{}` cannot be sent", name.escape_debug());
        };
        if name == CONTENT_TYPE {
            self.headers.retain(|(known, _)| known != CONTENT_TYPE);
        }
        self.headers.push((name, value));
        self
    }

    /// Delays the status and the headers of the response.
    pub fn delayed(mut self, delay: Duration) -> Self {
        self.delay = Some(delay);
        self
    }

    /// Closes the connection after the body, so that the client has only a part of it.
    pub fn cut_off(mut self) -> Self {
        self.outcome = Outcome::CutOff;
        self
    }

    pub(crate) fn delay(&self) -> Option<Duration> {
        self.delay
    }

    /// Returns whether there is a response that can be read to its end.
    pub(crate) fn is_whole(&self) -> bool {
        matches!(self.outcome, Outcome::Whole)
    }

    pub(crate) fn is_sent(&self) -> bool {
        use TransportErrorKind::{NotSent, Rejected, Unreachable};
        !matches!(self.outcome, Outcome::Failed(NotSent | Unreachable | Rejected))
    }

    pub(crate) fn response<B: From<Bytes>>(&self) -> Response<B> {
        let mut response = Response::new(self.body.clone().into());
        *response.status_mut() = self.status;
        for (name, value) in &self.headers {
            response.headers_mut().append(name, value.clone());
        }
        response
    }

    pub(crate) fn outcome(&self) -> Result<Response<Body>, TransportError> {
        match self.outcome {
            Outcome::Whole => Ok(self.response()),
            Outcome::CutOff => Ok(self.response().map(|body: Bytes| Body::wrap(Broken(Some(body))))),
            Outcome::Failed(kind) => Err(TransportError::new(kind, "a stub fails this call")),
        }
    }
}

impl From<Value> for Reply {
    fn from(body: Value) -> Self {
        Self::json(&body)
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("status", &self.status)
            .field("outcome", &self.outcome)
            .field("delay", &self.delay)
            .finish_non_exhaustive()
    }
}

/// A body after which the connection is closed.
struct Broken(Option<Bytes>);

impl http_body::Body for Broken {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, io::Error>>> {
        let piece = self.0.take().filter(|piece| !piece.is_empty());
        let broken = || Err(io::Error::from(io::ErrorKind::ConnectionReset));
        Poll::Ready(Some(piece.map_or_else(broken, |piece| Ok(http_body::Frame::data(piece)))))
    }
}
