//! Responses that are bytes or text, with status and headers if required.

use std::fmt;
use std::ops::Deref;

use http::{HeaderMap, StatusCode};
use serde::{Serialize, Serializer};
use url::Url;

use super::from_response::{Arrival, FromResponse};
use super::received::Received;
use crate::Error;

/// A body of bytes, for `response = Bytes`, and for a field that `body = Bytes` sends.
///
/// ```
/// use declapi::{ApiClient, Bytes, Client, endpoint, http};
///
/// /// Reads a file.
/// #[endpoint(get = "/files/{name}", response = Bytes)]
/// pub struct ReadFile<'a> {
///     /// The name of the file.
///     pub name: &'a str,
/// }
///
/// let request = ReadFile::builder().name("a.png").build();
/// let file = Client::read(&request, http::Response::new("\u{1}\u{2}".into()))?;
/// assert_eq!(&*file, [1, 2]);
/// # Ok::<(), declapi::Error>(())
/// ```
///
/// At most [`max_response_bytes`](crate::ClientBuilder::max_response_bytes) are read. Each chunk must arrive within the
/// [`idle_timeout`](crate::ClientBuilder::idle_timeout). The timeout of the call ends when the headers have arrived.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Bytes(pub bytes::Bytes);

/// A body of text, for `response = Text`, and for a field that `body = Text` sends.
///
/// Bytes that are not UTF-8 become U+FFFD. The size limit and the timeouts are those of [`Bytes`].
///
/// ```
/// use declapi::{ApiClient, Client, Endpoint, Text, endpoint, http};
///
/// /// Renders Markdown.
/// #[endpoint(post = "/markdown", response = Text, body = Text)]
/// pub struct Render<'a> {
///     /// The text.
///     #[endpoint(whole_body)]
///     pub text: &'a str,
/// }
///
/// let render = Render::builder().text("*a*").build();
/// assert_eq!(render.request()?.body(), Some(&b"*a*"[..]));
/// assert_eq!(&*Client::read(&render, http::Response::new("<em>a</em>".into()))?, "<em>a</em>");
/// # Ok::<(), declapi::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Text(pub String);

impl FromResponse for Bytes {
    const ARRIVAL: Arrival = Arrival::Pieces;

    fn from_response(received: Received<'_>) -> Result<Self, Error> {
        received.check_is_success()?;
        Ok(Self(received.whole()))
    }
}

impl FromResponse for Text {
    const ARRIVAL: Arrival = Arrival::Pieces;

    fn from_response(received: Received<'_>) -> Result<Self, Error> {
        received.check_is_success()?;
        Ok(Self(received.text().into_owned()))
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<T: Into<bytes::Bytes>> From<T> for Bytes {
    fn from(bytes: T) -> Self {
        Self(bytes.into())
    }
}

impl<T: Into<String>> From<T> for Text {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(&self.0)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

impl fmt::Debug for Bytes {
    /// Shows only the size, because the content may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bytes(<{} bytes>)", self.0.len())
    }
}

/// A response with its status, headers and URL in addition to the value.
///
/// Declare `response = Response<Repo>` if you always need them, or request them in a single call:
///
/// ```no_run
/// use declapi::{Client, Response, endpoint};
///
/// /// Reads a user.
/// #[endpoint(get = "/users/{id}", response = String)]
/// pub struct ReadUser {
///     /// The id of the user.
///     pub id: u64,
/// }
///
/// # async fn example(client: Client) -> Result<(), declapi::Error> {
/// let response = client.read_user().id(7).send_as::<Response<String>>().await?;
/// println!("{} {:?}: {}", response.status(), response.headers().get("etag"), response.value);
/// # Ok(())
/// # }
/// ```
///
/// `Debug` shows no header values.
#[derive(Clone)]
#[non_exhaustive]
pub struct Response<T> {
    /// The value that the body was read into.
    pub value: T,
    status: StatusCode,
    headers: HeaderMap,
    url: Option<Url>,
    idempotency_key: Option<Box<str>>,
}

impl<T> Response<T> {
    /// Returns the HTTP status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns a header, if it is present and is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns the URL to which the request was sent; `None` if the response was read without a client.
    pub fn url(&self) -> Option<&Url> {
        self.url.as_ref()
    }

    /// Returns the idempotency key of the call, if it had one.
    pub fn idempotency_key(&self) -> Option<&str> {
        self.idempotency_key.as_deref()
    }
}

impl<T: FromResponse> FromResponse for Response<T> {
    const ACCEPT: &'static str = T::ACCEPT;
    const ARRIVAL: Arrival = T::ARRIVAL;

    fn from_response(received: Received<'_>) -> Result<Self, Error> {
        let (status, headers, url) = (received.status(), received.headers().clone(), received.url());
        let idempotency_key = received.idempotency_key().map(Into::into);
        Ok(Self { value: T::from_response(received)?, status, headers, url, idempotency_key })
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("value", &self.value)
            .field("status", &self.status)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
