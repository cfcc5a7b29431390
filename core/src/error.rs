//! What can go wrong, and what the caller can do about it.

mod api;
mod json_path;
mod line;
mod members;
mod request_id;
mod scrub;
mod spelling;
mod timeout;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

pub use self::api::ApiError;
pub(crate) use self::json_path::describe as describe_json;
pub(crate) use self::line::one_line;
pub(crate) use self::request_id::{find_request_id, read_request_id};
pub(crate) use self::scrub::Scrubber;
use crate::EndpointInfo;

/// How many letters of a serializer's words are shown.
const REASON: usize = 500;

/// Why a call gave no answer.
///
/// `Display` is one line that says what happened, to which call, and what to do; causes are in
/// [`source`](std::error::Error::source). Neither shows a secret.
///
/// ```no_run
/// # async fn example(client: stytch_client::Client) -> Result<(), stytch_client::Error> {
/// match client.passwords().create().email("ada@example.com").password("…").send().await {
///     Ok(created) => println!("welcome, {}", created.user_id),
///     Err(error) if error.is("duplicate_email") => println!("log in instead"),
///     Err(error) if error.is("weak_password") => println!("choose a longer password"),
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
    /// The API refused, and said why: see [`Error::api`].
    Api,
    /// A status other than success, without an API's words: a proxy, a gateway, another server.
    Status,
    /// A redirect, which is never followed, because the credentials would go along.
    Redirect,
    /// A success whose body is not what the endpoint declares.
    Decode,
    /// A body larger than the client takes.
    TooLarge,
    /// Time ran out.
    Timeout,
    /// No connection: nothing was sent.
    Connect,
    /// The connection broke; what was sent may have arrived.
    Connection,
    /// A session JWT is not accepted: see `jwt_problem`.
    Jwt,
    /// The request could not be built: nothing was sent.
    Request,
    /// The client cannot be made this way.
    Config,
}

/// What a call was doing when its time ran out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// Waiting for one of the client's connections to become free, or for keys that another task is fetching:
    /// nothing was sent.
    Queued,
    /// Connecting: nothing was sent.
    Connecting,
    /// Sending the request, or waiting for the head of the answer. With a [`Transport`](crate::Transport) of
    /// your own, which does not say how far it came, also connecting.
    Waiting,
    /// Reading the body of the answer.
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
    api: Option<ApiError>,
    request_id: Option<String>,
    retry_after: Option<Duration>,
    phase: Option<Phase>,
    #[cfg(feature = "rustls")]
    jwt: Option<crate::JwtProblem>,
    body: Option<Bytes>,
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            info: None,
            attempts: 0,
            status: None,
            api: None,
            request_id: None,
            retry_after: None,
            phase: None,
            #[cfg(feature = "rustls")]
            jwt: None,
            body: None,
            source: None,
        }))
    }

    pub(crate) fn config(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Config, message)
    }

    pub(crate) fn request(info: &'static EndpointInfo, field: &str, reason: &str) -> Self {
        let what = if field == "*" { "a flattened field".to_owned() } else { format!("`{field}`") };
        // A serializer of the caller's own may say anything.
        let reason = one_line(reason, REASON);
        Self::new(ErrorKind::Request, format!("{what} cannot be sent: {reason}")).at(info)
    }

    pub(crate) fn refused(api: ApiError, status: u16) -> Self {
        let mut error = Self::new(ErrorKind::Api, api.line());
        error.0.request_id.clone_from(&api.request_id);
        error.0.api = Some(api);
        error.with_status(status)
    }

    pub(crate) fn at(mut self, info: &'static EndpointInfo) -> Self {
        self.0.info = Some(info);
        self
    }

    pub(crate) fn with_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    pub(crate) fn with_status(mut self, status: u16) -> Self {
        self.0.status = Some(status);
        self
    }

    pub(crate) fn with_request_id(mut self, request_id: Option<String>) -> Self {
        self.0.request_id = request_id;
        self
    }

    pub(crate) fn with_retry_after(mut self, retry_after: Option<Duration>) -> Self {
        self.0.retry_after = retry_after;
        self
    }

    pub(crate) fn with_body(mut self, body: Bytes) -> Self {
        self.0.body = Some(body);
        self
    }

    #[cfg(feature = "rustls")]
    pub(crate) fn with_jwt(mut self, problem: crate::JwtProblem) -> Self {
        self.0.jwt = Some(problem);
        self
    }

    pub(crate) fn with_source(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.0.source = Some(Arc::from(source.into()));
        self
    }

    /// What the error is about.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// What the API said, where it refused.
    pub fn api(&self) -> Option<&ApiError> {
        self.0.api.as_ref()
    }

    /// Whether the API refused with this `error_type`, such as `duplicate_email`.
    ///
    /// The set is open; the known values are in [`error_type`](crate::error_type).
    pub fn is(&self, error_type: &str) -> bool {
        self.api().is_some_and(|api| api.error_type == error_type)
    }

    /// The HTTP status of the answer, where there was one.
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// The id under which the API knows the call, where it could be found. Its support will ask for it.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// How long the server asks to wait, from `Retry-After` in either form.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// How often the request was sent, or tried to be sent; 0 where it never came to that.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The endpoint that was called, where there was one.
    pub fn endpoint(&self) -> Option<&'static EndpointInfo> {
        self.0.info
    }

    /// The body of an answer that was no success, as it came, up to 64 KiB.
    ///
    /// It is shown nowhere else, because nobody can say what a server puts there. Read it for an API whose
    /// refusals look unlike Stytch's.
    pub fn body(&self) -> Option<&[u8]> {
        self.0.body.as_deref()
    }

    /// What the call was doing when its time ran out; `None` for any other kind.
    pub fn phase(&self) -> Option<Phase> {
        self.0.phase
    }

    /// Why a session JWT is not accepted; `None` for any other kind.
    #[cfg(feature = "rustls")]
    pub fn jwt_problem(&self) -> Option<crate::JwtProblem> {
        self.0.jwt
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
    /// This says nothing about safety: after a timeout, a broken connection or a 5xx the first call may have
    /// been carried out. The client itself repeats only where that cannot be, see
    /// [`RetryPolicy`](crate::RetryPolicy).
    pub fn is_retryable(&self) -> bool {
        match self.0.kind {
            ErrorKind::Timeout | ErrorKind::Connect | ErrorKind::Connection => true,
            ErrorKind::Api | ErrorKind::Status => matches!(self.0.status, Some(408 | 429 | 500 | 502..=504)),
            _ => false,
        }
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
        let Inner {
            kind,
            message,
            info,
            attempts,
            status,
            api,
            request_id,
            retry_after,
            phase,
            body,
            source,
            ..
        } = &*self.0;
        let mut shown = f.debug_struct("Error");
        shown.field("kind", kind).field("message", message);
        if let Some(info) = info {
            shown.field("endpoint", &format_args!("{} {}", info.method.as_str(), info.path));
        }
        shown.field("attempts", attempts);
        let mut optional = |name, value: Option<&dyn fmt::Debug>| {
            if let Some(value) = value {
                shown.field(name, value);
            }
        };
        optional("status", status.as_ref().map(|value| value as _));
        optional("api", api.as_ref().map(|value| value as _));
        optional("request_id", request_id.as_ref().map(|value| value as _));
        optional("retry_after", retry_after.as_ref().map(|value| value as _));
        optional("phase", phase.as_ref().map(|value| value as _));
        let size = body.as_ref().map(Bytes::len);
        optional("body_bytes", size.as_ref().map(|value| value as _));
        optional("source", source.as_ref().map(|value| value as _));
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
