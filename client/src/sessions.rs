//! Stytch's Sessions API: declarations only.

mod authenticate;
mod get;
mod jwks;
mod revoke;

// Everything, so that the types that a compile error names can be reached too.
pub use self::authenticate::*;
pub use self::get::*;
pub use self::jwks::*;
pub use self::revoke::*;
use crate::{Client, resource};

/// Sessions: who is logged in, and until when.
///
/// From [`Client::sessions`].
#[resource(on = &Client)]
pub struct Sessions;
