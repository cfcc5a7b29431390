//! Errors of attempts that ended without a response. Their meaning depends on how much of the request was sent.

use std::time::Duration;

use super::outcome::Failed;
use super::route::Route;
use crate::retry::Cause;
use crate::transport::{Stage, TransportError, TransportErrorKind};
use crate::{Error, ErrorKind, Phase};

/// Returns the error of a call that timed out.
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

/// Returns the failure of an attempt whose transport returned an error.
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

/// Returns the kind of the call's error, and the message if the transport has none.
fn meaning(route: &Route<'_>, kind: TransportErrorKind) -> (ErrorKind, String) {
    match kind {
        TransportErrorKind::NotSent | TransportErrorKind::Unreachable => {
            let check = if route.base().scheme() == "https" {
                "the server is running, the address is right, and this machine trusts the certificate"
            } else {
                "the server is running and the address is right"
            };
            (ErrorKind::Connect, format!("no connection to {}: check that {check}", route.origin()))
        }
        TransportErrorKind::Unknown => (
            ErrorKind::Connection,
            "the connection was closed before a response arrived; the server may have received the request".to_owned(),
        ),
        TransportErrorKind::Rejected => {
            (ErrorKind::Request, "the HTTP client rejected the request; it was not sent".to_owned())
        }
        TransportErrorKind::InvalidResponse => {
            (ErrorKind::Protocol, "the response is not HTTP: check the address and the port".to_owned())
        }
        TransportErrorKind::Redirected => (
            ErrorKind::Redirect,
            "the transport followed a redirect, so the response comes from another server: turn redirects off"
                .to_owned(),
        ),
    }
}
