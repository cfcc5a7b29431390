//! The organizations' own policies, as clients know them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::rbac::{GetOrgPolicy, OrganizationPolicy};
use crate::cache::Cache;
use crate::policy::PolicyError;
use crate::project_state::ProjectClient;

/// From here on, policies that are too old are not kept.
const MANY: usize = 1000;

/// The organizations' own policies. None of them is ever a part of the project's, or of another organization's.
#[derive(Debug, Default)]
pub(crate) struct OrganizationPolicies {
    known: Mutex<HashMap<String, Arc<OrganizationPolicyCache>>>,
}

type OrganizationPolicyCache = Cache<OrganizationPolicy, PolicyError>;

impl OrganizationPolicies {
    /// Returns the policy of an organization, which one task fetches if it is not known or too old.
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
