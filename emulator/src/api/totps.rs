//! Authenticator apps.

pub(crate) mod authenticate;
pub(crate) mod create;
pub(crate) mod recover;
pub(crate) mod recovery_codes;

pub(super) mod used;
