//! A cache for project data. One task fetches it for all waiting callers, and the old value is kept if a fetch fails.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use declapi::{Client, RetryPolicy};
use tokio::runtime::Handle;
use tokio::sync::Notify;

/// The timeout of a fetch. All checks share it, so it does not depend on the timeout of the check that starts it.
const FETCH_TIMEOUT: Duration = Duration::from_secs(30);

/// Returns the client for a fetch, which does not depend on the options of the check that starts it.
pub(crate) fn fetching_client(client: &Client) -> Client {
    client.with_timeout(FETCH_TIMEOUT).with_retries(RetryPolicy::default())
}

/// The cached value of one client and its clones.
#[derive(Debug)]
pub(crate) struct Cache<T, E> {
    known: Mutex<Known<T, E>>,
    turns: Arc<Turns>,
}

#[derive(Debug)]
struct Known<T, E> {
    value: Option<Arc<T>>,
    fetched: Option<Instant>,
    /// The time and the error of the last fetch, if it failed.
    failed: Option<(Instant, E)>,
}

impl<T, E> Default for Cache<T, E> {
    fn default() -> Self {
        let known = Known { value: None, fetched: None, failed: None };
        Self { known: Mutex::new(known), turns: Arc::default() }
    }
}

/// The right to fetch, which only one task has at a time.
///
/// It is not a mutex, which would give the right to the next task in the queue, even if the program does not poll that
/// task until another one is done.
pub(crate) struct Fetching(Arc<Turns>);

#[derive(Debug, Default)]
struct Turns {
    is_taken: AtomicBool,
    /// Wakes all tasks that wait for the right.
    freed: Notify,
}

impl Drop for Fetching {
    fn drop(&mut self) {
        self.0.is_taken.store(false, Ordering::Release);
        self.0.freed.notify_waiters();
    }
}

/// The runtime ended during a fetch.
#[derive(Debug)]
pub(crate) struct RuntimeEnded;

impl<T, E> Cache<T, E>
where
    T: Send + Sync + 'static,
    E: Clone + From<RuntimeEnded> + Send + 'static,
{
    /// Returns the cached value.
    pub(crate) fn value(&self) -> Option<Arc<T>> {
        self.read(|known| known.value.clone())
    }

    /// Returns the error of the last fetch, if it failed.
    pub(crate) fn failure(&self) -> Option<E> {
        self.read(|known| known.failed.as_ref().map(|(_, error)| error.clone()))
    }

    /// Returns whether the value may be fetched again: `interval` after the last fetch, or `after_failure` after a
    /// failed one.
    pub(crate) fn is_due(&self, client: &Client, interval: Duration, after_failure: Duration) -> bool {
        let now = client.timer().now();
        let over = |since: Option<Instant>, interval| {
            since.is_none_or(|since| now.duration_since(since) >= interval)
        };
        self.read(|known| {
            let failed = known.failed.as_ref().map(|(at, _)| *at);
            over(known.fetched, interval) && over(failed, after_failure)
        })
    }

    /// Waits until no other task is fetching.
    pub(crate) async fn turn(&self) -> Fetching {
        loop {
            // Created before the attempt, so that it completes if the right is returned in between.
            let freed = self.turns.freed.notified();
            if let Some(turn) = self.turn_if_free() {
                return turn;
            }
            freed.await;
        }
    }

    /// Returns `None` immediately if another task is fetching, so that a refresh of known keys does not wait.
    pub(crate) fn turn_if_free(&self) -> Option<Fetching> {
        let was_taken = self.turns.is_taken.swap(true, Ordering::Acquire);
        (!was_taken).then(|| Fetching(Arc::clone(&self.turns)))
    }

    /// Fetches the value and stores the result.
    ///
    /// The fetch runs in a separate task, which continues if the call that started it is dropped. Otherwise a client
    /// that closes its connection early could trigger any number of fetches. Without Tokio, the fetch runs in the call
    /// itself.
    pub(crate) async fn fetch(
        self: &Arc<Self>,
        client: &Client,
        fetch: impl Future<Output = Result<T, E>> + Send + 'static,
        fetching: Fetching,
    ) -> Result<(), E> {
        let (cache, client) = (Arc::clone(self), client.clone());
        let fetch = in_current_span(async move {
            let outcome = fetch.await;
            let outcome = cache.store(client.timer().now(), outcome);
            drop(fetching);
            outcome
        });
        let Ok(runtime) = Handle::try_current() else { return fetch.await };
        runtime.spawn(fetch).await.unwrap_or_else(|_| Err(RuntimeEnded.into()))
    }

    /// Stores the result of a fetch. A new value replaces the old one; an error is stored next to the old value.
    fn store(&self, now: Instant, outcome: Result<T, E>) -> Result<(), E> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        match outcome {
            Ok(value) => {
                *known = Known { value: Some(Arc::new(value)), fetched: Some(now), failed: None };
                Ok(())
            }
            Err(error) => {
                known.failed = Some((now, error.clone()));
                Err(error)
            }
        }
    }

    fn read<R>(&self, read: impl FnOnce(&Known<T, E>) -> R) -> R {
        read(&self.known.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Returns a future for another task whose spans stay below the current span.
#[cfg(feature = "tracing")]
fn in_current_span<F: Future>(call: F) -> impl Future<Output = F::Output> {
    tracing::Instrument::in_current_span(call)
}

#[cfg(not(feature = "tracing"))]
fn in_current_span<F: Future>(call: F) -> F {
    call
}
