//! Time, as a client sees it.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use pin_project_lite::pin_project;

/// A clock and a way to wait, for runtimes other than Tokio and for tests that must not wait.
///
/// Set one with [`ClientBuilder::timer`](crate::ClientBuilder::timer). Timeouts and the waits between attempts use it.
pub trait Timer: Send + Sync + 'static {
    /// Returns a point in time that never goes back.
    fn now(&self) -> Instant;

    /// Returns the time of day, for the date form of `Retry-After`. Outside of tests, it has to be the real one.
    fn timestamp(&self) -> Timestamp {
        Timestamp::now()
    }

    /// Returns a future that ends after `duration`.
    fn sleep(&self, duration: Duration) -> Sleep;

    /// Returns a future that ends a timeout after `duration`. Default: [`sleep`](Self::sleep).
    ///
    /// It is for tests: a timer that skips the waits between attempts must not skip timeouts.
    fn timeout(&self, duration: Duration) -> Sleep {
        self.sleep(duration)
    }

    /// Whether a call needs a Tokio runtime because of this timer. Default `false`.
    fn needs_tokio(&self) -> bool {
        false
    }
}

/// Tokio's timer, which a client has unless it is given another one.
#[derive(Clone, Copy, Debug, Default)]
pub struct TokioTimer;

impl Timer for TokioTimer {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        Sleep { kind: Kind::Tokio { sleep: tokio::time::sleep(duration) } }
    }

    fn needs_tokio(&self) -> bool {
        true
    }
}

pin_project! {
    /// A wait, as a [`Timer`] returns it.
    #[must_use = "a wait does nothing until it is awaited"]
    pub struct Sleep {
        #[pin]
        kind: Kind,
    }
}

pin_project! {
    #[project = KindProjected]
    enum Kind {
        Tokio { #[pin] sleep: tokio::time::Sleep },
        Boxed { sleep: Pin<Box<dyn Future<Output = ()> + Send>> },
    }
}

impl Sleep {
    /// Creates a wait from any future that ends in time.
    pub fn new(sleep: impl Future<Output = ()> + Send + 'static) -> Self {
        Self { kind: Kind::Boxed { sleep: Box::pin(sleep) } }
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        match self.project().kind.project() {
            KindProjected::Tokio { sleep } => sleep.poll(context),
            KindProjected::Boxed { sleep } => sleep.as_mut().poll(context),
        }
    }
}

impl fmt::Debug for Sleep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sleep").finish_non_exhaustive()
    }
}

pin_project! {
    /// A future with a limit. An `async fn` would hold the future twice: as its argument, and where it is polled.
    #[must_use = "a future does nothing until it is awaited"]
    pub(crate) struct Within<F> {
        #[pin]
        future: F,
        #[pin]
        limit: Option<Sleep>,
    }
}

/// Returns what `future` ends with, or `None` if `limit` ends first.
pub(crate) fn within<F: Future>(limit: Option<Sleep>, future: F) -> Within<F> {
    Within { future, limit }
}

impl<F: Future> Future for Within<F> {
    type Output = Option<F::Output>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        if let Poll::Ready(output) = this.future.poll(context) {
            return Poll::Ready(Some(output));
        }
        match this.limit.as_pin_mut() {
            Some(limit) => limit.poll(context).map(|()| None),
            None => Poll::Pending,
        }
    }
}
