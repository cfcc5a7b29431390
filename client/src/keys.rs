//! The public keys of a project.

mod key;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use declapi::Client;

pub(crate) use self::key::{Key, Keys, rs256};
use crate::Error;
use crate::cache::{Cache, RuntimeEnded};

/// The minimum time between fetches for unknown key ids, because anyone can send tokens with invented ids.
const UNKNOWN_KEY_INTERVAL: Duration = Duration::from_secs(60);
/// The time before a failed fetch may be retried for an unknown key.
const FAILURE_INTERVAL: Duration = Duration::from_secs(2);
/// The same for a known key, which is valid until then.
const REFRESH_FAILURE_INTERVAL: Duration = UNKNOWN_KEY_INTERVAL;
/// The time after which known keys are fetched again.
const REFRESH_INTERVAL: Duration = Duration::from_secs(60 * 60);
/// The maximum time that a call waits for a fetch that it can do without.
const MAX_WAIT: Duration = Duration::from_secs(2);

/// The reason why the project's keys are not available.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum KeysError {
    /// The call that fetches them failed.
    Call(Error),
    /// The fetch did not complete before the check timed out.
    Timeout(Duration),
    /// None of them can be used.
    Unusable,
    /// The runtime ended during the fetch.
    RuntimeEnded,
    /// The signatures cannot be checked, because no cryptography is available.
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
            Self::Unusable => f.write_str("the project has published no key that can verify session JWTs"),
            Self::RuntimeEnded => f.write_str("the runtime ended while the project's keys were fetched"),
        }
    }
}

impl std::error::Error for KeysError {}

impl From<RuntimeEnded> for KeysError {
    fn from(_: RuntimeEnded) -> Self {
        Self::RuntimeEnded
    }
}

/// The keys of a client and its clones.
pub(crate) type KeyCache = Cache<Keys, KeysError>;

/// A check that needs a key: its client, for the time, and the function that fetches the keys.
pub(crate) struct Wanted<'w, F> {
    pub(crate) client: &'w Client,
    pub(crate) id: &'w str,
    /// Whether the check has no fallback. A check with a fallback waits only for a part of its time.
    pub(crate) is_last: bool,
    pub(crate) fetch: F,
}

impl KeyCache {
    /// Returns the keys if at least one of them has the id; `None` if the project has no such key.
    pub(crate) async fn find<F, Fetch>(
        self: &Arc<Self>,
        wanted: Wanted<'_, F>,
    ) -> Result<Option<Arc<Keys>>, KeysError>
    where
        F: FnOnce() -> Fetch,
        Fetch: Future<Output = Result<Keys, KeysError>> + Send + 'static,
    {
        match self.with(wanted.id) {
            None => self.fetched(wanted).await,
            Some(keys) if self.is_due_for_refresh(wanted.client) => self.refreshed(wanted, keys).await,
            known => Ok(known),
        }
    }

    /// The keys are known, but due for a refresh: one task fetches them again, and the old keys are valid if this
    /// fails.
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
        let Some(turn) = self.turn_if_free() else { return Ok(Some(keys)) };
        if !self.is_due_for_refresh(client) {
            return Ok(Some(keys));
        }
        match client.within(Some(max_wait(client)), self.fetch(client, usable(fetch()), turn)).await {
            Some(Ok(())) => Ok(self.with(id)),
            Some(Err(_)) | None => Ok(Some(keys)),
        }
    }

    /// The key is unknown. Another task may be fetching the keys: wait for it, then look again.
    async fn fetched<F, Fetch>(
        self: &Arc<Self>,
        wanted: Wanted<'_, F>,
    ) -> Result<Option<Arc<Keys>>, KeysError>
    where
        F: FnOnce() -> Fetch,
        Fetch: Future<Output = Result<Keys, KeysError>> + Send + 'static,
    {
        let Wanted { client, id, is_last, fetch } = wanted;
        let max_wait = if is_last { client.timeout() } else { Some(max_wait(client)) };
        let fetched = async {
            let turn = self.turn().await;
            if let Some(keys) = self.with(id) {
                return Ok(Some(keys));
            }
            if !self.is_due(client, UNKNOWN_KEY_INTERVAL, FAILURE_INTERVAL) {
                // If the keys cannot be fetched, it is unknown whether the project has the key.
                return self.failure().map_or(Ok(None), Err);
            }
            self.fetch(client, usable(fetch()), turn).await?;
            Ok(self.with(id))
        };
        let outcome = client.within(max_wait, fetched).await;
        outcome.unwrap_or_else(|| Err(KeysError::Timeout(max_wait.unwrap_or_default())))
    }

    /// Returns the known keys if one of them has the id.
    fn with(&self, id: &str) -> Option<Arc<Keys>> {
        self.value().filter(|keys| keys.has(id))
    }

    fn is_due_for_refresh(&self, client: &Client) -> bool {
        self.is_due(client, REFRESH_INTERVAL, REFRESH_FAILURE_INTERVAL)
    }
}

/// A project always has a key. An empty list would log everybody out, so it is an error.
async fn usable(fetch: impl Future<Output = Result<Keys, KeysError>>) -> Result<Keys, KeysError> {
    let keys = fetch.await?;
    if keys.is_empty() { Err(KeysError::Unusable) } else { Ok(keys) }
}

/// Returns the maximum time that a call waits for a fetch that it can do without, because the fallback needs time too.
fn max_wait(client: &Client) -> Duration {
    client.timeout().map_or(MAX_WAIT, |timeout| MAX_WAIT.min(timeout / 2))
}
