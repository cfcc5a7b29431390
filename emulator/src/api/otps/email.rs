//! Passcodes by email.

pub(crate) mod login_or_create;
pub(crate) mod send;
