//! What can go wrong, and what the caller can do about it.

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

pub(crate) use self::api::Said;
pub use self::api::{ApiError, ErrorFormat, ResponseParts};
pub(crate) use self::build::Decoded;
pub use self::generic::GenericError;
pub use self::rate_limit::RateLimit;
pub(crate) use self::redact::Redactor;
#[cfg(feature = "tracing")]
pub(crate) use self::redact::shows;
pub(crate) use self::request_id::find_request_id;
use crate::EndpointInfo;

/// Why a call gave no result.
///
/// `Display` is one line that says what happened, to which call, and what to do; causes are in
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

/// What an error is about; ask with [`Error::kind`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The API reported an error: see [`Error::code`] and [`Error::message`].
    Api,
    /// A status other than success, with a response that is not in the API's format: from a proxy, a gateway, or another
    /// server. If it is in a usual format, [`Error::message`] has its sentence.
    Status,
    /// A redirect, which is never followed, because the credentials would be sent along.
    Redirect,
    /// A success whose body is not what the endpoint declares.
    Decode,
    /// A body larger than the client takes.
    TooLarge,
    /// Time ran out: see [`Error::phase`].
    Timeout,
    /// No connection: nothing was sent.
    Connect,
    /// The connection broke; what was sent may have arrived.
    Connection,
    /// What came back is not an HTTP response; what was sent may have arrived.
    Protocol,
    /// The [`AuthProvider`](crate::AuthProvider) has no credentials: nothing was sent.
    Auth,
    /// The request could not be built: nothing was sent.
    Request,
    /// The client cannot be built or used in this way.
    Config,
}

/// What a call was doing when its time ran out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// Waiting for the [`AuthProvider`](crate::AuthProvider) or for a [`Hook`](crate::Hook): nothing was sent.
    Preparing,
    /// Waiting for one of the client's connections to become free: nothing was sent.
    Queued,
    /// Connecting: nothing was sent.
    Connecting,
    /// Sending the request, or waiting for the response. With a custom [`Transport`](crate::Transport) that does not
    /// note how far a request has come, also connecting.
    Waiting,
    /// Reading the body of the response.
    Reading,
}

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    /// What happened, without the endpoint.
    message: String,
    info: Option<&'static EndpointInfo>,
    attempts: u32,
    status: Option<u16>,
    code: Option<String>,
    /// What the API said.
    said: Option<String>,
    request_id: Option<String>,
    retry_after: Option<Duration>,
    phase: Option<Phase>,
    /// Whether a retry can help; `None` for what the kind and the status say.
    retryable: Option<bool>,
    headers: Option<HeaderMap>,
    body: Option<Bytes>,
    idempotency_key: Option<Box<str>>,
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// Returns what the error is about.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the API's code for the error, such as `card_declined`.
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// Whether the API reported an error with this code.
    pub fn is(&self, code: &str) -> bool {
        self.code() == Some(code)
    }

    /// Returns the API's sentence about the error, on one line and without secrets.
    pub fn message(&self) -> Option<&str> {
        self.0.said.as_deref()
    }

    /// Reads the error response as a type: for everything that `code` and `message` leave out.
    ///
    /// The result contains what the server sent, which may repeat what it was sent: it is not redacted.
    pub fn api_error<E: ApiError>(&self) -> Option<E> {
        let Inner { status, headers, body, .. } = &*self.0;
        let status = StatusCode::from_u16((*status)?).ok()?;
        E::read(&ResponseParts::new(status, headers.as_ref()?, body.as_deref()?))
    }

    /// Returns the HTTP status of the response, if there was one.
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// Returns the headers of the response, if there was one. They are shown nowhere else.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.headers.as_ref()
    }

    /// Returns the body of a response that was not a success, as it arrived, up to 64 KiB.
    ///
    /// It is shown nowhere else, because nobody can say what a server puts there.
    pub fn body(&self) -> Option<&[u8]> {
        self.0.body.as_deref()
    }

    /// Returns the id under which the API knows the call, if it could be found. Its support will ask for it.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// Returns the idempotency key of the call, if it had one. Sending the call again with the same key, see
    /// [`CallOptions::idempotency_key`](crate::CallOptions::idempotency_key), does nothing that was done already. It is
    /// shown nowhere else.
    pub fn idempotency_key(&self) -> Option<&str> {
        self.0.idempotency_key.as_deref()
    }

    /// Returns how long the server asks to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Returns how many times the request was sent, or tried to be sent; 0 if it never came to that.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns the endpoint that was called, if there was one.
    pub fn endpoint(&self) -> Option<&'static EndpointInfo> {
        self.0.info
    }

    /// Returns what the call was doing when its time ran out; `None` for any other kind.
    pub fn phase(&self) -> Option<Phase> {
        self.0.phase
    }

    /// Whether time ran out.
    pub fn is_timeout(&self) -> bool {
        self.0.kind == ErrorKind::Timeout
    }

    /// Whether no connection was made, so that nothing was sent.
    pub fn is_connect(&self) -> bool {
        self.0.kind == ErrorKind::Connect || matches!(self.0.phase, Some(Phase::Queued | Phase::Connecting))
    }

    /// Whether the same call may succeed later.
    ///
    /// This says nothing about safety: after a timeout, a broken connection or a 5xx the first call may have been
    /// carried out. The client itself retries only if that can do no harm, see [`RetryPolicy`](crate::RetryPolicy).
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
