//! The public keys of a project: fetched by one task however many ask, kept while a fetch fails.

mod key;

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use declapi::Client;
use tokio::runtime::Handle;
use tokio::sync::OwnedMutexGuard;

pub(crate) use self::key::{Key, Keys, rs256};
use crate::Error;

/// How often an unknown key id may cause a fetch: anybody can send tokens with invented ids.
const UNKNOWN_KEY_INTERVAL: Duration = Duration::from_secs(60);
/// How soon a fetch that failed may be tried again for a key that is not known.
const FAILURE_INTERVAL: Duration = Duration::from_secs(2);
/// The same for a key that is known, and good until then.
const REFRESH_FAILURE_INTERVAL: Duration = UNKNOWN_KEY_INTERVAL;
/// How long keys are used without asking whether they still are the project's.
const REFRESH_INTERVAL: Duration = Duration::from_secs(60 * 60);
/// How long a call waits for a fetch that it can do without.
const PATIENCE: Duration = Duration::from_secs(2);

/// Why the project's keys could not be had.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum KeysError {
    /// The call that fetches them failed.
    Call(Error),
    /// They were still being fetched, for this check and for others, when its time was over.
    Timeout(Duration),
    /// There was not one among them that can be used.
    Unusable,
    /// The runtime ended while they were fetched.
    RuntimeEnded,
    /// Signatures cannot be checked, for lack of cryptography.
    NoCryptography(Error),
}

impl fmt::Display for KeysError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) | Self::NoCryptography(error) => error.fmt(f),
            Self::Timeout(timeout) => write!(
                f,
                "the project's keys were still being fetched after {} s: check the network, or raise the timeout",
                timeout.as_secs_f64()
            ),
            Self::Unusable => f.write_str("the project's key set has no key that can verify session JWTs"),
            Self::RuntimeEnded => f.write_str("the runtime ended while the project's keys were fetched"),
        }
    }
}

impl std::error::Error for KeysError {}

/// The keys of one client and its clones.
#[derive(Debug, Default)]
pub(crate) struct KeyCache {
    known: Mutex<Known>,
    /// Held by the task that fetches; the others wait for what it brings.
    fetching: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Debug, Default)]
struct Known {
    keys: Arc<Keys>,
    fetched: Option<Instant>,
    /// When the last fetch failed, and why, if it did.
    failed: Option<(Instant, KeysError)>,
}

/// One check that needs a key: its client, for time, and how it would fetch the keys.
pub(crate) struct Wanted<'w, F> {
    pub(crate) client: &'w Client,
    pub(crate) id: &'w str,
    /// Whether the check has nothing else to try. One that has waits only for a part of its time.
    pub(crate) is_last: bool,
    pub(crate) fetch: F,
}

impl KeyCache {
    /// Returns the keys, of which at least one has the wanted id; `None` if the project has none with it.
    pub(crate) async fn find<F, Fetch>(
        self: &Arc<Self>,
        wanted: Wanted<'_, F>,
    ) -> Result<Option<Arc<Keys>>, KeysError>
    where
        F: FnOnce() -> Fetch,
        Fetch: Future<Output = Result<Keys, KeysError>> + Send + 'static,
    {
        let (keys, client) = (self.keys(), wanted.client);
        if !keys.has(wanted.id) {
            return self.fetched(wanted).await;
        }
        if self.is_due_for_refresh(client) { self.refreshed(wanted, keys).await } else { Ok(Some(keys)) }
    }

    /// Keys that are known but due: one task asks again, and the old ones are good while that fails.
    async fn refreshed<F, Fetch>(
        self: &Arc<Self>,
        wanted: Wanted<'_, F>,
        keys: Arc<Keys>,
    ) -> Result<Option<Arc<Keys>>, KeysError>
    where
        F: FnOnce() -> Fetch,
        Fetch: Future<Output = Result<Keys, KeysError>> + Send + 'static,
    {
        let Wanted { client, id, fetch, .. } = wanted;
        let Ok(fetching) = Arc::clone(&self.fetching).try_lock_owned() else { return Ok(Some(keys)) };
        if !self.is_due_for_refresh(client) {
            return Ok(Some(keys));
        }
        match client.within(Some(patience(client)), self.fetch(client, fetch(), fetching)).await {
            Some(Ok(())) => Ok(self.with(id)),
            Some(Err(_)) | None => Ok(Some(keys)),
        }
    }

