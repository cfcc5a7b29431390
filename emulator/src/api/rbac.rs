//! Roles and permissions.

pub(crate) mod policy;
