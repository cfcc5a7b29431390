//! Stytch's RBAC API: roles and permissions.

use std::sync::Arc;

use declapi::{endpoint, resource, response};

pub use crate::policy::PolicyError;
use crate::{Client, status};

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
        self.client.policy().current(self.client).await
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

/// The response to [`Policy`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PolicyResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    #[serde(default = "status::of_response", deserialize_with = "status::or_of_response")]
    pub status_code: u16,
    /// The policy; `None` if the project has none.
    pub policy: Option<RbacPolicy>,
}

/// The roles, resources and scopes of a project.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RbacPolicy {
    /// The roles of users.
    pub roles: Vec<PolicyRole>,
    /// The resources on which actions are possible.
    pub resources: Vec<PolicyResource>,
    /// The scopes of connected apps.
    pub scopes: Vec<PolicyScope>,
}

impl RbacPolicy {
    /// Returns whether one of these roles allows an action on a resource.
    pub fn roles_allow<'r>(
        &self,
        roles: impl IntoIterator<Item = &'r str>,
        resource_id: &str,
        action: &str,
    ) -> bool {
        let allows = |known: &&PolicyRole| allow(&known.permissions, resource_id, action);
        roles.into_iter().any(|role| self.roles.iter().filter(allows).any(|known| known.role_id == role))
    }

    /// Returns whether one of these scopes allows an action on a resource.
    pub fn scopes_allow<'s>(
        &self,
        scopes: impl IntoIterator<Item = &'s str>,
        resource_id: &str,
        action: &str,
    ) -> bool {
        let allows = |known: &&PolicyScope| allow(&known.permissions, resource_id, action);
        scopes.into_iter().any(|scope| self.scopes.iter().filter(allows).any(|known| known.scope == scope))
    }
}

/// A role with its permissions.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PolicyRole {
    /// The id of the role.
    pub role_id: String,
    /// The description.
    pub description: String,
    /// The permissions.
    pub permissions: Vec<Permission>,
}

/// A resource on which actions are possible.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PolicyResource {
    /// The id of the resource.
    pub resource_id: String,
    /// The description.
    pub description: String,
    /// The possible actions.
    pub actions: Vec<String>,
}

/// A scope with its permissions.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PolicyScope {
    /// The scope.
    pub scope: String,
    /// The description.
    pub description: String,
    /// The permissions.
    pub permissions: Vec<Permission>,
}

/// The allowed actions on a resource.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Permission {
    /// The id of the resource.
    pub resource_id: String,
    /// The actions; `*` stands for all of them.
    pub actions: Vec<String>,
}

/// Returns whether one of the permissions is for the resource, and has the action or all actions.
fn allow(permissions: &[Permission], resource_id: &str, action: &str) -> bool {
    let has = |known: &String| known == action || known == "*";
    permissions
        .iter()
        .any(|permission| permission.resource_id == resource_id && permission.actions.iter().any(has))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn policy() -> RbacPolicy {
        let documents = |actions: &[&str]| json!([{"resource_id": "documents", "actions": actions}]);
        serde_json::from_value(json!({
            "roles": [
                {"role_id": "reader", "permissions": documents(&["read"])},
                {"role_id": "admin", "permissions": documents(&["*"])},
            ],
            "scopes": [{"scope": "read:documents", "permissions": documents(&["read"])}],
        }))
        .unwrap()
    }

    #[test]
    fn a_role_allows_its_permissions() {
        let allows =
            |roles: &[&str], resource, action| policy().roles_allow(roles.iter().copied(), resource, action);
        assert!(allows(&["reader"], "documents", "read"));
        assert!(allows(&["unknown", "admin"], "documents", "shred"));
        assert!(!allows(&["reader"], "documents", "write"));
        assert!(!allows(&["admin"], "documents.old", "read"));
        assert!(!allows(&[], "documents", "read"));
        // A star stands for all actions in a permission, but not in a check.
        assert!(!allows(&["reader"], "documents", "*"));
        assert!(!allows(&["read:documents"], "documents", "read"), "a scope is not a role");
    }

    #[test]
    fn a_scope_allows_its_permissions() {
        let allows = |scope, resource, action| policy().scopes_allow([scope], resource, action);
        assert!(allows("read:documents", "documents", "read"));
        assert!(!allows("read:documents", "documents", "write"));
        assert!(!allows("READ:documents", "documents", "read"));
        assert!(!allows("reader", "documents", "read"), "a role is not a scope");
    }
}
