//! Magic links to members.

pub(crate) mod authenticate;
pub(crate) mod discovery_authenticate;
pub(crate) mod discovery_send;
pub(crate) mod invite;
pub(crate) mod login_or_signup;
