//! A clock that a test controls.

use std::future::{pending, ready};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use stytch_client::{Sleep, Timer, Timestamp};
use stytch_client_tests::deadline::Deadline;

/// The real time, and the time that the test has added.
#[derive(Clone)]
pub(crate) struct MovableClock {
    /// Early enough that rewinding is possible.
    started: Instant,
    moved_seconds: Arc<AtomicI64>,
    /// The longest wait, in whole seconds, that ends at once.
    skipped_seconds: Arc<AtomicU64>,
    _deadline: Arc<Deadline>,
}

impl Default for MovableClock {
    fn default() -> Self {
        let skipped_seconds = Arc::new(AtomicU64::new(1));
        let deadline = Arc::new(Deadline::start());
        Self { started: Instant::now(), moved_seconds: Arc::default(), skipped_seconds, _deadline: deadline }
    }
}

impl MovableClock {
    pub(crate) fn advance(&self, by: Duration) {
        self.moved_seconds.fetch_add(i64::try_from(by.as_secs()).unwrap(), Ordering::SeqCst);
    }

    pub(crate) fn rewind(&self, by: Duration) {
        self.moved_seconds.fetch_sub(i64::try_from(by.as_secs()).unwrap(), Ordering::SeqCst);
    }

    /// From now on, the two seconds that a JWT may wait for its key end at once.
    pub(crate) fn hurry(&self) {
        self.skipped_seconds.store(2, Ordering::SeqCst);
    }

    fn moved(&self) -> i64 {
        self.moved_seconds.load(Ordering::SeqCst)
    }
}

impl Timer for MovableClock {
    fn now(&self) -> Instant {
        self.started + Duration::from_secs(u64::try_from(self.moved()).unwrap_or_default())
    }

    fn timestamp(&self) -> Timestamp {
        Timestamp::from_second(Timestamp::now().as_second() + self.moved()).unwrap()
    }

    /// The waits between attempts end at once, and the longer timeouts never expire.
    fn sleep(&self, duration: Duration) -> Sleep {
        if duration.as_secs() <= self.skipped_seconds.load(Ordering::SeqCst) {
            Sleep::new(ready(()))
        } else {
            Sleep::new(pending())
        }
    }
}
