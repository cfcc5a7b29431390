//! Logins at OAuth providers.

pub(crate) mod attach;
pub(crate) mod authenticate;
