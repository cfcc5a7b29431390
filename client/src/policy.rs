//! The cached RBAC policy of a project.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use declapi::RetryPolicy;

use crate::Error;
use crate::cache::{Cache, RuntimeEnded};
use crate::project_state::{Api, ProjectClient};
use crate::rbac::{Policy, RbacPolicy};

/// The maximum age of a policy.
const MAX_AGE: Duration = Duration::from_secs(5 * 60);
/// The time before a failed fetch may be retried.
const FAILURE_INTERVAL: Duration = Duration::from_secs(2);
/// The timeout of a fetch. All checks share it, so it does not depend on the timeout of the check that starts it.
const FETCH_TIMEOUT: Duration = Duration::from_secs(30);

/// The reason why the project's policy is not available.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum PolicyError {
    /// The call that fetches it failed.
    Call(Error),
    /// The fetch did not complete before the check timed out.
    Timeout(Duration),
    /// The project has no policy.
    Missing,
    /// The runtime ended during the fetch.
    RuntimeEnded,
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => error.fmt(f),
            Self::Timeout(timeout) => write!(
                f,
                "the project's RBAC policy was still being fetched after {} s: check the network, or raise the timeout",
                timeout.as_secs_f64()
            ),
            Self::Missing => f.write_str("the project has no RBAC policy: create one in the dashboard"),
            Self::RuntimeEnded => {
                f.write_str("the runtime ended while the project's RBAC policy was fetched")
            }
        }
    }
}

impl std::error::Error for PolicyError {}

impl From<RuntimeEnded> for PolicyError {
    fn from(_: RuntimeEnded) -> Self {
        Self::RuntimeEnded
    }
}

/// The policy of a client and its clones.
pub(crate) type PolicyCache = Cache<RbacPolicy, PolicyError>;

impl PolicyCache {
    /// Returns the policy of the project. One task fetches it if it is unknown or too old.
    pub(crate) async fn current(
        self: &Arc<Self>,
        client: &ProjectClient,
    ) -> Result<Arc<RbacPolicy>, PolicyError> {
        self.fresh_or(client, fetch).await
    }
}

impl<T: Send + Sync + 'static> Cache<T, PolicyError> {
    /// Returns the cached policy. One task fetches it if it is unknown or too old.
    pub(crate) async fn fresh_or<F>(
        self: &Arc<Self>,
        client: &ProjectClient,
        fetch: impl FnOnce(ProjectClient) -> F,
    ) -> Result<Arc<T>, PolicyError>
    where
        F: Future<Output = Result<T, PolicyError>> + Send + 'static,
    {
        let runtime = client.inner();
        if let Some(policy) = self.fresh(runtime) {
            return Ok(policy);
        }
        let fetched = async {
            let turn = self.turn().await;
            if let Some(policy) = self.fresh(runtime) {
                return Ok(policy);
            }
            if let (Some(error), false) = (self.failure(), self.is_due(runtime, MAX_AGE, FAILURE_INTERVAL)) {
                return Err(error);
            }
            // The call does not depend on the options of the client.
            let patient = client.with_timeout(FETCH_TIMEOUT).with_retries(RetryPolicy::default());
            self.fetch(runtime, fetch(patient), turn).await?;
            self.value().ok_or(PolicyError::Missing)
        };
        let timeout = runtime.timeout();
        let outcome = runtime.within(timeout, fetched).await;
        outcome.unwrap_or_else(|| Err(PolicyError::Timeout(timeout.unwrap_or_default())))
    }

    pub(crate) fn fresh(&self, runtime: &declapi::Client) -> Option<Arc<T>> {
        self.value().filter(|_| !self.is_due(runtime, MAX_AGE, Duration::ZERO))
    }
}

/// Fetches the policy of the project.
async fn fetch(client: ProjectClient) -> Result<RbacPolicy, PolicyError> {
    let sent = match client.api() {
        Api::Consumer => client.send(&Policy),
        #[cfg(feature = "b2b")]
        Api::B2b => client.send(&crate::b2b::rbac::Policy),
    };
    sent.await.map_err(PolicyError::Call)?.policy.ok_or(PolicyError::Missing)
}
