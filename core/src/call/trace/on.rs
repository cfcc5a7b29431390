//! The span of one call.

use std::future::Future;
use std::time::{Duration, Instant};

use tracing::field::Empty;
use tracing::{Instrument, Span};

use crate::client::Client;
use crate::error::{Scrubber, find_request_id, one_line};
use crate::exchange::Success;
use crate::request::Request;
use crate::{EndpointInfo, Error};

/// Longer than any type of Stytch's; what is stored with a span is not for a server to choose.
const TYPE: usize = 100;

/// A span, and when it began by the client's clock.
pub(crate) struct Trace {
    span: Span,
    started: Instant,
}

impl Trace {
    pub(crate) fn start(client: &Client, info: &'static EndpointInfo) -> Self {
        let base = &client.core.base;
        let span = tracing::info_span!(
            target: "stytch_client",
            "call",
            "otel.name" = format_args!("{} {}", info.method.as_str(), info.path),
            "otel.kind" = "client",
            "otel.status_code" = Empty,
            "http.request.method" = info.method.as_str(),
            "url.template" = info.path,
            "server.address" = base.host_str(),
            "server.port" = base.port_or_known_default(),
            "http.response.status_code" = Empty,
            "http.request.resend_count" = Empty,
            "error.type" = Empty,
            request_id = Empty,
            attempts = Empty,
            elapsed_ms = Empty,
        );
        Self { span, started: client.core.clock.now() }
    }

    pub(crate) fn within<F: Future>(&self, call: F) -> impl Future<Output = F::Output> {
        call.instrument(self.span.clone())
    }

    /// A future for another task, whose spans stand under the current one all the same.
    #[cfg(feature = "rustls")]
    pub(crate) fn here<F: Future>(call: F) -> impl Future<Output = F::Output> {
        call.in_current_span()
    }

    pub(crate) fn retry(attempts: u32, wait: Duration, error: &Error) {
        let wait_ms = millis(wait);
        tracing::debug!(target: "stytch_client", attempts, wait_ms, kind = ?error.kind(), "trying again");
    }

    pub(crate) fn succeeded(&self, client: &Client, request: &Request, success: &Success, body: &[u8]) {
        if self.span.is_disabled() {
            return;
        }
        self.ended(client, success.attempts);
        self.span.record("http.response.status_code", success.status);
        let scrubber = Scrubber::of(request, client.core.secrets());
        if let Some(request_id) = find_request_id(body, &scrubber) {
            self.span.record("request_id", request_id);
        }
    }

    pub(crate) fn failed(&self, client: &Client, error: &Error) {
        if self.span.is_disabled() {
            return;
        }
        self.ended(client, error.attempts());
        self.unreadable(error);
        if let Some(status) = error.status() {
            self.span.record("http.response.status_code", status);
        }
        if let Some(request_id) = error.request_id() {
            self.span.record("request_id", request_id);
        }
    }

    /// What is to be added when a success turns out to be none.
    pub(crate) fn unreadable(&self, error: &Error) {
        self.span.record("otel.status_code", "ERROR");
        match error.api().filter(|api| !api.error_type.is_empty()) {
            Some(api) => self.span.record("error.type", one_line(&api.error_type, TYPE)),
            None => self.span.record("error.type", format_args!("{:?}", error.kind())),
        };
    }

    fn ended(&self, client: &Client, attempts: u32) {
        self.span.record("elapsed_ms", millis(client.core.clock.now() - self.started));
        self.span.record("attempts", attempts);
        if attempts > 1 {
            self.span.record("http.request.resend_count", attempts - 1);
        }
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
