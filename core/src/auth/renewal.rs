//! Caches the credentials of a provider. Calls that need new credentials at the same time share one request.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::runtime::{Handle, Id};
use tokio::sync::Mutex;
use zeroize::Zeroizing;

use super::{AuthProvider, Credentials, CredentialsFuture, Expiry};
use crate::transport::timer::{Timer, within};
use crate::{Error, ErrorKind};

/// The timeout of a request to the provider. All waiting calls share it, so no single call's timeout ends the request.
const TIMEOUT: Duration = Duration::from_secs(30);
/// Credentials are renewed this long before they expire, so that they are still valid when the request arrives.
const MARGIN: Duration = Duration::from_secs(60);

/// A provider and the credentials that it has returned.
pub(crate) struct Renewed {
    provider: Box<dyn AuthProvider>,
    known: RwLock<Known>,
    /// The number of requests to the provider that have ended.
    ended: AtomicU64,
    /// The call that waits for the provider holds the lock; the other calls wait for the lock.
    renewing: Mutex<Renewing>,
}

/// The credentials of the provider.
#[derive(Default)]
struct Known {
    latest: Option<Arc<Granted>>,
    /// The previous credentials, and older ones that calls in progress still use.
    before: Vec<Arc<Granted>>,
}

/// Credentials that the provider has returned.
pub(crate) struct Granted {
    pub(crate) credentials: Credentials,
    expires: Option<Timestamp>,
    /// The time from which the credentials are renewed.
    renewal: Option<Timestamp>,
}

/// A request to the provider.
#[derive(Default)]
struct Renewing {
    /// It stays here if the call that waits for it is dropped. The next call then continues to wait for it.
    running: Option<Running>,
    /// The error of the last request, if it failed.
    failed: Option<Error>,
}

struct Running {
    credentials: CredentialsFuture,
    started: Instant,
    timestamp: Timestamp,
    /// The Tokio runtime that owns the connections and timers of the request.
    runtime: Option<Id>,
}

/// Keeps a request for the next call, unless the provider panics. Such a request cannot be polled again.
struct UnlessPanicking<'r>(&'r mut Option<Running>);

impl Drop for UnlessPanicking<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            *self.0 = None;
        }
    }
}

impl Renewed {
    pub(crate) fn new(provider: impl AuthProvider) -> Self {
        Self {
            provider: Box::new(provider),
            known: RwLock::default(),
            ended: AtomicU64::new(0),
            renewing: Mutex::default(),
        }
    }

    /// Returns credentials that stay valid long enough for a call.
    pub(crate) async fn get(&self, timer: &dyn Timer) -> Result<Arc<Granted>, Error> {
        match self.latest().filter(|latest| latest.is_fresh(timer)) {
            Some(latest) => Ok(latest),
            // Boxed, so that the future of a call without a provider stays small.
            None => Box::pin(self.renew(None, timer)).await,
        }
    }

    /// Returns new credentials in place of those that a server has rejected; `None` if the provider returns the same
    /// ones.
    pub(crate) async fn replace(&self, rejected: &Arc<Granted>, timer: &dyn Timer) -> Option<Arc<Granted>> {
        let renewed = self.renew(Some(rejected), timer).await.ok();
        renewed.filter(|renewed| !renewed.credentials.same_as(&rejected.credentials))
    }

