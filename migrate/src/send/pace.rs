//! The rate of requests: the rate of the command line, or a lower one that the API asks for.

use std::time::Duration;

use tokio::time::Instant;

/// How late a turn may be without a delay of the next turn: timers are late by about this much.
const LAG: Duration = Duration::from_millis(10);
/// After it was cut, the rate grows by this factor per second.
const GROWTH: f64 = 1.1;
/// The lowest rate, in requests per second.
const LEAST: f64 = 1.0;
/// A rate above this value is the same as no limit.
const UNLIMITED: f64 = 100_000.0;

/// Computes when the next request may be sent. The time is a parameter, so that tests do not have to wait.
#[derive(Debug)]
pub(super) struct Pace {
    /// The normal rate in requests per second; infinite for no limit.
    wanted: f64,
    /// The current rate.
    rate: f64,
    /// The time of the next turn.
    next: Instant,
    /// No request is sent before this time.
    paused_until: Instant,
    /// The time of the last cut, and of the last growth since then.
    cut: Option<Instant>,
    grown: Instant,
    recent: Recent,
}

/// The number of turns in this second and in the previous one, which is the rate if there is no limit.
#[derive(Debug)]
struct Recent {
    since: Instant,
    now: u32,
    before: u32,
}

impl Pace {
    /// Creates a pace of this many requests per second; 0 for no limit.
    pub(super) fn new(wanted: f64, now: Instant) -> Self {
        let wanted = if wanted > 0.0 { wanted } else { f64::INFINITY };
        let recent = Recent { since: now, now: 0, before: 0 };
        Self { wanted, rate: wanted, next: now, paused_until: now, cut: None, grown: now, recent }
    }

    /// Returns when the next request may be sent.
    pub(super) fn next(&self) -> Instant {
        self.next.max(self.paused_until)
    }

    /// Notes that a request is sent.
    pub(super) fn take(&mut self, now: Instant) {
        self.grow(now);
        self.recent.count(now);
        let lagged = now.checked_sub(LAG).unwrap_or(now);
        self.next = self.next.max(lagged) + self.interval();
    }

    /// Notes that the API asked for a lower rate, in response to a request that was sent at `sent`.
    ///
    /// The responses to all requests that were in flight at once count as one, and cut the rate once.
    pub(super) fn slow_down(&mut self, sent: Instant, now: Instant, wait: Option<Duration>) {
        if self.cut.is_none_or(|cut| sent >= cut) {
            let rate = if self.rate.is_finite() { self.rate } else { self.recent.rate() };
            self.rate = (rate / 2.0).max(LEAST.min(self.wanted));
            self.cut = Some(now);
            self.next = self.next.max(now + self.interval());
        }
        self.paused_until = self.paused_until.max(now + wait.unwrap_or_default());
        self.grown = self.paused_until.max(now);
    }

    /// Returns the rate after cuts by the API, if there were any.
    pub(super) fn slowed(&self) -> Option<f64> {
        (self.rate < self.wanted).then_some(self.rate)
    }

    /// Returns the remaining pause that the API asked for.
    pub(super) fn pause(&self, now: Instant) -> Duration {
        self.paused_until.saturating_duration_since(now)
    }

    fn grow(&mut self, now: Instant) {
        if self.slowed().is_none() {
            return;
        }
        let seconds = now.saturating_duration_since(self.grown).as_secs_f64();
        self.rate = (self.rate * GROWTH.powf(seconds)).min(self.wanted);
        self.grown = self.grown.max(now);
        if self.rate > UNLIMITED {
            self.rate = self.wanted;
        }
    }

    fn interval(&self) -> Duration {
        // A rate is at least `LEAST` or the rate of the command line, so that this is finite. Without a limit, the
        // result is zero.
        Duration::try_from_secs_f64(1.0 / self.rate).unwrap_or_default()
    }
}

impl Recent {
    const SECOND: Duration = Duration::from_secs(1);

    fn count(&mut self, now: Instant) {
        let passed = now.saturating_duration_since(self.since);
        if passed >= Self::SECOND {
            self.before = if passed < 2 * Self::SECOND { self.now } else { 0 };
            self.now = 0;
            self.since = now;
        }
        self.now += 1;
    }

