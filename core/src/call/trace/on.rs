//! The span of a call.

use std::future::Future;
use std::time::{Duration, Instant};

use http::{HeaderMap, StatusCode};
use tracing::field::Empty;
use tracing::{Instrument, Span};
use url::Url;

use crate::call::Core;
use crate::endpoint::Request;
use crate::error::{Redactor, find_request_id};
use crate::{EndpointInfo, Error};

/// A span and its start time, measured with the client's clock.
#[derive(Clone)]
pub(crate) struct Trace {
    span: Span,
    started: Instant,
}

impl Trace {
    pub(crate) fn start(core: &Core, base: &Url, info: &'static EndpointInfo) -> Self {
        let span = tracing::info_span!(
            target: "declapi",
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
        Self { span, started: core.timer.now() }
    }

    pub(crate) fn within<F: Future>(&self, call: F) -> impl Future<Output = F::Output> {
        call.instrument(self.span.clone())
    }

    pub(crate) fn retry(attempts: u32, wait: Duration, error: &Error) {
        let wait_ms = millis(wait);
        tracing::debug!(target: "declapi", attempts, wait_ms, kind = ?error.kind(), "retry");
    }

    pub(crate) fn succeeded(
        &self,
        core: &Core,
        request: &Request,
        status: StatusCode,
        headers: &HeaderMap,
        body: &[u8],
        attempts: u32,
    ) {
        if self.span.is_disabled() {
            return;
        }
        self.ended(core, attempts);
        self.span.record("http.response.status_code", status.as_u16());
        let redactor = Redactor::new(core.all_secrets().chain(request.marked_secrets()));
        if let Some(request_id) = find_request_id(body, headers, &redactor) {
            self.span.record("request_id", request_id);
        }
    }

    pub(crate) fn failed(&self, core: &Core, error: &Error) {
        if self.span.is_disabled() {
            return;
        }
        self.ended(core, error.attempts());
        self.unreadable(error);
        if let Some(status) = error.status() {
            self.span.record("http.response.status_code", status);
        }
        if let Some(request_id) = error.request_id() {
            self.span.record("request_id", request_id);
        }
    }

    /// Adds an error to the span of a successful response that could not be read.
    pub(crate) fn unreadable(&self, error: &Error) {
        self.span.record("otel.status_code", "ERROR");
        match error.code() {
            Some(code) => self.span.record("error.type", code),
            None => self.span.record("error.type", format_args!("{:?}", error.kind())),
        };
    }

    fn ended(&self, core: &Core, attempts: u32) {
        self.span.record("elapsed_ms", millis(core.timer.now() - self.started));
        self.span.record("attempts", attempts);
        if attempts > 1 {
            self.span.record("http.request.resend_count", attempts - 1);
        }
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
