//! Credentials of a provider: kept while they are valid, and renewed by one request for all calls that wait.

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

/// How long a provider may take. It is for all calls, so that no call's own timeout ends it.
const TIMEOUT: Duration = Duration::from_secs(30);
/// So long before they expire, credentials are renewed, so that they are valid until the call has arrived.
const MARGIN: Duration = Duration::from_secs(60);

/// A provider, and what it has returned.
pub(crate) struct Renewed {
    provider: Box<dyn AuthProvider>,
    known: RwLock<Known>,
    /// How many requests to the provider have ended.
    ended: AtomicU64,
    /// Held by the call that waits for the provider; the others wait for the lock.
    asking: Mutex<Asking>,
}

/// The credentials of the provider.
#[derive(Default)]
struct Known {
    latest: Option<Arc<Granted>>,
    /// Calls that are on their way may still use these.
    before: Option<Arc<Granted>>,
}

/// Credentials that the provider has returned.
pub(crate) struct Granted {
    pub(crate) credentials: Credentials,
    expires: Option<Timestamp>,
    /// From when on they are to be renewed.
    renewal: Option<Timestamp>,
}

/// The request to the provider.
#[derive(Default)]
struct Asking {
    /// It stays when the call that waits for it is dropped, and the next call goes on with it.
    running: Option<Running>,
    /// The error of the last request, if that failed.
    failed: Option<Error>,
}

struct Running {
    credentials: CredentialsFuture,
    started: Instant,
    timestamp: Timestamp,
    /// The Tokio runtime that its connections and timers belong to.
    runtime: Option<Id>,
}

impl Renewed {
    pub(crate) fn new(provider: impl AuthProvider) -> Self {
        Self {
            provider: Box::new(provider),
            known: RwLock::default(),
            ended: AtomicU64::new(0),
            asking: Mutex::default(),
        }
    }

    /// Returns credentials that are valid for a while.
    pub(crate) async fn get(&self, timer: &dyn Timer) -> Result<Arc<Granted>, Error> {
        match self.latest().filter(|latest| latest.is_fresh(timer)) {
            Some(latest) => Ok(latest),
            // In a box, so that the future of a call without a provider stays small.
            None => Box::pin(self.renew(None, timer)).await,
        }
    }

    /// Returns other credentials than those that a server has rejected, if there are others.
    pub(crate) async fn replace(&self, rejected: &Arc<Granted>, timer: &dyn Timer) -> Option<Arc<Granted>> {
        let renewed = self.renew(Some(rejected), timer).await.ok();
        renewed.filter(|renewed| !renewed.credentials.same_as(&rejected.credentials))
    }

    /// Returns the strings that no error may quote.
    pub(crate) fn secrets(&self) -> Vec<Zeroizing<String>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let granted = known.latest.iter().chain(&known.before);
        granted.flat_map(|granted| granted.credentials.secrets()).cloned().collect()
    }

    /// Asks the provider, or waits for a call that does so already.
    async fn renew(&self, rejected: Option<&Arc<Granted>>, timer: &dyn Timer) -> Result<Arc<Granted>, Error> {
        let is_rejected =
            |granted: &Arc<Granted>| rejected.is_some_and(|rejected| Arc::ptr_eq(rejected, granted));
        let still_valid = || self.latest().filter(|latest| latest.is_valid(timer) && !is_rejected(latest));
        let ended = self.ended.load(Ordering::Acquire);
        let mut asking = self.asking.lock().await;
        if let Some(latest) = self.latest().filter(|latest| latest.is_fresh(timer) && !is_rejected(latest)) {
            return Ok(latest);
        }
        let shared = asking.failed.as_ref().filter(|_| self.ended.load(Ordering::Acquire) != ended);
        if let Some(error) = shared {
            return still_valid().ok_or_else(|| error.clone());
        }
        let granted = self.ask(&mut asking, timer).await;
        self.ended.fetch_add(1, Ordering::Release);
        match granted {
            Ok(granted) => {
                asking.failed = None;
                let granted = Arc::new(granted);
                let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
                known.before = known.latest.replace(Arc::clone(&granted));
                Ok(granted)
            }
            Err(error) => {
                asking.failed = Some(error.clone());
                still_valid().ok_or(error)
            }
        }
    }

    /// Waits for the request to the provider, which is sent unless it is on its way.
    async fn ask(&self, asking: &mut Asking, timer: &dyn Timer) -> Result<Granted, Error> {
        let runtime = Handle::try_current().ok().map(|runtime| runtime.id());
        // What was left alone for that long, or in another runtime, will not come to an end any more.
        let is_lost = |running: &mut Running| {
            timer.now().saturating_duration_since(running.started) >= TIMEOUT || running.runtime != runtime
        };
        drop(asking.running.take_if(is_lost));
        let running = asking.running.get_or_insert_with(|| Running {
            started: timer.now(),
            timestamp: timer.timestamp(),
            runtime,
            credentials: self.provider.credentials(),
        });
        let left = TIMEOUT.saturating_sub(timer.now().saturating_duration_since(running.started));
        let outcome = within(Some(timer.timeout(left)), running.credentials.as_mut()).await;
        let asked = running.timestamp;
        asking.running = None;
        match outcome {
            Some(Ok(credentials)) => {
                let credentials = credentials.checked().map_err(|mistake| {
                    failed("the provider returned credentials that cannot be sent").with_source(mistake)
                })?;
                Ok(Granted::new(credentials, asked))
            }
            Some(Err(error)) => Err(failed("the provider of the credentials failed").with_source(error)),
            None => Err(failed("the provider of the credentials took longer than 30 s").retryable(true)),
        }
    }

    fn latest(&self) -> Option<Arc<Granted>> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).latest.clone()
    }
}

impl Granted {
    /// Notes when credentials expire that were asked for at some time.
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
