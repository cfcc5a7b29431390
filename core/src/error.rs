//! The error of a call, and the actions that it allows.

mod api;
mod build;
mod duration;
mod generic;
mod json_path;
mod line;
mod rate_limit;
mod redact;
mod request_id;
mod snippet;
mod spelling;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

pub(crate) use self::api::ErrorParts;
pub use self::api::{ApiError, ErrorFormat, ResponseParts};
pub(crate) use self::build::Decoded;
pub use self::generic::GenericError;
pub use self::rate_limit::RateLimit;
pub(crate) use self::redact::Redactor;
pub(crate) use self::request_id::find_request_id;
use crate::EndpointInfo;

/// The error of a call.
///
/// `Display` is one line that says what happened, to which call, and what to do. The causes are in
/// [`source`](std::error::Error::source). Neither shows a secret.
///
/// ```no_run
/// # use declapi::{endpoint, resource, Client, Error};
/// # /// Creates a user.
/// # #[endpoint(post = "/users", response = ())]
/// # pub struct CreateUser<'a> {
/// #     /// The address.
/// #     pub email: &'a str,
/// # }
/// # async fn example(client: Client) -> Result<(), Error> {
/// match client.create_user().email("ada@example.com").send().await {
///     Ok(()) => println!("welcome"),
///     Err(error) if error.is("duplicate_email") => println!("log in instead"),
///     Err(error) if error.status() == Some(404) => println!("there is no such API"),
///     Err(error) => return Err(error),
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Error(Box<Inner>);

/// The kind of an error. See [`Error::kind`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The API returned an error response: see [`Error::code`] and [`Error::message`].
    Api,
    /// The response has an error status but is not in the API's format. It comes from a proxy, a gateway or another
    /// server. If it has one of the usual formats, [`Error::message`] returns its message.
    Status,
    /// The server sent a redirect. Redirects are never followed, because the credentials would be sent to the new
    /// location.
    Redirect,
    /// The body of a success does not have the declared type.
    Decode,
    /// The body is larger than the size limit of the client.
    TooLarge,
    /// The call timed out: see [`Error::phase`].
    Timeout,
    /// No connection could be made. Nothing was sent.
    Connect,
    /// The connection was closed. The server may have received the request.
    Connection,
    /// The response is not HTTP. The server may have received the request.
    Protocol,
    /// The [`AuthProvider`](crate::AuthProvider) returned no credentials. Nothing was sent.
    Auth,
    /// The request could not be built. Nothing was sent.
    Request,
    /// The client cannot be built, or cannot be used in this way.
    Config,
}