    /// Keys for an id that is not known: after waiting for whoever is fetching, it may be.
    async fn fetched<F, Fetch>(
        self: &Arc<Self>,
        wanted: Wanted<'_, F>,
    ) -> Result<Option<Arc<Keys>>, KeysError>
    where
        F: FnOnce() -> Fetch,
        Fetch: Future<Output = Result<Keys, KeysError>> + Send + 'static,
    {
        let Wanted { client, id, is_last, fetch } = wanted;
        let patience = if is_last { client.timeout() } else { Some(patience(client)) };
        let fetched = async {
            let fetching = Arc::clone(&self.fetching).lock_owned().await;
            if let Some(keys) = self.with(id) {
                return Ok(Some(keys));
            }
            if !self.is_due(client, UNKNOWN_KEY_INTERVAL, FAILURE_INTERVAL) {
                return self.why_not();
            }
            self.fetch(client, fetch(), fetching).await?;
            Ok(self.with(id))
        };
        let outcome = client.within(patience, fetched).await;
        outcome.unwrap_or_else(|| Err(KeysError::Timeout(patience.unwrap_or_default())))
    }

    /// Fetches the keys, and remembers what came of it.
    ///
    /// In a task of its own, which goes on when the call that began it is given up: whoever hangs up could otherwise
    /// have the keys fetched as often as they like. Without Tokio there is nobody to give it to.
    async fn fetch(
        self: &Arc<Self>,
        client: &Client,
        fetch: impl Future<Output = Result<Keys, KeysError>> + Send + 'static,
        fetching: OwnedMutexGuard<()>,
    ) -> Result<(), KeysError> {
        let (cache, client) = (Arc::clone(self), client.clone());
        let fetch = in_current_span(async move {
            let outcome = fetch.await;
            let outcome = cache.learn(client.timer().now(), outcome);
            drop(fetching);
            outcome
        });
        let Ok(runtime) = Handle::try_current() else { return fetch.await };
        runtime.spawn(fetch).await.unwrap_or(Err(KeysError::RuntimeEnded))
    }

    /// The known keys, if there is one with this id among them.
    fn with(&self, id: &str) -> Option<Arc<Keys>> {
        Some(self.keys()).filter(|keys| keys.has(id))
    }

    /// Why there is no such key. While keys cannot be fetched, nobody knows whether the project has it.
    fn why_not(&self) -> Result<Option<Arc<Keys>>, KeysError> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.failed.as_ref().map_or(Ok(None), |(_, error)| Err(error.clone()))
    }

    /// New keys replace the old ones. An error is remembered beside them.
    fn learn(&self, now: Instant, outcome: Result<Keys, KeysError>) -> Result<(), KeysError> {
        // A project has a key. To believe this would log everybody out.
        let outcome =
            outcome.and_then(|keys| if keys.is_empty() { Err(KeysError::Unusable) } else { Ok(keys) });
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        match outcome {
            Ok(keys) => {
                *known = Known { keys: Arc::new(keys), fetched: Some(now), failed: None };
                Ok(())
            }
            Err(error) => {
                known.failed = Some((now, error.clone()));
                Err(error)
            }
        }
    }

    fn keys(&self) -> Arc<Keys> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&known.keys)
    }

    fn is_due_for_refresh(&self, client: &Client) -> bool {
        self.is_due(client, REFRESH_INTERVAL, REFRESH_FAILURE_INTERVAL)
    }

    /// Whether the keys may be fetched again: `interval` after they last were, and `after_failure` after they could
    /// not be.
    fn is_due(&self, client: &Client, interval: Duration, after_failure: Duration) -> bool {
        let now = client.timer().now();
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let over = |since: Option<Instant>, interval| {
            since.is_none_or(|since| now.duration_since(since) >= interval)
        };
        let failed = known.failed.as_ref().map(|(at, _)| *at);
        over(known.fetched, interval) && over(failed, after_failure)
    }
}

/// How long a call waits for a fetch that it can do without: what comes after it needs time too.
fn patience(client: &Client) -> Duration {
    client.timeout().map_or(PATIENCE, |timeout| PATIENCE.min(timeout / 2))
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
