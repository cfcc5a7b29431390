//! Interprets reqwest's errors: whether the request was sent, whether a retry can help, and what to do.

use std::error::Error as StdError;
use std::time::Duration;
use std::{fmt, io};

use crate::transport::{Progress, Stage, TransportError, TransportErrorKind};

/// The data that is needed to interpret an error.
#[derive(Clone, Copy)]
pub(super) struct Circumstances {
    /// The client's own timeout; `None` for a custom HTTP client.
    pub(super) connect_timeout: Option<Duration>,
    /// The environment variable that sets a proxy, if there is one.
    pub(super) proxy: Option<&'static str>,
    /// Whether the HTTP client is a custom one, which may follow redirects.
    pub(super) is_custom: bool,
}

/// Returns the error of an attempt without a response.
pub(super) fn broken(
    error: reqwest::Error,
    progress: &Progress,
    circumstances: &Circumstances,
) -> TransportError {
    // The error contains the URL with its query.
    let error = error.without_url();
    if is_untouched(&error) {
        return TransportError::not_sent(error).with_message(
            "the server has not processed the request: it has rejected it, or closes the connection",
        );
    }
    let was_sent = progress.stage() >= Stage::Sent;
    // An HTTP client connects again after it has sent a request only because of a redirect.
    if error.is_redirect() || error.is_connect() && was_sent {
        return TransportError::new(TransportErrorKind::Redirected, error).with_message(
            "the custom HTTP client follows redirects: build it with `redirect::Policy::none()`",
        );
    }
    if let Some(message) = progress.body_error() {
        return TransportError::rejected(Quoted(error)).with_message(message);
    }
    if error.is_builder() {
        return TransportError::rejected(error);
    }
    if !was_sent {
        return not_sent(error, circumstances);
    }
    if error.is_timeout() {
        return TransportError::unknown(error).with_timeout(None);
    }
    match unreadable(&error) {
        Some(message) => {
            TransportError::new(TransportErrorKind::InvalidResponse, Quoted(error)).with_message(message)
        }
        None => TransportError::unknown(error),
    }
}

/// Returns whether the server has not processed the request (RFC 9113, section 8.7): it has rejected the request, or was
/// closing the connection.
#[cfg(feature = "http2")]
fn is_untouched(error: &reqwest::Error) -> bool {
    use h2::Reason;

    causes(error).filter_map(|cause| cause.downcast_ref::<h2::Error>()).any(|error| {
        let is = |reason| error.is_remote() && error.reason() == Some(reason);
        error.is_go_away() && is(Reason::NO_ERROR) || error.is_reset() && is(Reason::REFUSED_STREAM)
    })
}

#[cfg(not(feature = "http2"))]
fn is_untouched(_: &reqwest::Error) -> bool {
    false
}

fn not_sent(error: reqwest::Error, circumstances: &Circumstances) -> TransportError {
    if error.is_timeout() {
        return TransportError::not_sent(error).with_timeout(circumstances.connect_timeout);
    }
    if let Some(message) = proxy_message(&error) {
        let which = circumstances.proxy.map_or_else(String::new, |name| format!(" from `{name}`"));
        let message = format!(
            "no connection through the proxy{which} ({message}): check its address and credentials, or disable it with \
             `no_proxy()`"
        );
        return TransportError::not_sent(Quoted(error)).with_message(message);
    }
    if let Some(message) = tls_message(&error) {
        let message = format!(
            "no TLS connection ({message}): check that the server speaks TLS on this port, and that this machine trusts \
             its certificate"
        );
        return TransportError::new(TransportErrorKind::Unreachable, Quoted(error)).with_message(message);
    }
    if let Some(name) = circumstances.proxy {
        let message = format!(
            "no connection: check that the server is running and the address is right; unless `NO_PROXY` contains the \
             host, also check the proxy from `{name}`, or disable it with `no_proxy()`"
        );
        return TransportError::not_sent(error).with_message(message);
    }
    TransportError::not_sent(error)
}

/// Returns the error of a body that could not be read to its end.
pub(in crate::transport) fn broken_body(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    if error.is_timeout() {
        return TransportError::unknown(error).with_timeout(None);
    }
    let garbled = causes(&error).any(|cause| {
        let kind = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        matches!(kind, Some(io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput))
    });
    let kind = if garbled { TransportErrorKind::InvalidResponse } else { TransportErrorKind::Unknown };
    TransportError::new(kind, error)
}

/// Interprets an error without further data, for a custom transport that uses reqwest.
impl From<reqwest::Error> for TransportError {
    fn from(error: reqwest::Error) -> Self {
        match (error.is_builder(), error.is_connect()) {
            (true, _) => Self::rejected(error.without_url()),
            (false, true) => Self::not_sent(error.without_url()),
            (false, false) => broken_body(error),
        }
    }
}

/// Returns the error for a response from another server.
pub(super) fn followed() -> TransportError {
    TransportError::new(TransportErrorKind::Redirected, "the response has another URL than the request")
        .with_message(
            "the custom HTTP client followed a redirect, so the response comes from another server: build it with \
             `redirect::Policy::none()`",
        )
}

/// An error whose innermost cause is already quoted in the message. It hides that cause, which would otherwise be
/// printed twice.
#[derive(Debug)]
struct Quoted(reqwest::Error);

impl fmt::Display for Quoted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for Quoted {}

/// Returns the message for a response that is not HTTP.
fn unreadable(error: &reqwest::Error) -> Option<String> {
    let hyper = causes(error).find_map(|cause| cause.downcast_ref::<hyper::Error>())?;
    // hyper has no method for this case.
    if hyper.to_string().contains("too large") {
        return Some(
            "the headers of the response are larger than the HTTP client allows: check the server".to_owned(),
        );
    }
    hyper.is_parse().then(|| {
        format!(
            "the response is not HTTP ({hyper}): check the address and the port, and whether the server expects https"
        )
    })
}

/// Returns the message of the proxy, or of the code that connects to it.
fn proxy_message(error: &reqwest::Error) -> Option<String> {
    // hyper-util's errors for tunnels and SOCKS have no public types.
    let is_of_a_proxy = |message: &String| {
        ["tunnel", "proxy", "socks"].iter().any(|word| message.to_lowercase().contains(word))
    };
    causes(error).map(ToString::to_string).filter(is_of_a_proxy).last()
}

/// Returns the message of a TLS handshake that cannot succeed.
fn tls_message(error: &reqwest::Error) -> Option<String> {
    #[cfg(feature = "rustls")]
    let message =
        causes(error).find_map(|cause| cause.downcast_ref::<rustls::Error>()).map(ToString::to_string);
    #[cfg(not(feature = "rustls"))]
    let message = {
        let _ = error;
        None
    };
    message
}

/// Returns the causes of an error, from the outermost to the innermost.
fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn StdError + 'static)> {
    fn next<'e>(cause: &&'e (dyn StdError + 'static)) -> Option<&'e (dyn StdError + 'static)> {
        let cause: &'e (dyn StdError + 'static) = *cause;
        // An `io::Error` does not return the error that it contains as its source.
        let wrapped = cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        wrapped.map_or_else(|| cause.source(), |inner| Some(inner))
    }
    std::iter::successors(error.source(), next)
}
