//! The endpoints of Stytch's API, one in each file.

pub(crate) mod passwords;
pub(crate) mod sessions;

mod authenticated;
mod session_grant;
mod shared;
