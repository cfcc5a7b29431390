//! Something of a project that is fetched by one task however many ask, and kept while a fetch fails.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use declapi::Client;
use tokio::runtime::Handle;
use tokio::sync::OwnedMutexGuard;

/// What is known to one client and its clones.
#[derive(Debug)]
pub(crate) struct Cache<T, E> {
    known: Mutex<Known<T, E>>,
    /// Held by the task that fetches; the others wait for what it brings.
    fetching: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Debug)]
struct Known<T, E> {
    value: Option<Arc<T>>,
    fetched: Option<Instant>,
    /// When the last fetch failed, and why, if it did.
    failed: Option<(Instant, E)>,
}

impl<T, E> Default for Cache<T, E> {
    fn default() -> Self {
        let known = Known { value: None, fetched: None, failed: None };
        Self { known: Mutex::new(known), fetching: Arc::default() }
    }
}

/// The right to fetch, which one task has at a time.
pub(crate) type Fetching = OwnedMutexGuard<()>;

/// The runtime ended while something was fetched.
#[derive(Debug)]
pub(crate) struct RuntimeEnded;

impl<T, E> Cache<T, E>
where
    T: Send + Sync + 'static,
    E: Clone + From<RuntimeEnded> + Send + 'static,
{
    /// Returns what is known.
    pub(crate) fn value(&self) -> Option<Arc<T>> {
        self.read(|known| known.value.clone())
    }

    /// Returns why the last fetch failed, if it did.
    pub(crate) fn failure(&self) -> Option<E> {
        self.read(|known| known.failed.as_ref().map(|(_, error)| error.clone()))
    }

    /// Whether it may be fetched again: `interval` after it last was, and `after_failure` after it could not be.
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

    /// Waits for whoever is fetching.
    pub(crate) async fn turn(&self) -> Fetching {
        Arc::clone(&self.fetching).lock_owned().await
    }

    /// Returns at once if somebody is fetching. Keys that are due do not wait for new ones.
    #[cfg(feature = "rustls")]
    pub(crate) fn turn_if_free(&self) -> Option<Fetching> {
        Arc::clone(&self.fetching).try_lock_owned().ok()
    }

    /// Fetches it, and remembers what came of it.
    ///
    /// In a task of its own, which goes on when the call that began it is given up: whoever hangs up could otherwise
    /// have it fetched as often as they like. Without Tokio there is nobody to give it to.
    pub(crate) async fn fetch(
        self: &Arc<Self>,
        client: &Client,
        fetch: impl Future<Output = Result<T, E>> + Send + 'static,
        fetching: Fetching,
    ) -> Result<(), E> {
        let (cache, client) = (Arc::clone(self), client.clone());
        let fetch = in_current_span(async move {
            let outcome = fetch.await;
            let outcome = cache.learn(client.timer().now(), outcome);
            drop(fetching);
            outcome
        });
        let Ok(runtime) = Handle::try_current() else { return fetch.await };
        runtime.spawn(fetch).await.unwrap_or_else(|_| Err(RuntimeEnded.into()))
    }

    /// A new value replaces the old one. An error is remembered beside it.
    fn learn(&self, now: Instant, outcome: Result<T, E>) -> Result<(), E> {
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

/// A future for another task, whose spans are below the current one all the same.
#[cfg(feature = "tracing")]
fn in_current_span<F: Future>(call: F) -> impl Future<Output = F::Output> {
    tracing::Instrument::in_current_span(call)
}

#[cfg(not(feature = "tracing"))]
fn in_current_span<F: Future>(call: F) -> F {
    call
}
