//! When a call may be sent again: a pure policy, and a budget over all calls of a client.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;

/// How often, and after how long, a call is sent again.
///
/// A call is repeated only where a repeat cannot do harm:
///
/// | what happened | any endpoint | endpoint marked `idempotent` |
/// |---|---|---|
/// | no connection: nothing was sent | repeated | repeated |
/// | 429: the server says it did nothing | repeated | repeated |
/// | 503 with `Retry-After`: the server says it did nothing | repeated | repeated |
/// | 503 without `Retry-After`, 408, 500, 502, 504 | **not** repeated | repeated |
/// | connection broken, timeout while waiting for the answer or reading it | **not** repeated | repeated while time is left |
/// | any other status, a redirect, a body that cannot be read or is too large | not repeated | not repeated |
/// | the request could not be built | not repeated | not repeated |
///
/// The wait before attempt *n* + 1 is a random part ("full jitter") of `base_delay` × 2ⁿ⁻¹, up to `max_delay`.
/// Where the server gives `Retry-After`, that is waited instead; if it asks for more than
/// `max_retry_after`, or for more time than the call has left, the error is returned at once and
/// [`Error::retry_after`](crate::Error::retry_after) says how long the server wants.
///
/// Over all calls of a client and its clones, a budget keeps retries from making an outage worse: it starts
/// with 10 retries, each success gives a tenth of one back, and while it is empty nothing is repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// How often a call is sent at most, the first time included. Default 3; 1 never repeats.
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
    /// The server answered with something other than success.
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
        if failure.attempts >= self.max_attempts.max(1) || !may_repeat(failure) {
            return None;
        }
        let asked = match failure.cause {
            Cause::Status { retry_after, .. } => retry_after,
            Cause::NotSent | Cause::Unknown => None,
        };
        let wait = match asked {
            Some(asked) if asked > self.max_retry_after => return None,
            Some(asked) => asked,
            None => self.ceiling(failure.attempts).mul_f64(failure.jitter.clamp(0.0, 1.0)),
        };
        failure.time_left.is_none_or(|left| wait < left).then_some(wait)
    }

    fn ceiling(&self, attempts: u32) -> Duration {
        let factor = 2_u32.saturating_pow(attempts.saturating_sub(1));
        self.base_delay.saturating_mul(factor).min(self.max_delay)
    }
}

fn may_repeat(failure: &Failure) -> bool {
    match failure.cause {
        Cause::NotSent
        | Cause::Status { status: 429, .. }
        | Cause::Status { status: 503, retry_after: Some(_) } => true,
        Cause::Unknown | Cause::Status { status: 408 | 500 | 502..=504, .. } => failure.idempotent,
        Cause::Status { .. } => false,
    }
}

/// Reads a `Retry-After`: seconds, or an HTTP date, which `now` turns into a duration.
pub(crate) fn read_retry_after(value: &str, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number too long to be read asks for a long time, and not for none.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let at = read_http_date(value)?;
    // A date in the past asks for no wait at all.
    Some(Duration::try_from(at.duration_since(now)).unwrap_or_default())
}

/// Reads a date in the three forms that RFC 9110 (section 5.6.7) tells recipients to accept.
fn read_http_date(text: &str) -> Option<Timestamp> {
    const FORMS: [&str; 3] =
        ["%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"];

    let usual = rfc2822::DateTimeParser::new().parse_timestamp(text).ok();
    let other = || FORMS.iter().find_map(|form| DateTime::strptime(form, text).ok());
    // The last two days of the year 9999, which stand for "never", are no timestamps any more.
    usual.or_else(|| other().map(|date| TimeZone::UTC.to_timestamp(date).unwrap_or(Timestamp::MAX)))
}

/// How many retries a client may still make, in tenths.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

impl Budget {
    const FULL: u32 = 100;
    const RETRY: u32 = 10;

    pub(crate) fn new() -> Self {
        Self(AtomicU32::new(Self::FULL))
    }

    /// Takes one retry out, if there is one.
    pub(crate) fn withdraw(&self) -> bool {
        let take = |left: u32| left.checked_sub(Self::RETRY);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok()
    }

    /// Puts a tenth of a retry back, for a call that succeeded.
    pub(crate) fn deposit(&self) {
        let put = |left: u32| (left < Self::FULL).then_some(left + 1);
        // A full budget stays as it is.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, put);
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
        let repeated = |cause, idempotent| RetryPolicy::default().wait(&failure(cause, idempotent)).is_some();
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
            assert_eq!(repeated(cause, false), any, "{cause:?}");
            assert_eq!(repeated(cause, true), idempotent, "{cause:?}, idempotent");
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
        assert_eq!(wait(21 * SECOND, None), None, "longer than the cap");
        assert_eq!(wait(7 * SECOND, Some(5 * SECOND)), None, "longer than the call has left");
    }

    #[test]
    fn retry_after_has_two_forms() {
        let now: Timestamp = "1994-11-06T08:49:00Z".parse().unwrap();
        assert_eq!(read_retry_after("120", now), Some(120 * SECOND));
        assert_eq!(read_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", now), Some(37 * SECOND));
        assert_eq!(read_retry_after("Sun, 06 Nov 1994 08:48:00 GMT", now), Some(Duration::ZERO));
        for older in ["Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
            assert_eq!(read_retry_after(older, now), Some(37 * SECOND), "{older}");
        }
        assert_eq!(read_retry_after("99999999999999999999999", now), Some(Duration::from_secs(u64::MAX)));
        for odd in ["", "soon", "-1", "+1", "1.5", "1e9", "Sun, 06 Nov", "Sun, 06 Nov 99999 08:49:37 GMT"] {
            assert_eq!(read_retry_after(odd, now), None, "{odd}");
        }
    }

    #[test]
    fn the_budget_stops_a_storm_and_recovers() {
        let budget = Budget::new();
        assert_eq!((0..100).filter(|_| budget.withdraw()).count(), 10);
        (0..9).for_each(|_| budget.deposit());
        assert!(!budget.withdraw(), "nine successes are not yet worth a retry");
        budget.deposit();
        assert!(budget.withdraw());
    }

    #[test]
    fn the_budget_never_overflows() {
        let budget = Budget::new();
        (0..1000).for_each(|_| budget.deposit());
        assert_eq!((0..100).filter(|_| budget.withdraw()).count(), 10);
    }
}
