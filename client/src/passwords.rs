//! Stytch's Passwords API: declarations only.

mod answers;
mod authenticate;
mod create;
mod email_reset;
mod email_reset_start;
mod existing_password_reset;
mod factor;
mod hash;
mod migrate;
mod name;
mod session_reset;
mod strength_check;

// Whole, so that what a compile error calls a forgotten field by can be reached too.
pub(crate) use self::answers::unless_empty;
pub use self::answers::*;
pub use self::authenticate::*;
pub use self::create::*;
pub use self::email_reset::*;
pub use self::email_reset_start::*;
pub use self::existing_password_reset::*;
pub use self::factor::*;
pub use self::hash::*;
pub use self::migrate::*;
pub use self::name::*;
pub use self::session_reset::*;
pub use self::strength_check::*;
use crate::Client;
use declapi::resource;

/// Passwords: sign-up, login, migration of hashes, and strength.
///
/// From [`Client::passwords`].
#[resource(on = &Client)]
pub struct Passwords;

/// Resets by a link in a mail, from [`Passwords::email`].
#[resource(on = Passwords, name = email)]
pub struct ByEmail;

/// Resets by the old password, from [`Passwords::existing_password`].
#[resource(on = Passwords, name = existing_password)]
pub struct ByExistingPassword;

/// Resets by a fresh session, from [`Passwords::sessions`].
#[resource(on = Passwords, name = sessions)]
pub struct BySession;
