//! Retries: a policy without side effects, and a budget for all calls of a client.

mod after;
mod budget;

use std::time::Duration;

pub(crate) use self::after::{read_http_date, read_retry_after};
pub(crate) use self::budget::Budget;

/// The number of retries and the delays between them.
///
/// A call is retried only if this is safe:
///
/// | result of the attempt | any endpoint | endpoint marked `idempotent`, or call with an idempotency key |
/// |---|---|---|
/// | no connection: nothing was sent | retried | retried |
/// | 429: the server has not executed the call | retried | retried |
/// | 503 with `Retry-After`: the server has not executed the call | retried | retried |
/// | 503 without `Retry-After`, 408, 500, 502, 504 | **not** retried | retried |
/// | connection closed, timeout while waiting for the response or reading it | **not** retried | retried until the call times out |
/// | the client's [`ApiError::rate_limited`](crate::ApiError::rate_limited) returned a delay | retried | retried |
/// | any other status, a redirect, a body that cannot be read or is too large | not retried | not retried |
/// | the request could not be built | not retried | not retried |
///
/// A 401 is retried once, without a delay, if an [`AuthProvider`](crate::AuthProvider) then returns new credentials.
///
/// The delay before attempt *n* + 1 is a random part ("full jitter") of `base_delay` × 2ⁿ⁻¹, at most `max_delay`. If
/// the server sends a longer `Retry-After` (or `Retry-After-Ms`), that delay is used instead. For a 429 without these
/// headers, it is the time until the reset of the [`RateLimit`](crate::RateLimit). If the server requests more than
/// `max_retry_after`, or more time than the call has left, the call returns the error immediately, and
/// [`Error::retry_after`](crate::Error::retry_after) returns the requested delay.
///
/// A budget for all calls of a client and its clones makes sure that retries do not make an outage worse. It starts
/// with 10 retries, and each success adds a tenth of a retry. While the budget is empty, no call is retried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// The maximum number of attempts, including the first one. Default: 3. With 1, no call is retried.
    pub max_attempts: u32,
    /// The upper limit of the first delay. Default: 200 ms.
    pub base_delay: Duration,
    /// The upper limit of every delay that the server did not request. Default: 5 s.
    pub max_delay: Duration,
    /// The longest `Retry-After` that the client waits for. Default: 20 s.
    pub max_retry_after: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 3,
            base_delay: Duration::from_millis(200),
            max_delay: Duration::from_secs(5),
            max_retry_after: Duration::from_secs(20),
        }
    }
}

/// The result of a failed attempt, as far as the policy needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// No connection was made.
    NotSent,
    /// The connection was closed or the attempt timed out, and the server may have received the request.
    Unknown,
    /// The server rejected the credentials, and the provider returned new ones.
    Replaced,
    /// The response was not successful.
    Status { status: u16, retry_after: Option<Duration> },
}

/// A failed attempt with all data that the policy needs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Failure {
    pub(crate) cause: Cause,
    pub(crate) idempotent: bool,
    /// The number of attempts, including this one.
    pub(crate) attempts: u32,
    /// The time that is left for the call; `None` if it has no timeout.
    pub(crate) time_left: Option<Duration>,
    /// A random number in `0.0..1.0`.
    pub(crate) jitter: f64,
}

impl RetryPolicy {
    /// Returns the policy that never retries a call.
    pub const fn never() -> Self {
        Self {
            max_attempts: 1,
            base_delay: Duration::ZERO,
            max_delay: Duration::ZERO,
            max_retry_after: Duration::ZERO,
        }
    }

    /// Returns the policy with another maximum number of attempts. 0 counts as 1.
    pub const fn with_max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Returns the policy with another maximum for `Retry-After`.
    pub const fn with_max_retry_after(mut self, longest: Duration) -> Self {
        self.max_retry_after = longest;
        self
    }

    /// Returns the policy with other limits for the delays that the server did not request.
    pub const fn with_delays(mut self, base: Duration, max: Duration) -> Self {
        self.base_delay = base;
        self.max_delay = max;
        self
    }

    /// Returns the delay before the next attempt; `None` if the call is not retried.
    pub(crate) fn wait(&self, failure: &Failure) -> Option<Duration> {
        if failure.attempts >= self.max_attempts.max(1) || !may_retry(failure) {
            return None;
        }
        let asked = match failure.cause {
            Cause::Status { retry_after, .. } => retry_after,
            // A delay would have no benefit.
            Cause::Replaced => return Some(Duration::ZERO),
            Cause::NotSent | Cause::Unknown => None,
        };
        if asked.is_some_and(|asked| asked > self.max_retry_after) {
            return None;
        }
        let backoff = self.ceiling(failure.attempts).mul_f64(failure.jitter.clamp(0.0, 1.0));
        // If the server requests no delay, or one in the past, the client still waits for the backoff.
        let wait = backoff.max(asked.unwrap_or_default());
        failure.time_left.is_none_or(|left| wait < left).then_some(wait)
    }

