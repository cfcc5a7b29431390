//! Makes one call: its attempts, timeouts and retries, and the meaning of each result.

mod attempt;
mod core;
mod failure;
mod host;
mod idempotency_key;
mod outcome;
mod reading;
mod route;
mod sans_io;
mod sent;
mod settle;
mod trace;
mod unsuccessful;
mod url_cache;

use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use tokio::runtime::Handle;

use self::attempt::Attempt;
pub(crate) use self::core::{Core, Options, common_headers};
pub(crate) use self::host::{Host, NamedHost};
use self::outcome::Failed;
use self::route::Route;
pub(crate) use self::sans_io::{read, read_response};
use self::sent::Sent;
use self::trace::Trace;
use crate::Error;
use crate::endpoint::Request;
use crate::response::{Arrival, Received, Wanted, collect};
use crate::retry::{Cause, Failure};
use crate::transport::Body;
use crate::transport::timer::within;

/// A successful response, before it is deserialized.
pub(crate) struct Finished {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
    pub(crate) call: Sent,
}

/// The successful result of an attempt.
pub(crate) struct Success {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
}

/// Makes a call. Not generic, so that it is compiled only once.
pub(crate) async fn run(
    core: Arc<Core>,
    options: Options,
    wanted: Wanted,
    request: Result<Request, Error>,
) -> Result<Finished, Error> {
    let mut request = request?;
    let options = core.settle(&mut request, options)?;
    if core.needs_tokio() && Handle::try_current().is_err() {
        return Err(no_runtime().at(request.info));
    }
    let route = Route::of(&core, &request).map_err(|error| error.at(request.info))?;
    let trace = Trace::start(&core, route.base(), request.info);
    let call = Call { core: &core, options: &options, wanted, request: &request, route: &route };
    let (Success { status, headers, body }, attempts) = match trace.within(call.run()).await {
        Ok(success) => success,
        Err(error) => {
            trace.failed(&core, &error);
            return Err(error);
        }
    };
    trace.succeeded(&core, &request, status, &headers, body.as_bytes().map_or(&[], |body| body), attempts);
    let call = Sent { core, options, request, trace, attempts };
    let (headers, body) = match wanted.arrival {
        Arrival::Pieces => {
            let collected = collect(Received::new(status, headers, body, &call));
            let (headers, body) = call.trace.within(collected).await?;
            (headers, body.into())
        }
        Arrival::Whole | Arrival::Streamed => (headers, body),
    };
    Ok(Finished { status, headers, body, call })
}

/// The parts of a call that are the same for all attempts.
struct Call<'c> {
    core: &'c Arc<Core>,
    options: &'c Options,
    wanted: Wanted,
    request: &'c Request,
    route: &'c Route<'c>,
}

impl Call<'_> {
    /// Makes attempts until one succeeds, until a retry would be unsafe or useless, or until the call times out.
    async fn run(&self) -> Result<(Success, u32), Error> {
        let mut current = Attempt::new(1);
        let limit = self.options.timeout.map(|timeout| self.core.timer.timeout(timeout));
        let outcome = match within(limit, self.attempts(&mut current)).await {
            Some(outcome) => outcome,
            // If the call times out while it waits for the next attempt, the error of the last attempt is more useful.
            None => Err(current.failed.take().unwrap_or_else(|| self.out_of_time(&mut current))),
        };
        match outcome {
            Ok(success) => Ok((success, current.number)),
            Err(error) => Err(of(self.request, error).with_attempts(current.number)),
        }
    }

    async fn attempts(&self, current: &mut Attempt) -> Result<Success, Error> {
        let Self { core, options, .. } = self;
        let started = core.timer.now();
        let mut is_replaced = false;
        loop {
            let Failed { error, cause } = match self.attempt(current).await {
                Ok(success) => {
                    core.budget.deposit();
                    return Ok(success);
                }
                Err(failed) => failed,
            };
            let cause = if !is_replaced && self.replaces_credentials(current, cause, &error).await {
                is_replaced = true;
                Some(Cause::Replaced)
            } else {
                cause
            };
            let is_carried_off = cause.as_ref().is_some_and(|cause| self.is_carried_off(current, cause));
            let wait = cause.and_then(|cause| {
                options.retries.wait(&Failure {
                    cause,
                    idempotent: self.request.is_idempotent(),
                    attempts: current.number,
                    time_left: options.timeout.map(|limit| limit.saturating_sub(core.timer.now() - started)),
                    jitter: jitter(),
                })
            });
            match wait {
                Some(_) if !self.request.is_repeatable() => return Err(error.sent_once()),
                Some(wait) if is_carried_off || core.budget.withdraw() => {
                    Trace::retry(current.number, wait, &error);
                    current.failed = Some(error);
                    core.timer.sleep(wait).await;
                    *current = Attempt::new(current.number + 1);
                }
                _ => return Err(error),
            }
        }
    }
}

impl Call<'_> {
    /// Returns whether the attempt ended because a shared connection ended. That is one failure of many calls, so their
    /// first retries do not use the budget.
    fn is_carried_off(&self, current: &Attempt, cause: &Cause) -> bool {
        let is_shared = self.route.host().is_some_and(Host::is_shared);
        is_shared && current.number == 1 && matches!(cause, Cause::NotSent | Cause::Unknown)
    }
}

/// Adds the endpoint and the path of the call to an error.
fn of(request: &Request, error: Error) -> Error {
    error.at(request.info).with_idempotency_key(request.idempotency_key())
}

fn no_runtime() -> Error {
    Error::config(
        "a call needs a Tokio runtime: await it inside of one, use a blocking client, or set a custom transport and \
         a custom timer",
    )
}

/// Returns a random number in `0.0..1.0`. The hash keys of the standard library are the source of randomness.
fn jitter() -> f64 {
    use std::hash::{BuildHasher, RandomState};

    let random = RandomState::new().hash_one(Duration::ZERO);
    // 32 bits are enough for a delay, and a float holds them exactly.
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
