//! Stytch's Sessions API: declarations only.

mod authenticate;
mod get;
mod jwks;
mod revoke;

// Whole, so that what a compile error calls a forgotten field by can be reached too.
pub use self::authenticate::*;
pub use self::get::*;
pub use self::jwks::*;
pub use self::revoke::*;
use declapi::resource;
use crate::Client;

/// Sessions: who is logged in, and for how long.
///
/// From [`Client::sessions`].
#[resource(on = &Client)]
pub struct Sessions;
