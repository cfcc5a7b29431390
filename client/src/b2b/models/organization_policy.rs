//! An organization's own roles.

use declapi::response;

use crate::HttpStatus;
use crate::models::rbac_policy::{PolicyRole, roles_allow};

/// An organization's own roles, as they are now.
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

/// The roles that are an organization's own.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct OrganizationPolicy {
    /// The roles.
    pub roles: Vec<PolicyRole>,
}

impl OrganizationPolicy {
    /// Whether one of these roles allows an action on a resource.
    ///
    /// The project's roles are not among those of the organization: see [`RbacPolicy::roles_allow`](crate::rbac::RbacPolicy::roles_allow).
    pub fn roles_allow<'r>(
        &self,
        roles: impl IntoIterator<Item = &'r str>,
        resource_id: &str,
        action: &str,
    ) -> bool {
        roles_allow(&self.roles, roles, resource_id, action)
    }
}
