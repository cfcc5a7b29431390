//! The policy of the B2B API: the policy of the project, with Stytch's own resources and roles, and with the custom
//! roles of one organization.

use std::collections::BTreeSet;

use super::{DEFAULT_ROLE, EVERY_ACTION, Permission, Policy, Resource, Role};
use crate::api_error::{
    ApiError, EMPTY_RBAC_ROLE_ID, ErrorType, INVALID_PERMISSION_ACTION, INVALID_PERMISSION_RESOURCE,
    INVALID_WILDCARD_ACTION, RBAC_PERMISSION_MISSING_ACTIONS, RBAC_ROLE_DUPLICATE,
};

/// The role that every member has.
pub(crate) const MEMBER_ROLE: &str = "stytch_member";
/// The role of the member who creates an organization.
pub(crate) const ADMIN_ROLE: &str = "stytch_admin";

/// The actions that a member may take on themselves.
const SELF: &str = "stytch.self";

/// Stytch's own resources with their actions. Stytch has no action for some of the endpoints that accept a member's
/// session. For these, the emulator defines an action. Roles with all actions of a resource include it.
const RESOURCES: [(&str, &[&str]); 6] = [
    (
        "stytch.organization",
        &[
            "update.info.name",
            "update.info.slug",
            "update.info.logo-url",
            "update.info.external-id",
            "update.settings.allowed-auth-methods",
            "update.settings.allowed-mfa-methods",
            "update.settings.email-jit-provisioning",
            "update.settings.email-invites",
            "update.settings.allowed-domains",
            "update.settings.claimed-domains",
            "update.settings.default-sso-connection",
            "update.settings.sso-jit-provisioning",
            "update.settings.mfa-policy",
            "update.settings.implicit-roles",
            "update.settings.oauth-tenant-jit-provisioning",
            "update.settings.allowed-oauth-tenants",
            "update.settings.connected-apps",
            "get.connected-apps",
            "delete",
        ],
    ),
    (
        "stytch.member",
        &[
            "create",
            "update.info.name",
            "update.info.email",
            "update.info.external-id",
            "update.info.untrusted-metadata",
            "update.info.mfa-phone",
            "update.info.delete.mfa-phone",
            "update.info.delete.mfa-totp",
            "update.info.delete.password",
            "update.settings.is-breakglass",
            "update.settings.mfa-enrolled",
            "update.settings.default-mfa-method",
            "update.settings.roles",
            "get.connected-apps",
            "revoke.connected-apps",
            "search",
            "delete",
            "revoke-sessions",
        ],
    ),
    ("stytch.sso", &["create", "get", "update", "delete"]),
    (
        SELF,
        &[
            "update.info.name",
            "update.info.email",
            "update.info.untrusted-metadata",
            "update.info.mfa-phone",
            "update.info.delete.mfa-phone",
            "update.info.delete.mfa-totp",
            "update.info.delete.password",
            "update.settings.mfa-enrolled",
            "update.settings.default-mfa-method",
            "get.connected-apps",
            "revoke.connected-apps",
            "delete",
            "revoke-sessions",
        ],
    ),
    ("stytch.scim", &["create", "get", "update", "delete"]),
    ("stytch.custom-org-roles", &["create", "get", "update", "delete"]),
];

/// The error types of [`Policy::check_organization`].
pub(crate) static ORG_POLICY_ERROR_TYPES: &[&ErrorType] = &[
    &EMPTY_RBAC_ROLE_ID,
    &RBAC_ROLE_DUPLICATE,
    &RBAC_PERMISSION_MISSING_ACTIONS,
    &INVALID_PERMISSION_RESOURCE,
    &INVALID_PERMISSION_ACTION,
    &INVALID_WILDCARD_ACTION,
];

