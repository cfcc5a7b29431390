//! The error of a transport.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

/// The reason why a [`Transport`](crate::Transport) has no response.
///
/// Choose the constructor by how much of the request was sent, because it decides whether a retry is safe:
/// [`not_sent`](Self::not_sent) or [`unknown`](Self::unknown).
#[derive(Debug)]
pub struct TransportError {
    pub(crate) kind: TransportErrorKind,
    /// The message. It replaces the general message of the kind.
    pub(crate) message: Option<Cow<'static, str>>,
    /// Whether a timeout of the transport ended the attempt.
    pub(crate) timed_out: bool,
    /// The length of that timeout, if the transport knows it.
    pub(crate) timeout: Option<Duration>,
    pub(crate) source: Box<dyn StdError + Send + Sync>,
}

/// The consequence of a [`TransportError`] for the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// Nothing was sent, and another attempt may succeed.
    NotSent,
    /// The server may have received the request, and another attempt may succeed.
    Unknown,
    /// There is no connection, so nothing was sent, and another attempt would fail in the same way.
    Unreachable,
    /// The HTTP client rejected the request. Nothing was sent, and another attempt would fail in the same way.
    Rejected,
    /// The server may have received the request, and the response cannot be read.
    InvalidResponse,
    /// A redirect was followed, so the response comes from another server.
    Redirected,
}

impl TransportError {
    /// Creates an error with a kind.
    pub fn new(kind: TransportErrorKind, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { kind, message: None, timed_out: false, timeout: None, source: source.into() }
    }

    /// Creates an error for a request that was not sent. Any call may then be retried.
    pub fn not_sent(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(TransportErrorKind::NotSent, source)
    }

    /// Creates an error for a request that may have been sent. Only idempotent calls may then be retried.
    pub fn unknown(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(TransportErrorKind::Unknown, source)
    }

    /// Creates an error for a request that the transport cannot send.
    pub fn rejected(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(TransportErrorKind::Rejected, source)
    }

    /// Sets the message of the call's error: what happened, and what to do.
    pub fn with_message(mut self, message: impl Into<Cow<'static, str>>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// Marks the error as a timeout of the transport, with its length if it is known.
    pub fn with_timeout(mut self, timeout: Option<Duration>) -> Self {
        (self.timed_out, self.timeout) = (true, timeout);
        self
    }

    /// Returns the consequence of the error for the call.
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
