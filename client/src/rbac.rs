//! Stytch's RBAC API: who may do what.

use std::sync::Arc;

use declapi::{endpoint, resource, response};

pub use crate::policy::PolicyError;
use crate::project_state::InProject;
use crate::{Client, status};

/// Who may do what.
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
    /// Returns the policy as the client knows it, or fetches it.
    ///
    /// It is fetched again when it is five minutes old. All clones of a client share it, and no two projects do.
    ///
    /// # Errors
    ///
    /// It could not be fetched. One that is too old is not used in its place.
    pub async fn cached_policy(self) -> Result<Arc<RbacPolicy>, PolicyError> {
        let client = self.client.in_project();
        client.policy().current(&client).await
    }
}

#[cfg(feature = "blocking")]
impl Rbac<&crate::blocking::Client> {
    /// Returns the policy as the client knows it, or fetches it.
    ///
    /// It is fetched again when it is five minutes old. All clones of a client share it, and no two projects do.
    ///
    /// # Errors
    ///
    /// It could not be fetched. One that is too old is not used in its place.
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
    /// The id of the call, which Stytch's support asks for.
    pub request_id: String,
    /// The HTTP status: the one in the body, or that of the response where the body has none.
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
    /// What something can be done with.
    pub resources: Vec<PolicyResource>,
    /// The scopes of connected apps.
    pub scopes: Vec<PolicyScope>,
}

impl RbacPolicy {
    /// Whether one of these roles allows an action on a resource.
    pub fn roles_allow<'r>(
        &self,
        roles: impl IntoIterator<Item = &'r str>,
        resource_id: &str,
        action: &str,
    ) -> bool {
        roles_allow(&self.roles, roles, resource_id, action)
    }

    /// Whether one of these scopes allows an action on a resource.
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

/// A role, and what it allows.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PolicyRole {
    /// The id of the role.
    pub role_id: String,
    /// What it is for.
    pub description: String,
    /// What it allows.
    pub permissions: Vec<Permission>,
}

/// Something that something can be done with.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PolicyResource {
    /// The id of the resource.
    pub resource_id: String,
    /// What it is.
    pub description: String,
    /// What can be done with it.
    pub actions: Vec<String>,
}

/// A scope, and what it allows.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PolicyScope {
    /// The scope.
    pub scope: String,
    /// What it is for.
    pub description: String,
    /// What it allows.
    pub permissions: Vec<Permission>,
}

/// What may be done with a resource.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Permission {
    /// The id of the resource.
    pub resource_id: String,
    /// The actions; `*` stands for all of them.
    pub actions: Vec<String>,
}

/// Whether one of the roles that are known by these ids allows an action on a resource.
pub(crate) fn roles_allow<'r>(
    known: &[PolicyRole],
    roles: impl IntoIterator<Item = &'r str>,
    resource_id: &str,
    action: &str,
) -> bool {
    let allows = |known: &&PolicyRole| allow(&known.permissions, resource_id, action);
    roles.into_iter().any(|role| known.iter().filter(allows).any(|known| known.role_id == role))
}

/// Whether one of the permissions is for the resource, and has the action or all of them.
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
    fn a_role_allows_what_it_has_been_given() {
        let allows =
            |roles: &[&str], resource, action| policy().roles_allow(roles.iter().copied(), resource, action);
        assert!(allows(&["reader"], "documents", "read"));
        assert!(allows(&["unknown", "admin"], "documents", "shred"));
        assert!(!allows(&["reader"], "documents", "write"));
        assert!(!allows(&["admin"], "documents.old", "read"));
        assert!(!allows(&[], "documents", "read"));
        // The star is all actions in a permission, and one like any other in a question.
        assert!(!allows(&["reader"], "documents", "*"));
        assert!(!allows(&["read:documents"], "documents", "read"), "a scope is no role");
    }

    #[test]
    fn a_scope_allows_what_it_has_been_given() {
        let allows = |scope, resource, action| policy().scopes_allow([scope], resource, action);
        assert!(allows("read:documents", "documents", "read"));
        assert!(!allows("read:documents", "documents", "write"));
        assert!(!allows("READ:documents", "documents", "read"));
        assert!(!allows("reader", "documents", "read"), "a role is no scope");
    }
}
