//! Stytch's RBAC API: roles and permissions.

use std::sync::Arc;

use declapi::{endpoint, resource};

use crate::Client;
pub use crate::models::rbac_policy::{
    Permission, PolicyResource, PolicyResponse, PolicyRole, PolicyScope, RbacPolicy,
};
pub use crate::policy::PolicyError;
use crate::project_state::InProject;

/// Roles and permissions.
///
/// From [`Client::rbac`].
#[resource(on = &Client)]
pub struct Rbac;

/// Reads the roles, resources and scopes of the project.
#[endpoint(get = "/v1/rbac/policy", response = PolicyResponse, on = Rbac, idempotent)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Policy;

impl Rbac<&Client> {
    /// Returns the cached policy, or fetches it.
    ///
    /// It is fetched again when it is five minutes old. All clones of a client share it; different projects do not.
    ///
    /// # Errors
    ///
    /// The policy could not be fetched. An old policy is not used instead.
    pub async fn cached_policy(self) -> Result<Arc<RbacPolicy>, PolicyError> {
        let client = self.client.in_project();
        client.policy().current(client.inner(), Policy).await
    }
}

#[cfg(feature = "blocking")]
impl Rbac<&crate::blocking::Client> {
    /// Returns the cached policy, or fetches it.
    ///
    /// It is fetched again when it is five minutes old. All clones of a client share it; different projects do not.
    ///
    /// # Errors
    ///
    /// The policy could not be fetched. An old policy is not used instead.
    pub fn cached_policy(self) -> Result<Arc<RbacPolicy>, PolicyError> {
        let client = self.client.to_async();
        self.client.inner().block_on(client.rbac().cached_policy()).map_err(PolicyError::Call)?
    }
}
