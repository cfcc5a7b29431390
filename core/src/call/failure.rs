//! Attempts that ended without any answer: what was sent decides what they mean.

use reqwest::Error as HttpError;

use super::Failed;
use crate::client::Client;
use crate::retry::Cause;
use crate::transport::{Stage, TransportError};
use crate::{Error, ErrorKind, Phase};

/// The call's time ran out before the head of an answer came.
pub(super) fn out_of_time(client: &Client, stage: Stage) -> Failed {
    let (phase, cause) = match stage {
        Stage::Queued => (Phase::Queued, Cause::NotSent),
        Stage::Connecting => (Phase::Connecting, Cause::NotSent),
        Stage::Begun => (Phase::Waiting, Cause::Unknown),
    };
    Failed::because(cause, Error::timeout(phase, client.options.timeout))
}

/// The HTTP client gave up.
pub(super) fn broken(client: &Client, stage: Stage, error: HttpError) -> Failed {
    // The URL in it would show the query.
    let error = error.without_url();
    let was_sent = stage >= Stage::Begun;
    // Nothing but a redirect makes it connect once more after it has sent.
    if error.is_redirect() || error.is_connect() && was_sent {
        let message = "the HTTP client that was handed in does not stop at redirects: build it with \
                       `redirect::Policy::none()`";
        return Failed::finally(Error::new(ErrorKind::Redirect, message).with_source(error));
    }
    if error.is_builder() {
        let message = "the HTTP client refused the request";
        return Failed::finally(Error::new(ErrorKind::Request, message).with_source(error));
    }
    // Only its own limits can make it say so: the client's limit for the whole call is kept outside of it.
    let timed_out = error.is_timeout();
    let failed = match (was_sent, timed_out) {
        (false, true) => {
            let error = Error::timeout(Phase::Connecting, client.core.connect_timeout).with_source(error);
            (Cause::NotSent, error)
        }
        (false, false) => (Cause::NotSent, no_connection(client).with_source(error)),
        (true, true) => (Cause::Unknown, Error::timeout(Phase::Waiting, None).with_source(error)),
        (true, false) => (Cause::Unknown, connection_broke().with_source(error)),
    };
    Failed::because(failed.0, failed.1)
}

/// The transport that was handed in gave up.
pub(super) fn transport_failed(client: &Client, error: TransportError) -> Failed {
    let (cause, failed) = if error.sent {
        (Cause::Unknown, connection_broke())
    } else {
        (Cause::NotSent, no_connection(client))
    };
    Failed::because(cause, failed.with_source(error.source))
}

fn no_connection(client: &Client) -> Error {
    let check = if client.core.base.scheme() == "https" {
        "the server is up, the address right, and the certificate one that this machine trusts"
    } else {
        "the server is up and the address right"
    };
    Error::new(ErrorKind::Connect, format!("no connection to {}: check that {check}", client.core.origin()))
}

fn connection_broke() -> Error {
    Error::new(
        ErrorKind::Connection,
        "the connection ended without an HTTP answer; the request may have arrived",
    )
}
