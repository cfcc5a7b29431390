//! Stytch's Sessions API: declarations only.

mod authenticate;
mod get;
mod jwks;
mod revoke;

pub use self::authenticate::{Authenticate, AuthenticateBuilder, AuthenticateResponse};
pub use self::get::{Get, GetBuilder, GetResponse};
pub use self::jwks::{Jwk, Jwks, JwksBuilder, JwksResponse};
pub use self::revoke::{Revoke, RevokeBuilder, RevokeResponse};
use crate::{Client, resource};

/// Sessions: who is logged in, and for how long.
///
/// From [`Client::sessions`].
#[resource(on = &Client)]
pub struct Sessions;
