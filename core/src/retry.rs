//! When a call may be sent again: a pure policy, and a budget over all calls of a client.

mod after;
mod budget;

use std::time::Duration;

pub(crate) use self::after::{read_http_date, read_retry_after};
pub(crate) use self::budget::Budget;

/// How often, and after how long, a call is sent again.
///
/// A call is retried only where that cannot do harm:
///
/// | what happened | any endpoint | endpoint marked `idempotent`, or call with an idempotency key |
/// |---|---|---|
/// | no connection: nothing was sent | retried | retried |
/// | 429: the server says it did nothing | retried | retried |
/// | 503 with `Retry-After`: the server says it did nothing | retried | retried |
/// | 503 without `Retry-After`, 408, 500, 502, 504 | **not** retried | retried |
/// | connection broken, timeout while waiting for the response or reading it | **not** retried | retried while time is left |
/// | the client's [`ApiError::rate_limited`](crate::ApiError::rate_limited) returned a wait | retried | retried |
/// | any other status, a redirect, a body that cannot be read or is too large | not retried | not retried |
/// | the request could not be built | not retried | not retried |
///
/// A 401 is retried once, and at once, if an [`AuthProvider`](crate::AuthProvider) then returns other credentials.
///
/// The wait before attempt *n* + 1 is a random part ("full jitter") of `base_delay` × 2ⁿ⁻¹, up to `max_delay`.
/// Where the server sends a longer `Retry-After` (or `Retry-After-Ms`), that is waited instead; so is the time until the
/// [`RateLimit`](crate::RateLimit) is reset, if a 429 says nothing but that. If it asks for more than
/// `max_retry_after`, or for more time than the call has left, the error is returned at once and
/// [`Error::retry_after`](crate::Error::retry_after) says how long the server wants.
///
/// Over all calls of a client and its clones, a budget keeps retries from making an outage worse: it starts
/// with 10 retries, each success gives a tenth of one back, and while it is empty nothing is retried. Where calls share a
/// connection (HTTP/2), its end is one failure and not as many as calls: their first retries are not taken out of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// How often a call is sent at most, the first time included. Default 3; with 1, nothing is retried.
    pub max_attempts: u32,
    /// The upper end of the first wait. Default 200 ms.
    pub base_delay: Duration,
    /// The upper end of any wait that the server did not ask for. Default 5 s.
    pub max_delay: Duration,
    /// The longest `Retry-After` that is waited for. Default 20 s.
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

/// How one attempt ended, as far as it matters for another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// No connection was made.
    NotSent,
    /// The connection broke, or time ran out, after something may have been sent.
    Unknown,
    /// The server rejected credentials, and the provider has others.
    Replaced,
    /// The response was no success.
    Status { status: u16, retry_after: Option<Duration> },
}

/// One attempt that failed, with all that decides whether there is another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Failure {
    pub(crate) cause: Cause,
    pub(crate) idempotent: bool,
    /// How many attempts were made, this one included.
    pub(crate) attempts: u32,
    /// What is left of the call's time; `None` where it has no limit.
    pub(crate) time_left: Option<Duration>,
    /// A random number from 0 up to but not including 1.
    pub(crate) jitter: f64,
}

impl RetryPolicy {
    /// Never sends a call twice.
    pub const fn never() -> Self {
        Self {
            max_attempts: 1,
            base_delay: Duration::ZERO,
            max_delay: Duration::ZERO,
            max_retry_after: Duration::ZERO,
        }
    }

    /// The policy with another number of attempts; 0 counts as 1.
    pub const fn with_max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// The policy with another longest `Retry-After`.
    pub const fn with_max_retry_after(mut self, longest: Duration) -> Self {
        self.max_retry_after = longest;
        self
    }

    /// The policy with other bounds for the waits that the server did not ask for.
    pub const fn with_delays(mut self, base: Duration, max: Duration) -> Self {
        self.base_delay = base;
        self.max_delay = max;
        self
    }

    /// How long to wait before the next attempt; `None` when there is none.
    pub(crate) fn wait(&self, failure: &Failure) -> Option<Duration> {
        if failure.attempts >= self.max_attempts.max(1) || !may_retry(failure) {
            return None;
        }
        let asked = match failure.cause {
            Cause::Status { retry_after, .. } => retry_after,
            // Nothing is gained by waiting.
            Cause::Replaced => return Some(Duration::ZERO),
            Cause::NotSent | Cause::Unknown => None,
        };
        if asked.is_some_and(|asked| asked > self.max_retry_after) {
            return None;
        }
        let backoff = self.ceiling(failure.attempts).mul_f64(failure.jitter.clamp(0.0, 1.0));
        // A server that asks for no wait, or for one that is over, would be asked again at once.
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
    fn waits_double_up_to_the_cap() {
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
        assert_eq!(wait(20 * SECOND, None), Some(20 * SECOND), "exactly the longest");
        assert_eq!(wait(20 * SECOND + Duration::from_nanos(1), None), None, "longer than the longest");
        assert_eq!(wait(7 * SECOND, Some(8 * SECOND)), Some(7 * SECOND));
        assert_eq!(wait(7 * SECOND, Some(7 * SECOND)), None, "as long as the call has left");
    }

    /// Half of 200 ms, 400 ms and so on, whatever shorter time the server asks for.
    #[test]
    fn the_backoff_is_the_least_wait() {
        for (asked, attempts, wait) in
            [(0, 1, 100), (0, 2, 200), (99, 1, 100), (101, 1, 101), (0, 9, 2500), (3000, 9, 3000)]
        {
            let cause = status(429, Some(Duration::from_millis(asked)));
            let failure = Failure { attempts, ..failure(cause, false) };
            let policy = RetryPolicy::default().with_max_attempts(99);
            assert_eq!(policy.wait(&failure), Some(Duration::from_millis(wait)), "{asked} {attempts}");
        }
        // A policy that waits at most zero for the server takes a zero.
        let policy = RetryPolicy::default().with_max_retry_after(Duration::ZERO);
        assert!(policy.wait(&failure(status(429, Some(Duration::ZERO)), false)).is_some());
    }
}
