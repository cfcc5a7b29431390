//! A clock that is stopped until a test moves it.

use std::future::{pending, ready};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

use stytch_client::{Sleep, Timer, Timestamp};
use stytch_client_tests::deadline::Deadline;

/// Its start, in 2027.
const START: Duration = Duration::from_secs(1_800_000_000);

#[derive(Clone)]
pub(crate) struct StandingClock {
    origin: Instant,
    seconds: Arc<AtomicU64>,
    _deadline: Arc<Deadline>,
}

impl StandingClock {
    pub(crate) fn new() -> Self {
        Self { origin: Instant::now(), seconds: Arc::default(), _deadline: Arc::new(Deadline::start()) }
    }

    /// The start time for a server that has to agree with this clock.
    pub(crate) fn start() -> SystemTime {
        SystemTime::UNIX_EPOCH + START
    }

    pub(crate) fn advance(&self, by: Duration) {
        self.seconds.fetch_add(by.as_secs(), Ordering::SeqCst);
    }

    fn moved(&self) -> Duration {
        Duration::from_secs(self.seconds.load(Ordering::SeqCst))
    }
}

impl Timer for StandingClock {
    fn now(&self) -> Instant {
        self.origin + self.moved()
    }

    fn timestamp(&self) -> Timestamp {
        Timestamp::try_from(Self::start() + self.moved()).unwrap()
    }

    /// The waits between attempts end at once.
    fn sleep(&self, _: Duration) -> Sleep {
        Sleep::new(ready(()))
    }

    /// Timeouts never expire.
    fn timeout(&self, _: Duration) -> Sleep {
        Sleep::new(pending())
    }
}
