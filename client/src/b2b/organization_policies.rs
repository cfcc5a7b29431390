//! The cached policies of organizations.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use declapi::Client;

use super::models::organization_policy::OrganizationPolicy;
use crate::cache::Cache;
use crate::policy::PolicyError;

/// When the cache has this many policies, those that are too old are removed.
const MANY: usize = 1000;

/// The cached policies of organizations. They are separate from each other and from the policy of the project.
#[derive(Debug, Default)]
pub(crate) struct OrganizationPolicies {
    known: Mutex<HashMap<String, Arc<OrganizationPolicyCache>>>,
}

pub(crate) type OrganizationPolicyCache = Cache<OrganizationPolicy, PolicyError>;

impl OrganizationPolicies {
    /// Returns the cached policy of an organization.
    pub(crate) fn of(&self, client: &Client, organization_id: &str) -> Arc<OrganizationPolicyCache> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(policy) = known.get(organization_id) {
            return Arc::clone(policy);
        }
        if known.len() >= MANY {
            let is_in_use = |policy: &Arc<_>| Arc::strong_count(policy) > 1;
            known.retain(|_, policy| is_in_use(policy) || policy.fresh(client).is_some());
        }
        Arc::clone(known.entry(organization_id.to_owned()).or_default())
    }
}
