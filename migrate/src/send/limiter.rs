//! Turns: every sender waits here until the rate allows a request.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use super::pace::Pace;

/// Gives turns to many senders at one rate.
#[derive(Debug)]
pub(crate) struct Limiter {
    pace: Mutex<Pace>,
    /// Locked by the sender whose turn is next, so that turns are in the order of the requests for them.
    first: tokio::sync::Mutex<()>,
}

impl Limiter {
    /// Creates a limiter for this many requests per second; 0 for no limit.
    pub(crate) fn new(rate: f64) -> Self {
        Self { pace: Mutex::new(Pace::new(rate, Instant::now())), first: tokio::sync::Mutex::default() }
    }

    /// Returns when a request may be sent. The future can be dropped.
    pub(crate) async fn turn(&self) {
        let _first = self.first.lock().await;
        loop {
            let next = {
                let mut pace = self.pace();
                let now = Instant::now();
                if pace.next() <= now {
                    pace.take(now);
                    return;
                }
                pace.next()
            };
            // After this wait, the API may have asked for a longer one.
            sleep_until(next).await;
        }
    }

    /// Notes that the API asked for a lower rate, in response to a request that was sent at `sent`.
    pub(crate) fn slow_down(&self, sent: Instant, wait: Option<Duration>) {
        self.pace().slow_down(sent, Instant::now(), wait);
    }

    /// Returns the current restriction that the API asked for, for the progress bar.
    pub(crate) fn restraint(&self) -> Option<String> {
        let pace = self.pace();
        let pause = pace.pause(Instant::now()).as_secs();
        let rate = pace.slowed()?;
        Some(if pause > 0 {
            format!("the API asked for a pause: {pause} s left")
        } else {
            format!("the API asked for a lower rate: {rate:.0}/s now")
        })
    }

    /// A pace is always consistent, so that a panic in another thread has no effect on it.
    fn pace(&self) -> MutexGuard<'_, Pace> {
        self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn many_share_one_pace() {
        let limiter = Arc::new(Limiter::new(10.0));
        let start = Instant::now();
        let mut waiting = tokio::task::JoinSet::new();
        for _ in 0..31 {
            let limiter = Arc::clone(&limiter);
            waiting.spawn(async move { limiter.turn().await });
        }
        waiting.join_all().await;
        let passed = start.elapsed();
        assert!((2990..=3020).contains(&passed.as_millis()), "{passed:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_applies_to_waiting_requests() {
        let limiter = Arc::new(Limiter::new(10.0));
        limiter.turn().await;
        let start = Instant::now();
        let waiting = tokio::spawn({
            let limiter = Arc::clone(&limiter);
            async move { limiter.turn().await }
        });
        tokio::task::yield_now().await;
        limiter.slow_down(start, Some(Duration::from_secs(60)));
        assert!(limiter.restraint().is_some_and(|words| words.contains("60 s left")));
        waiting.await.unwrap();
        assert!(start.elapsed() >= Duration::from_secs(60));
    }
}
