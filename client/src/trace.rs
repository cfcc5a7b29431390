//! One span a call, under OpenTelemetry's names for HTTP clients; nothing at all without the feature.

#[cfg(feature = "tracing")]
pub(crate) use self::on::Trace;

#[cfg(not(feature = "tracing"))]
pub(crate) use self::off::Trace;

#[cfg(feature = "tracing")]
mod on {
    use std::future::Future;
    use std::time::{Duration, Instant};

    use tracing::field::Empty;
    use tracing::{Instrument, Span};

    use crate::client::Client;
    use crate::exchange::Answer;
    use crate::{EndpointInfo, Error};

    /// The span of one call.
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
            Self { span, started: Instant::now() }
        }

        pub(crate) fn within<F: Future>(&self, call: F) -> impl Future<Output = F::Output> {
            call.instrument(self.span.clone())
        }

        pub(crate) fn retry(attempts: u32, wait: Duration, error: &Error) {
            let wait_ms = millis(wait);
            tracing::debug!(target: "stytch_client", attempts, wait_ms, kind = ?error.kind(), "trying again");
        }

        pub(crate) fn end(&self, outcome: &Result<Answer, Error>) {
            if self.span.is_disabled() {
                return;
            }
            self.span.record("elapsed_ms", millis(self.started.elapsed()));
            match outcome {
                Ok(answer) => self.succeeded(answer),
                Err(error) => self.failed(error),
            }
        }

        fn succeeded(&self, answer: &Answer) {
            self.attempts(answer.attempts);
            self.span.record("http.response.status_code", answer.status);
            if let Some(request_id) = answer.request_id() {
                self.span.record("request_id", request_id);
            }
        }

        fn failed(&self, error: &Error) {
            self.attempts(error.attempts());
            self.span.record("otel.status_code", "ERROR");
            match error.api() {
                Some(api) => self.span.record("error.type", api.error_type.as_str()),
                None => self.span.record("error.type", format_args!("{:?}", error.kind())),
            };
            if let Some(status) = error.status() {
                self.span.record("http.response.status_code", status);
            }
            if let Some(request_id) = error.request_id() {
                self.span.record("request_id", request_id);
            }
        }

        fn attempts(&self, attempts: u32) {
            self.span.record("attempts", attempts);
            if attempts > 1 {
                self.span.record("http.request.resend_count", attempts - 1);
            }
        }
    }

    fn millis(duration: Duration) -> u64 {
        u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(not(feature = "tracing"))]
mod off {
    use std::future::Future;
    use std::time::Duration;

    use crate::client::Client;
    use crate::exchange::Answer;
    use crate::{EndpointInfo, Error};

    /// Stands where a span would.
    pub(crate) struct Trace;

    impl Trace {
        pub(crate) fn start(_: &Client, _: &'static EndpointInfo) -> Self {
            Self
        }

        #[expect(clippy::unused_self, reason = "it has the shape of the traced one")]
        pub(crate) fn within<F: Future>(&self, call: F) -> F {
            call
        }

        pub(crate) fn retry(_: u32, _: Duration, _: &Error) {}

        #[expect(clippy::unused_self, reason = "it has the shape of the traced one")]
        pub(crate) fn end(&self, _: &Result<Answer, Error>) {}
    }
}
