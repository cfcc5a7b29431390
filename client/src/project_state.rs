//! The state of a client's project, for either API.

use std::sync::Arc;

use crate::policy::PolicyCache;
#[cfg(feature = "rustls")]
use crate::{Endpoint, ResponseFuture};

/// One of Stytch's two APIs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Api {
    Consumer,
    #[cfg(feature = "b2b")]
    B2b,
}

/// The id, keys and policies of a project, shared by the clones of a client.
#[derive(Debug)]
pub(crate) struct ProjectState {
    id: String,
    #[cfg_attr(not(feature = "rustls"), expect(dead_code, reason = "only local checks differ"))]
    api: Api,
    policy: Arc<PolicyCache>,
    #[cfg(all(feature = "b2b", feature = "rustls"))]
    organization_policies: crate::b2b::OrganizationPolicies,
    #[cfg(feature = "rustls")]
    keys: Arc<crate::keys::KeyCache>,
}

impl ProjectState {
    pub(crate) fn new(id: &str, api: Api) -> Self {
        Self {
            id: id.to_owned(),
            api,
            policy: Arc::default(),
            #[cfg(all(feature = "b2b", feature = "rustls"))]
            organization_policies: crate::b2b::OrganizationPolicies::default(),
            #[cfg(feature = "rustls")]
            keys: Arc::default(),
        }
    }

    pub(crate) fn id(&self) -> &str {
        &self.id
    }
}

/// A client of either API, for the operations that both have.
#[derive(Clone, Debug)]
pub struct ProjectClient {
    inner: declapi::Client,
    state: Arc<ProjectState>,
}

impl ProjectClient {
    pub(crate) fn new(inner: declapi::Client, state: Arc<ProjectState>) -> Self {
        Self { inner, state }
    }

    pub(crate) fn inner(&self) -> &declapi::Client {
        &self.inner
    }

    #[cfg(feature = "rustls")]
    pub(crate) fn api(&self) -> Api {
        self.state.api
    }

    /// Returns the policy of the project.
    pub(crate) fn policy(&self) -> &Arc<PolicyCache> {
        &self.state.policy
    }

    /// Returns the policies of the organizations, which add roles to the policy of the project.
    #[cfg(all(feature = "b2b", feature = "rustls"))]
    pub(crate) fn organization_policies(&self) -> &crate::b2b::OrganizationPolicies {
        &self.state.organization_policies
    }

    /// Returns the keys with which JWTs are signed.
    #[cfg(feature = "rustls")]
    pub(crate) fn keys(&self) -> &Arc<crate::keys::KeyCache> {
        &self.state.keys
    }

    #[cfg(feature = "rustls")]
    pub(crate) fn project_id(&self) -> &str {
        &self.state.id
    }

    /// Returns the client for the rest of a call of which some time has passed.
    #[cfg(feature = "rustls")]
    pub(crate) fn with_time_left(&self, spent: std::time::Duration) -> Self {
        let Some(timeout) = self.inner.timeout() else { return self.clone() };
        Self { inner: self.inner.with_timeout(timeout.saturating_sub(spent)), ..self.clone() }
    }

    #[cfg(feature = "rustls")]
    pub(crate) fn send<E: Endpoint>(&self, request: &E) -> ResponseFuture<E::Response> {
        self.inner.send(request)
    }
}

/// A client of a project, in either mode.
pub trait InProject {
    /// Returns the id of the client's project.
    fn project_id(&self) -> &str;

    /// Returns the client for the operations that both APIs have.
    fn in_project(&self) -> ProjectClient;
}
