//! SCIM: the connection with which an identity provider manages the members of an organization. The emulator stores the
//! connection, but does not accept requests of identity providers.

pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod get;
pub(crate) mod get_groups;
pub(crate) mod rotate_cancel;
pub(crate) mod rotate_complete;
pub(crate) mod rotate_start;
pub(crate) mod update;

mod known;
