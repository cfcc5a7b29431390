//! Attempts that ended without a response: what was sent decides what they mean.

use std::time::Duration;

use super::outcome::Failed;
use super::route::Route;
use crate::retry::Cause;
use crate::transport::{Stage, TransportError, TransportErrorKind};
use crate::{Error, ErrorKind, Phase};

/// The call's time ran out.
pub(super) fn out_of_time(stage: Stage, limit: Option<Duration>) -> Error {
    let phase = match stage {
        Stage::Preparing => Phase::Preparing,
        Stage::Queued => Phase::Queued,
        Stage::Connecting => Phase::Connecting,
        Stage::Sent => Phase::Waiting,
        Stage::Reading => Phase::Reading,
    };
    Error::timeout(phase, limit)
}

/// The transport gave up.
pub(super) fn transport_failed(route: &Route<'_>, error: TransportError) -> Failed {
    let TransportError { kind, message, timed_out, timeout, source } = error;
    let (cause, phase) = match kind {
        TransportErrorKind::NotSent => (Some(Cause::NotSent), Phase::Connecting),
        TransportErrorKind::Unknown => (Some(Cause::Unknown), Phase::Waiting),
        _ => (None, Phase::Waiting),
    };
    let error = if timed_out && cause.is_some() {
        Error::timeout(phase, timeout)
    } else {
        let (kind, usual) = meaning(route, kind);
        Error::new(kind, message.map_or(usual, Into::into)).retryable(cause.is_some())
    };
    Failed { error: error.with_source(source), cause }
}

/// The kind of the call's error, and what to say if the transport says nothing.
fn meaning(route: &Route<'_>, kind: TransportErrorKind) -> (ErrorKind, String) {
    match kind {
        TransportErrorKind::NotSent | TransportErrorKind::Unreachable => {
            let check = if route.base().scheme() == "https" {
                "the server is up, the address right, and the certificate one that this machine trusts"
            } else {
                "the server is up and the address right"
            };
            (ErrorKind::Connect, format!("no connection to {}: check that {check}", route.origin()))
        }
        TransportErrorKind::Unknown => (
            ErrorKind::Connection,
            "the connection ended without an HTTP response; the request may have arrived".to_owned(),
        ),
        TransportErrorKind::Rejected => {
            (ErrorKind::Request, "the HTTP client does not take the request; nothing was sent".to_owned())
        }
        TransportErrorKind::InvalidResponse => {
            (ErrorKind::Protocol, "what came back is not HTTP: check the address and the port".to_owned())
        }
        TransportErrorKind::Redirected => (
            ErrorKind::Redirect,
            "the transport followed a redirect, so this is another server's response: turn redirects off"
                .to_owned(),
        ),
    }
}
