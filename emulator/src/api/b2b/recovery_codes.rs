//! Codes for members who have lost their authenticator app.

pub(crate) mod get;
pub(crate) mod recover;
pub(crate) mod rotate;
