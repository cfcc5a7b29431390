//! A request as plain data: what an endpoint writes, before anything is sent.

mod parts;

use std::borrow::Cow;
use std::fmt;

use http::{HeaderName, HeaderValue};

pub use self::parts::Parts;
use crate::body::Body;
use crate::{EndpointInfo, Method};

/// A request without a server: method, path, headers and body.
///
/// [`Endpoint::request`](crate::Endpoint::request) makes one without any I/O, so that a test can look at what would be sent:
///
/// ```
/// use stytch_client::{Endpoint, passwords::StrengthCheck};
///
/// let request = StrengthCheck::builder().password("hunter2").build().request()?;
/// assert_eq!(request.path(), "/v1/passwords/strength_check");
/// assert_eq!(request.body(), Some(&br#"{"password":"hunter2"}"#[..]));
/// # Ok::<(), stytch_client::Error>(())
/// ```
///
/// `Debug` shows neither the query nor header values nor the body, because any of them may be secret.
#[derive(Clone)]
pub struct Request {
    pub(crate) info: &'static EndpointInfo,
    pub(crate) path: Cow<'static, str>,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    /// Empty if the endpoint has none: what is noted on it is needed all the same.
    pub(crate) body: Body,
}

impl Request {
    /// Returns the description of the endpoint that made it.
    pub fn info(&self) -> &'static EndpointInfo {
        self.info
    }

    /// Returns the HTTP method.
    pub fn method(&self) -> Method {
        self.info.method
    }

    /// Returns the path with its values percent-encoded, and the query if there is one.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the headers of the endpoint's own fields. The client adds its own when it sends the request.
    pub fn headers(&self) -> impl Iterator<Item = (&HeaderName, &HeaderValue)> {
        self.headers.iter().map(|(name, value)| (name, value))
    }

    /// Returns the JSON body. An endpoint without body fields has none, whatever its method.
    pub fn body(&self) -> Option<&[u8]> {
        self.info.has_body().then(|| self.body.as_slice())
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.info.method)
            .field("path", &self.info.path)
            .field("headers", &self.headers.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .field("body", &self.body().map(|body| format!("<{} bytes, redacted>", body.len())))
            .finish()
    }
}
