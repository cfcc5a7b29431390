//! Why a transport has no response.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

/// Why a [`Transport`](crate::Transport) has no response.
///
/// What was sent decides whether a retry can do harm: [`not_sent`](Self::not_sent) or [`unknown`](Self::unknown).
#[derive(Debug)]
pub struct TransportError {
    pub(crate) kind: TransportErrorKind,
    /// What to say instead of the general sentence about the kind.
    pub(crate) message: Option<Cow<'static, str>>,
    /// Whether a timeout of the transport ended the attempt.
    pub(crate) timed_out: bool,
    /// How long that timeout is, if the transport says so.
    pub(crate) timeout: Option<Duration>,
    pub(crate) source: Box<dyn StdError + Send + Sync>,
}

/// What a [`TransportError`] means for the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// Nothing was sent, and another attempt may succeed.
    NotSent,
    /// The request may have arrived, and another attempt may succeed.
    Unknown,
    /// No connection, so that nothing was sent, and another attempt would fail in the same way.
    Unreachable,
    /// The HTTP client does not take the request. Nothing was sent, and another attempt would fail in the same way.
    Rejected,
    /// The request may have arrived, and what came back is not a response that can be read.
    InvalidResponse,
    /// A redirect was followed, so that the response is another server's.
    Redirected,
}

impl TransportError {
    /// Creates an error with a kind.
    pub fn new(kind: TransportErrorKind, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { kind, message: None, timed_out: false, timeout: None, source: source.into() }
    }

    /// Nothing was sent, so that any call may be retried.
    pub fn not_sent(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(TransportErrorKind::NotSent, source)
    }

    /// Something may have been sent, so that only idempotent calls may be retried.
    pub fn unknown(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(TransportErrorKind::Unknown, source)
    }

    /// The request cannot be sent as it is.
    pub fn rejected(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(TransportErrorKind::Rejected, source)
    }

    /// Sets the sentence that the call's error shows: what happened, and what to do.
    pub fn with_message(mut self, message: impl Into<Cow<'static, str>>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// Says that a timeout of the transport ended the attempt, and how long it is if that is known.
    pub fn with_timeout(mut self, timeout: Option<Duration>) -> Self {
        (self.timed_out, self.timeout) = (true, timeout);
        self
    }

    /// Returns what the error means for the request.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(message) = &self.message {
            return f.write_str(message);
        }
        f.write_str(match self.kind {
            TransportErrorKind::NotSent | TransportErrorKind::Unreachable => "nothing could be sent",
            TransportErrorKind::Unknown => "the connection broke",
            TransportErrorKind::Rejected => "the HTTP client rejected the request",
            TransportErrorKind::InvalidResponse => "the response cannot be read",
            TransportErrorKind::Redirected => "a redirect was followed",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}

impl From<std::io::Error> for TransportError {
    fn from(error: std::io::Error) -> Self {
        Self::unknown(error)
    }
}

impl From<std::convert::Infallible> for TransportError {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}
