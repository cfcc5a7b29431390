//! Stytch's B2B RBAC API: roles and permissions of a project and of its organizations.

use std::borrow::Cow;
use std::sync::Arc;

use declapi::{endpoint, object, resource};

use super::Client;
pub use super::models::organization_policy::{OrgPolicyResponse, OrganizationPolicy};
use crate::models::rbac_policy::{Permission, PolicyResponse, PolicyRole, RbacPolicy};
use crate::policy::PolicyError;
use crate::project_state::InProject;

/// Roles and permissions.
///
/// From [`Client::rbac`].
#[resource(on = &Client)]
pub struct Rbac;

/// Reads the roles, resources and scopes of the project.
#[endpoint(get = "/v1/b2b/rbac/policy", response = PolicyResponse, on = Rbac, idempotent)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Policy;

impl Rbac<&Client> {
    /// Returns the cached policy of the project, or fetches it.
    ///
    /// It is fetched again when it is five minutes old. All clones of a client share it; different projects do not. It
    /// never contains the roles of an organization.
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
impl Rbac<&super::blocking::Client> {
    /// Returns the cached policy of the project, or fetches it.
    ///
    /// It is fetched again when it is five minutes old. All clones of a client share it; different projects do not. It
    /// never contains the roles of an organization.
    ///
    /// # Errors
    ///
    /// The policy could not be fetched. An old policy is not used instead.
    pub fn cached_policy(self) -> Result<Arc<RbacPolicy>, PolicyError> {
        let client = self.client.to_async();
        self.client.inner().block_on(client.rbac().cached_policy()).map_err(PolicyError::Call)?
    }
}

/// The custom roles of organizations, from [`Rbac::organizations`].
#[resource(on = Rbac)]
pub struct Organizations;

/// Reads the custom roles of an organization.
#[endpoint(
    get = "/v1/b2b/rbac/organizations/{organization_id}",
    response = OrgPolicyResponse,
    on = Organizations,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct GetOrgPolicy<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
}

/// Replaces the custom roles of an organization.
///
/// They cannot have the ids of roles of the project. They can only allow actions on resources of the project.
#[endpoint(
    put = "/v1/b2b/rbac/organizations/{organization_id}",
    response = OrgPolicyResponse,
    on = Organizations,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct SetOrgPolicy<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The roles.
    pub org_policy: NewPolicy<'a>,
}

/// The new custom roles of an organization.
#[object]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NewPolicy<'a> {
    /// The roles.
    pub roles: Vec<NewRole<'a>>,
}

/// A new custom role.
#[object]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NewRole<'a> {
    /// The id of the role.
    pub role_id: Cow<'a, str>,
    /// The description.
    pub description: Cow<'a, str>,
    /// The permissions.
    pub permissions: Vec<NewPermission<'a>>,
}

/// A permission of a new role.
#[object]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NewPermission<'a> {
    /// The id of the resource.
    pub resource_id: Cow<'a, str>,
    /// The actions; `*` stands for all of them.
    pub actions: Vec<Cow<'a, str>>,
}

impl<'a> From<&'a OrganizationPolicy> for NewPolicy<'a> {
    /// Borrows the roles, so that they can be changed and written back.
    fn from(policy: &'a OrganizationPolicy) -> Self {
        let permission = |known: &'a Permission| NewPermission {
            resource_id: Cow::Borrowed(&known.resource_id),
            actions: known.actions.iter().map(|action| Cow::Borrowed(&**action)).collect(),
        };
        let role = |known: &'a PolicyRole| NewRole {
            role_id: Cow::Borrowed(&known.role_id),
            description: Cow::Borrowed(&known.description),
            permissions: known.permissions.iter().map(permission).collect(),
        };
        Self { roles: policy.roles.iter().map(role).collect() }
    }
}