    fn ceiling(&self, attempts: u32) -> Duration {
        let factor = 2_u32.saturating_pow(attempts.saturating_sub(1));
        self.base_delay.saturating_mul(factor).min(self.max_delay)
    }
}

fn may_retry(failure: &Failure) -> bool {
    match failure.cause {
        Cause::NotSent
        | Cause::Replaced
        | Cause::Status { status: 429, .. }
        | Cause::Status { status: 503, retry_after: Some(_) } => true,
        Cause::Unknown | Cause::Status { status: 408 | 500 | 502..=504, .. } => failure.idempotent,
        Cause::Status { .. } => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn failure(cause: Cause, idempotent: bool) -> Failure {
        Failure { cause, idempotent, attempts: 1, time_left: Some(30 * SECOND), jitter: 0.5 }
    }

    fn status(status: u16, retry_after: Option<Duration>) -> Cause {
        Cause::Status { status, retry_after }
    }

    #[test]
    fn the_documented_table() {
        let retried = |cause, idempotent| RetryPolicy::default().wait(&failure(cause, idempotent)).is_some();
        for (cause, any, idempotent) in [
            (Cause::NotSent, true, true),
            (status(429, None), true, true),
            (status(429, Some(SECOND)), true, true),
            (status(503, Some(SECOND)), true, true),
            (status(503, None), false, true),
            (status(408, None), false, true),
            (status(500, None), false, true),
            (status(502, None), false, true),
            (status(504, Some(SECOND)), false, true),
            (Cause::Unknown, false, true),
            (status(400, None), false, false),
            (status(404, Some(SECOND)), false, false),
            (status(501, None), false, false),
            (status(307, None), false, false),
        ] {
            assert_eq!(retried(cause, false), any, "{cause:?}");
            assert_eq!(retried(cause, true), idempotent, "{cause:?}, idempotent");
        }
    }

    #[test]
    fn delays_double_up_to_the_maximum() {
        let wait = |attempts| {
            let policy = RetryPolicy::default().with_max_attempts(99);
            policy.wait(&Failure { attempts, jitter: 1.0, time_left: None, ..failure(Cause::NotSent, false) })
        };
        assert_eq!(wait(1), Some(Duration::from_millis(200)));
        assert_eq!(wait(2), Some(Duration::from_millis(400)));
        assert_eq!(wait(6), Some(5 * SECOND));
        assert_eq!(wait(98), Some(5 * SECOND));
    }

    #[test]
    fn jitter_spreads_over_the_whole_wait() {
        let wait =
            |jitter| RetryPolicy::default().wait(&Failure { jitter, ..failure(Cause::NotSent, false) });
        assert_eq!(wait(0.0), Some(Duration::ZERO));
        assert_eq!(wait(0.25), Some(Duration::from_millis(50)));
    }

    #[test]
    fn attempts_run_out() {
        let failure = Failure { attempts: 3, ..failure(Cause::NotSent, true) };
        assert_eq!(RetryPolicy::default().wait(&failure), None);
        assert_eq!(RetryPolicy::never().wait(&Failure { attempts: 1, ..failure }), None);
    }

    #[test]
    fn retry_after_is_waited_for_within_bounds() {
        let wait = |asked, left| {
            let failure = Failure { time_left: left, ..failure(status(429, Some(asked)), false) };
            RetryPolicy::default().wait(&failure)
        };
        assert_eq!(wait(7 * SECOND, None), Some(7 * SECOND));
        assert_eq!(wait(20 * SECOND, None), Some(20 * SECOND), "exactly the maximum");
        assert_eq!(wait(20 * SECOND + Duration::from_nanos(1), None), None, "longer than the maximum");
        assert_eq!(wait(7 * SECOND, Some(8 * SECOND)), Some(7 * SECOND));
        assert_eq!(wait(7 * SECOND, Some(7 * SECOND)), None, "as long as the call has left");
    }

    /// The backoff is half of 200 ms, 400 ms and so on, even if the server requests a shorter delay.
    #[test]
    fn the_backoff_is_the_minimum_delay() {
        for (asked, attempts, wait) in
            [(0, 1, 100), (0, 2, 200), (99, 1, 100), (101, 1, 101), (0, 9, 2500), (3000, 9, 3000)]
        {
            let cause = status(429, Some(Duration::from_millis(asked)));
            let failure = Failure { attempts, ..failure(cause, false) };
            let policy = RetryPolicy::default().with_max_attempts(99);
            assert_eq!(policy.wait(&failure), Some(Duration::from_millis(wait)), "{asked} {attempts}");
        }
        // A policy with a maximum of zero accepts a requested delay of zero.
        let policy = RetryPolicy::default().with_max_retry_after(Duration::ZERO);
        assert!(policy.wait(&failure(status(429, Some(Duration::ZERO)), false)).is_some());
    }
}
