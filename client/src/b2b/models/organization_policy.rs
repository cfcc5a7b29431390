//! The custom roles of organizations.

use declapi::response;

use crate::HttpStatus;
use crate::models::rbac_policy::{PolicyRole, roles_allow};

/// A response with the custom roles of an organization.
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct OrgPolicyResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The roles of the organization.
    #[response(required)]
    pub org_policy: OrganizationPolicy,
}

/// The custom roles of an organization.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct OrganizationPolicy {
    /// The roles.
    pub roles: Vec<PolicyRole>,
}

impl OrganizationPolicy {
    /// Returns whether one of these roles allows an action on a resource.
    ///
    /// This does not check the roles of the project: use
    /// [`RbacPolicy::roles_allow`](crate::rbac::RbacPolicy::roles_allow) for these.
    pub fn roles_allow<'r>(
        &self,
        roles: impl IntoIterator<Item = &'r str>,
        resource_id: &str,
        action: &str,
    ) -> bool {
        roles_allow(&self.roles, roles, resource_id, action)
    }
}
