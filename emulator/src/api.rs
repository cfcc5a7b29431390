//! The endpoints of Stytch's API, one in each file.

pub(crate) mod authenticate;
pub(crate) mod create;
pub(crate) mod email_reset;
pub(crate) mod email_reset_start;
pub(crate) mod existing_password_reset;
pub(crate) mod migrate;
pub(crate) mod session_reset;
pub(crate) mod sessions_authenticate;
pub(crate) mod sessions_get;
pub(crate) mod sessions_jwks;
pub(crate) mod sessions_revoke;
pub(crate) mod strength_check;

mod authenticated;
mod login;
mod new_password;
mod session_grant;
mod shared;
