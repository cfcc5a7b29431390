//! The project's public keys: fetched by one task however many ask, kept while a fetch fails.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::runtime::Handle;
use tokio::sync::OwnedMutexGuard;

use super::JwtProblem;
use super::key::{Key, rs256};
use crate::call::decode;
use crate::client::Client;
use crate::exchange;
use crate::sessions::{Jwks, JwksResponse};
use crate::trace::Trace;
use crate::{Endpoint, Error, ErrorKind};

/// A project has one or two keys; this bounds what a broken server can make us keep.
const MAX_KEYS: usize = 32;
/// How often an unknown key id may cause a fetch: anybody can send tokens with invented ids.
const UNKNOWN_KEY_INTERVAL: Duration = Duration::from_secs(60);
/// How soon a fetch that failed may be tried again for a key that is not known.
const FAILURE_INTERVAL: Duration = Duration::from_secs(2);
/// The same for a key that is known, and good until then.
const REFRESH_FAILURE_INTERVAL: Duration = UNKNOWN_KEY_INTERVAL;
/// How long a fetch may take where the calls have no limit: it outlives whoever gives up.
const FETCH_LIMIT: Duration = Duration::from_secs(30);
/// How long a JWT whose key is known may wait for news of it.
const REFRESH_LIMIT: Duration = Duration::from_secs(2);
/// How long keys are used without asking whether they still are the project's.
const REFRESH_INTERVAL: Duration = Duration::from_secs(60 * 60);

/// The keys of one client and its clones.
#[derive(Debug, Default)]
pub(crate) struct KeyCache {
    known: Mutex<Known>,
    /// Held by the task that fetches; the others wait for what it brings.
    fetching: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Debug, Default)]
struct Known {
    keys: Vec<Arc<Key>>,
    fetched: Option<Instant>,
    /// When the last fetch failed, and why, if it did.
    failed: Option<(Instant, Error)>,
}

impl KeyCache {
    /// The key with this id.
    pub(super) async fn find(&self, client: &Client, id: &str) -> Result<Arc<Key>, Error> {
        match self.look_up(id) {
            Some(key) if !self.is_due_for_refresh(client) => Ok(key),
            Some(key) => self.refreshed(client, key).await,
            None => self.fetched(client, id).await,
        }
    }

    /// A key that is known but due: one task asks again, and the old keys are good while that fails.
    async fn refreshed(&self, client: &Client, key: Arc<Key>) -> Result<Arc<Key>, Error> {
        let Ok(fetching) = Arc::clone(&self.fetching).try_lock_owned() else { return Ok(key) };
        let limit = client.options.timeout.map_or(REFRESH_LIMIT, |limit| limit.min(REFRESH_LIMIT));
        if !self.is_due_for_refresh(client) || fetch(client.with_timeout(limit), fetching).await.is_err() {
            return Ok(key);
        }
        self.look_up(&key.id).ok_or_else(|| JwtProblem::UnknownKey.into())
    }

    /// A key that is not known: after waiting for whoever is fetching, it may be.
    ///
    /// The time for that is the call's.
    async fn fetched(&self, client: &Client, id: &str) -> Result<Arc<Key>, Error> {
        let (clock, limit) = (&client.core.clock, client.options.timeout);
        let started = clock.now();
        let turn = clock.within(limit, Arc::clone(&self.fetching).lock_owned()).await;
        let fetching = turn.ok_or_else(|| Error::timeout_of_keys(limit))?;
        if let Some(key) = self.look_up(id) {
            return Ok(key);
        }
        if !self.is_due(client, UNKNOWN_KEY_INTERVAL, FAILURE_INTERVAL) {
            return Err(self.why_not());
        }
        let rest = limit.unwrap_or(FETCH_LIMIT).saturating_sub(clock.now() - started);
        fetch(client.with_timeout(rest), fetching).await?;
        self.look_up(id).ok_or_else(|| JwtProblem::UnknownKey.into())
    }

    /// Why there is no such key. As long as keys cannot be had, nobody knows whether the project has it.
    fn why_not(&self) -> Error {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.failed.as_ref().map_or_else(|| JwtProblem::UnknownKey.into(), |(_, error)| error.clone())
    }

    /// Keys replace the old ones; that there were none to be had is remembered beside them.
    fn learn(&self, now: Instant, outcome: Result<Vec<Arc<Key>>, Error>) -> Result<(), Error> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        match outcome {
            Ok(keys) => {
                *known = Known { keys, fetched: Some(now), failed: None };
                Ok(())
            }
            Err(error) => {
                known.failed = Some((now, error.clone()));
                Err(error)
            }
        }
    }

    fn look_up(&self, id: &str) -> Option<Arc<Key>> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.keys.iter().find(|key| key.id == id).cloned()
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

/// Fetches the keys, and remembers what came of it.
///
/// In a task of its own, which goes on when the call that began it is given up: whoever hangs up could otherwise have
/// the keys fetched as often as they like. Without Tokio there is nobody to give it to.
async fn fetch(client: Client, fetching: OwnedMutexGuard<()>) -> Result<(), Error> {
    let fetch = Trace::here(async move {
        let outcome = published(&client).await;
        let outcome = client.core.keys.learn(client.core.clock.now(), outcome);
        drop(fetching);
        outcome
    });
    let Ok(runtime) = Handle::try_current() else { return fetch.await };
    let gone =
        || Error::new(ErrorKind::Connection, "the run time ended while the project's keys were fetched");
    runtime.spawn(fetch).await.unwrap_or_else(|_| Err(gone()))
}

/// The keys that the project publishes.
async fn published(client: &Client) -> Result<Vec<Arc<Key>>, Error> {
    let algorithm = rs256()?;
    let request = Jwks::builder().project_id(client.project_id()).build();
    let answer = exchange::run(client.clone(), request.request()).await?;
    let answer: JwksResponse = decode(&answer)?;
    let keys = answer.keys.iter().filter_map(|jwk| Key::read(jwk, algorithm)).map(Arc::new);
    let keys: Vec<_> = keys.take(MAX_KEYS).collect();
    // A project has a key; to believe this would log everybody out.
    if keys.is_empty() {
        let message = "the project's keys came without one that can be used";
        return Err(Error::new(ErrorKind::Decode, message).at(Jwks::INFO));
    }
    Ok(keys)
}
