//! The cached policies of organizations.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::rbac::{GetOrgPolicy, OrganizationPolicy};
use crate::cache::Cache;
use crate::policy::PolicyError;
use crate::project_state::ProjectClient;

/// When the cache has this many policies, those that are too old are removed.
const MANY: usize = 1000;

/// The cached policies of organizations. They are separate from each other and from the policy of the project.
#[derive(Debug, Default)]
pub(crate) struct OrganizationPolicies {
    known: Mutex<HashMap<String, Arc<OrganizationPolicyCache>>>,
}

type OrganizationPolicyCache = Cache<OrganizationPolicy, PolicyError>;

impl OrganizationPolicies {
    /// Returns the policy of an organization. If it is missing or too old, one task fetches it for all callers.
    pub(crate) async fn current(
        &self,
        client: &ProjectClient,
        organization_id: &str,
    ) -> Result<Arc<OrganizationPolicy>, PolicyError> {
        let id = organization_id.to_owned();
        let fetch = |client: ProjectClient| async move {
            let request = GetOrgPolicy::builder().organization_id(id).build();
            client.send(&request).await.map(|response| response.org_policy).map_err(PolicyError::Call)
        };
        self.of(client.inner(), organization_id).fresh_or(client, fetch).await
    }

    fn of(&self, runtime: &declapi::Client, organization_id: &str) -> Arc<OrganizationPolicyCache> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(policy) = known.get(organization_id) {
            return Arc::clone(policy);
        }
        if known.len() >= MANY {
            let is_in_use = |policy: &Arc<_>| Arc::strong_count(policy) > 1;
            known.retain(|_, policy| is_in_use(policy) || policy.fresh(runtime).is_some());
        }
        Arc::clone(known.entry(organization_id.to_owned()).or_default())
    }
}
