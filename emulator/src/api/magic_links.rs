//! Magic links.

pub(crate) mod authenticate;
pub(crate) mod create;
pub(crate) mod email;

pub(super) mod sent;
