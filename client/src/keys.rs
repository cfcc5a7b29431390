//! The public keys of a project.

mod key;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use declapi::Client;

pub(crate) use self::key::{Key, Keys, rs256};
use crate::Error;
use crate::cache::{Cache, RuntimeEnded};

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

impl From<RuntimeEnded> for KeysError {
    fn from(_: RuntimeEnded) -> Self {
        Self::RuntimeEnded
    }
}

/// The keys of one client and its clones.
pub(crate) type KeyCache = Cache<Keys, KeysError>;

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
        match self.with(wanted.id) {
            None => self.fetched(wanted).await,
            Some(keys) if self.is_due_for_refresh(wanted.client) => self.refreshed(wanted, keys).await,
            known => Ok(known),
        }
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
        let Some(turn) = self.turn_if_free() else { return Ok(Some(keys)) };
        if !self.is_due_for_refresh(client) {
            return Ok(Some(keys));
        }
        match client.within(Some(patience(client)), self.fetch(client, usable(fetch()), turn)).await {
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
            let turn = self.turn().await;
            if let Some(keys) = self.with(id) {
                return Ok(Some(keys));
            }
            if !self.is_due(client, UNKNOWN_KEY_INTERVAL, FAILURE_INTERVAL) {
                // While keys cannot be fetched, nobody knows whether the project has it.
                return self.failure().map_or(Ok(None), Err);
            }
            self.fetch(client, usable(fetch()), turn).await?;
            Ok(self.with(id))
        };
        let outcome = client.within(patience, fetched).await;
        outcome.unwrap_or_else(|| Err(KeysError::Timeout(patience.unwrap_or_default())))
    }

    /// The known keys, if there is one with this id among them.
    fn with(&self, id: &str) -> Option<Arc<Keys>> {
        self.value().filter(|keys| keys.has(id))
    }

    fn is_due_for_refresh(&self, client: &Client) -> bool {
        self.is_due(client, REFRESH_INTERVAL, REFRESH_FAILURE_INTERVAL)
    }
}

/// A project has a key. To believe that it has none would log everybody out.
async fn usable(fetch: impl Future<Output = Result<Keys, KeysError>>) -> Result<Keys, KeysError> {
    let keys = fetch.await?;
    if keys.is_empty() { Err(KeysError::Unusable) } else { Ok(keys) }
}

/// How long a call waits for a fetch that it can do without: what comes after it needs time too.
fn patience(client: &Client) -> Duration {
    client.timeout().map_or(PATIENCE, |timeout| PATIENCE.min(timeout / 2))
}