impl Policy {
    /// Returns the policy of the B2B API: this policy with Stytch's own resources and roles. Roles that the project
    /// defines itself do not change.
    pub(crate) fn for_organizations(&self) -> Self {
        let everything: Vec<&str> = RESOURCES.iter().map(|(id, _)| *id).filter(|id| *id != SELF).collect();
        let own = [
            role(MEMBER_ROLE, "The role of every member.", &[SELF]),
            role(ADMIN_ROLE, "The role of the member who creates an organization.", &everything),
        ];
        let project: Vec<Role> = self.roles.iter().filter(|role| role.id != DEFAULT_ROLE).cloned().collect();
        let mut roles: Vec<Role> =
            own.into_iter().filter(|own| project.iter().all(|role| role.id != own.id)).collect();
        roles.extend(project);
        let mut resources: Vec<Resource> =
            RESOURCES.iter().map(|(id, actions)| resource(id, actions)).collect();
        resources.extend(self.resources.iter().cloned());
        Self { roles, resources, scopes: self.scopes.clone() }
    }

    /// Returns this policy with the roles of one organization. The policy that all organizations share does not change.
    pub(crate) fn with_roles(mut self, roles: &[Role]) -> Self {
        self.roles.extend(roles.iter().cloned());
        self
    }

    pub(crate) fn has_role(&self, role_id: &str) -> bool {
        self.roles.iter().any(|role| role.id == role_id)
    }

    /// Checks the new custom roles of an organization, which are used in addition to the roles of this policy.
    ///
    /// # Errors
    ///
    /// Those in [`ORG_POLICY_ERROR_TYPES`].
    pub(crate) fn check_organization(&self, roles: &[Role]) -> Result<(), ApiError> {
        let mut known = BTreeSet::new();
        for role in roles {
            if role.id.trim().is_empty() {
                return Err((&EMPTY_RBAC_ROLE_ID).into());
            }
            if self.has_role(&role.id) || !known.insert(&role.id) {
                let message = format!("`{}` is the id of another role.", shortened(&role.id));
                return Err(ApiError::new(&RBAC_ROLE_DUPLICATE, message));
            }
            role.permissions.iter().try_for_each(|permission| self.check_permission(permission))?;
        }
        Ok(())
    }

    fn check_permission(&self, permission: &Permission) -> Result<(), ApiError> {
        let Permission { resource_id, actions } = permission;
        let resource = self.resources.iter().find(|resource| resource.resource_id == *resource_id);
        let Some(resource) = resource else {
            let message = format!("The project has no resource `{}`.", shortened(resource_id));
            return Err(ApiError::new(&INVALID_PERMISSION_RESOURCE, message));
        };
        if actions.is_empty() {
            return Err((&RBAC_PERMISSION_MISSING_ACTIONS).into());
        }
        if actions.iter().any(|action| action == EVERY_ACTION) {
            let is_alone = actions.len() == 1;
            return if is_alone { Ok(()) } else { Err((&INVALID_WILDCARD_ACTION).into()) };
        }
        match actions.iter().find(|action| !resource.actions.contains(action)) {
            Some(unknown) => {
                let (action, resource) = (shortened(unknown), shortened(resource_id));
                let message = format!("The resource `{resource}` has no action `{action}`.");
                Err(ApiError::new(&INVALID_PERMISSION_ACTION, message))
            }
            None => Ok(()),
        }
    }
}

/// Returns the beginning of an id, which can have any length.
fn shortened(id: &str) -> String {
    id.chars().take(64).collect()
}

/// Returns a role with all actions of some resources.
fn role(id: &str, description: &str, resources: &[&str]) -> Role {
    let everything = |resource_id: &&str| Permission {
        resource_id: (*resource_id).to_owned(),
        actions: vec![EVERY_ACTION.to_owned()],
    };
    Role {
        id: id.to_owned(),
        description: description.to_owned(),
        permissions: resources.iter().map(everything).collect(),
    }
}

fn resource(id: &str, actions: &[&str]) -> Resource {
    Resource {
        resource_id: id.to_owned(),
        description: "A resource of Stytch itself.".to_owned(),
        actions: actions.iter().map(|action| (*action).to_owned()).collect(),
    }
}
