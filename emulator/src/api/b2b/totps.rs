//! The authenticator apps of members.

pub(crate) mod authenticate;
pub(crate) mod create;
pub(crate) mod migrate;
