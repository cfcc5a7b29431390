//! Time, as the client sees it: Tokio's, or one that is handed in.

use std::fmt;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant};

use jiff::Timestamp;

/// A clock and a way to wait, for run times other than Tokio and for tests that must not wait.
///
/// Hand one in with [`ClientBuilder::timer`](crate::ClientBuilder::timer). Time limits and the waits between
/// retries go through it.
pub trait Timer: Send + Sync + 'static {
    /// A point in time that never goes back.
    fn now(&self) -> Instant;

    /// The time of day, for the date form of `Retry-After` and for whether a session JWT has expired: outside of tests,
    /// it has to be the real one.
    fn timestamp(&self) -> Timestamp {
        Timestamp::now()
    }

    /// Ends after `duration`.
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>>;
}

/// The timer of one client.
#[derive(Clone, Default)]
pub(crate) enum Clock {
    #[default]
    Tokio,
    Own(Arc<dyn Timer>),
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Tokio => "Tokio",
            Self::Own(_) => "Own",
        })
    }
}

impl Clock {
    pub(crate) fn now(&self) -> Instant {
        match self {
            Self::Tokio => Instant::now(),
            Self::Own(timer) => timer.now(),
        }
    }

    pub(crate) fn timestamp(&self) -> Timestamp {
        match self {
            Self::Tokio => Timestamp::now(),
            Self::Own(timer) => timer.timestamp(),
        }
    }

    pub(crate) async fn sleep(&self, duration: Duration) {
        match self {
            Self::Tokio => tokio::time::sleep(duration).await,
            Self::Own(timer) => timer.sleep(duration).await,
        }
    }

    /// What `future` ends with, or `None` when `limit` is over first.
    pub(crate) async fn within<F: Future>(&self, limit: Option<Duration>, future: F) -> Option<F::Output> {
        let Some(limit) = limit else { return Some(future.await) };
        match self {
            Self::Tokio => tokio::time::timeout(limit, future).await.ok(),
            Self::Own(timer) => first(future, timer.sleep(limit)).await,
        }
    }
}

/// What `future` ends with, or `None` when `limit` ends before it.
async fn first<F: Future>(
    future: F,
    mut limit: Pin<Box<dyn Future<Output = ()> + Send>>,
) -> Option<F::Output> {
    let mut future = pin!(future);
    std::future::poll_fn(|context| {
        if let Poll::Ready(output) = future.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        limit.as_mut().poll(context).map(|()| None)
    })
    .await
}
