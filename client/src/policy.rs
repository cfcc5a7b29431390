//! Cached RBAC policies.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use declapi::Client;

use crate::cache::{Cache, RuntimeEnded, fetching_client};
use crate::models::rbac_policy::{PolicyResponse, RbacPolicy};
use crate::{Endpoint, Error};

/// The maximum age of a policy.
const MAX_AGE: Duration = Duration::from_secs(5 * 60);
/// The time before a failed fetch may be retried.
const FAILURE_INTERVAL: Duration = Duration::from_secs(2);

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
    /// Returns the policy of the project. If it is unknown or too old, one task fetches it with this request.
    pub(crate) async fn current<E: Endpoint<Response = PolicyResponse>>(
        self: &Arc<Self>,
        client: &Client,
        request: E,
    ) -> Result<Arc<RbacPolicy>, PolicyError> {
        let read = |response: PolicyResponse| response.policy.ok_or(PolicyError::Missing);
        self.fresh_or(client, request, read).await
    }
}

impl<T: Send + Sync + 'static> Cache<T, PolicyError> {
    /// Returns the cached policy. If it is unknown or too old, one task fetches it with this request.
    pub(crate) async fn fresh_or<E: Endpoint>(
        self: &Arc<Self>,
        client: &Client,
        request: E,
        read: fn(E::Response) -> Result<T, PolicyError>,
    ) -> Result<Arc<T>, PolicyError>
    where
        E::Response: Send + 'static,
    {
        if let Some(policy) = self.fresh(client) {
            return Ok(policy);
        }
        let fetched = async {
            let turn = self.turn().await;
            if let Some(policy) = self.fresh(client) {
                return Ok(policy);
            }
            if let (Some(error), false) = (self.failure(), self.is_due(client, MAX_AGE, FAILURE_INTERVAL)) {
                return Err(error);
            }
            let sent = fetching_client(client).send(&request);
            let fetch = async move { read(sent.await.map_err(PolicyError::Call)?) };
            self.fetch(client, fetch, turn).await?;
            self.value().ok_or(PolicyError::Missing)
        };
        let timeout = client.timeout();
        let outcome = client.within(timeout, fetched).await;
        outcome.unwrap_or_else(|| Err(PolicyError::Timeout(timeout.unwrap_or_default())))
    }

    pub(crate) fn fresh(&self, client: &Client) -> Option<Arc<T>> {
        self.value().filter(|_| !self.is_due(client, MAX_AGE, Duration::ZERO))
    }
}
