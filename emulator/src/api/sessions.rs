//! Sessions.

pub(crate) mod authenticate;
pub(crate) mod get;
pub(crate) mod jwks;
pub(crate) mod revoke;
