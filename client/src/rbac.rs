//! Stytch's RBAC API: who may do what.

use declapi::{endpoint, resource, response};

use crate::{Client, status};

/// Who may do what.
///
/// From [`Client::rbac`].
#[resource(on = &Client)]
pub struct Rbac;

/// Reads the roles, resources and scopes of the project.
#[endpoint(get = "/v1/rbac/policy", response = PolicyResponse, on = Rbac, idempotent)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Policy;

/// The response to [`Policy`].
#[response]
#[derive(Clone, Debug, PartialEq)]
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
