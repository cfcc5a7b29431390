//! Clocks and delays.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use pin_project_lite::pin_project;

/// A clock and a way to wait, for runtimes other than Tokio and for tests that must not wait.
///
/// Set it with [`ClientBuilder::timer`](crate::ClientBuilder::timer). It is used for timeouts and for the delays
/// between attempts.
pub trait Timer: Send + Sync + 'static {
    /// Returns a point in time that never goes back.
    fn now(&self) -> Instant;

    /// Returns the time of day, which is needed for dates in `Retry-After`. Outside of tests, it must be the real time.
    fn timestamp(&self) -> Timestamp {
        Timestamp::now()
    }

    /// Returns a future that completes after `duration`.
    fn sleep(&self, duration: Duration) -> Sleep;

    /// Returns a future that completes after the timeout `duration`. Default: [`sleep`](Self::sleep).
    ///
    /// It is for tests: a timer that skips the delays between attempts must not skip timeouts.
    fn timeout(&self, duration: Duration) -> Sleep {
        self.sleep(duration)
    }

    /// Returns whether this timer needs a Tokio runtime. Default: `false`.
    fn needs_tokio(&self) -> bool {
        false
    }
}

/// Tokio's timer, which is the default.
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
    /// A delay, which a [`Timer`] returns.
    #[must_use = "a delay does nothing until it is awaited"]
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
    /// Creates a delay from a future.
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
    /// A future with a timeout. An `async fn` would contain the future twice: as its argument and in its state.
    #[must_use = "a future does nothing until it is awaited"]
    pub(crate) struct Within<F> {
        #[pin]
        future: F,
        #[pin]
        limit: Option<Sleep>,
    }
}

/// Returns the output of `future`, or `None` if `limit` completes first.
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
