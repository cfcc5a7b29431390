//! Caches the credentials of a provider. Calls that need new credentials at the same time share one request.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};
use jiff::Timestamp;
use tokio::runtime::{Handle, Id};
use zeroize::Zeroizing;

use super::{AuthProvider, Credentials, Expiry};
use crate::transport::timer::{Timer, within};
use crate::{Error, ErrorKind};

/// The timeout of a request to the provider. All waiting calls share it, so no single call's timeout ends the request.
const TIMEOUT: Duration = Duration::from_secs(30);
/// Credentials are renewed this long before they expire, so that they are still valid when the request arrives.
const MARGIN: Duration = Duration::from_secs(60);

/// A provider and the credentials that it has returned.
pub(crate) struct Renewed {
    provider: Arc<dyn AuthProvider>,
    known: Arc<RwLock<Known>>,
    /// The last request. It stays here if the calls that wait for it are dropped. The next call then continues to wait
    /// for it.
    request: Mutex<Option<Request>>,
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
struct Request {
    /// Each of the waiting calls can drive it, so it does not depend on a single one.
    granted: Shared<BoxFuture<'static, Result<Arc<Granted>, Error>>>,
    started: Instant,
    /// The Tokio runtime that owns the connections and timers of the request.
    runtime: Option<Id>,
}

impl Renewed {
    pub(crate) fn new(provider: impl AuthProvider) -> Self {
        Self { provider: Arc::new(provider), known: Arc::default(), request: Mutex::default() }
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

    /// Waits for the request that is in progress, or for a new one if there is none. All calls that wait for a request
    /// get its result, however short it is valid. Otherwise they would make one request after the other.
    async fn renew(&self, rejected: Option<&Arc<Granted>>, timer: &dyn Timer) -> Result<Arc<Granted>, Error> {
        let is_usable = |granted: &Arc<Granted>| {
            granted.is_valid(timer) && !rejected.is_some_and(|rejected| Arc::ptr_eq(rejected, granted))
        };
        let granted = {
            let mut request = self.request.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(running) = request.as_ref().filter(|request| request.is_running(timer)) {
                running.granted.clone()
            } else if let Some(latest) =
                self.latest().filter(|latest| latest.is_fresh(timer) && is_usable(latest))
            {
                return Ok(latest);
            } else {
                request.insert(self.start(timer)).granted.clone()
            }
        };
        granted.await.or_else(|error| self.latest().filter(is_usable).ok_or(error))
    }

    /// Calls the provider. The request itself stores the credentials, because the calls that wait for it may be dropped.
    fn start(&self, timer: &dyn Timer) -> Request {
        let (provider, known) = (Arc::clone(&self.provider), Arc::clone(&self.known));
        let (asked, limit) = (timer.timestamp(), timer.timeout(TIMEOUT));
        // Otherwise, every waiting call would panic. After a panic, this future is never polled again.
        let outcome = AssertUnwindSafe(async move { provider.credentials().await }).catch_unwind();
        let granted = async move {
            let credentials = checked(within(Some(limit), outcome).await)?;
            let granted = Arc::new(Granted::new(credentials, asked));
            let mut known = known.write().unwrap_or_else(PoisonError::into_inner);
            let previous = known.latest.replace(Arc::clone(&granted));
            known.before.retain(|granted| Arc::strong_count(granted) > 1);
            known.before.extend(previous);
            Ok(granted)
        };
        Request { granted: granted.boxed().shared(), started: timer.now(), runtime: runtime() }
    }

    fn latest(&self) -> Option<Arc<Granted>> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).latest.clone()
    }
}

impl Request {
    /// Returns whether the request has not ended and can complete. One that nobody has polled for that long, or that
    /// belongs to another Tokio runtime, may never complete.
    fn is_running(&self, timer: &dyn Timer) -> bool {
        let is_lost =
            timer.now().saturating_duration_since(self.started) >= TIMEOUT || self.runtime != runtime();
        !is_lost && self.granted.peek().is_none()
    }
}

/// The result of a provider; `Err` if it has panicked.
type Provided = Result<Result<Credentials, Box<dyn std::error::Error + Send + Sync>>, Box<dyn Any + Send>>;

/// Returns the credentials of a provider, or the error of a request without credentials that can be sent.
fn checked(provided: Option<Provided>) -> Result<Credentials, Error> {
    match provided {
        Some(Ok(Ok(credentials))) => credentials.checked().map_err(|mistake| {
            failed("the credentials provider returned credentials that cannot be sent").with_source(mistake)
        }),
        Some(Ok(Err(error))) => Err(failed("the credentials provider failed").with_source(error)),
        Some(Err(_)) => Err(failed("the credentials provider panicked")),
        None => Err(failed("the credentials provider took longer than 30 s").retryable(true)),
    }
}

/// Returns the current Tokio runtime.
fn runtime() -> Option<Id> {
    Handle::try_current().ok().map(|runtime| runtime.id())
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
