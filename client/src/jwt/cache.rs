//! The project's public keys: fetched by one task however many ask, kept while a fetch fails.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::runtime::Handle;
use tokio::sync::OwnedMutexGuard;

use super::JwtProblem;
use super::key::{Keys, rs256};
use crate::call::decode;
use crate::client::{Client, Options};
use crate::exchange;
use crate::sessions::{Jwks, JwksResponse};
use crate::trace::Trace;
use crate::{Endpoint, Error, ErrorKind};

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
#[derive(Debug)]
pub(crate) struct KeyCache {
    /// The options of a fetch, which are the client's, whatever a clone of it changes for its calls.
    options: Options,
    known: Mutex<Known>,
    /// Held by the task that fetches; the others wait for what it brings.
    fetching: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Debug, Default)]
struct Known {
    keys: Arc<Keys>,
    fetched: Option<Instant>,
    /// When the last fetch failed, and why, if it did.
    failed: Option<(Instant, Error)>,
}

impl KeyCache {
    pub(crate) fn new(options: Options) -> Self {
        let options = Options { timeout: Some(FETCH_TIMEOUT), ..options };
        Self { options, known: Mutex::default(), fetching: Arc::default() }
    }

    /// The keys, of which at least one has this id.
    ///
    /// A call that has something else to try waits only for a part of its time.
    pub(super) async fn find(&self, client: &Client, id: &str, is_last: bool) -> Result<Arc<Keys>, Error> {
        let keys = self.keys();
        if !keys.has(id) {
            let patience = if is_last { client.options.timeout } else { Some(patience(client)) };
            return self.fetched(client, id, patience).await;
        }
        if self.is_due_for_refresh(client) { self.refreshed(client, id, keys).await } else { Ok(keys) }
    }

    /// Keys that are known but due: one task asks again, and the old ones are good while that fails.
    async fn refreshed(&self, client: &Client, id: &str, keys: Arc<Keys>) -> Result<Arc<Keys>, Error> {
        let Ok(fetching) = Arc::clone(&self.fetching).try_lock_owned() else { return Ok(keys) };
        if !self.is_due_for_refresh(client) {
            return Ok(keys);
        }
        let patience = Some(patience(client));
        match client.core.clock.within(patience, self.fetch(client, fetching)).await {
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
    ) -> Result<Arc<Keys>, Error> {
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
        let outcome = client.core.clock.within(patience, fetched).await;
        outcome.unwrap_or_else(|| Err(Error::timeout_of_keys(patience)))
    }

    /// Fetches the keys, and remembers what came of it.
    ///
    /// In a task of its own, which goes on when the call that began it is given up: whoever hangs up could otherwise
    /// have the keys fetched as often as they like. Without Tokio there is nobody to give it to.
    async fn fetch(&self, client: &Client, fetching: OwnedMutexGuard<()>) -> Result<(), Error> {
        let client = Client { options: self.options, core: Arc::clone(&client.core) };
        let fetch = Trace::here(async move {
            let outcome = published(&client).await;
            let outcome = client.core.keys.learn(client.core.clock.now(), outcome);
            drop(fetching);
            outcome
        });
        let Ok(runtime) = Handle::try_current() else { return fetch.await };
        let gone =
            || Error::new(ErrorKind::Connection, "the runtime ended while the project's keys were fetched");
        runtime.spawn(fetch).await.unwrap_or_else(|_| Err(gone()))
    }

    /// The known keys, if there is one with this id among them.
    fn with(&self, id: &str) -> Result<Arc<Keys>, Error> {
        let keys = self.keys();
        if keys.has(id) { Ok(keys) } else { Err(JwtProblem::UnknownKey.into()) }
    }

    /// Why there is no such key. While keys cannot be fetched, nobody knows whether the project has it.
    fn why_not(&self) -> Error {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.failed.as_ref().map_or_else(|| JwtProblem::UnknownKey.into(), |(_, error)| error.clone())
    }

    /// New keys replace the old ones. An error is remembered beside them.
    fn learn(&self, now: Instant, outcome: Result<Keys, Error>) -> Result<(), Error> {
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
        let now = client.core.clock.now();
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
    client.options.timeout.map_or(PATIENCE, |timeout| PATIENCE.min(timeout / 2))
}

/// The keys that the project publishes.
async fn published(client: &Client) -> Result<Keys, Error> {
    // Without cryptography, there is nothing to fetch keys for.
    let algorithm = rs256()?;
    let request = Jwks::builder().project_id(client.project_id()).build();
    let response = exchange::run(client.clone(), request.request()).await?;
    let response: JwksResponse = decode(&response)?;
    let keys = Keys::read(&response.keys, algorithm);
    // A project has a key. To believe this would log everybody out.
    if keys.is_empty() {
        let message = "the project's key set has no key that can verify session JWTs";
        return Err(Error::new(ErrorKind::Decode, message).at(Jwks::INFO));
    }
    Ok(keys)
}
