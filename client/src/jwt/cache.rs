//! The project's public keys: fetched by one task however many ask, kept while a fetch fails.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::JwtProblem;
use super::key::{Key, rs256};
use crate::call::decode;
use crate::client::Client;
use crate::exchange;
use crate::sessions::{Jwks, JwksResponse};
use crate::{Endpoint, Error};

/// A project has one or two keys; this bounds what a broken server can make us keep.
const MAX_KEYS: usize = 32;
/// How often an unknown key id may cause a fetch: anybody can send tokens with invented ids.
const UNKNOWN_KEY_INTERVAL: Duration = Duration::from_secs(60);
/// How soon a fetch that failed may be tried again.
const FAILURE_INTERVAL: Duration = Duration::from_secs(2);
/// How long keys are used without asking whether they still are the project's.
const REFRESH_INTERVAL: Duration = Duration::from_secs(60 * 60);

/// The keys of one client and its clones.
#[derive(Debug, Default)]
pub(crate) struct KeyCache {
    known: Mutex<Known>,
    /// Held by the task that fetches; the others wait for what it brings.
    fetching: tokio::sync::Mutex<()>,
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
        let now = client.core.clock.now();
        match self.look_up(id) {
            Some(key) if !self.is_due(now, REFRESH_INTERVAL) => Ok(key),
            Some(key) => Ok(self.refreshed(client, key, now).await?),
            None => self.fetched(client, id).await,
        }
    }

    /// A key that is known but due: one task asks again, and the old keys are good while that fails.
    async fn refreshed(&self, client: &Client, key: Arc<Key>, now: Instant) -> Result<Arc<Key>, Error> {
        let Ok(_fetching) = self.fetching.try_lock() else { return Ok(key) };
        if !self.is_due(now, REFRESH_INTERVAL) || self.fetch(client).await.is_err() {
            return Ok(key);
        }
        self.look_up(&key.id).ok_or_else(|| JwtProblem::UnknownKey.into())
    }

    /// A key that is not known: after waiting for whoever is fetching, it may be.
    async fn fetched(&self, client: &Client, id: &str) -> Result<Arc<Key>, Error> {
        let Ok(_fetching) = self.fetching.try_lock() else { return self.waited(client, id).await };
        self.fetched_alone(client, id).await
    }

    /// The same, after another task's fetch; the time for that is the call's.
    async fn waited(&self, client: &Client, id: &str) -> Result<Arc<Key>, Error> {
        let (clock, limit) = (&client.core.clock, client.options.timeout);
        let started = clock.now();
        let _fetching =
            clock.within(limit, self.fetching.lock()).await.ok_or_else(|| Error::timeout_of_keys(limit))?;
        let waited = clock.now() - started;
        let rest = limit.map(|limit| client.with_timeout(limit.saturating_sub(waited)));
        self.fetched_alone(rest.as_ref().unwrap_or(client), id).await
    }

    async fn fetched_alone(&self, client: &Client, id: &str) -> Result<Arc<Key>, Error> {
        if let Some(key) = self.look_up(id) {
            return Ok(key);
        }
        if !self.is_due(client.core.clock.now(), UNKNOWN_KEY_INTERVAL) {
            return Err(self.why_not());
        }
        self.fetch(client).await?;
        self.look_up(id).ok_or_else(|| JwtProblem::UnknownKey.into())
    }

    /// Why there is no such key. As long as keys cannot be had, nobody knows whether the project has it.
    fn why_not(&self) -> Error {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.failed.as_ref().map_or_else(|| JwtProblem::UnknownKey.into(), |(_, error)| error.clone())
    }

    /// Fetches the keys; they replace the old ones only if they have arrived.
    async fn fetch(&self, client: &Client) -> Result<(), Error> {
        let outcome = fetch(client).await;
        let now = client.core.clock.now();
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

    /// Whether the keys may be fetched again, `interval` after they last were.
    fn is_due(&self, now: Instant, interval: Duration) -> bool {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let over = |since: Option<Instant>, interval| {
            since.is_none_or(|since| now.duration_since(since) >= interval)
        };
        let failed = known.failed.as_ref().map(|(at, _)| *at);
        over(known.fetched, interval) && over(failed, FAILURE_INTERVAL)
    }
}

async fn fetch(client: &Client) -> Result<Vec<Arc<Key>>, Error> {
    let algorithm = rs256()?;
    let request = Jwks::builder().project_id(client.project_id()).build();
    let answer = exchange::run(client.clone(), request.request()).await?;
    let answer: JwksResponse = decode(&answer)?;
    let keys = answer.keys.iter().filter_map(|jwk| Key::read(jwk, algorithm)).map(Arc::new);
    Ok(keys.take(MAX_KEYS).collect())
}
