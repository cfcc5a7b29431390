//! The roles, resources and scopes of a project.

use declapi::response;

use crate::HttpStatus;

/// The response to [`rbac::Policy`](crate::rbac::Policy).
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PolicyResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
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
        roles_allow(&self.roles, roles, resource_id, action)
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

/// Returns whether a role with one of these ids allows an action on a resource.
pub(crate) fn roles_allow<'r>(
    known: &[PolicyRole],
    roles: impl IntoIterator<Item = &'r str>,
    resource_id: &str,
    action: &str,
) -> bool {
    let allows = |known: &&PolicyRole| allow(&known.permissions, resource_id, action);
    roles.into_iter().any(|role| known.iter().filter(allows).any(|known| known.role_id == role))
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
