//! The passwords of members.

pub(crate) mod authenticate;
pub(crate) mod discovery_authenticate;
pub(crate) mod discovery_email_reset;
pub(crate) mod discovery_email_reset_start;
pub(crate) mod email_require_reset;
pub(crate) mod email_reset;
pub(crate) mod email_reset_start;
pub(crate) mod existing_password_reset;
pub(crate) mod migrate;
pub(crate) mod session_reset;
pub(crate) mod strength_check;

mod entered;
mod reset_mail;
