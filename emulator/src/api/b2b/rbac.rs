//! The RBAC policies of the project and of each organization.

pub(crate) mod get_org_policy;
pub(crate) mod policy;
pub(crate) mod set_org_policy;
