//! The trait for the error responses of an API.

use std::borrow::Cow;
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use serde::de::DeserializeOwned;

#[cfg(doc)]
use super::RateLimit;

/// The parts of a response before it is deserialized: status, headers and body.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ResponseParts<'r> {
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers.
    pub headers: &'r HeaderMap,
    /// The body. Of an error response, at most 64 KiB.
    pub body: &'r [u8],
}

impl<'r> ResponseParts<'r> {
    /// Creates the parts, for tests of an error type.
    pub fn new(status: StatusCode, headers: &'r HeaderMap, body: &'r [u8]) -> Self {
        Self { status, headers, body }
    }

    /// Reads the body as JSON; `None` if it is not valid JSON of this type.
    pub fn json<T: DeserializeOwned>(&self) -> Option<T> {
        crate::mend::read(&String::from_utf8_lossy(self.body)).ok()
    }

    /// Returns a header, if it is present and is text.
    pub fn header(&self, name: &str) -> Option<&'r str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// The error response of an API, declared once for all endpoints of a client.
///
/// [`#[client(error = …)]`](macro@crate::client) names the type. Only [`read`](Self::read) is required. Each of the
/// other methods returns one part of the error.
///
/// ```
/// use std::borrow::Cow;
///
/// use declapi::{ApiError, ResponseParts};
/// use serde::Deserialize;
///
/// /// The error response of a parcel tracker.
/// #[derive(Debug, Deserialize)]
/// pub struct ParcelError {
///     problem: String,
///     explanation: String,
/// }
///
/// impl ApiError for ParcelError {
///     fn read(response: &ResponseParts<'_>) -> Option<Self> {
///         response.json()
///     }
///
///     fn code(&self) -> Option<Cow<'_, str>> {
///         Some(self.problem.as_str().into())
///     }
///
///     fn message(&self) -> Option<Cow<'_, str>> {
///         Some(self.explanation.as_str().into())
///     }
/// }
/// ```
pub trait ApiError: Sized {
    /// The error codes that the API documents. Errors show them even if they look like a secret of the request.
    const CODES: &'static [&'static str] = &[];

    /// Returns whether a response is an error. Default: every status other than 2xx.
    ///
    /// Override it for an API that reports errors with the status 200. A status other than 2xx is always an error. It is
    /// not called for a success that is read as [`Bytes`](crate::Bytes), [`Text`](crate::Text) or a stream.
    fn is_error(response: &ResponseParts<'_>) -> bool {
        !response.status.is_success()
    }

    /// Reads an error response. Returns `None` if it is not in the API's format.
    ///
    /// Such a response comes from a gateway or another server, and the error has the kind [`ErrorKind::Status`].
    ///
    /// [`ErrorKind::Status`]: crate::ErrorKind::Status
    fn read(response: &ResponseParts<'_>) -> Option<Self>;

    /// Returns the error code that programs compare, for example `card_declined`: see [`Error::is`](crate::Error::is).
    fn code(&self) -> Option<Cow<'_, str>> {
        None
    }

    /// Returns the error message for developers.
    fn message(&self) -> Option<Cow<'_, str>> {
        None
    }

    /// Returns the id of the call at the API.
    ///
    /// By default, the client looks for the field `request_id` in the body, and for the usual headers, for example
    /// `request-id`, `x-request-id`, `x-github-request-id` and `x-amz-request-id`.
    fn request_id(&self) -> Option<Cow<'_, str>> {
        None
    }

    /// Returns the URL of the documentation for the error.
    fn documentation(&self) -> Option<Cow<'_, str>> {
        None
    }

    /// Returns the delay before a retry if the API rejected the call because of a rate limit and did not execute it.
    ///
    /// Such a call is retried after the delay, regardless of its status. By default, this applies to 429, with the
    /// delay from `Retry-After` or from the usual headers of a [`RateLimit`] if there is one, and to 503 with
    /// `Retry-After`.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use declapi::{ApiError, RateLimit, ResponseParts, Timestamp};
    ///
    /// # #[derive(serde::Deserialize)]
    /// # struct GithubError { message: String }
    /// impl ApiError for GithubError {
    ///     fn read(response: &ResponseParts<'_>) -> Option<Self> {
    ///         response.json()
    ///     }
    ///
    ///     fn rate_limited(response: &ResponseParts<'_>, now: Timestamp) -> Option<Duration> {
    ///         // GitHub uses 403 instead of 429.
    ///         let limit = RateLimit::read(response.headers, now).filter(|_| response.status == 403);
    ///         limit?.wait()
    ///     }
    /// }
    /// ```
    fn rate_limited(response: &ResponseParts<'_>, now: Timestamp) -> Option<Duration> {
        let _ = (response, now);
        None
    }
}

/// The parts of an error response, as strings.
#[derive(Debug, Default)]
pub(crate) struct ErrorParts {
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) documentation: Option<String>,
    pub(crate) request_id: Option<String>,
}

/// The format of error responses: the functions of an `ApiError` type.
#[derive(Clone, Copy, Debug)]
pub struct ErrorFormat {
    pub(crate) codes: &'static [&'static str],
    pub(crate) is_error: fn(&ResponseParts<'_>) -> bool,
    pub(crate) read: fn(&ResponseParts<'_>) -> Option<ErrorParts>,
    pub(crate) rate_limited: fn(&ResponseParts<'_>, Timestamp) -> Option<Duration>,
}

impl ErrorFormat {
    /// Returns the format of an error type.
    pub const fn of<E: ApiError>() -> Self {
        Self { codes: E::CODES, is_error: E::is_error, read: read::<E>, rate_limited: E::rate_limited }
    }
}

fn read<E: ApiError>(response: &ResponseParts<'_>) -> Option<ErrorParts> {
    let error = E::read(response)?;
    let owned = |text: Option<Cow<'_, str>>| text.filter(|text| !text.is_empty()).map(Cow::into_owned);
    Some(ErrorParts {
        code: owned(error.code()),
        message: owned(error.message()),
        documentation: owned(error.documentation()),
        request_id: owned(error.request_id()),
    })
}
