//! Passwords.

pub(crate) mod authenticate;
pub(crate) mod create;
pub(crate) mod email_reset;
pub(crate) mod email_reset_start;
pub(crate) mod existing_password_reset;
pub(crate) mod migrate;
pub(crate) mod session_reset;
pub(crate) mod strength_check;

mod login;
pub(super) mod new_password;
