//! Magic links that are sent by email.

pub(crate) mod invite;
pub(crate) mod login_or_create;
pub(crate) mod revoke_invite;
pub(crate) mod send;
