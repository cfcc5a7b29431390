//! Impersonation: an administrator logs in as a user.

pub(crate) mod authenticate;
