//! One call from request to answer: attempts, limits, and what each outcome means.

mod attempt;

use std::time::Duration;

use bytes::Bytes;
use serde_json::Error as JsonError;
use tokio::runtime::Handle;

use self::attempt::Failed;
use crate::client::Client;
use crate::error::{Scrubber, describe_json};
use crate::request::Request;
use crate::retry::Failure;
use crate::trace::Trace;
use crate::{Error, ErrorKind};

/// A success, before it is decoded.
pub(crate) struct Answer {
    pub(crate) body: Bytes,
    client: Client,
    request: Request,
    trace: Trace,
    pub(crate) success: Success,
}

/// What can be told of a success without its body.
pub(crate) struct Success {
    pub(crate) status: u16,
    pub(crate) attempts: u32,
}

impl Answer {
    /// The error for a body that is not what the endpoint declares; `text` is what was tried to be read.
    pub(crate) fn unreadable(&self, text: &str, error: &JsonError) -> Error {
        let scrubber = Scrubber::of(&self.request, self.client.core.secrets());
        let Success { status, attempts } = self.success;
        let what = if self.body.is_empty() {
            "the body is empty".to_owned()
        } else {
            describe_json(text, error, &scrubber)
        };
        let error = Error::new(ErrorKind::Decode, format!("{status} with an unreadable body: {what}"))
            .at(self.request.info)
            .with_status(status)
            .with_attempts(attempts)
            .with_request_id(crate::error::find_request_id(&self.body, &scrubber));
        self.trace.unreadable(&error);
        error
    }
}

/// Runs a call. Not generic: it is compiled once, whatever is declared.
pub(crate) async fn run(client: Client, request: Result<Request, Error>) -> Result<Answer, Error> {
    let request = request?;
    if client.core.needs_tokio() && Handle::try_current().is_err() {
        return Err(no_runtime().at(request.info));
    }
    let trace = Trace::start(&client, request.info);
    match trace.within(repeat(&client, &request)).await {
        Ok((success, body)) => {
            trace.succeeded(&client, &request, &success, &body);
            Ok(Answer { body, client, request, trace, success })
        }
        Err(error) => {
            trace.failed(&client, &error);
            Err(error)
        }
    }
}

/// Makes attempts until one succeeds, or another one could do harm or no good.
async fn repeat(client: &Client, request: &Request) -> Result<(Success, Bytes), Error> {
    let (core, options) = (&client.core, &client.options);
    let started = core.clock.now();
    let time_left = || options.timeout.map(|limit| limit.saturating_sub(core.clock.now() - started));
    let mut attempts = 0;
    loop {
        attempts += 1;
        let Failed { error, cause } = match attempt::make(client, request, attempts, time_left()).await {
            Ok((status, body)) => {
                core.budget.deposit();
                return Ok((Success { status, attempts }, body));
            }
            Err(failed) => failed,
        };
        let wait = cause.and_then(|cause| {
            let idempotent = request.info.idempotent;
            options.retries.wait(&Failure {
                cause,
                idempotent,
                attempts,
                time_left: time_left(),
                jitter: jitter(),
            })
        });
        match wait {
            Some(wait) if core.budget.withdraw() => {
                Trace::retry(attempts, wait, &error);
                core.clock.sleep(wait).await;
            }
            _ => return Err(error.at(request.info).with_attempts(attempts)),
        }
    }
}

fn no_runtime() -> Error {
    Error::config(
        "a call needs Tokio to run in: await it inside a Tokio runtime, use `blocking::Client`, or hand in a \
         transport and a timer of your own",
    )
}

/// A random number from 0 up to but not including 1: the standard library's hash keys are random.
fn jitter() -> f64 {
    use std::hash::{BuildHasher, RandomState};

    let random = RandomState::new().hash_one(Duration::ZERO);
    // 32 bits are more than a wait needs, and a float holds them exactly.
    f64::from(u32::try_from(random >> 32).unwrap_or_default()) / (f64::from(u32::MAX) + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jitter_is_spread_over_its_range() {
        let drawn: Vec<f64> = (0..1000).map(|_| jitter()).collect();
        assert!(drawn.iter().all(|jitter| (0.0..1.0).contains(jitter)));
        let below_half = drawn.iter().filter(|jitter| **jitter < 0.5).count();
        assert!((300..700).contains(&below_half), "{below_half} of 1000 below one half");
    }
}
