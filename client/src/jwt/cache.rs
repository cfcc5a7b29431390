//! The project's public keys: fetched by one task however many ask, kept while a fetch fails.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use declapi::RetryPolicy;
use tokio::runtime::Handle;
use tokio::sync::OwnedMutexGuard;

use super::error::{JwtError, JwtProblem, KeysError};
use super::key::{Keys, rs256};
use crate::client::Client;
use crate::sessions::Jwks;

/// How often an unknown key id may cause a fetch: anybody can send tokens with invented ids.
const UNKNOWN_KEY_INTERVAL: Duration = Duration::from_secs(60);
/// How soon a fetch that failed may be tried again for a key that is not known.
const FAILURE_INTERVAL: Duration = Duration::from_secs(2);
/// The same for a key that is known, and good until then.
const REFRESH_FAILURE_INTERVAL: Duration = UNKNOWN_KEY_INTERVAL;
/// How long keys are used without asking whether they still are the project's.
const REFRESH_INTERVAL: Duration = Duration::from_secs(60 * 60);
/// How long a fetch may take. It is for all calls, so the timeout of the call that begins it is not its own.
const FETCH_TIMEOUT: Duration = Duration::from_secs(30);
/// How long a call waits for a fetch that it can do without.
const PATIENCE: Duration = Duration::from_secs(2);

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

impl KeyCache {
    /// The keys, of which at least one has this id.
    ///
    /// A call that has something else to try waits only for a part of its time.
    pub(super) async fn find(&self, client: &Client, id: &str, is_last: bool) -> Result<Arc<Keys>, JwtError> {
        let keys = self.keys();
        if !keys.has(id) {
            let patience = if is_last { client.inner().timeout() } else { Some(patience(client)) };
            return self.fetched(client, id, patience).await;
        }
        if self.is_due_for_refresh(client) { self.refreshed(client, id, keys).await } else { Ok(keys) }
    }

    /// Keys that are known but due: one task asks again, and the old ones are good while that fails.
    async fn refreshed(&self, client: &Client, id: &str, keys: Arc<Keys>) -> Result<Arc<Keys>, JwtError> {
        let Ok(fetching) = Arc::clone(&self.fetching).try_lock_owned() else { return Ok(keys) };
        if !self.is_due_for_refresh(client) {
            return Ok(keys);
        }
        let patience = Some(patience(client));
        match client.inner().within(patience, self.fetch(client, fetching)).await {
            Some(Ok(())) => self.with(id),
            Some(Err(_)) | None => Ok(keys),
        }
    }

    /// Keys for an id that is not known: after waiting for whoever is fetching, it may be.
    async fn fetched(
        &self,
        client: &Client,
        id: &str,
        patience: Option<Duration>,
    ) -> Result<Arc<Keys>, JwtError> {
        let fetched = async {
            let fetching = Arc::clone(&self.fetching).lock_owned().await;
            if self.keys().has(id) {
                return self.with(id);
            }
            if !self.is_due(client, UNKNOWN_KEY_INTERVAL, FAILURE_INTERVAL) {
                return Err(self.why_not());
            }
            self.fetch(client, fetching).await?;
            self.with(id)
        };
        let outcome = client.inner().within(patience, fetched).await;
        outcome.unwrap_or_else(|| Err(KeysError::Timeout(patience.unwrap_or_default()).into()))
    }

    /// Fetches the keys, and remembers what came of it.
    ///
    /// In a task of its own, which goes on when the call that began it is given up: whoever hangs up could otherwise
    /// have the keys fetched as often as they like. Without Tokio there is nobody to give it to.
    async fn fetch(&self, client: &Client, fetching: OwnedMutexGuard<()>) -> Result<(), KeysError> {
        // It is for all checks, so nothing of it depends on the one that begins it.
        let client = client.with_timeout(FETCH_TIMEOUT).with_retries(RetryPolicy::default());
        let fetch = in_current_span(async move {
            let outcome = published(&client).await;
            let outcome = client.keys().learn(client.inner().timer().now(), outcome);
            drop(fetching);
            outcome
        });
        let Ok(runtime) = Handle::try_current() else { return fetch.await };
        runtime.spawn(fetch).await.unwrap_or(Err(KeysError::RuntimeEnded))
    }

    /// The known keys, if there is one with this id among them.
    fn with(&self, id: &str) -> Result<Arc<Keys>, JwtError> {
        let keys = self.keys();
        if keys.has(id) { Ok(keys) } else { Err(JwtProblem::UnknownKey.into()) }
    }

    /// Why there is no such key. While keys cannot be fetched, nobody knows whether the project has it.
    fn why_not(&self) -> JwtError {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.failed.as_ref().map_or_else(|| JwtProblem::UnknownKey.into(), |(_, error)| error.clone().into())
    }

    /// New keys replace the old ones. An error is remembered beside them.
    fn learn(&self, now: Instant, outcome: Result<Keys, KeysError>) -> Result<(), KeysError> {
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
        let now = client.inner().timer().now();
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
    client.inner().timeout().map_or(PATIENCE, |timeout| PATIENCE.min(timeout / 2))
}

/// The keys that the project publishes.
async fn published(client: &Client) -> Result<Keys, KeysError> {
    // Without cryptography, there is nothing to fetch keys for.
    let algorithm = rs256().map_err(KeysError::NoCryptography)?;
    let request = Jwks::builder().project_id(client.project_id()).build();
    let response = client.send(&request).await.map_err(KeysError::Call)?;
    let keys = Keys::read(&response.keys, algorithm);
    // A project has a key. To believe this would log everybody out.
    if keys.is_empty() { Err(KeysError::Unusable) } else { Ok(keys) }
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