    fn rate(&self) -> f64 {
        f64::from(self.now.max(self.before))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// Sends as fast as the pace allows, and returns the number of requests within a time.
    fn sent(pace: &mut Pace, from: Instant, within: Duration) -> usize {
        let mut count = 0;
        while pace.next() < from + within {
            let at = pace.next().max(from);
            pace.take(at);
            count += 1;
        }
        count
    }

    #[test]
    fn keeps_the_rate() {
        let start = Instant::now();
        let mut pace = Pace::new(65.0, start);
        assert!((650..=651).contains(&sent(&mut pace, start, 10 * SECOND)));
        // After an idle hour, there is no burst.
        let later = start + 3600 * SECOND;
        assert!((65..=66).contains(&sent(&mut pace, later, SECOND)));
    }

    #[test]
    fn late_timers_do_not_lower_the_rate() {
        let start = Instant::now();
        let mut pace = Pace::new(65.0, start);
        let (mut now, mut count) = (start, 0);
        while now < start + 10 * SECOND {
            now = pace.next().max(now) + Duration::from_millis(1);
            pace.take(now);
            count += 1;
        }
        assert!((648..=651).contains(&count), "{count}");
    }

    #[test]
    fn waits_as_asked_and_continues_at_half_the_rate() {
        let start = Instant::now();
        let mut pace = Pace::new(64.0, start);
        pace.take(start);
        pace.slow_down(start, start + SECOND, Some(7 * SECOND));
        assert_eq!(pace.next(), start + 8 * SECOND);
        assert_eq!(pace.pause(start + 2 * SECOND), 6 * SECOND);
        assert_eq!(pace.slowed(), Some(32.0));
        let resumed = sent(&mut pace, start + 8 * SECOND, SECOND);
        assert!((32..=35).contains(&resumed), "{resumed}");
    }

    #[test]
    fn recovers() {
        let start = Instant::now();
        let mut pace = Pace::new(64.0, start);
        pace.slow_down(start, start, None);
        // 1.1 to the power of 7.3 is 2.
        assert!(sent(&mut pace, start, 7 * SECOND) < 64 * 7);
        assert!(pace.slowed().is_some());
        sent(&mut pace, start + 7 * SECOND, SECOND);
        assert_eq!(pace.slowed(), None);
        assert_eq!(sent(&mut pace, start + 8 * SECOND, SECOND), 64);
    }

    #[test]
    fn one_burst_of_rate_limits_cuts_the_rate_once() {
        let start = Instant::now();
        let mut pace = Pace::new(64.0, start);
        for response in 1..=20 {
            pace.slow_down(start, start + response * SECOND / 100, None);
        }
        assert_eq!(pace.slowed(), Some(32.0));
        // A request after the cut counts separately.
        pace.slow_down(start + SECOND, start + 2 * SECOND, None);
        assert_eq!(pace.slowed(), Some(16.0));
        for again in 3..40 {
            pace.slow_down(start + again * SECOND, start + again * SECOND, None);
        }
        assert_eq!(pace.slowed(), Some(LEAST));
    }

    #[test]
    fn without_a_limit_the_rate_of_late_is_cut() {
        let start = Instant::now();
        let mut pace = Pace::new(0.0, start);
        (0..4000).for_each(|turn| pace.take(start + turn * SECOND / 4000));
        assert_eq!(pace.slowed(), None);
        pace.slow_down(start + SECOND, start + SECOND, None);
        assert_eq!(pace.slowed(), Some(2000.0));
        pace.take(start + 60 * SECOND);
        assert_eq!(pace.slowed(), None, "it has grown past every limit again");
    }

    #[test]
    fn a_rate_below_one_is_kept() {
        let start = Instant::now();
        let mut pace = Pace::new(0.1, start);
        pace.take(start);
        assert_eq!(pace.next(), start + 10 * SECOND);
        pace.slow_down(start, start, None);
        assert_eq!(pace.slowed(), None, "nothing is left to cut");
    }
}