/// The phase in which a call timed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// Waiting for the [`AuthProvider`](crate::AuthProvider) or for a [`Hook`](crate::Hook). Nothing was sent.
    Preparing,
    /// Waiting for a free connection of the client. Nothing was sent.
    Queued,
    /// Connecting. Nothing was sent.
    Connecting,
    /// Sending the request or waiting for the response. A custom [`Transport`](crate::Transport) that does not report
    /// its progress may still be connecting.
    Waiting,
    /// Reading the body of the response.
    Reading,
}

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    /// The message, without the name of the endpoint.
    message: String,
    info: Option<&'static EndpointInfo>,
    attempts: u32,
    status: Option<u16>,
    code: Option<String>,
    /// The message of the API.
    said: Option<String>,
    request_id: Option<String>,
    retry_after: Option<Duration>,
    phase: Option<Phase>,
    /// Whether a retry can help. `None` if the kind and the status decide.
    retryable: Option<bool>,
    headers: Option<HeaderMap>,
    body: Option<Bytes>,
    idempotency_key: Option<Box<str>>,
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// Returns the kind of the error.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the API's error code, for example `card_declined`.
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// Returns whether the API returned an error response with this code.
    pub fn is(&self, code: &str) -> bool {
        self.code() == Some(code)
    }

    /// Returns the API's error message, on one line and without secrets.
    pub fn message(&self) -> Option<&str> {
        self.0.said.as_deref()
    }

    /// Reads the error response as a type. Use it for details that `code` and `message` do not contain.
    ///
    /// The result is not redacted. It may contain values of the request if the server repeats them.
    pub fn api_error<E: ApiError>(&self) -> Option<E> {
        let Inner { status, headers, body, .. } = &*self.0;
        let status = StatusCode::from_u16((*status)?).ok()?;
        E::read(&ResponseParts::new(status, headers.as_ref()?, body.as_deref()?))
    }

    /// Returns the HTTP status of the response, if there was one.
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// Returns the headers of the response, if there was one. No other output of this error contains them.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.headers.as_ref()
    }

    /// Returns the body of an error response without changes, up to 64 KiB.
    ///
    /// No other output of this error contains it, because it may contain anything.
    pub fn body(&self) -> Option<&[u8]> {
        self.0.body.as_deref()
    }

    /// Returns the id of the call at the API, if the response contains one. The support of the API needs it.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// Returns the idempotency key of the call, if it had one. If you make the call again with the same key, the API
    /// does not execute it twice: see [`CallOptions::idempotency_key`](crate::CallOptions::idempotency_key). No other
    /// output of this error contains the key.
    pub fn idempotency_key(&self) -> Option<&str> {
        self.0.idempotency_key.as_deref()
    }

    /// Returns the delay that the server requests before a retry.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Returns the number of attempts. It is 0 if the call failed before the first attempt.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns the endpoint of the call, if there was one.
    pub fn endpoint(&self) -> Option<&'static EndpointInfo> {
        self.0.info
    }

    /// Returns the phase in which the call timed out; `None` for any other kind of error.
    pub fn phase(&self) -> Option<Phase> {
        self.0.phase
    }

    /// Returns whether the call timed out.
    pub fn is_timeout(&self) -> bool {
        self.0.kind == ErrorKind::Timeout
    }

    /// Returns whether no connection was made, so that nothing was sent.
    pub fn is_connect(&self) -> bool {
        self.0.kind == ErrorKind::Connect || matches!(self.0.phase, Some(Phase::Queued | Phase::Connecting))
    }

    /// Returns whether the same call may succeed later.
    ///
    /// It does not say that a retry is safe: after a timeout, a closed connection or a 5xx, the API may have executed
    /// the call. The client itself retries only if a retry is safe, see [`RetryPolicy`](crate::RetryPolicy).
    pub fn is_retryable(&self) -> bool {
        self.0.retryable.unwrap_or(match self.0.kind {
            ErrorKind::Timeout | ErrorKind::Connect | ErrorKind::Connection => true,
            ErrorKind::Api | ErrorKind::Status => matches!(self.0.status, Some(408 | 429 | 500 | 502..=504)),
            _ => false,
        })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { message, info, attempts, request_id, .. } = &*self.0;
        if let Some(info) = info {
            write!(f, "{} {}: ", info.method.as_str(), info.path)?;
        }
        f.write_str(message)?;
        if *attempts > 1 {
            write!(f, " (after {attempts} attempts)")?;
        }
        if let Some(request_id) = request_id {
            write!(f, " [{request_id}]")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        let mut shown = f.debug_struct("Error");
        shown.field("kind", &inner.kind).field("message", &inner.message);
        if let Some(info) = inner.info {
            shown.field("endpoint", &format_args!("{} {}", info.method.as_str(), info.path));
        }
        shown.field("attempts", &inner.attempts);
        let mut optional = |name, value: Option<&dyn fmt::Debug>| {
            if let Some(value) = value {
                shown.field(name, value);
            }
        };
        optional("status", inner.status.as_ref().map(|value| value as _));
        optional("code", inner.code.as_ref().map(|value| value as _));
        optional("request_id", inner.request_id.as_ref().map(|value| value as _));
        optional("retry_after", inner.retry_after.as_ref().map(|value| value as _));
        optional("phase", inner.phase.as_ref().map(|value| value as _));
        let size = inner.body.as_ref().map(Bytes::len);
        optional("body_bytes", size.as_ref().map(|value| value as _));
        optional("source", inner.source.as_ref().map(|value| value as _));
        shown.finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

const _: () = {
    const fn holds<T: std::error::Error + Send + Sync + 'static>() {}
    holds::<Error>();
    assert!(size_of::<Error>() == size_of::<usize>(), "an error travels in every `Result`: keep it one word");
};
