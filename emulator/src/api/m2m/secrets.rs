//! The rotation of a client's secret.

pub(crate) mod rotate;
pub(crate) mod rotate_cancel;
pub(crate) mod rotate_start;
