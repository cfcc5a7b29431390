//! Magic links.

pub(crate) mod authenticate;
pub(crate) mod create;
pub(crate) mod email;

mod sent;
