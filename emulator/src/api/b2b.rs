//! The B2B API: organizations and their members.

pub(crate) mod discovery;
pub(crate) mod magic_links;
pub(crate) mod members;
pub(crate) mod organizations;
pub(crate) mod otps;
pub(crate) mod passwords;
pub(crate) mod rbac;
pub(crate) mod recovery_codes;
pub(crate) mod scim;
pub(crate) mod sessions;
pub(crate) mod sso;
pub(crate) mod totps;

mod acting;
mod addressed;
mod before;
mod log_in;
mod named;
mod requirement;
mod roles;
mod second_factor;
