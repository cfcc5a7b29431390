//! Impersonation: somebody of the support logs in as a user.

pub(crate) mod authenticate;
