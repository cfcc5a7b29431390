//! An API's own errors: what a client type says about them once.

use std::borrow::Cow;
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use serde::de::DeserializeOwned;

#[cfg(doc)]
use super::RateLimit;

/// A response before anything is read from it: status, headers and body.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ResponseParts<'r> {
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers.
    pub headers: &'r HeaderMap,
    /// The body, at most 64 KiB of an error response.
    pub body: &'r [u8],
}

impl<'r> ResponseParts<'r> {
    /// Creates the parts, for tests of an error type.
    pub fn new(status: StatusCode, headers: &'r HeaderMap, body: &'r [u8]) -> Self {
        Self { status, headers, body }
    }

    /// Reads the body as JSON; `None` if it is something else.
    pub fn json<T: DeserializeOwned>(&self) -> Option<T> {
        crate::mend::read(&String::from_utf8_lossy(self.body)).ok()
    }

    /// Returns a header, if it is there and is text.
    pub fn header(&self, name: &str) -> Option<&'r str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// What an API's error response looks like: said once, for all endpoints of a client.
///
/// [`#[client(error = …)]`](macro@crate::client) names the type. Only [`read`](Self::read) is required; every other
/// method says where one thing is.
///
/// ```
/// use std::borrow::Cow;
///
/// use declapi::{ApiError, ResponseParts};
/// use serde::Deserialize;
///
/// /// How the tracker of parcels reports errors.
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
    /// Codes that the API documents. They are shown even if they look like a secret of the request.
    const CODES: &'static [&'static str] = &[];

    /// Whether a response is an error. Default: every status other than 2xx.
    ///
    /// An API that reports errors with the status 200 looks into the body here. A status other than 2xx is an error
    /// whatever this returns.
    fn is_error(response: &ResponseParts<'_>) -> bool {
        !response.status.is_success()
    }

    /// Reads an error response; `None` if it is not in the API's format.
    ///
    /// What is `None` here is not the API's, but a gateway's or another server's: [`ErrorKind::Status`].
    ///
    /// [`ErrorKind::Status`]: crate::ErrorKind::Status
    fn read(response: &ResponseParts<'_>) -> Option<Self>;

    /// Returns the code that programs compare, such as `card_declined`: see [`Error::is`](crate::Error::is).
    fn code(&self) -> Option<Cow<'_, str>> {
        None
    }

    /// Returns the sentence for a developer.
    fn message(&self) -> Option<Cow<'_, str>> {
        None
    }

    /// Returns the id under which the API knows the call.
    ///
    /// Default: none. Then the field `request_id` of the body and the usual headers are searched, such as `request-id`,
    /// `x-request-id`, `x-github-request-id` and `x-amz-request-id`.
    fn request_id(&self) -> Option<Cow<'_, str>> {
        None
    }

    /// Returns where the documentation says more.
    fn documentation(&self) -> Option<Cow<'_, str>> {
        None
    }

    /// Returns how long to wait if the API rejected the call only because of its rate, without carrying it out.
    ///
    /// Such a call is retried after that time, whatever its status. Without this, 429 counts as such a response, with the
    /// wait that `Retry-After` or the usual headers of a [`RateLimit`] say, if there is one, and 503 does with a
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
    ///         // GitHub says 403 where others say 429.
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

/// What an error response says, in strings.
#[derive(Debug, Default)]
pub(crate) struct Said {
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) documentation: Option<String>,
    pub(crate) request_id: Option<String>,
}

/// An error type, as one client remembers it: the functions of its `ApiError`.
#[derive(Clone, Copy, Debug)]
pub struct ErrorFormat {
    pub(crate) codes: &'static [&'static str],
    pub(crate) is_error: fn(&ResponseParts<'_>) -> bool,
    pub(crate) read: fn(&ResponseParts<'_>) -> Option<Said>,
    pub(crate) rate_limited: fn(&ResponseParts<'_>, Timestamp) -> Option<Duration>,
}

impl ErrorFormat {
    /// Returns the format of an error type.
    pub const fn of<E: ApiError>() -> Self {
        Self { codes: E::CODES, is_error: E::is_error, read: read::<E>, rate_limited: E::rate_limited }
    }
}

fn read<E: ApiError>(response: &ResponseParts<'_>) -> Option<Said> {
    let error = E::read(response)?;
    let owned = |text: Option<Cow<'_, str>>| text.filter(|text| !text.is_empty()).map(Cow::into_owned);
    Some(Said {
        code: owned(error.code()),
        message: owned(error.message()),
        documentation: owned(error.documentation()),
        request_id: owned(error.request_id()),
    })
}