    /// Returns the strings that must not appear in errors.
    pub(crate) fn secrets(&self) -> Vec<Zeroizing<String>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let granted = known.latest.iter().chain(&known.before);
        granted.flat_map(|granted| granted.credentials.secrets()).cloned().collect()
    }

    /// Calls the provider, or waits for a call that is already waiting for it.
    async fn renew(&self, rejected: Option<&Arc<Granted>>, timer: &dyn Timer) -> Result<Arc<Granted>, Error> {
        let is_rejected =
            |granted: &Arc<Granted>| rejected.is_some_and(|rejected| Arc::ptr_eq(rejected, granted));
        let still_valid = || self.latest().filter(|latest| latest.is_valid(timer) && !is_rejected(latest));
        let ended = self.ended.load(Ordering::Acquire);
        let mut renewing = self.renewing.lock().await;
        let has_waited = self.ended.load(Ordering::Acquire) != ended;
        if let Some(error) = renewing.failed.as_ref().filter(|_| has_waited) {
            return still_valid().ok_or_else(|| error.clone());
        }
        // The result of a request that this call has waited for is used however short it is valid. Otherwise the waiting
        // calls would make one request after the other.
        let is_usable = |latest: &Arc<Granted>| has_waited || latest.is_fresh(timer);
        if let Some(latest) = self.latest().filter(|latest| is_usable(latest) && !is_rejected(latest)) {
            return Ok(latest);
        }
        let granted = self.wait_for_credentials(&mut renewing, timer).await;
        self.ended.fetch_add(1, Ordering::Release);
        match granted {
            Ok(granted) => {
                renewing.failed = None;
                let granted = Arc::new(granted);
                let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
                let previous = known.latest.replace(Arc::clone(&granted));
                known.before.retain(|granted| Arc::strong_count(granted) > 1);
                known.before.extend(previous);
                Ok(granted)
            }
            Err(error) => {
                renewing.failed = Some(error.clone());
                still_valid().ok_or(error)
            }
        }
    }

    /// Waits for the request to the provider. Sends the request first, unless one is in progress.
    async fn wait_for_credentials(
        &self,
        renewing: &mut Renewing,
        timer: &dyn Timer,
    ) -> Result<Granted, Error> {
        let runtime = Handle::try_current().ok().map(|runtime| runtime.id());
        // A request that nobody has polled for that long, or that belongs to another Tokio runtime, will never
        // complete.
        let is_lost = |running: &mut Running| {
            timer.now().saturating_duration_since(running.started) >= TIMEOUT || running.runtime != runtime
        };
        drop(renewing.running.take_if(is_lost));
        let slot = UnlessPanicking(&mut renewing.running);
        let running = slot.0.get_or_insert_with(|| Running {
            started: timer.now(),
            timestamp: timer.timestamp(),
            runtime,
            credentials: self.provider.credentials(),
        });
        let left = TIMEOUT.saturating_sub(timer.now().saturating_duration_since(running.started));
        let outcome = within(Some(timer.timeout(left)), running.credentials.as_mut()).await;
        let asked = running.timestamp;
        *slot.0 = None;
        match outcome {
            Some(Ok(credentials)) => {
                let credentials = credentials.checked().map_err(|mistake| {
                    failed("the credentials provider returned credentials that cannot be sent")
                        .with_source(mistake)
                })?;
                Ok(Granted::new(credentials, asked))
            }
            Some(Err(error)) => Err(failed("the credentials provider failed").with_source(error)),
            None => Err(failed("the credentials provider took longer than 30 s").retryable(true)),
        }
    }

    fn latest(&self) -> Option<Arc<Granted>> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).latest.clone()
    }
}

impl Granted {
    /// Stores the credentials with the time when they expire, counted from `asked`.
    fn new(credentials: Credentials, asked: Timestamp) -> Self {
        let after = |time: Timestamp, wait: Duration| time.saturating_add(wait).unwrap_or(Timestamp::MAX);
        let expires = credentials.expiry.map(|expiry| match expiry {
            Expiry::At(time) => time,
            Expiry::In(validity) => after(asked, validity),
        });
        let renewal = expires.map(|expires| {
            let validity = Duration::try_from(expires.duration_since(asked)).unwrap_or_default();
            after(asked, validity.saturating_sub(MARGIN.min(validity / 5)))
        });
        Self { credentials, expires, renewal }
    }

    fn is_fresh(&self, timer: &dyn Timer) -> bool {
        self.renewal.is_none_or(|renewal| timer.timestamp() < renewal)
    }

    fn is_valid(&self, timer: &dyn Timer) -> bool {
        self.expires.is_none_or(|expires| timer.timestamp() < expires)
    }
}

fn failed(what: &str) -> Error {
    Error::new(ErrorKind::Auth, format!("{what}; nothing was sent"))
}
