//! A clock that tests control.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use stytch_client::{Sleep, Timer, Timestamp};
use tokio::sync::watch;

use crate::deadline::Deadline;

/// A clock that is stopped until a test advances it.
#[derive(Clone, Debug)]
pub struct Clock(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    start: Instant,
    /// The time of day at the start.
    timestamp: Timestamp,
    /// Waits of up to this duration end immediately.
    skipped: Duration,
    /// The number of waits that were started and not skipped.
    begun: watch::Sender<usize>,
    /// The number of polls of all waits.
    asked: watch::Sender<usize>,
    time: Mutex<Time>,
    _deadline: Deadline,
}

#[derive(Debug, Default)]
struct Time {
    passed: Duration,
    waits: Vec<Duration>,
    sleepers: BTreeMap<usize, (Duration, Waker)>,
    ids: usize,
}

impl Clock {
    /// Returns a clock at `2026-11-22T10:00:00Z`, which only moves when a test advances it.
    pub fn standing() -> Self {
        Self::skipping(Duration::ZERO)
    }

    /// Returns a clock that skips waits of up to `longest`, and is stopped otherwise.
    pub fn skipping(longest: Duration) -> Self {
        Self(Arc::new(Shared {
            start: Instant::now(),
            timestamp: Timestamp::from_second(1_795_341_600).expect("a time in range"),
            skipped: longest,
            begun: watch::Sender::default(),
            asked: watch::Sender::default(),
            time: Mutex::default(),
            _deadline: Deadline::start(),
        }))
    }

    /// Advances the clock.
    pub fn advance(&self, by: Duration) {
        let mut time = self.time();
        time.passed += by;
        let passed = time.passed;
        let mut over = Vec::new();
        time.sleepers.retain(|_, (until, waker)| {
            let lasts = *until > passed;
            if !lasts {
                over.push(waker.clone());
            }
            lasts
        });
        drop(time);
        over.into_iter().for_each(Waker::wake);
    }

    /// Returns the time since the start.
    pub fn passed(&self) -> Duration {
        self.time().passed
    }

    /// Returns the skipped waits, in order.
    pub fn waits(&self) -> Vec<Duration> {
        self.time().waits.clone()
    }

    /// Returns the number of waits that are not dropped.
    pub fn sleepers(&self) -> usize {
        self.time().sleepers.len()
    }

    /// Returns the number of waits so far, without skipped ones.
    pub fn begun(&self) -> usize {
        *self.0.begun.borrow()
    }

    /// Waits until this many waits were started, without skipped ones.
    pub async fn until_begun(&self, waits: usize) {
        let mut begun = self.0.begun.subscribe();
        begun.wait_for(|begun| *begun >= waits).await.expect("the sender lives as long as the clock");
    }

    /// Returns the number of polls of all waits so far. A call polls its wait whenever it makes progress.
    pub fn asked(&self) -> usize {
        *self.0.asked.borrow()
    }

    /// Waits until there are more polls than `before`.
    pub async fn until_asked_again(&self, before: usize) {
        let mut asked = self.0.asked.subscribe();
        asked.wait_for(|asked| *asked > before).await.expect("the sender lives as long as the clock");
    }

    fn time(&self) -> MutexGuard<'_, Time> {
        self.0.time.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Timer for Clock {
    fn now(&self) -> Instant {
        self.0.start + self.passed()
    }

    fn timestamp(&self) -> Timestamp {
        self.0.timestamp.saturating_add(self.passed()).expect("no time zone is involved")
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        let mut time = self.time();
        if duration <= self.0.skipped {
            time.passed += duration;
            time.waits.push(duration);
            return Sleep::new(std::future::ready(()));
        }
        drop(time);
        self.timeout(duration)
    }

    /// Timeouts are never skipped.
    fn timeout(&self, duration: Duration) -> Sleep {
        let mut time = self.time();
        time.ids += 1;
        let (id, until) = (time.ids, time.passed + duration);
        drop(time);
        self.0.begun.send_modify(|begun| *begun += 1);
        Sleep::new(Sleeper { clock: self.clone(), id, until })
    }
}

struct Sleeper {
    clock: Clock,
    id: usize,
    until: Duration,
}

impl Future for Sleeper {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut time = self.clock.time();
        if time.passed >= self.until {
            return Poll::Ready(());
        }
        let before = time.sleepers.insert(self.id, (self.until, context.waker().clone()));
        // Dropping a waker can end a task and drop another sleeper, which needs the lock.
        drop(time);
        drop(before);
        self.clock.0.asked.send_modify(|asked| *asked += 1);
        Poll::Pending
    }
}

impl Drop for Sleeper {
    fn drop(&mut self) {
        self.clock.time().sleepers.remove(&self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[tokio::test]
    async fn a_sleeper_wakes_at_the_end_of_its_wait() {
        let clock = Clock::standing();
        let sleeping = tokio::spawn(clock.sleep(2 * SECOND));
        clock.until_begun(1).await;
        tokio::task::yield_now().await;
        clock.advance(SECOND);
        assert_eq!(clock.sleepers(), 1);
        clock.advance(SECOND);
        sleeping.await.unwrap();
        assert_eq!(clock.sleepers(), 0);
        assert_eq!(clock.timestamp().to_string(), "2026-11-22T10:00:02Z");
    }

    #[tokio::test]
    async fn short_waits_are_skipped_on_request() {
        let clock = Clock::skipping(SECOND);
        clock.sleep(SECOND).await;
        assert_eq!((clock.passed(), clock.waits()), (SECOND, vec![SECOND]));
    }
}
