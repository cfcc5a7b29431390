//! One call from request to answer: attempts, limits, and what each outcome means.

mod attempt;
mod request_id;

use std::time::Duration;

use bytes::Bytes;
use serde_json::Error as JsonError;

pub(crate) use self::attempt::Failed;
use self::request_id::find_request_id;
use crate::client::Client;
use crate::error::describe_json;
use crate::request::Request;
use crate::retry::Failure;
use crate::trace::Trace;
use crate::{EndpointInfo, Error, ErrorKind};

/// A success, before it is decoded.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) info: &'static EndpointInfo,
    pub(crate) status: u16,
    pub(crate) body: Bytes,
    pub(crate) attempts: u32,
}

impl Answer {
    /// The error for a body that is not what the endpoint declares.
    pub(crate) fn unreadable(&self, error: &JsonError) -> Error {
        let what = if self.body.is_empty() {
            "the body is empty".to_owned()
        } else {
            describe_json(&self.body, error)
        };
        let message = format!("{} with an unreadable body: {what}", self.status);
        Error::new(ErrorKind::Decode, message)
            .at(self.info)
            .with_status(self.status)
            .with_attempts(self.attempts)
            .with_request_id(self.request_id())
    }

    /// The id of the call, wherever it stands in the body and whatever state the body is in.
    pub(crate) fn request_id(&self) -> Option<String> {
        find_request_id(&self.body)
    }
}

/// Runs a call. Not generic: it is compiled once, whatever is declared.
pub(crate) async fn run(client: Client, request: Result<Request, Error>) -> Result<Answer, Error> {
    let request = request?;
    let trace = Trace::start(&client, request.info);
    let outcome = trace.within(repeat(&client, &request)).await;
    trace.end(&outcome);
    outcome
}

/// Makes attempts until one succeeds, or another one could do harm or no good.
async fn repeat(client: &Client, request: &Request) -> Result<Answer, Error> {
    let (core, options) = (&client.core, &client.options);
    let started = core.clock.now();
    let time_left = || options.timeout.map(|limit| limit.saturating_sub(core.clock.now() - started));
    let mut attempts = 0;
    loop {
        attempts += 1;
        let Failed { error, cause } = match attempt::make(client, request, time_left()).await {
            Ok((status, body)) => {
                core.budget.deposit();
                return Ok(Answer { info: request.info, status, body, attempts });
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
