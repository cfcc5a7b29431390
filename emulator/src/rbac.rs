//! The RBAC policy: the permissions of each role.

mod organizations;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub(crate) use self::organizations::{ADMIN_ROLE, MEMBER_ROLE, ORG_POLICY_ERROR_TYPES};
use crate::{
    api_error::ApiError,
    parameter::{Kind, Parameter, Parameters, check, optional, required},
};

/// The role that every user has.
pub(crate) const DEFAULT_ROLE: &str = "stytch_user";
/// The action that means all actions of a resource.
const EVERY_ACTION: &str = "*";

const PERMISSIONS: Parameter = optional(
    "permissions",
    Kind::ObjectList(&[required("resource_id", Kind::String), required("actions", Kind::StringList)]),
);
const DESCRIPTION: Parameter = optional("description", Kind::String);

/// The roles of a policy.
pub(crate) const ROLES: Parameter =
    optional("roles", Kind::ObjectList(&[required("role_id", Kind::String), DESCRIPTION, PERMISSIONS]));

/// The fields of a policy, as in a response of `GET /v1/rbac/policy`.
pub(crate) static POLICY: &[Parameter] = &[
    ROLES,
    optional(
        "resources",
        Kind::ObjectList(&[
            required("resource_id", Kind::String),
            DESCRIPTION,
            optional("actions", Kind::StringList),
        ]),
    ),
    optional("scopes", Kind::ObjectList(&[required("scope", Kind::String), DESCRIPTION, PERMISSIONS])),
];

/// A policy. By default, the only role is the one that every user has, and it has no permissions.
#[derive(Debug, Clone)]
pub(crate) struct Policy {
    roles: Vec<Role>,
    resources: Vec<Resource>,
    scopes: Vec<Value>,
}

/// A role, in the state and in responses.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Role {
    #[serde(rename = "role_id")]
    id: String,
    description: String,
    permissions: Vec<Permission>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Permission {
    resource_id: String,
    actions: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
#[expect(clippy::struct_field_names, reason = "the names are Stytch's, and occur in responses")]
struct Resource {
    resource_id: String,
    description: String,
    actions: Vec<String>,
}

impl Default for Policy {
    fn default() -> Self {
        let everybody = Role {
            id: DEFAULT_ROLE.to_owned(),
            description: "The role of every user.".to_owned(),
            permissions: Vec::new(),
        };
        Self { roles: vec![everybody], resources: Vec::new(), scopes: Vec::new() }
    }
}

impl Policy {
    /// Reads a policy.
    ///
    /// # Errors
    ///
    /// `bad_request` with the first field that is missing, unknown or of the wrong type, or with a role that exists
    /// twice.
    pub(crate) fn read(written: Value) -> Result<Self, ApiError> {
        let given = check(written, POLICY, true)?;
        let mut policy = Self::default();
        for (index, role) in given.objects("roles").iter().enumerate() {
            let role = Role::read(role)?;
            if role.id == DEFAULT_ROLE {
                policy.roles[0] = role;
            } else if policy.roles.iter().any(|known| known.id == role.id) {
                return Err(ApiError::parameter(
                    &format!("roles[{index}].role_id"),
                    "is the id of an earlier role.",
                ));
            } else {
                policy.roles.push(role);
            }
        }
        policy.resources = given.objects("resources").iter().map(resource).collect::<Result<_, _>>()?;
        policy.scopes = given.objects("scopes").iter().map(scope).collect::<Result<_, _>>()?;
        Ok(policy)
    }

    /// Returns the roles of a user that allow an action.
    pub(crate) fn granting<'a>(&self, roles: &'a [String], resource_id: &str, action: &str) -> Vec<&'a str> {
        let allows = |role_id: &&String| {
            let role = self.roles.iter().find(|role| role.id == **role_id);
            role.is_some_and(|role| role.allows(resource_id, action))
        };
        roles.iter().filter(allows).map(String::as_str).collect()
    }

    /// Returns the Policy object of a response.
    pub(crate) fn to_json(&self) -> Value {
        json!({ "roles": self.roles, "resources": self.resources, "scopes": self.scopes })
    }
}

impl Role {
    pub(crate) fn read(given: &Parameters) -> Result<Self, ApiError> {
        Ok(Self {
            id: given.required("role_id")?.to_owned(),
            description: given.string("description").unwrap_or_default().to_owned(),
            permissions: permissions(given)?,
        })
    }

    fn allows(&self, resource_id: &str, action: &str) -> bool {
        let is_action = |allowed: &String| allowed == action || allowed == EVERY_ACTION;
        let mut permissions = self.permissions.iter();
        permissions.any(|known| known.resource_id == resource_id && known.actions.iter().any(is_action))
    }
}

fn permissions(given: &Parameters) -> Result<Vec<Permission>, ApiError> {
    let permission = |given: &Parameters| {
        let resource_id = given.required("resource_id")?.to_owned();
        Ok(Permission { resource_id, actions: given.strings("actions").unwrap_or_default() })
    };
    given.objects("permissions").iter().map(permission).collect()
}

fn resource(given: &Parameters) -> Result<Resource, ApiError> {
    Ok(Resource {
        resource_id: given.required("resource_id")?.to_owned(),
        description: given.string("description").unwrap_or_default().to_owned(),
        actions: given.strings("actions").unwrap_or_default(),
    })
}

fn scope(given: &Parameters) -> Result<Value, ApiError> {
    Ok(json!({
        "scope": given.required("scope")?,
        "description": given.string("description").unwrap_or_default(),
        "permissions": permissions(given)?,
    }))
}
